"""Splits: who is on which side, and that those who tell the same are never on two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from archives import fill
from copied_texts import ADDED, BRIDGE, SCHOOL, report

from bayegan import open_archive
from bayegan.dataset.splits import Splitting, divide
from bayegan.export.narrowing import Narrowing, narrowed
from bayegan.search import Filter
from crawler.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from bayegan.dataset.splits import Parts
    from crawler.items import Article

DAY = 24.0
CROWD = 200
ALIKE = (
    {"b1", "b2", "b3", "b4"},  # a report, with a paragraph more, and printed again
    {"s1", "s2"},
    {"c1", "c2"},  # a caption of five words: too short to be looked for as a copy
    {"t1", "t2"},  # a title alone
)
CAPTION: dict[str, Any] = {"title": "عکس روز", "kicker": None}


def alone(number: int) -> Article:
    words = " ".join(f"واژه{number}شماره{place}" for place in range(40))
    return report("mehr", f"a{number:03}", words, hours=number * DAY)


def crowd(count: int = CROWD) -> list[Article]:
    """One article a day, and some that tell the same on days far from each other."""
    return [
        *map(alone, range(count)),
        report("isna", "b2", *BRIDGE, hours=150 * DAY),
        report("mehr", "b1", *BRIDGE, hours=5 * DAY),
        report("irna", "b3", *BRIDGE, ADDED, hours=199 * DAY),
        report("irna", "b4", *BRIDGE, hours=None),
        report("isna", "s1", *SCHOOL, hours=180.5 * DAY),
        report("irna", "s2", *SCHOOL, hours=197 * DAY),
        report("isna", "c1", "برف در کوه‌های شمال", hours=20 * DAY, **CAPTION),
        report("irna", "c2", "برف در کوه‌های شمال", hours=198 * DAY, **CAPTION),
        report("isna", "t1", hours=196 * DAY, **CAPTION),
        report("isna", "t2", hours=30 * DAY, **CAPTION),
    ]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("splits") / "x.db", crowd())


def divided(path: Path, splitting: Splitting, **narrowing: Any) -> tuple[Parts, dict[str, set[str]]]:
    """How it was divided, and whose news codes are in which split."""
    with open_archive(path) as archive, archive.snapshot() as conn:
        codes = dict(conn.execute("SELECT id, news_code FROM articles"))
        parts = divide(conn, narrowed(conn, Filter(), Narrowing(**narrowing)), splitting)
    return parts, {name: {codes[article_id] for article_id in ids} for name, ids in parts.ids.items()}


def sides(found: dict[str, set[str]], codes: set[str]) -> list[str]:
    return [name for name, inside in found.items() if inside & codes]


@pytest.mark.parametrize("seed", range(8))
def test_whoever_tells_the_same_is_on_one_side_by_chance(seed: int, path: Path) -> None:
    parts, found = divided(path, Splitting(test=0.3, validation=0.3, seed=seed))
    assert [len(sides(found, group)) for group in ALIKE] == [1, 1, 1, 1]
    assert sum(map(len, found.values())) == CROWD + 10
    assert (parts.groups, parts.grouped, dict(parts.left_out)) == (4, 10, {"copies": 0, "undated": 0})


def test_shares_are_met_and_another_seed_draws_others(path: Path) -> None:
    _, found = divided(path, Splitting(test=0.2, validation=0.1))
    assert {name: len(inside) for name, inside in found.items()} == {"train": 151, "validation": 18, "test": 41}
    _, same = divided(path, Splitting(test=0.2, validation=0.1))
    _, other = divided(path, Splitting(test=0.2, validation=0.1, seed=1))
    assert same == found
    assert other["test"] != found["test"]


def test_nobody_moves_when_the_archive_grows(path: Path, tmp_path: Path) -> None:
    small = fill(tmp_path / "x.db", crowd(100))
    _, before = divided(small, Splitting(test=0.2))
    _, later = divided(path, Splitting(test=0.2))
    assert before["train"] <= later["train"]
    assert before["test"] <= later["test"]


def test_by_time_the_later_is_tested_and_what_both_would_know_is_left_out(path: Path) -> None:
    parts, found = divided(path, Splitting(by="time", test=0.1, validation=0.05))
    assert found["train"] == {f"a{number:03}" for number in range(174)} | {"b1", "b2", "c1", "t2"}
    assert found["validation"] == {f"a{number:03}" for number in range(174, 183)} | {"s1"}
    assert found["test"] == {f"a{number:03}" for number in range(183, 200)}
    # b3, s2, c2 and t1 came after the cut; b4 has no date.
    assert dict(parts.left_out) == {"copies": 4, "undated": 1}
    assert (parts.groups, parts.grouped) == (1, 2)


def test_of_what_is_distinct_nothing_tells_the_same(path: Path) -> None:
    parts, found = divided(path, Splitting(test=0.2), distinct=True)
    alike = {code for group in ALIKE for code in group}
    assert {code for inside in found.values() for code in inside & alike} == {"b1", "s1", "c1", "t2"}
    assert (parts.groups, parts.grouped) == (0, 0)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"by": "size"}, "Articles cannot be split by «size»: choose random or time."),
        ({"test": 1.0}, "Test and validation are shares from 0 to less than 1, and leave something for training."),
        ({"test": -0.1}, "Test and validation are shares from 0 to less than 1, and leave something for training."),
        ({"test": 0.5, "validation": 0.5}, "Test and validation are shares from 0 to less than 1"),
    ],
)
def test_a_split_that_cannot_be_is_refused(given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        Splitting(**given)


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({}, ("train", "test")),
        ({"test": 0.0}, ("train",)),
        ({"validation": 0.1}, ("train", "validation", "test")),
    ],
)
def test_only_splits_that_have_a_share_are_there(given: dict[str, Any], names: tuple[str, ...]) -> None:
    assert Splitting(**given).names == names
