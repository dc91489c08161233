"""What comes in from a crawl or an import: judged one by one, written in batches."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from bayegan.archive import store
from bayegan.archive.faults import told
from bayegan.archive.identity import Gist, code_reused, content_hash, from_dump
from bayegan.archive.index import Changes
from bayegan.archive.pages.dictionaries import Presses
from bayegan.archive.reading import key_of, prepare
from bayegan.archive.rows import AgencyRow
from crawler.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from bayegan.archive.reading import Key, Reading
    from bayegan.archive.store import Change
    from bayegan.archive.writer import Writer
    from crawler.items import Article, Fetched

UPSERT_AGENCY: Final = """
    INSERT INTO agencies (name, title, home, family) VALUES (?, ?, ?, ?)
    ON CONFLICT (name) DO UPDATE SET
        title = coalesce(excluded.title, title),
        home = coalesce(excluded.home, home),
        family = coalesce(excluded.family, family)
"""


class Known(NamedTuple):
    """As much of an article, held or about to be, as a new reading is judged by."""

    gist: Gist
    content_hash: str
    dump: bool


class Intake:
    """Takes articles into the archive, ``batch`` of them (or ``seconds`` of waiting) a transaction.

    ``agencies`` says what is known of the agencies that articles will come from; one that is not among them is
    entered with its name alone. ``clock`` gives aware moments. ``counts`` has what was written: ``new``,
    ``revised``, ``unchanged``, ``taken_down``, and ``duplicate`` for those of the new whose text is held already
    under another code. What waits is written by :meth:`flush` alone; where that fails it waits on, so that the
    flush can be tried again.
    """

    def __init__(
        self,
        writer: Writer,
        *,
        clock: Callable[[], datetime],
        run_id: int | None = None,
        batch: int = 100,
        seconds: float = 2.0,
        agencies: Iterable[AgencyRow] = (),
    ) -> None:
        self.counts: Counter[str] = Counter()
        self._writer = writer
        self._clock = clock
        self._run_id = run_id
        self._batch = batch
        self._patience = timedelta(seconds=seconds)
        self._agencies = {agency.name: agency for agency in agencies}
        self._presses = Presses(writer, clock)
        self._waiting: list[Reading] = []
        self._since: datetime | None = None
        self._pending: dict[Key, Known] = {}
        self._addresses: dict[str, Key] = {}

    def know(self, agency: AgencyRow) -> None:
        """Say what is known of an agency that articles will come from."""
        self._agencies[agency.name] = agency

    def judge(self, article: Article) -> Change:
        """Say what the article would be: new, unchanged or revised; what waits to be written counts as held.

        Raises RefusedError as :meth:`refuse_double` does.
        """
        self.refuse_double(article)
        return self.change_of(article)

    def refuse_double(self, article: Article) -> None:
        """Raise RefusedError for what was taken down, an address that another code holds, and a code reused."""
        key = key_of(article)
        with told(self._writer.path):
            self._refuse_taken_down(key)
            self._refuse_second_address(key, article)
            known = self._known(key)
        gist = Gist(article.title, article.lead, article.body)
        if known is not None and not known.dump and code_reused(known.gist, gist):
            raise RefusedError(
                f"The code of {'/'.join(key)} was reused: «{known.gist.title}» is held, «{gist.title}» is refused."
            )

    def change_of(self, article: Article) -> Change:
        """What an article that was not refused is to the archive."""
        with told(self._writer.path):
            known = self._known(key_of(article))
        if known is None:
            return "new"
        superseded = from_dump(article.reader) and not known.dump
        return "unchanged" if superseded or content_hash(article) == known.content_hash else "revised"

    def keep(self, fetched: Fetched, change: Change) -> None:
        """Take a judged article in; writes the batch when it is full or has waited long enough.

        Raises ArchiveError where that fails; the article is among those that wait.
        """
        now = self._clock()
        reading = prepare(fetched, now=now, with_page=change != "unchanged", presses=self._presses)
        self._waiting.append(reading)
        if change != "unchanged":
            self._pending[reading.key] = Known(Gist(*reading.texts), reading.content_hash, reading.dump)
        if fetched.article.url:
            self._addresses[fetched.article.url] = reading.key
        self._since = self._since or now
        # A clock that was put back says nothing of how long it has been.
        if len(self._waiting) >= self._batch or not timedelta(0) <= now - self._since < self._patience:
            self.flush()

    def flush(self) -> None:
        """Write all that waits, in one transaction: pages, articles, names, index, revisions, ledger.

        Raises ArchiveError where nothing could be written.
        """
        if not self._waiting:
            return
        done: Counter[str] = Counter()
        with self._writer.transaction() as conn:
            for name in dict.fromkeys(reading.key[0] for reading in self._waiting):
                agency = self._agencies.get(name) or AgencyRow(name=name)
                self._writer.db.execute(UPSERT_AGENCY, (agency.name, agency.title, agency.home, agency.family))
            changes = Changes()
            for reading in self._waiting:
                done.update(store.store(conn, reading, changes, run_id=self._run_id))
            changes.write(conn)
        self.counts.update(done)
        self._waiting.clear()
        self._pending.clear()
        self._addresses.clear()
        self._since = None
        self._presses.look()

    def _known(self, key: Key) -> Known | None:
        if key in self._pending:
            return self._pending[key]
        held = store.held(self._writer.conn, key)
        return held and Known(Gist(*held.texts), held.content_hash, held.dump)

    def _refuse_taken_down(self, key: Key) -> None:
        if store.taken_down(self._writer.conn, key):
            raise RefusedError(f"{'/'.join(key)} was taken down and is not kept again.")

    def _refuse_second_address(self, key: Key, article: Article) -> None:
        if not article.url:
            return
        holder = self._addresses.get(article.url) or store.holder(self._writer.conn, article.url)
        if holder not in (None, key):
            raise RefusedError(f"{'/'.join(key)} is refused: {'/'.join(holder)} holds {article.url} already.")
