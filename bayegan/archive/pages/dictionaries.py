"""Page dictionaries: made of an agency's newest pages once there are some tens, anew when its pages change their looks.

A dictionary is written before the first page that needs it, in a transaction of its own, and never changed: whatever
kills a crawl, every page that is kept can be unpacked. Old ones stay for the pages that were packed with them.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from bayegan.archive.faults import told
from bayegan.archive.names import tags_of
from bayegan.archive.pages.packing import Unpacking, compressor
from bayegan.archive.pages.templates import Sample, template
from crawler.dates import utc_text
from crawler.errors import ArchiveError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bayegan.archive.writer import Writer

ENOUGH: Final = 32  # pages of an agency before it gets a dictionary, and of one run before its ratio says anything
SAMPLED: Final = 16  # newest pages that a dictionary is made of: measured, more of them make none better
FEWEST: Final = 8  # of them, below which it is chance what pages share
WORSE: Final = 1.4  # times the ratio that a dictionary had when it was made
BETTER: Final = 0.85  # of the ratio that pages have now: what a new one must reach
MOST_READY: Final = 8  # dictionaries kept ready for packing, a megabyte each

NEWEST: Final = "SELECT id, body, ratio FROM dictionaries WHERE agency = ? ORDER BY id DESC LIMIT 1"
HAS_ENOUGH: Final = """
    SELECT count(*) FROM (SELECT 1 FROM articles WHERE agency = ? AND page_id IS NOT NULL LIMIT ?)
"""
# The agency's newest pages, looked for among the last 20,000 of the archive alone.
SAMPLE: Final = """
    SELECT pages.body, pages.dictionary_id, articles.id, articles.title, articles.kicker, articles.lead,
        articles.body, articles.authors
    FROM pages CROSS JOIN articles ON articles.page_id = pages.id
    WHERE pages.id > (SELECT max(id) FROM pages) - 20000 AND articles.agency = ?
    ORDER BY pages.id DESC LIMIT ?
"""
INSERT: Final = "INSERT INTO dictionaries (agency, made_at, body, ratio) VALUES (?, ?, ?, ?)"
SET_RATIO: Final = "UPDATE dictionaries SET ratio = ? WHERE id = ?"


class Packed(NamedTuple):
    """A page's bytes (zstd) and the dictionary that they need, if any."""

    body: bytes
    dictionary_id: int | None


class Press:
    """Packs the pages of one agency and watches how well that goes.

    A dictionary with nothing in it says that the agency's pages share nothing: it is not used, and not looked for
    again until the pages have changed.
    """

    def __init__(self, conn: sqlite3.Connection, agency: str) -> None:
        self._agency = agency
        self._take(conn.execute(NEWEST, (agency,)).fetchone() or (None, b"", None))

    def pack(self, body: bytes) -> Packed:
        packed = self._compressor.compress(body)
        self._pages += 1
        self._served += len(body)
        self._packed += len(packed)
        return Packed(packed, self._id if self._dictionary else None)

    def look(self, writer: Writer, clock: Callable[[], datetime]) -> None:
        """Make a dictionary where one is due; between two batches, so that none waits for it to be written."""
        if self._id is None and self._pages and _has_enough(writer.conn, self._agency):
            self._make(writer, clock(), at_most=None)
        elif self._id is not None and self._pages >= ENOUGH:
            now = self._packed / max(self._served, 1)
            if now > self._ratio * WORSE:
                self._make(writer, clock(), at_most=now)
            self._count_anew()

    def _make(self, writer: Writer, now: datetime, at_most: float | None) -> None:
        """A new dictionary; one that packs no better than ``at_most`` allows is only taken note of."""
        sample = _sample(writer.conn, self._agency)
        if len(sample) < FEWEST:
            return
        body = template(sample)
        ratio = _ratio(body, [one.body for one in sample])
        with writer.transaction() as conn:
            if at_most is None or ratio <= at_most * BETTER:
                conn.execute(INSERT, (self._agency, utc_text(now), body, ratio))
            else:
                conn.execute(SET_RATIO, (at_most, self._id))
        self._take(writer.conn.execute(NEWEST, (self._agency,)).fetchone())

    def _take(self, row: tuple[int | None, bytes, float | None]) -> None:
        self._id, self._dictionary, ratio = row
        self._ratio = ratio or 1.0  # one that came from elsewhere and does not say is not doubted
        self._compressor = compressor(self._dictionary)
        self._count_anew()

    def _count_anew(self) -> None:
        self._served = self._packed = self._pages = 0


class Presses:
    """The presses of all agencies whose pages come in: few in a crawl, many in an import, of which the last stay."""

    def __init__(self, writer: Writer, clock: Callable[[], datetime]) -> None:
        self._writer = writer
        self._clock = clock
        self._ready: dict[str, Press] = {}

    def pack(self, agency: str, body: bytes) -> Packed:
        with told(self._writer.path):
            press = self._ready.pop(agency, None) or Press(self._writer.conn, agency)
        self._ready[agency] = press  # the last one used stands last
        if len(self._ready) > MOST_READY:
            self._ready.pop(next(iter(self._ready)))
        return press.pack(body)

    def look(self) -> None:
        """Make what dictionaries are due; to be called outside a transaction. Raises ArchiveError."""
        with told(self._writer.path):
            for press in self._ready.values():
                press.look(self._writer, self._clock)


def _has_enough(conn: sqlite3.Connection, agency: str) -> bool:
    return bool(conn.execute(HAS_ENOUGH, (agency, ENOUGH)).fetchone() == (ENOUGH,))


def _sample(conn: sqlite3.Connection, agency: str) -> list[Sample]:
    unpacking = Unpacking(conn)
    rows = conn.execute(SAMPLE, (agency, SAMPLED)).fetchall()
    sample = []
    for packed, dictionary_id, article_id, title, kicker, lead, body, authors in rows:
        names = (title, kicker, *json.loads(authors), *tags_of(conn, article_id))
        with suppress(ArchiveError):  # a damaged page is for `bayegan verify` to tell, and stops no crawl
            page = unpacking.served(packed, dictionary_id)
            sample.append(Sample(page, tuple(filter(None, names)), tuple(filter(None, (lead, body)))))
    return sample


def _ratio(dictionary: bytes, pages: Sequence[bytes]) -> float:
    press = compressor(dictionary)
    return sum(len(press.compress(page)) for page in pages) / max(sum(map(len, pages)), 1)
