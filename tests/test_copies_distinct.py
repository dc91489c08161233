"""Searches in which copies count as one: which of them stands for all, how many it stands for, and pages of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from archives import fill
from copied_texts import ADDED, BRIDGE, SCHOOL, report
from typer.testing import CliRunner

from bayegan import open_archive
from bayegan.cli import app
from bayegan.search import Filter, asked

if TYPE_CHECKING:
    from pathlib import Path

    from bayegan.archive.rows import Hit


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the bridge five reports, of the school two, and one by itself; the earliest came last into the archive."""
    articles = [
        report("isna", "i1", *BRIDGE, hours=3),
        report("irna", "r1", *BRIDGE, ADDED, hours=2, title="پل رودخانه با خبرنگار"),
        report("tabnak", "t1", *BRIDGE, hours=9),
        report("tabnak", "t2", *BRIDGE, hours=None),
        report("irna", "r2", *SCHOOL, hours=8),
        report("isna", "i2", *SCHOOL, hours=5),
        report("ilna", "l1", "ساخت پل دیگری در جنوب استان از امروز آغاز شد.", hours=4),
        report("mehr", "m1", *BRIDGE, hours=1),
    ]
    return fill(tmp_path_factory.mktemp("distinct") / "x.db", articles)


def told(hits: list[Hit]) -> list[tuple[str, int | None]]:
    return [(hit.news_code, hit.copies) for hit in hits]


@pytest.mark.parametrize(
    ("query", "given", "hits"),
    [
        pytest.param("", {}, [("i2", 1), ("l1", 0), ("m1", 4)], id="of all articles"),
        pytest.param("پل", {}, [("l1", 0), ("m1", 4)], id="of those with a word"),
        pytest.param("خبرنگار", {}, [("r1", 0)], id="a word that one of the copies alone has"),
        pytest.param("پل", {"agency": "tabnak"}, [("t1", 1)], id="of an agency that came later"),
        pytest.param("", {"agency": "irna"}, [("r2", 0), ("r1", 0)], id="of an agency that has one of each"),
        pytest.param("پل", {"limit": 1}, [("l1", 0)], id="no more than one"),
        pytest.param("پل", {"limit": 2}, [("l1", 0), ("m1", 4)], id="no more than two"),
        pytest.param("رودخانه", {"sort": "relevance"}, [("m1", 4)], id="by relevance"),
        pytest.param("کشتی", {}, [], id="nothing found"),
    ],
)
def test_the_earliest_that_is_meant_stands_for_its_copies(path: Path, query: str, given: Any, hits: Any) -> None:
    with open_archive(path) as archive:
        assert told(archive.search(query, distinct=True, **given)) == hits


def test_without_distinct_every_copy_is_a_hit(path: Path) -> None:
    with open_archive(path) as archive:
        assert {hit.copies for hit in archive.search()} == {None}
        assert len(archive.search()) == 8


@pytest.mark.parametrize("given", [{}, {"agency": "isna"}, {"since": "1399-09-17"}, {"until": "1399-09-16"}])
@pytest.mark.parametrize("query", ["", "پل", "استان"])
def test_hits_and_what_they_stand_for_are_all_that_is_found(path: Path, query: str, given: Any) -> None:
    with open_archive(path) as archive:
        hits = archive.search(query, distinct=True, **given)
        one_of_each: Any = given | {"distinct": True}
        assert len(hits) == archive.count(asked(query, one_of_each))
        assert sum(1 + (hit.copies or 0) for hit in hits) == archive.count(asked(query, given))


def test_articles_go_by_one_of_each_too(path: Path) -> None:
    with open_archive(path) as archive:
        assert [row.news_code for row in archive.select(Filter(distinct=True))] == ["i2", "l1", "m1"]


def test_pages_of_one_of_each_hold_all_of_them_once(path: Path) -> None:
    with open_archive(path) as archive:
        first = archive.search(distinct=True, limit=2)
        second = archive.search(distinct=True, limit=2, after=first.next)
    assert [told(first), told(second), second.next] == [[("i2", 1), ("l1", 0)], [("m1", 4)], None]


def test_an_earlier_copy_that_came_meanwhile_does_not_take_a_hit_from_a_later_page(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    fill(path, [report("isna", "i1", *BRIDGE, hours=3), report("ilna", "l1", *SCHOOL, hours=4)])
    with open_archive(path) as archive:
        first = archive.search(distinct=True, limit=1)
        fill(path, [report("mehr", "m1", *BRIDGE, hours=1)])
        second = archive.search(distinct=True, limit=1, after=first.next)
        assert [told(first), told(second)] == [[("l1", 0)], [("i1", 0)]]
        assert told(archive.search(distinct=True)) == [("l1", 0), ("m1", 1)]


def bayegan(path: Path, *words: str) -> Any:
    return CliRunner().invoke(app, [*words, "--archive", str(path)])


def test_a_hit_says_how_many_tell_the_same(path: Path) -> None:
    shown = bayegan(path, "search", "رودخانه", "--distinct")
    assert shown.stdout.splitlines()[0] == "mehr/m1  1399-09-17 09:00 (2020-12-07)  and 4 more that tell the same"
    (line,) = bayegan(path, "search", "رودخانه", "--distinct", "--json").stdout.splitlines()
    assert json.loads(line)["copies"] == 4
    assert "copies" not in json.loads(bayegan(path, "search", "خبرنگار", "--json").stdout)
