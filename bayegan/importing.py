"""A file's articles into the archive: each is judged as a crawled one is, and what is held stays."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from bayegan.archive import store
from bayegan.archive.identity import content_hash, from_dump
from bayegan.archive.intake import Intake
from bayegan.archive.lock import agency_lock
from bayegan.archive.pages import captured
from bayegan.archive.reading import key_of
from bayegan.archive.rows import AgencyRow
from bayegan.incoming.files import Source, entries, is_warc
from bayegan.incoming.placing import ImportFileError
from bayegan.warc.captures import DamagedError, HeldError, LeftOutError, RevisitError
from crawler.agencies import all_agencies
from crawler.checking import check
from crawler.errors import NotAnArticleError, RefusedError, UnreadableDateError, UsageError
from crawler.undeclared import undeclared

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bayegan.archive.reading import Key
    from bayegan.archive.store import Change
    from bayegan.archive.writer import Writer
    from crawler.agencies import Agency
    from crawler.items import Article, Fetched

__all__ = ["ImportFileError", "ImportSummary", "import_file"]

MOST_NAMED: Final = 1000  # refusals that are kept with their reasons
REPORT_EVERY: Final = 500  # entries

# What speaks against one article and not against the file.
_REFUSALS: Final = (RefusedError, NotAnArticleError, UnreadableDateError, UsageError)
_COUNTED: Final = (
    *("read", "new", "revised", "unchanged", "duplicate", "refused_count", "left_out", "revisits", "damaged_count"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSummary:
    """What became of one file: ``read`` articles stood in it, readable or not.

    ``duplicate`` counts those of the new whose text is held under another code. ``refused`` has where an article
    stands and why it was not kept, for the first thousand; ``refused_count`` counts all. ``damaged`` names, in the
    same way, the places of a WARC file that could not be read. ``left_out`` counts what else stood in it: requests,
    other sites' pages, pictures, pages that are no article; of them ``revisits`` say without the page that one was
    what it had been.
    """

    path: Path
    read: int = 0
    new: int = 0
    revised: int = 0
    unchanged: int = 0
    duplicate: int = 0
    refused_count: int = 0
    refused: tuple[tuple[str, str], ...] = ()
    left_out: int = 0
    revisits: int = 0
    damaged_count: int = 0
    damaged: tuple[tuple[str, str], ...] = ()


def now() -> datetime:
    return datetime.now(UTC)


def import_file(
    writer: Writer,
    path: Path,
    *,
    agency: str | None = None,
    url: str | None = None,
    unknown: bool = False,
    clock: Callable[[], datetime] = now,
    report: Callable[[int], None] | None = None,
) -> ImportSummary:
    """Take the articles of a file, or of a folder of pages, into the archive; to import it twice is to import it once.

    ``agency`` is whose articles these are where the file does not say so, ``url`` the address of a saved page or
    of the folder. ``unknown`` has captures of sites that nobody declared taken in too. ``report`` is told, now and
    then, how many bytes of the file are behind us. What cannot be kept is named in the summary, and the rest goes on.
    Raises UsageError for an unknown suffix or agency, ImportFileError for a file that cannot be read,
    AgencyBusyError while another run holds an agency of the file, ArchiveError; what was written before stays.
    """
    held = partial(captured.holds, writer.conn)
    behind = _Behind()
    found = entries(Source(path=path, agency=agency, url=url, unknown=unknown, held=held, passed=behind))
    with ExitStack() as locks:
        desk = _Desk(writer, locks, clock, captures=is_warc(path))
        for number, (where, entry) in enumerate(found, start=1):
            desk.take(where, entry)
            if report and number % REPORT_EVERY == 0:
                report(behind.bytes)
        desk.intake.flush()
        return desk.summary(path)


class _Behind:
    """How much of a file has been read."""

    bytes: int = 0

    def __call__(self, count: int) -> None:
        self.bytes = count


class _Desk:
    """Where the articles of one file are judged, one after the other, and counted."""

    def __init__(
        self, writer: Writer, locks: ExitStack, clock: Callable[[], datetime], *, captures: bool = False
    ) -> None:
        self.intake = Intake(writer, clock=clock, agencies=map(_row, all_agencies()))
        self._writer = writer
        self._captures = captures
        self._locks = locks
        self._locked: set[str] = set()
        self._tally: Counter[str] = Counter()
        self._named: dict[str, list[tuple[str, str]]] = {"refused": [], "damaged": []}

    def take(self, where: str, entry: Callable[[], Fetched]) -> None:
        """Read an article and keep it, or write down what speaks against it."""
        try:
            self._keep(entry())
        except LeftOutError as error:
            self._tally.update(left_out=1, revisits=isinstance(error, RevisitError))
            return
        except HeldError:
            self._tally["unchanged"] += 1
        except DamagedError as error:
            self._name("damaged", where, error)
            return
        except _REFUSALS as error:
            self._name("refused", where, error)
        self._tally["read"] += 1

    def summary(self, path: Path) -> ImportSummary:
        counted = self._tally + self.intake.counts
        named = {kind: tuple(where) for kind, where in self._named.items()}
        return ImportSummary(
            path=path,
            refused=named["refused"],
            damaged=named["damaged"],
            **{name: counted[name] for name in _COUNTED},
        )

    def _name(self, kind: str, where: str, error: Exception) -> None:
        self._tally[f"{kind}_count"] += 1
        if len(self._named[kind]) < MOST_NAMED:
            self._named[kind].append((where, str(error)))

    def _keep(self, fetched: Fetched) -> None:
        article = fetched.article
        check(article)
        key = key_of(article)
        self._begin(key[0], article)
        change = self.intake.judge(article)
        if self._is_held(key, fetched, change):
            self._tally["unchanged"] += 1
        else:
            self.intake.keep(fetched, change)

    def _begin(self, agency: str, article: Article) -> None:
        """With the first article of an agency: lock it, and enter it where nobody declared it."""
        if agency not in self._locked:
            self._locks.enter_context(agency_lock(self._writer.path, agency))
            self._locked.add(agency)
            if article.url:
                self.intake.know(_row(undeclared(article.url)))

    def _is_held(self, key: Key, fetched: Fetched, change: Change) -> bool:
        """What is held is not touched at all, not even its last_seen: nobody has seen it on the site.

        A capture was seen there, and says when: it is news where that was before or after all that we know of.
        """
        article, page = fetched.article, fetched.page
        if self._captures and page is not None:
            held = captured.knows(self._writer.conn, key, content_hash(article), page.fetched_at)
        else:
            held = change == "unchanged"
        return held and not self._replaces_dump(key, article)

    def _replaces_dump(self, key: Key, article: Article) -> bool:
        held = store.held(self._writer.conn, key)
        return held is not None and held.dump and not from_dump(article.reader)


def _row(agency: Agency) -> AgencyRow:
    return AgencyRow(name=agency.name, title=agency.title, home=agency.home, family=agency.family)
