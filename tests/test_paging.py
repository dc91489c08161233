"""Going through hits page by page while the archive grows."""

from __future__ import annotations

import zlib
from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from archives import LONG_TEXT, NOON, Clock, fetched, fill, story, take

from bayegan import open_archive
from bayegan.archive.finding import paging, selecting
from bayegan.archive.finding.paging import Place
from bayegan.archive.intake import Intake
from bayegan.archive.writer import Writer
from bayegan.takedown import take_down
from crawler.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from crawler.items import Article

WRITTEN = (
    "کتاب",
    "کتاب کتاب کتاب باران",
    "باران کتاب",
    "باران باران باران باران کتاب کتاب",
    f"کتاب {LONG_TEXT}",
)


def written(number: int, agency: str = "shabestan") -> Article:
    """Three articles a minute, every eleventh without a date; how often they have the words goes round."""
    return story(
        f"{number:03}",
        agency=agency,
        url=None,
        title=None,
        body=f"{WRITTEN[number % len(WRITTEN)]} {agency}{number}",
        published=None if number % 11 == 0 else NOON + timedelta(minutes=number // 3),
    )


FIRST = [written(number, agency) for number in range(40, 55) for agency in ("shabestan", "example.ir")]
LATER = [
    written(number * 37 % 100, "later.ir") for number in range(100)
]  # newer ones, older ones, and some of the same minutes


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return fill(tmp_path / "news.db", FIRST)


def add(path: Path, articles: Iterable[Article]) -> None:
    with Writer(path) as writer:
        intake = Intake(writer, clock=Clock())
        for article in articles:
            take(intake, fetched(article))
        intake.flush()


def pages(path: Path, between: Callable[[int], None], **given: Any) -> list[list[str]]:
    """All pages of a search, each by an archive opened anew; ``between`` is called with the number of each."""
    found: list[list[str]] = []
    token = None
    while token or not found:
        with open_archive(path) as archive:
            hits = archive.search(**given, after=token)
        found.append([f"{hit.agency}/{hit.news_code}" for hit in hits])
        token = hits.next
        between(len(found))
    return found


def growing(path: Path) -> Callable[[int], None]:
    """Fifteen more articles between any two pages."""
    return lambda number: add(path, LATER[15 * (number - 1) : 15 * number])


ORDERS: list[dict[str, Any]] = [
    {"query": "کتاب"},
    {"query": ""},
    {"query": "کتاب باران"},
    {"query": "کتاب", "agency": "shabestan"},
    {"query": "", "tag": "شورای شهر", "since": "1399-09-17"},
    {"query": "کتاب", "distinct": True},
]


@pytest.mark.parametrize("asked", ORDERS, ids=[str(number) for number in range(len(ORDERS))])
@pytest.mark.parametrize("probe", [selecting.PROBE, 0], ids=["by index", "one by one"])
def test_the_newest_come_in_pages_as_they_did_at_once(
    path: Path, asked: dict[str, Any], probe: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selecting, "PROBE", probe)
    with open_archive(path) as archive:
        at_once = [f"{hit.agency}/{hit.news_code}" for hit in archive.search(**asked, limit=None)]
    found = pages(path, growing(path), **asked, limit=6)
    assert [name for page in found for name in page] == at_once
    assert {len(page) for page in found[:-1]} == {6}
    assert len(at_once) > 12


@pytest.mark.parametrize("query", ["کتاب", "کتاب باران", "باران OR کتاب"])
def test_the_most_relevant_come_once_each_and_all_of_them(path: Path, query: str) -> None:
    """What comes later has «باران» far more often, so that the words no longer weigh as they did."""
    with open_archive(path) as archive:
        at_once = [f"{hit.agency}/{hit.news_code}" for hit in archive.search(query, sort="relevance", limit=None)]
    rain = [replace(article, body=f"{article.body} {'باران ' * 50}") for article in LATER]
    found = pages(
        path, lambda page: add(path, rain[15 * (page - 1) : 15 * page]), query=query, sort="relevance", limit=7
    )
    names = [name for page in found for name in page]
    assert found[0] == at_once[:7]
    assert sorted(names) == sorted(at_once)
    assert len(names) == len(set(names)) > 14


def test_relevance_goes_on_to_the_end_of_what_it_weighs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selecting, "NEWEST", 10)
    found = pages(path, growing(path), query="کتاب", sort="relevance", limit=4)
    assert [len(page) for page in found] == [4, 4, 2]
    with open_archive(path) as archive:
        newest = [f"{hit.agency}/{hit.news_code}" for hit in archive.search("کتاب", limit=10)]
    assert not set(newest) <= {name for page in found for name in page}  # by now there are newer ones


def test_an_article_taken_down_breaks_no_chain(path: Path) -> None:
    with open_archive(path) as archive:
        at_once = [(hit.agency, hit.news_code) for hit in archive.search("کتاب", limit=None)]
        first = archive.search("کتاب", limit=5)
    with Writer(path) as writer:
        take_down(writer, at_once[4])
    with open_archive(path) as archive:
        rest = archive.search("کتاب", limit=None, after=first.next)
    assert [(hit.agency, hit.news_code) for hit in rest] == at_once[5:]


@pytest.mark.parametrize(("limit", "pages"), [(29, 2), (30, 1), (31, 1), (None, 1)])
def test_the_last_page_names_no_next(path: Path, limit: int | None, pages: int) -> None:
    with open_archive(path) as archive:
        for sort in ("newest", "relevance"):
            hits = archive.search("کتاب", limit=limit, sort=sort)
            assert (len(hits), 1 if hits.next is None else 2) == (min(limit or 30, 30), pages)


def test_a_page_tells_the_total_of_all(path: Path) -> None:
    with open_archive(path) as archive:
        first = archive.search("کتاب", limit=7)
        second = archive.search("کتاب", limit=7, after=first.next)
        assert (first.total, second.total) == (30, 30)
        assert (first.facets().total, second.facets().total) == (30, 30)


@pytest.mark.parametrize(
    "place",
    [
        Place(newest_id=7, key=("2020-12-07T08:00:00Z", "shabestan", "101")),
        Place(newest_id=7, key=(None, "example.ir", "/خبر/۱")),
        Place(newest_id=2**62, shown=frozenset({1, 5, 2**40})),
        Place(newest_id=0),
    ],
)
def test_a_token_says_its_place(place: Place) -> None:
    assert paging.read(place.token) == place
    assert paging.read(f" {place.token}\n") == place


def test_tokens_are_short_and_need_no_quoting() -> None:
    newest = Place(newest_id=1_000_000, key=("2020-12-07T08:00:00Z", "shabestan", "1001756")).token
    ranked = Place(newest_id=1_000_000, shown=frozenset(range(900_000, 1_000_000, 5_000))).token
    assert (len(newest) < 100, len(ranked) < 100) == (True, True)
    assert (newest + ranked).replace("-", "").replace("_", "").isalnum()


GOOD = Place(newest_id=7, key=("2020-12-07T08:00:00Z", "shabestan", "101")).token


def packed(written: str) -> str:
    return urlsafe_b64encode(zlib.compress(written.encode())).decode()


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "کتاب",
        GOOD[:-3],
        GOOD[3:],
        GOOD.swapcase(),
        GOOD + GOOD,
        packed("7"),
        packed("[7]"),
        packed('[7,"x"]'),
        packed('["7",[1]]'),
        packed("[7,[-1]]"),
        packed("[99999999999999999999,[1]]"),
        packed('[7,["2020",1,2]]'),
        packed("[" * 50_000),
        packed("[7,[" + "1," * 100_000 + "1]]"),
    ],
)
def test_what_is_no_token_is_refused_in_a_sentence(token: str) -> None:
    with pytest.raises(UsageError) as refused:
        paging.read(token)
    assert str(refused.value).endswith(
        "is no place to go on from: give the token that a page of hits ended with, all of it."
    )


def test_a_token_of_another_order_is_refused(path: Path) -> None:
    with open_archive(path) as archive:
        newest = archive.search("کتاب", limit=2).next
        ranked = archive.search("کتاب", limit=2, sort="relevance").next
        with pytest.raises(UsageError, match="of a search by another order"):
            archive.search("کتاب", sort="relevance", after=newest)
        with pytest.raises(UsageError, match="of a search by another order"):
            archive.search("کتاب", after=ranked)
