"""A file's articles into the archive: each is judged as a crawled one is, and what is held stays."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from bayegan.archive import store
from bayegan.archive.identity import from_dump
from bayegan.archive.intake import Intake
from bayegan.archive.lock import agency_lock
from bayegan.archive.reading import key_of
from bayegan.archive.rows import AgencyRow
from bayegan.incoming import ImportFileError, Source, entries
from crawler.agencies import all_agencies
from crawler.checking import check
from crawler.errors import NotAnArticleError, RefusedError, UnreadableDateError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bayegan.archive.reading import Key
    from bayegan.archive.writer import Writer
    from crawler.items import Article, Fetched

__all__ = ["ImportFileError", "ImportSummary", "import_file"]

MOST_NAMED: Final = 1000  # refusals that are kept with their reasons
REPORT_EVERY: Final = 500  # articles

# What speaks against one article and not against the file.
_REFUSALS: Final = (RefusedError, NotAnArticleError, UnreadableDateError, UsageError)
_COUNTED: Final = ("read", "new", "revised", "unchanged", "duplicate", "refused_count")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSummary:
    """What became of one file: ``read`` articles stood in it, readable or not.

    ``duplicate`` counts those of the new whose text is held under another code. ``refused`` has where an article
    stands and why it was not kept, for the first thousand; ``refused_count`` counts all.
    """

    path: Path
    read: int = 0
    new: int = 0
    revised: int = 0
    unchanged: int = 0
    duplicate: int = 0
    refused_count: int = 0
    refused: tuple[tuple[str, str], ...] = ()


def now() -> datetime:
    return datetime.now(UTC)


def import_file(
    writer: Writer,
    path: Path,
    *,
    agency: str | None = None,
    url: str | None = None,
    clock: Callable[[], datetime] = now,
    report: Callable[[int], None] | None = None,
) -> ImportSummary:
    """Take the articles of a file into the archive; to import it twice is to import it once.

    ``agency`` is whose articles these are where the file does not say so, ``url`` the address of a saved page.
    ``report`` is told the number read so far. What cannot be kept is named in the summary, and the rest goes on.
    Raises UsageError for an unknown suffix or agency, ImportFileError for a file that cannot be read,
    AgencyBusyError while another run holds an agency of the file, ArchiveError; what was written before stays.
    """
    found = entries(Source(path=path, agency=agency, url=url))
    with ExitStack() as locks:
        desk = _Desk(writer, locks, clock)
        for read, (where, entry) in enumerate(found, start=1):
            desk.take(where, entry)
            if report and read % REPORT_EVERY == 0:
                report(read)
        desk.intake.flush()
        return desk.summary(path)


class _Desk:
    """Where the articles of one file are judged, one after the other, and counted."""

    def __init__(self, writer: Writer, locks: ExitStack, clock: Callable[[], datetime]) -> None:
        known = (AgencyRow(name=it.name, title=it.title, home=it.home, family=it.family) for it in all_agencies())
        self.intake = Intake(writer, clock=clock, agencies=known)
        self._writer = writer
        self._locks = locks
        self._locked: set[str] = set()
        self._tally: Counter[str] = Counter()
        self._named: list[tuple[str, str]] = []

    def take(self, where: str, entry: Callable[[], Fetched]) -> None:
        """Read an article and keep it, or write down what speaks against it."""
        self._tally["read"] += 1
        try:
            self._keep(entry())
        except _REFUSALS as error:
            self._tally["refused_count"] += 1
            if len(self._named) < MOST_NAMED:
                self._named.append((where, str(error)))

    def summary(self, path: Path) -> ImportSummary:
        counted = self._tally + self.intake.counts
        return ImportSummary(path=path, refused=tuple(self._named), **{name: counted[name] for name in _COUNTED})

    def _keep(self, fetched: Fetched) -> None:
        article = fetched.article
        check(article)
        key = key_of(article)
        self._lock(key[0])
        change = self.intake.judge(article)
        # What is held already is not touched at all, not even its last_seen: nobody has seen it on the site.
        if change == "unchanged" and not self._replaces_dump(key, article):
            self._tally["unchanged"] += 1
        else:
            self.intake.keep(fetched, change)

    def _lock(self, agency: str) -> None:
        if agency not in self._locked:
            self._locks.enter_context(agency_lock(self._writer.path, agency))
            self._locked.add(agency)

    def _replaces_dump(self, key: Key, article: Article) -> bool:
        held = store.held(self._writer.conn, key)
        return held is not None and held.dump and not from_dump(article.reader)
