"""A page of an agency in trouble: one that shows it, and what the reader finds on it, and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bayegan.archive.pages.packing import Unpacking
from bayegan.health.judging import BONES
from bayegan.health.measures import FOUND, missing
from bayegan.health.watching import NEEDED
from crawler.errors import NotAnArticleError
from crawler.explaining import explain_page

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from bayegan.health.troubles import Trouble

APART: Final = frozenset(BONES) | NEEDED  # readings without one of these may have been refused
REFUSED: Final = """
    SELECT ledger.url, max(pages.id), ledger.error FROM ledger JOIN pages ON pages.url = ledger.url
    WHERE ledger.agency = :agency AND state = 'refused' GROUP BY ledger.url
    ORDER BY run_id DESC, max(pages.id) DESC LIMIT 1
"""
LACKING: Final = """
    SELECT url, page_id, NULL FROM articles WHERE agency = :agency AND page_id IS NOT NULL AND CASE :field
        WHEN 'tags' THEN NOT EXISTS (SELECT 1 FROM article_tags WHERE article_id = articles.id)
        WHEN 'lead' THEN lead IS NULL WHEN 'published' THEN published IS NULL WHEN 'title' THEN title IS NULL
        WHEN 'family' THEN reader LIKE '%generic%' WHEN 'body' THEN kind = 'text' END
    ORDER BY published IS NULL DESC, published DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A page as today's reader reads it: ``found`` says of each field where, ``lacks`` which are not there.

    ``refused`` is why its article was refused, where it was.
    """

    url: str
    found: Mapping[str, str] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()
    refused: str | None = None


def example(conn: sqlite3.Connection, agency: str, troubles: Iterable[Trouble]) -> Example | None:
    """A page that shows the first trouble that is about readings; None where there is none, or no page is kept."""
    fields = next((one.fields for one in troubles if one.fields), ())
    row = conn.execute(REFUSED, {"agency": agency}).fetchone() if set(fields) & APART else None
    for name in fields if row is None else ():
        row = row or conn.execute(LACKING, {"agency": agency, "field": name}).fetchone()
    if row is None:
        return None
    url, page, refused = row
    return _read(url, Unpacking(conn).page(page), refused)


def _read(url: str, page: bytes, refused: str | None) -> Example:
    try:
        article, where = explain_page(page, url)
    except NotAnArticleError as error:
        return Example(url=url, lacks=tuple(FOUND), refused=refused or str(error))
    lacks = missing(article)
    return Example(url=url, found=where, lacks=tuple(name for name in FOUND if name in lacks), refused=refused)
