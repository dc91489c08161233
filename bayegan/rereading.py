"""All kept pages read again with today's reader, offline; what that changes is written, or only told.

Articles are written in short transactions, each signed by the reader that has read it now: what was killed in the
middle goes on with those that are not signed yet.
"""

from __future__ import annotations

import time
from collections import deque
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bayegan.archive import renewing, store
from bayegan.archive.faults import MISSING, told
from bayegan.archive.index import Changes
from bayegan.archive.lock import agency_lock
from bayegan.archive.reader import open_archive
from bayegan.archive.reading import prepare
from bayegan.reread.readers import Batch, Fault, PackedPage, cores, reading
from bayegan.reread.renewal import renewed, sender
from bayegan.reread.report import RereadSummary, Tally
from bayegan.search import Filter
from crawler import agencies
from crawler.checking import check
from crawler.errors import AgencyBusyError, ArchiveError, RefusedError
from crawler.items import Fetched
from crawler.markup import MARKUPS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from bayegan.archive.renewing import Kept, Window
    from bayegan.archive.writer import Writer
    from bayegan.reread.readers import Read, ReadAll
    from bayegan.reread.renewal import Sender
    from bayegan.reread.report import AgencyReread
    from crawler.items import Article

BATCH: Final = 50  # articles a transaction, a tenth of a second at most: other writers wait no longer
WORTH_A_PROCESS: Final = 300  # pages: fewer are read sooner than another process begins


@dataclass(frozen=True, slots=True, kw_only=True)
class RereadRequest:
    """Which articles are to be read again, as in :class:`bayegan.search.Filter`, and how.

    What today's reader has read is left out unless ``everything`` is meant. A field that today's reader finds nothing
    for stays as it is held, unless ``allow_empty``. ``jobs`` is how many processes read; None is one for each core.
    """

    archive: Path
    agency: str | None = None
    since: date | None = None
    until: date | None = None
    everything: bool = False
    allow_empty: bool = False
    dry_run: bool = False
    jobs: int | None = None


def today() -> tuple[str, ...]:
    """How today's readers sign."""
    return tuple(markup.reader for markup in MARKUPS)


def reread(request: RereadRequest, *, report: Callable[[int], None] | None = None) -> RereadSummary:
    """Read pages again and renew their articles; the answer says what changed, after a dry run what would change.

    Neither identity nor page of an article changes, and no revision is made. ``report`` is told the number of pages
    read so far. An agency that another run holds is passed over and named, but raises AgencyBusyError where it alone
    was asked for; a dry run holds no agency and writes nothing. Raises UsageError for an unknown agency and a window
    that ends before it begins, ArchiveError; what was written before stays.
    """
    began = time.monotonic()
    window = _window(request)
    with told(request.archive), _opened(request) as (conn, writer):
        if request.agency and not renewing.is_held(conn, request.agency):
            agencies.agency(request.agency)
        found = renewing.survey(conn, window)
        jobs = request.jobs or _jobs(sum(due for _, due in found.values()))
        with reading(jobs) as read:
            desk = _Desk(request, window, conn, writer, read, report)
            done = [desk.agency(name, pages, due) for name, (pages, due) in found.items()]
    return RereadSummary(
        dry_run=request.dry_run,
        agencies=tuple(done),
        fields=desk.tally.by_field(),
        faults=desk.tally.by_kind(),
        jobs=jobs,
        seconds=round(time.monotonic() - began, 3),
    )


def _window(request: RereadRequest) -> Window:
    days = Filter(agency=request.agency, since=request.since, until=request.until).conditions
    return renewing.Window(
        today=today(),
        agency=request.agency,
        since=days.get("since"),
        until=days.get("until"),
        everything=request.everything,
    )


def _jobs(due: int) -> int:
    return max(1, min(cores(), due // WORTH_A_PROCESS))


@contextmanager
def _opened(request: RereadRequest) -> Iterator[tuple[sqlite3.Connection, Writer | None]]:
    """The archive, which must be there, and who writes it; nobody in a dry run."""
    if request.dry_run:
        with open_archive(request.archive) as archive:
            yield archive.db.conn, None
        return
    from bayegan.archive.writer import Writer  # noqa: PLC0415 -- what a dry run does without

    if not request.archive.is_file():
        raise ArchiveError(MISSING.format(path=request.archive))
    with Writer(request.archive) as writer:
        yield writer.conn, writer


@dataclass
class _Desk:
    """Where readings are compared with what is held, and taken."""

    request: RereadRequest
    window: Window
    conn: sqlite3.Connection
    writer: Writer | None
    read: ReadAll
    report: Callable[[int], None] | None

    def __post_init__(self) -> None:
        self.tally = Tally()
        self.changes = Changes()

    def agency(self, name: str, pages: int, due: int) -> AgencyReread:
        """Read an agency's pages again; the answer counts what became of its articles."""
        busy = False
        with ExitStack() as stack:
            try:
                if self.writer and due:
                    stack.enter_context(agency_lock(self.request.archive, name))
            except AgencyBusyError:
                if self.request.agency:
                    raise
                busy = True
            if due and not busy:
                self._go_through(name)
        return self.tally.agency(name, pages, due, busy=busy)

    def _go_through(self, name: str) -> None:
        given: deque[list[Kept]] = deque()
        fetched_from = renewing.homes(self.conn, name)
        for read in self.read(self._batches(name, given)):
            kept = given.popleft()
            if kept:
                self._settle(sender(name, kept[0].url, fetched_from), kept, read)
            if self.report:
                self.report(sum(self.tally.became.values()))

    def _batches(self, name: str, given: deque[list[Kept]]) -> Iterator[Batch]:
        ids = renewing.due(self.conn, name, self.window)
        for begin in range(0, len(ids), BATCH):
            kept, dictionaries = renewing.kept(self.conn, ids[begin : begin + BATCH])
            given.append(kept)
            yield Batch(tuple(PackedPage(one.url, one.packed, one.dictionary_id) for one in kept), dictionaries)

    def _settle(self, of: Sender, kept: list[Kept], read: Read) -> None:
        """Take one batch of readings, in one transaction."""
        self.changes = Changes()
        with self.writer.transaction() if self.writer else nullcontext():
            for one, said in zip(kept, read, strict=True):
                fault = said if isinstance(said, Fault) else self._compare(of, one, said)
                if fault:
                    self.tally.failed(one.row.agency, one.row.news_code, fault)
            self.changes.write(self.conn)

    def _compare(self, of: Sender, kept: Kept, read: Article) -> Fault | None:
        if another := of.another(read, kept):
            return Fault("another article", f"The page says that it is {another}: the article stays as it is.")
        article, differences = renewed(kept.row.article, of.place(read, kept), allow_empty=self.request.allow_empty)
        # An article that keeps what today's reader does not find is still due: it was not read by that alone.
        whole = all(one.how != "kept" for one in differences)
        try:
            self._refuse(article, kept)
            meanwhile = not self._take(kept, replace(article, reader=read.reader) if whole else article)
        except RefusedError as error:
            return Fault("refused", str(error))
        if meanwhile:
            self.tally.meanwhile(kept.row.agency)
        else:
            self.tally.renewed(kept.row.agency, kept.row.news_code, differences)
        return None

    def _refuse(self, article: Article, kept: Kept) -> None:
        """Raise RefusedError for a reading that no crawl would have kept."""
        check(article)
        if article.url and article.url != kept.row.url:
            holder = store.holder(self.conn, article.url)
            if holder not in (None, (kept.row.agency, kept.row.news_code)):
                raise RefusedError(f"{'/'.join(holder)} holds {article.url} already.")

    def _take(self, kept: Kept, article: Article) -> bool:
        """Write what differs; False where somebody else changed the article meanwhile. A dry run writes nothing."""
        row = kept.row
        new = prepare(Fetched(article=article), now=row.last_seen, with_page=False)
        if self.writer is None:
            return True
        if not renewing.is_still(self.conn, row):
            return False
        derived = (new.content_hash, new.columns["published_jalali"])
        if replace(article, reader=row.reader) != row.article or derived != (row.content_hash, row.published_jalali):
            renewing.renew(self.conn, row, new, self.changes)
        elif article.reader != row.reader:
            renewing.sign(self.conn, row, article.reader)
        return True
