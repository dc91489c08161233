"""Commands that write, each with something to do: what a kill in the middle of them finds."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from archives import LONG_TEXT, fill, story
from imports import WHOLE, lines
from killing import run

from bayegan.archive import header, index
from bayegan.archive.index import DELETE_ALL
from bayegan.archive.migrations.first_schema import first_schema
from bayegan.archive.sqlite_tools import Database, Migrations
from bayegan.archive.writer import Writer
from crawler.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable

# In an order in which nobody refers to what is not there yet.
FIRST_TABLES = (
    *("agencies", "runs", "dictionaries", "pages", "articles", "tags", "article_tags", "sections", "article_sections"),
    *("revisions", "ledger", "days", "listings", "tombstones"),
)
TAKEN_DOWN = "1001761"  # one of the ninety, of whose title no other has a word in a row


def a_file_to_import(folder: Path, _: Path) -> tuple[str, ...]:
    """Articles of which two say the same, among them one that is held already and has changed."""
    db = fill(folder / "x.db", [story("200"), story("201")])
    names = (str(number) for number in range(200, 260))
    records = [
        WHOLE
        | {"news_code": name, "url": f"https://shabestan.news/news/{name}", "body": f"{LONG_TEXT} {int(name) // 2}"}
        for name in names
    ]
    return ("import", str(lines(folder / "in.jsonl", *records)), "--archive", str(db))


def an_empty_folder(folder: Path, _: Path) -> tuple[str, ...]:
    """The first migration is what an import begins with."""
    return ("import", str(lines(folder / "in.jsonl", WHOLE)), "--archive", str(folder / "x.db"))


def an_older_schema(folder: Path, crawled: Path) -> tuple[str, ...]:
    """What the first bayegan wrote, with all articles: every later step has them to go through, before the import."""
    db, steps = folder / "x.db", Migrations("bayegan")
    steps(name="0001_first_schema")(first_schema)
    with closing(sqlite3.connect(db, isolation_level=None)) as conn:
        steps.apply(Database(conn))
        conn.execute("attach ? as newer", (str(crawled),))
        for table in FIRST_TABLES:
            columns = ", ".join(f'"{name}"' for _, name, *_ in conn.execute(f"pragma main.table_info({table})"))
            conn.execute(f"insert into main.{table} ({columns}) select {columns} from newer.{table}")
        conn.create_function("folded", 1, lambda text: fold(text or ""))
        conn.execute(
            "insert into articles_fts (rowid, title, lead, body) select id, folded(title), folded(lead), folded(body) "
            "from main.articles"
        )
        conn.execute(f"pragma user_version = {header.FOLD_VERSION}")
    return ("import", str(lines(folder / "in.jsonl", WHOLE)), "--archive", str(db))


def an_older_fold(folder: Path, crawled: Path) -> tuple[str, ...]:
    """An index that an older bayegan fed, with other letters: the next writer feeds it anew."""
    db = Path(shutil.copy(crawled, folder / "x.db"))
    with Writer(db) as writer, writer.transaction() as conn:
        conn.execute(DELETE_ALL)
        conn.execute("INSERT INTO articles_fts (rowid, title, lead, body) SELECT id, title, lead, body FROM articles")
        conn.execute(f"PRAGMA user_version = {header.FOLD_VERSION - 1}")
    return ("import", str(lines(folder / "in.jsonl", WHOLE)), "--archive", str(db))


def an_older_reader(folder: Path, crawled: Path) -> tuple[str, ...]:
    """Articles that another reader read otherwise, and signed."""
    db = Path(shutil.copy(crawled, folder / "x.db"))
    with Writer(db) as writer, writer.transaction() as conn:
        conn.execute("UPDATE articles SET reader = 'nastooh/0', title = title || ' -', kicker = NULL")
        index.rebuild(conn)
    return ("reread", "--jobs", "1", "--archive", str(db))


def an_archive_with_faults(folder: Path, crawled: Path) -> tuple[str, ...]:
    """An index that knows nothing, counts that are wrong, and a ledger that has forgotten what is held."""
    db = Path(shutil.copy(crawled, folder / "x.db"))
    with Writer(db) as writer, writer.transaction() as conn:
        conn.execute(DELETE_ALL)
        conn.execute("UPDATE days SET listed = 0")
        conn.execute("UPDATE ledger SET state = 'listed' WHERE news_code % 3 = 0 AND state = 'held'")
    return ("verify", "--repair", "--archive", str(db))


def an_archive_to_join(folder: Path, crawled: Path) -> tuple[str, ...]:
    db = fill(folder / "x.db", [story(str(code)) for code in range(200, 203)])
    return ("merge", str(crawled), "--archive", str(db))


def a_warc_file(folder: Path, crawled: Path) -> tuple[str, ...]:
    """Eighty-nine pages, of which a dictionary is made on the way."""
    done = run(folder, "export", str(folder / "x.warc.gz"), "--archive", str(crawled))
    assert done.code == 0, done.said
    return ("import", str(folder / "x.warc.gz"), "--archive", str(folder / "x.db"))


def an_article_to_take_down(folder: Path, crawled: Path) -> tuple[str, ...]:
    """The file is written anew behind it."""
    db = shutil.copy(crawled, folder / "x.db")
    return ("takedown", f"shabestan/{TAKEN_DOWN}", "--yes", "--archive", str(db))


WRITING: dict[str, Callable[[Path, Path], tuple[str, ...]]] = {
    "migration": an_empty_folder,
    "migration of a full archive": an_older_schema,
    "index": an_older_fold,
    "import": a_file_to_import,
    "import of WARC": a_warc_file,
    "merge": an_archive_to_join,
    "reread": an_older_reader,
    "takedown": an_article_to_take_down,
    "verify --repair": an_archive_with_faults,
}
