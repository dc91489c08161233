"""The run's health: its readings are counted, doubtful ones wait for its verdict, and the verdict is spoken."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bayegan.archive import ledger
from bayegan.archive.verdict import NOTHING, worse
from bayegan.health import history
from bayegan.health.judging import judge
from bayegan.health.keeping import held_reading, keep_page
from bayegan.health.past import BLOCKED, SOUND, WRONG, Record
from bayegan.health.thresholds import UNREAD, WAITING
from bayegan.health.watching import NEVER_LOST, Watch
from crawler.errors import NotWholeError, RefusedError

if TYPE_CHECKING:
    from bayegan.archive.runs import Summary
    from bayegan.health.troubles import Trouble
    from crawler.items import Fetched, Link, Missed
    from pipelines.revisions import Judged
    from pipelines.run import Run

APART: Final = "Kept apart: it was read without {}, as are most pages of this run, and others are not."
LOST: Final = "It is held with {}, and was read without: what is held stays as it is."
AGAIN: Final = "The site is read well again: {} that were kept apart are fetched again by the next run."
CALLED: Final = {
    "family": "its family's reader",
    "title": "its title",
    "body": "its text",
    "lead": "its lead",
    "published": "its date",
    "tags": "its tags",
}


class Health:
    """Of one run, which has the archive open."""

    def __init__(self, run: Run) -> None:
        assert run.writer is not None  # a dry run reads no page
        self.run, self.writer = run, run.writer
        self.before = history.records(self.writer.conn, run.spider.name, run.id)
        self.watch = Watch(self.before)
        self._fresh = self._unread = 0
        self._waiting: list[tuple[Fetched, frozenset[str]]] = []

    def count(self, links: list[Link]) -> None:
        """Count those that are listed for the first time; not those of days that a back-fill reaches for."""
        known_until = self.run.spider.known_until
        late = [one.news_code for one in links if not (one.day and known_until and one.day < known_until)]
        self._fresh += len(ledger.unknown(self.writer.conn, self.run.spider.name, late))

    def unread(self, missed: Missed) -> Missed:
        """Count a page in which no article was found; twenty of them are enough to look at."""
        self.watch.see_nothing()
        self._unread += 1
        return missed if self._unread <= UNREAD else replace(missed, page=None)

    def keep(self, missed: Missed) -> None:
        """Keep the page of a refused reading, to be looked at."""
        if missed.page is None or missed.state != "refused":
            return
        keep_page(self.writer, (self.run.spider.name, missed.link.news_code), replace(missed.page, url=missed.link.url))

    def waits(self, item: Judged) -> bool:
        """Whether an article waits for the verdict, since it may be a broken reader's.

        Raises NotWholeError for a held article that would lose its title or its text.
        """
        article = item.fetched.article
        if item.change == "unchanged" or not (article.agency and article.news_code):
            return False
        held = held_reading(self.writer.conn, (article.agency, article.news_code))
        lacks = self.watch.lacks(article, held)
        if held is not None and (lost := lacks & NEVER_LOST):
            raise NotWholeError(LOST.format(_named(lost)))
        if lacks:
            self._waiting.append((item.fetched, lacks))
        if len(self._waiting) >= WAITING:
            self.decide()
        return bool(lacks)

    def decide(self) -> None:
        """Refuse what waits for fields that the whole run lacks; the rest is as its agency wrote it."""
        waiting, self._waiting = self._waiting, []
        broken = self.watch.broken() if waiting else frozenset[str]()
        for fetched, lacks in waiting:
            try:
                if lacks & broken:
                    raise NotWholeError(APART.format(_named(lacks & broken)))
                self.run.intake.keep(fetched, self.run.intake.judge(fetched.article))
            except RefusedError as error:
                self.run.refuse(fetched, error)

    def speak(self, summary: Summary, deleted: int) -> Summary:
        """The summary with what the past says of it; ``deleted`` articles of those listed were not to be had."""
        self.now = self._record(summary, deleted)
        self.troubles = judge(self.now, self.before)
        for trouble in filter(self._is_said, self.troubles):
            said = (*(one for one in summary.reasons if one != NOTHING), trouble.sentence)  # which says more than that
            summary = replace(summary, exit=worse(summary.exit, trouble.exit), reasons=said)
        return summary

    def recover(self) -> None:
        """Where the readings are sound again, what was kept apart is due again."""
        wrong = any(one.exit == WRONG for one in self.troubles)
        if wrong or self.now.exit not in SOUND or not self.now.measures.read:
            return
        if again := history.list_again(self.writer, self.run.spider.name):
            self.run.spider.reasons[AGAIN.format(again)] = None

    def _is_said(self, trouble: Trouble) -> bool:
        """The verdict has said the first two; and a run that read nothing is not blamed for what others read."""
        if trouble.exit == BLOCKED or (trouble.kind == "silent" and not self.before):
            return False
        return trouble.exit != WRONG or self.now.measures.read > 0

    def _record(self, summary: Summary, deleted: int) -> Record:
        """A run that was cut off by a limit does not know what is new, nor what is due."""
        cut, found = self.run.cut, self.run.spider.found
        measures = replace(
            self.watch.measures(),
            fresh=None if cut else self._fresh,
            due=0 if cut else summary.listed - deleted,
            held=summary.held,
            named=found["links"] + found["unchanged"],
            silent_listings=found["failed"],
            wrong=int(bool(self.watch.broken())),
        )
        return Record(
            id=self.run.id, started=self.run.began, exit=summary.exit, plain=summary.since is None, measures=measures
        )


def _named(fields: frozenset[str]) -> str:
    return " and ".join(said for name, said in CALLED.items() if name in fields)
