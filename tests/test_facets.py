"""How the articles of a search are spread over agencies, sections, tags and months."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from archives import fill, story

from bayegan import open_archive
from bayegan.archive.finding.facets import Facets
from bayegan.search import Filter
from crawler.dates import TEHRAN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bayegan.archive.reader import Archive

STORIES = (
    story(
        "1",
        title="کتاب",
        tags=("سرمايه‌گذاري", "قرآن"),
        sections=("فرهنگ", "ادبیات"),
        published=datetime(2020, 12, 20, 20, 29, 59, tzinfo=UTC),  # the last second of آذر in Tehran
    ),
    story(
        "2",
        title="کتاب",
        tags=("سرمایه گذاری", "سرمایه‌گذاری"),  # one tag in two spellings
        sections=("فرهنگ",),
        published=datetime(2020, 12, 20, 20, 30, tzinfo=UTC),
    ),
    story("3", title="باران", tags=("قرآن",), sections=(), published=datetime(2021, 3, 20, 23, 59, tzinfo=TEHRAN)),
    story(
        "4",
        agency="example.ir",
        url=None,
        title="کتاب",
        tags=("باران",),
        published=datetime(2021, 3, 21, tzinfo=TEHRAN),
    ),
    story("5", title="کتاب", tags=(), sections=("فرهنگ",), published=None),
    # In summer 1401 midnight in Tehran was 19:30 UTC.
    story("6", title="کتاب", tags=("قران",), sections=(), published=datetime(2022, 8, 22, 19, 29, tzinfo=UTC)),
    story("7", title="کتاب", tags=(), sections=(), published=datetime(2022, 8, 22, 19, 30, tzinfo=UTC)),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with open_archive(fill(tmp_path_factory.mktemp("facets") / "news.db", STORIES)) as archive:
        yield archive


@pytest.mark.parametrize(
    ("given", "facets"),
    [
        (
            {"query": "کتاب"},
            Facets(
                total=6,
                agency={"shabestan": 5, "example.ir": 1},
                section={"فرهنگ": 3, "ادبیات": 1, "فرهنگی": 1},
                tag={"سرمايه‌گذاري": 2, "باران": 1, "قرآن": 2},
                month={"1399-09": 1, "1399-10": 1, "1400-01": 1, "1401-05": 1, "1401-06": 1},
            ),
        ),
        (
            {"query": "باران"},
            Facets(total=1, agency={"shabestan": 1}, section={}, tag={"قرآن": 1}, month={"1399-12": 1}),
        ),
        ({"query": "زرافه"}, Facets(total=0, agency={}, section={}, tag={}, month={})),
        (
            {"agency": "example.ir"},
            Facets(total=1, agency={"example.ir": 1}, section={"فرهنگی": 1}, tag={"باران": 1}, month={"1400-01": 1}),
        ),
        (
            {"query": "کتاب", "tag": "قرآن", "limit": 1},  # whatever the limit of the search
            Facets(
                total=2,
                agency={"shabestan": 2},
                section={"ادبیات": 1, "فرهنگ": 1},
                tag={"قرآن": 2, "سرمايه‌گذاري": 1},
                month={"1399-09": 1, "1401-05": 1},
            ),
        ),
    ],
)
def test_all_hits_are_counted_by_facet(archive: Archive, given: dict[str, Any], facets: Facets) -> None:
    assert archive.search(**given).facets() == facets
    assert archive.facets(Filter(**given)) == facets


def test_the_commonest_come_first_and_months_in_their_order(archive: Archive) -> None:
    facets = archive.search().facets()
    assert list(facets.agency.items()) == [("shabestan", 6), ("example.ir", 1)]
    assert next(iter(facets.tag.items())) == ("قرآن", 3)
    assert list(facets.month) == ["1399-09", "1399-10", "1399-12", "1400-01", "1401-05", "1401-06"]


def test_as_many_as_asked_for_but_every_month(archive: Archive) -> None:
    facets = archive.search("کتاب").facets(1)
    assert (facets.agency, facets.section) == ({"shabestan": 5}, {"فرهنگ": 3})
    assert (len(facets.tag), len(facets.month)) == (1, 5)


def test_what_a_facet_counts_a_search_by_it_finds(archive: Archive) -> None:
    facets = archive.search("کتاب").facets()
    for tag, count in facets.tag.items():
        assert archive.search("کتاب", tag=tag).total == count
    for section, count in facets.section.items():
        assert archive.search("کتاب", section=section).total == count


def test_counting_leaves_the_archive_as_it_is(tmp_path: Path) -> None:
    path = fill(tmp_path / "news.db", STORIES)
    before = path.read_bytes()
    with open_archive(path) as archive:
        archive.search("کتاب").facets()
        archive.search("کتاب").facets()
    assert path.read_bytes() == before


def test_an_empty_archive_has_nothing_to_count(tmp_path: Path) -> None:
    with open_archive(fill(tmp_path / "news.db", [])) as archive:
        assert archive.search().facets() == Facets(total=0, agency={}, section={}, tag={}, month={})
