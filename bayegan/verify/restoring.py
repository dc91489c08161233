"""A damaged reading read again from its kept page, where the page itself is sound."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from bayegan.archive import names
from bayegan.archive.finding.fetching import records
from bayegan.archive.identity import content_hash
from bayegan.archive.pages.packing import Unpacking
from bayegan.archive.reading import prepare
from crawler.errors import BayeganError
from crawler.items import Article, Fetched
from crawler.page import read_page

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from bayegan.verify.checks import Finding, Repair

ARTICLE: Final = """
    SELECT articles.id, agency, news_code, title, lead, body, content_hash, reader, page_id
    FROM articles WHERE articles.id = ?
"""
REVISION: Final = """
    SELECT revisions.id, agency, news_code, revisions.title, revisions.lead, revisions.body,
        revisions.content_hash, reader, revisions.page_id
    FROM revisions JOIN articles ON articles.id = article_id WHERE revisions.id = ?
"""
PAGE: Final = "SELECT url, sha256, dictionary_id, body FROM pages WHERE id = ?"
RESTORE_ARTICLE: Final = """
    UPDATE articles SET title = :title, kicker = :kicker, lead = :lead, body = :body, published = :published,
        published_jalali = :published_jalali, modified = :modified, authors = :authors, place = :place, kind = :kind,
        language = :language, content_hash = :content_hash, reader = :reader
    WHERE id = :id
"""
RESTORE_REVISION: Final = """
    UPDATE revisions SET title = :title, kicker = :kicker, lead = :lead, body = :body, tags = :tags,
        content_hash = :content_hash
    WHERE id = :id
"""


def restore_articles(repair: Repair, found: Iterator[Finding]) -> None:
    """Read the articles that were found from their pages again; what no page can give back stays as it is."""
    for finding in list(found):
        row = _row(repair.conn, ARTICLE, finding)
        if row and (article := _read_again(repair.conn, row)):
            fetched = prepare(Fetched(article=article), now=repair.look.now, with_page=False)
            kept = row["content_hash"] == fetched.content_hash
            reader = row["reader"] if kept else article.reader
            repair.conn.execute(RESTORE_ARTICLE, fetched.columns | {"id": row["id"], "reader": reader})
            names.put(repair.conn, row["id"], tags=article.tags, sections=article.sections)


def restore_revisions(repair: Repair, found: Iterator[Finding]) -> None:
    """The same for earlier readings."""
    for finding in list(found):
        row = _row(repair.conn, REVISION, finding)
        if row and (article := _read_again(repair.conn, row)):
            texts = {"title": article.title, "kicker": article.kicker, "lead": article.lead, "body": article.body}
            tags = json.dumps(article.tags, ensure_ascii=False)
            repair.conn.execute(
                RESTORE_REVISION, texts | {"tags": tags, "content_hash": content_hash(article), "id": row["id"]}
            )


def _row(conn: sqlite3.Connection, statement: str, finding: Finding) -> dict[str, Any] | None:
    return next(records(conn.execute(statement, (finding.row,))), None)


def _read_again(conn: sqlite3.Connection, row: dict[str, Any]) -> Article | None:
    """The reading of its page under the article's own name; None where it cannot be had or trusted."""
    read = _read(conn, row["page_id"])
    if read is None:
        return None
    article = replace(read, agency=row["agency"], news_code=row["news_code"])
    if content_hash(article) == row["content_hash"]:
        return article
    # The text or its hash is damaged, and today's reader reads otherwise than the one of then: its reading is right
    # where the page names the very article, and takes nothing away.
    same = (read.agency or row["agency"], read.news_code) == (row["agency"], row["news_code"])
    whole = all(getattr(article, name) or not row[name] for name in ("title", "lead", "body"))
    return article if same and whole else None


def _read(conn: sqlite3.Connection, page_id: int | None) -> Article | None:
    page = conn.execute(PAGE, (page_id,)).fetchone()
    if page is None:
        return None
    url, digest, number, packed = page
    with suppress(BayeganError):
        body = Unpacking(conn).served(packed, number)
        if sha256(body).hexdigest() == digest:
            return read_page(body, url)
    return None
