"""Articles made of words drawn by Zipf's law, any number of them: the same ones for the same recipe.

They come as an archive gets them that began late: the first eight years were back-filled, the newest year first, one
agency after the other; the last two were crawled as they came, from all of them. So ids follow no order of publication.
"""

from __future__ import annotations

import random
from collections import deque
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from benchmarks import vocabulary
from crawler import agencies
from crawler.dates import TEHRAN
from crawler.items import Article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.agencies import Agency

AGENCIES: Final = ("shabestan", "irna", "isna", "mehr", "tasnim", "fars", "ilna", "borna", "iqna", "imna")
FIRST_DAY: Final = date(2015, 3, 21)  # 1394-01-01
YEARS: Final = 10
FOLLOWED: Final = 2  # of these years, the last ones, were crawled as they came
DAYS_A_YEAR: Final = 365
NOW: Final = datetime(2025, 3, 22, tzinfo=UTC)  # when all is over

TITLE, LEAD, SENTENCE, PARAGRAPH = 9, 25, 14, 4  # words, words, words, sentences
TAGS, TAGS_EACH = 4_000, 5
COPIED: Final = 0.2  # of what is crawled as it comes, the share that another agency had a little earlier
RECENT: Final = 200  # of how many articles one may be copied
KEPT: Final = 0.95  # of the words of a copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """``words`` are those of one article, ``vocabulary`` how many different ones there are."""

    articles: int = 1_000_000
    words: int = 250
    vocabulary: int = 150_000
    seed: int = 1399
    version: int = 1  # of this module: to be raised where the same figures come to give other articles


class Arrival(NamedTuple):
    """When an article was published, by which of AGENCIES, and its news code."""

    published: datetime
    agency: int
    code: str


class Hand(NamedTuple):
    """An agency and how it spells: always alike, unlike others."""

    agency: Agency
    words: list[str]
    tags: list[str]


class Text(NamedTuple):
    title: str
    lead: str
    body: str


def articles(recipe: Recipe) -> Iterator[Article]:
    """All articles in the order in which the archive gets them."""
    press = _Press(recipe)
    return map(press.article, _arrivals(recipe))


def _arrivals(recipe: Recipe) -> Iterator[Arrival]:
    draw = random.Random(recipe.seed)
    shares = [[0] * len(AGENCIES) for _ in range(YEARS)]
    # The first agency publishes three times what the last one does.
    sizes = [3 - 2 * number / (len(AGENCIES) - 1) for number in range(len(AGENCIES))]
    for agency in draw.choices(range(len(AGENCIES)), weights=sizes, k=recipe.articles):
        shares[draw.randrange(YEARS)][agency] += 1
    for year in reversed(range(YEARS - FOLLOWED)):
        for agency, share in enumerate(shares[year]):
            yield from _year(draw, year, agency, share)
    for year in range(YEARS - FOLLOWED, YEARS):
        yield from sorted(one for agency, share in enumerate(shares[year]) for one in _year(draw, year, agency, share))


def _year(draw: random.Random, year: int, agency: int, share: int) -> list[Arrival]:
    """What an agency published in a year, the earliest first; codes grow."""
    begin = datetime.combine(FIRST_DAY, time.min, TEHRAN) + timedelta(days=DAYS_A_YEAR * year)
    seconds = sorted(draw.randrange(DAYS_A_YEAR * 86_400) for _ in range(share))
    return [
        Arrival(begin + timedelta(seconds=after), agency, f"{year + 1}{number:06}")
        for number, after in enumerate(seconds)
    ]


class _Press:
    """Writes articles; remembers the last ones for those that copy."""

    def __init__(self, recipe: Recipe) -> None:
        self._draw = random.Random(recipe.seed + 1)
        self._length = recipe.words
        words = vocabulary.words(recipe.vocabulary, recipe.seed)
        tags = list(dict.fromkeys(f"{one} {other}" for one, other in zip(words[60:], words[500:], strict=False)))[:TAGS]
        self._weights, self._tag_weights = vocabulary.weights(len(words)), vocabulary.weights(len(tags))
        self._hands = [
            Hand(agencies.agency(name), vocabulary.spelled(words, number), vocabulary.spelled(tags, number))
            for number, name in enumerate(AGENCIES)
        ]
        self._sections, self._places = vocabulary.names("sections"), vocabulary.names("places")
        self._recent: deque[tuple[Hand, Text]] = deque(maxlen=RECENT)

    def article(self, arrival: Arrival) -> Article:
        draw, hand = self._draw, self._hands[arrival.agency]
        text = self._copy(hand) if draw.random() < COPIED else None
        text = text or self._text(hand, arrival.code)
        self._recent.append((hand, text))
        return Article(
            agency=hand.agency.name,
            news_code=arrival.code,
            url=hand.agency.address(arrival.code),
            **text._asdict(),
            tags=tuple(dict.fromkeys(draw.choices(hand.tags, cum_weights=self._tag_weights, k=TAGS_EACH))),
            sections=(draw.choice(self._sections),),
            place=draw.choice(self._places),
            published=arrival.published,
            language="fa",
            reader=f"{hand.agency.family}/1",
        )

    def _text(self, hand: Hand, code: str) -> Text:
        words = iter(self._draw.choices(hand.words, cum_weights=self._weights, k=self._length))
        title, lead = " ".join(islice(words, TITLE)), " ".join(islice(words, LEAD))
        return Text(title, f"{lead} {code}.", "\n\n".join(_paragraphs(words)))

    def _copy(self, hand: Hand) -> Text | None:
        """A recent text of another agency with some words changed; None where there is none."""
        if not self._recent:
            return None
        source, text = self._draw.choice(self._recent)
        if source is hand:
            return None
        draw = self._draw
        others = iter(draw.choices(hand.words, cum_weights=self._weights, k=self._length))
        words = (word if draw.random() < KEPT else next(others, word) for word in text.body.split(" "))
        return text._replace(lead=f"به نقل از {source.agency.title}: {text.lead}", body=" ".join(words))


def _paragraphs(words: Iterator[str]) -> Iterator[str]:
    sentences = iter(lambda: " ".join(islice(words, SENTENCE)), "")
    return iter(lambda: " ".join(f"{one}." for one in islice(sentences, PARAGRAPH)), "")
