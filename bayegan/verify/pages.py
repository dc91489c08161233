"""The kept pages: every one is unpacked, and its bytes are what they were when they were served."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from bayegan.archive.pages.packing import Unpacking
from bayegan.verify.checks import Check, Finding, Kind, asks, walk
from crawler.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayegan.verify.checks import Look

PAGES: Final = """
    SELECT id, url, sha256, dictionary_id, body FROM pages
    WHERE id > :after AND (dictionary_id IS NULL OR dictionary_id IN (SELECT id FROM dictionaries))
    ORDER BY id LIMIT :size
"""
COUNT: Final = "SELECT count(*) FROM pages"
SIZE: Final = 100  # pages in memory at a time
OWNERS: Final = """
    SELECT agency, news_code FROM articles WHERE page_id = :page
    UNION SELECT agency, news_code FROM revisions JOIN articles ON articles.id = article_id
    WHERE revisions.page_id = :page
"""
# The page of a refused reading is kept to be looked at.
UNOWNED: Final = """
    SELECT NULL, NULL, id, url FROM pages
    WHERE NOT EXISTS (SELECT 1 FROM articles WHERE page_id = pages.id)
    AND NOT EXISTS (SELECT 1 FROM revisions WHERE page_id = pages.id)
    AND url NOT IN (SELECT url FROM ledger WHERE state = 'refused' AND url IS NOT NULL)
"""

COPY: Final = "The bytes cannot be made again: restore the page from a copy of the archive; its reading stays."
DAMAGED: Final = Kind(name="page damaged", advice=COPY)
ALTERED: Final = Kind(name="page altered", advice=COPY)
BROKEN: Final = Kind(name="dictionary broken", advice="Restore the dictionary from a copy of the archive.")
ALONE: Final = Kind(name="page of nobody", advice="Nothing needs to be done: it costs room alone.", note=True)


def _find(look: Look) -> Iterator[Finding]:
    unpacking = Unpacking(look.conn)
    unpacked: Counter[int] = Counter()
    failed: Counter[int] = Counter()
    for batch in walk(look, PAGES, COUNT, SIZE):
        for page, url, digest, number, packed in batch:
            try:
                body = unpacking.served(packed, number)
            except ArchiveError:
                failed[number] += 1
                yield _of(look, DAMAGED, page, f"its page {url} cannot be unpacked{_with(number)}")
                continue
            unpacked[number] += 1
            if sha256(body).hexdigest() != digest:
                yield _of(look, ALTERED, page, f"the bytes of its page {url} do not give the page's sha256")
    for number in failed.keys() - unpacked.keys() - {None}:
        yield Finding(
            BROKEN, None, f"none of the {failed[number]} pages packed with dictionary {number} can be unpacked"
        )


def _of(look: Look, kind: Kind, page: int, what: str) -> Finding:
    owners = look.conn.execute(OWNERS, {"page": page}).fetchall()
    return Finding(kind, ", ".join(f"{agency}/{code}" for agency, code in owners) or None, what, page)


def _with(number: int | None) -> str:
    return "" if number is None else f" with dictionary {number}"


CHECKS: Final = (
    Check(name="pages", kinds=(DAMAGED, ALTERED, BROKEN), find=_find, quick=False),
    asks(ALONE, UNOWNED, "page {} ({}) belongs to no article"),
)
