"""A run that watches itself: it counts its readings, and doubts those that lack what its agency's articles have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bayegan.health.judging import BONES, floor, joined, readings
from bayegan.health.measures import FOUND, Tally, missing
from bayegan.health.past import WRONG, recent, sound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayegan.health.past import Record
    from crawler.items import Article

# Without one of these an article is no article, and waits; one without a lead or tags is kept, and can be read again.
NEEDED: Final = frozenset({"title", "body", "published"})
# What a held article never loses, however healthy the run: no editor takes a whole text away and leaves the page.
NEVER_LOST: Final = frozenset({"title", "body"})


class Watch:
    """Over one run, by the runs ``before`` it, the newest first."""

    def __init__(self, before: Sequence[Record]) -> None:
        self._before = recent(before)
        self._past = sound(self._before)
        self._tally = Tally()
        self._needed = frozenset(name for name in NEEDED if floor(name, self._past))
        self.measures = self._tally.measures
        self.see = self._tally.see
        self.see_nothing = self._tally.see_nothing

    def lacks(self, article: Article, held: Article | None) -> frozenset[str]:
        """What makes a reading doubtful: fields that the agency's articles have, or that this one had when held."""
        gone = missing(article)
        return gone - missing(held) if held else gone & self._needed

    def broken(self) -> frozenset[str]:
        """The fields that the reader no longer finds, as far as the run has come; all of them in another site."""
        wrong = [one for one in readings(joined(self.measures(), self._before), self._past) if one.exit == WRONG]
        fields = frozenset(name for one in wrong for name in one.fields)
        return frozenset(FOUND) if fields & frozenset(BONES) else fields
