"""What is found, in which order, and what is no query."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from archives import LONG_TEXT, fill, story
from hypothesis import example, given, settings
from hypothesis import strategies as st
from searches import STORIES, at, codes

from bayegan import open_archive
from bayegan.archive.finding import selecting
from bayegan.search import Filter
from crawler.errors import UnreadableDateError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bayegan.archive.reader import Archive


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("search") / "news.db", STORIES)


@pytest.fixture(scope="module")
def archive(path: Path) -> Iterator[Archive]:
    with open_archive(path) as archive:
        yield archive


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("کتاب", ["4", "3", "5"]),
        ("كتاب", ["4", "3", "5"]),  # Arabic letters
        ("کتاب گران", ["3"]),
        ("هیئت", ["3", "1"]),
        ("هيأت", ["3", "1"]),
        ("قران", ["1"]),
        ("بین المللی", ["1"]),
        ("بین\u200cالمللی", ["1"]),
        ("می\u200cروند", ["2"]),
        ("سازمان ملل متحد", ["2", "1"]),
        ('"سازمان ملل متحد"', ["1"]),
        ("«سازمان ملل متحد»", ["1"]),
        ("“سازمان ملل” بیانیه", ["1"]),
        ('"سازمان  ملل', ["2", "1"]),  # a quotation mark that is never closed is none
        ("1400", ["3"]),
        ("۱۴۰۰", ["3"]),
        ("١٤٠٠", ["3"]),
        ("book FAIR", ["4"]),
        ("U.S.", ["4"]),
        ("زلزله - قم!", ["2"]),
        ("نیست", []),
        ("کتاب نیست", []),
        ("", ["4", "3", "2", "1", "5"]),  # the newest first, what has no date last
    ],
)
def test_a_query_finds_whatever_the_spelling(archive: Archive, query: str, found: list[str]) -> None:
    assert codes(archive, query) == found


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"agency": "example.ir"}, ["4"]),
        ({"agency": "nobody"}, []),
        ({"since": date(2020, 12, 6)}, ["4", "3", "2"]),
        ({"until": date(2020, 12, 6)}, ["3", "2", "1"]),
        ({"since": date(2020, 12, 6), "until": date(2020, 12, 6)}, ["3", "2"]),  # midnight to midnight in Tehran
        ({"since": "1399-09-16", "until": "۱۳۹۹/۹/۱۶"}, ["3", "2"]),
        ({"since": date.min, "until": date.max}, ["4", "3", "2", "1"]),
        ({"tag": "سرمایه‌گذاری"}, ["3", "1"]),
        ({"tag": "سرمایهگذاری"}, ["3", "1"]),
        ({"tag": "سرمایه"}, []),
        ({"section": "قران و معارف"}, ["3", "1"]),
        ({"section": "حوادث", "agency": "shabestan"}, ["2"]),
        ({"query": "کتاب", "agency": "shabestan"}, ["3", "5"]),
        ({"query": "کتاب", "since": "1399-09-16", "tag": "سرمایه گذاری", "section": "قرآن و معارف"}, ["3"]),
        ({"limit": 2}, ["4", "3"]),
        ({"query": "کتاب", "limit": 1}, ["4"]),
        ({"limit": None}, ["4", "3", "2", "1", "5"]),
    ],
)
def test_filters_narrow_what_is_found(archive: Archive, given: dict[str, Any], found: list[str]) -> None:
    assert codes(archive, **given) == found
    assert [row.news_code for row in archive.articles(**given)] == found


def test_both_ways_to_the_newest_find_the_same(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """A common word is looked for by walking the articles, a rare one by asking the index."""
    filters: tuple[dict[str, Any], ...] = (
        {},
        {"agency": "shabestan"},
        {"tag": "سرمایه گذاری"},
        {"until": at(6).date()},
    )
    by_index = [codes(archive, "کتاب", **each) for each in filters]
    monkeypatch.setattr(selecting, "PROBE", 0)
    assert [codes(archive, "کتاب", **each) for each in filters] == by_index
    assert by_index == [["4", "3", "5"], ["3", "5"], ["3"], ["3"]]


def test_relevance_weighs_the_title_most(tmp_path: Path) -> None:
    path = fill(
        tmp_path / "news.db",
        [
            story("1", title="زلزله در قم", lead=None, body=LONG_TEXT, published=at(1)),
            story("2", title="خبرهای روز", lead=None, body=f"{LONG_TEXT} زلزله", published=at(2)),
            story("3", title="خبرهای دیروز", lead=None, body="باران", published=at(3)),
        ],
    )
    with open_archive(path) as archive:
        assert codes(archive, "زلزله") == ["2", "1"]
        assert codes(archive, "زلزله", sort="relevance") == ["1", "2"]
        assert codes(archive, "زلزله", sort="relevance", limit=1) == ["1"]
        assert codes(archive, "طوفان", sort="relevance") == []
        assert codes(archive, "", sort="relevance") == ["3", "2", "1"]


def test_relevance_is_bounded_to_the_newest_hits(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selecting, "NEWEST", 2)
    assert sorted(codes(archive, "کتاب", sort="relevance")) == ["3", "4"]


def test_counting_knows_no_limit(archive: Archive) -> None:
    assert archive.count(Filter(query="کتاب", limit=1)) == 3
    assert archive.count(Filter()) == 5
    assert archive.count(Filter(query="کتاب", agency="shabestan", since=date(2020, 12, 1))) == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"query": "؟!"}, "There is no letter and no digit in «؟!»"),
        ({"query": '"'}, "no letter and no digit"),
        ({"query": "\u200c"}, "no letter and no digit"),
        ({"since": date(2020, 12, 7), "until": date(2020, 12, 6)}, "ends .2020-12-06. before it begins .2020-12-07."),
        ({"limit": 0}, "A limit of 0 leaves nothing"),
        ({"sort": "oldest"}, "cannot be sorted by «oldest»: choose newest or relevance"),
        ({"query": " ".join(f"w{number}" for number in range(101))}, "has 101 words and phrases: 100 can be"),
    ],
)
def test_what_makes_no_sense_is_refused(given: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        Filter(**given)


def test_an_unreadable_day_is_refused(archive: Archive) -> None:
    with pytest.raises(UnreadableDateError):
        archive.search("کتاب", since="دیروز")


def test_a_hundred_words_are_searched_for(archive: Archive) -> None:
    assert codes(archive, " ".join(f"w{number}" for number in range(100))) == []
    assert codes(archive, "کتاب " * 500) == ["4", "3", "5"]


@settings(max_examples=300, deadline=None)
@given(query=st.text(max_size=60))
@example(query='a"b')
@example(query="a\0b")
@example(query="^a -b +c (d OR")
@example(query="title : a")
@example(query="\U0001e900 \U00011f04")
@example(query="\u064e")
@example(query="\ud83d")
def test_any_input_is_a_query_or_a_usage_error(archive: Archive, query: str) -> None:
    try:
        found = codes(archive, query)
    except UsageError:
        found = []
    assert set(found) <= {"1", "2", "3", "4", "5"}


def test_tehrans_summer_time_bounds_the_day(tmp_path: Path) -> None:
    """In summer 1399 midnight in Tehran was 19:30 UTC, in winter 20:30."""
    stories = [
        story("1", published=datetime(2020, 7, 1, 19, 29, tzinfo=UTC)),
        story("2", published=datetime(2020, 7, 1, 19, 30, tzinfo=UTC)),
        story("3", published=datetime(2020, 7, 2, 19, 29, 59, tzinfo=UTC)),
        story("4", published=datetime(2020, 7, 2, 19, 30, tzinfo=UTC)),
    ]
    with open_archive(fill(tmp_path / "news.db", stories)) as archive:
        assert codes(archive, since="1399-04-12", until="1399-04-12") == ["3", "2"]


def test_a_name_that_folds_to_nothing_hides_no_other(tmp_path: Path) -> None:
    """All names are folded as one text; one without letters at its end must not shift the others."""
    path = fill(tmp_path / "news.db", [story("1", tags=("كتاب", "شورا", "\u200c"))])
    with open_archive(path) as archive:
        assert codes(archive, tag="کتاب") == codes(archive, tag="شورا") == ["1"]
        assert codes(archive, tag="دیگر") == []
