"""What is asked of a synthetic archive: words, phrases and filters drawn by rank, as often from the ten commonest words
as from the ninety next."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from bayegan.search import asked
from benchmarks import vocabulary
from benchmarks.synthetic import AGENCIES, FIRST_DAY, YEARS
from crawler.dates import jalali_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from bayegan.archive.reader import Archive
    from bayegan.search import Filter
    from benchmarks.synthetic import Recipe

PAGE: Final = 20  # hits
COMMONEST: Final = 10
BEGINNING: Final = 3  # letters
TAGS: Final = (
    "SELECT name FROM tags JOIN article_tags ON tag_id = tags.id GROUP BY tags.id ORDER BY count(*) DESC, name"
)


def page_and_total(archive: Archive, query: Filter) -> object:
    """What a person sees: how many there are, and the first twenty with their snippets."""
    return archive.count(query), archive.find(query)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Queries of one kind, and how they are asked; ``aim`` is milliseconds for 95 of 100, at a million articles."""

    name: str
    queries: Sequence[Any]
    aim: int | None = None
    ask: Callable[[Archive, Any], object] = page_and_total


def kinds(archive: Archive, recipe: Recipe, count: int) -> list[Kind]:
    """The same ``count`` queries of each kind for the same archive."""
    drawn = _Drawn(archive, recipe, count)
    words, commonest = drawn.words(), drawn.whole[:COMMONEST]
    agencies = [{"agency": drawn.draw.choice(AGENCIES)} for _ in words]
    return [
        Kind(name="word", queries=_filters(words), aim=30),
        Kind(name="ten commonest words", queries=_filters(commonest), aim=30),
        Kind(name="word, by relevance", queries=_filters(words, sort="relevance"), aim=60),
        Kind(name="ten commonest, by relevance", queries=_filters(commonest, sort="relevance"), aim=60),
        Kind(name="phrase", queries=_filters(drawn.phrases()), aim=100),
        Kind(name="phrase, by relevance", queries=_filters(drawn.phrases(), sort="relevance")),
        Kind(name="two words", queries=_filters(drawn.pairs())),
        Kind(name="joined word, typed glued", queries=_filters(drawn.glued())),
        Kind(name="three letters*", queries=_filters(drawn.beginnings())),
        Kind(name="word of one agency", queries=_filters(words, agencies)),
        Kind(name="word in one month", queries=_filters(words, drawn.months())),
        Kind(name="word with a tag", queries=_filters(words, ({"tag": tag} for tag in drawn.tags()))),
        Kind(name="word, the total alone", queries=_filters(words), ask=lambda archive, one: archive.count(one)),
        Kind(name="word, the page alone", queries=_filters(words), ask=lambda archive, one: archive.find(one)),
        Kind(name="word, facets", queries=_filters(words), ask=lambda archive, one: archive.facets(one)),
        Kind(name="articles like one", queries=drawn.keys(), ask=lambda archive, key: archive.similar(*key)),
    ]


def _filters(words: Sequence[str], more: Iterable[Any] = (), **given: Any) -> list[Filter]:
    rest = list(more) or [{}] * len(words)
    options: Iterable[Any] = ({"limit": PAGE, **given, **one} for one in rest)
    return [asked(word, one) for word, one in zip(words, options, strict=True)]


class _Drawn:
    def __init__(self, archive: Archive, recipe: Recipe, count: int) -> None:
        self.archive, self.count = archive, count
        self.draw = random.Random(recipe.seed)
        words = vocabulary.words(recipe.vocabulary, recipe.seed)
        self.whole = [word for word in words if vocabulary.JOINT not in word]
        self.joined = [word for word in words if vocabulary.JOINT in word]

    def words(self) -> list[str]:
        return self._by_rank(self.whole)

    def pairs(self) -> list[str]:
        return [" ".join(pair) for pair in zip(self.words(), self.words(), strict=True)]

    def glued(self) -> list[str]:
        return [word.replace(vocabulary.JOINT, "") for word in self._by_rank(self.joined)]

    def beginnings(self) -> list[str]:
        return [f"{word[:BEGINNING]}*" for word in self.words() if len(word) >= BEGINNING]

    def phrases(self) -> list[str]:
        """A word and what stands behind it in an article that has it."""
        return [f'"{word} {self._behind(word)}"' for word in self.words()]

    def tags(self) -> list[str]:
        return self._by_rank([name for (name,) in self.archive.db.execute(TAGS)])

    def keys(self) -> list[tuple[str, str]]:
        return [(hit.agency, hit.news_code) for word in self.words() for hit in self.archive.search(word, limit=1)]

    def months(self) -> Iterator[dict[str, str]]:
        first = jalali_parts(FIRST_DAY)[0]
        for _ in range(self.count):
            month = f"{first + self.draw.randrange(YEARS)}-{1 + self.draw.randrange(12):02}"
            yield {"since": f"{month}-01", "until": f"{month}-29"}

    def _by_rank(self, ranked: Sequence[str]) -> list[str]:
        return [ranked[int(len(ranked) ** self.draw.random()) - 1] for _ in range(self.count)]

    def _behind(self, word: str) -> str:
        for hit in self.archive.search(word, limit=1):
            words = (hit.body or "").replace(".", "").split()
            return next((behind for one, behind in pairwise(words) if one == word), "")
        return ""
