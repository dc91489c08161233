"""Archives for re-reading: what an older reader would have left in them, and everything that they say."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from agreement import disagreements

from bayegan.archive import index
from bayegan.archive.intake import Intake
from bayegan.archive.pages import packing
from bayegan.archive.writer import Writer
from bayegan.rereading import RereadRequest, reread
from crawler.items import Fetched, Page
from crawler.page import read_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from bayegan.reread.report import RereadSummary

OLD = "nastooh/0"
PAGE = """
    select pages.body, dictionaries.body from pages join articles on articles.page_id = pages.id
    left join dictionaries on dictionaries.id = pages.dictionary_id where articles.news_code = ?
"""
SET_PAGE = (
    "update pages set dictionary_id = null, body = ? where id = (select page_id from articles where news_code = ?)"
)


def said(path: Path) -> list[str]:
    """All that an archive says, as SQL; the index, whose segments say nothing, must agree with it."""
    assert disagreements(path) == []
    with closing(sqlite3.connect(path)) as conn:
        return sorted(line for line in conn.iterdump() if "articles_fts" not in line)


def copied(path: Path, to: Path) -> Path:
    """A copy of an archive that nobody has open."""
    to.write_bytes(path.read_bytes())
    return to


def rows(path: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as conn:
        return conn.execute(sql, values).fetchall()


def one(path: Path, column: str, code: str) -> Any:
    return rows(path, f"select {column} from articles where news_code = ?", code)[0][0]


def plant(path: Path, code: str, **columns: str | None) -> None:
    """Have an older reader have read an article so."""
    with Writer(path) as writer, writer.transaction() as conn:
        for name, value in (columns | {"reader": OLD}).items():
            conn.execute(f"update articles set {name} = ? where news_code = ?", (value, code))
        index.rebuild(conn)


def forget_names(path: Path, code: str, table: str) -> None:
    """Have an older reader have seen no tags, or no sections."""
    with Writer(path) as writer, writer.transaction() as conn:
        conn.execute("update articles set reader = ? where news_code = ?", (OLD, code))
        conn.execute(f"delete from {table} where article_id = (select id from articles where news_code = ?)", (code,))


def page_of(path: Path, code: str) -> bytes:
    return packing.unpack(*rows(path, PAGE, code)[0])


def put_page(path: Path, code: str, packed: bytes) -> None:
    with Writer(path) as writer, writer.transaction() as conn:
        conn.execute("update articles set reader = ? where news_code = ?", (OLD, code))
        conn.execute(SET_PAGE, (packed, code))


def take_page(path: Path, url: str, body: bytes, at: datetime) -> None:
    """Take in what a page says, as a crawl or an import would."""
    read = read_page(body, url)
    with Writer(path) as writer:
        intake = Intake(writer, clock=lambda: at)
        page = Page(url=read.url or url, fetched_at=at, body=body)
        intake.keep(Fetched(article=read, page=page), intake.judge(read))
        intake.flush()


def again(path: Path, *, report: Callable[[int], None] | None = None, **asked: Any) -> RereadSummary:
    return reread(RereadRequest(archive=path, **{"jobs": 1, **asked}), report=report)


def told(done: RereadSummary) -> list[tuple[str, str, int]]:
    return [(one.field, one.how, one.count) for one in done.fields]
