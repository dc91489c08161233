"""The judging: a run's numbers against the agency's past, each kind of trouble told apart."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from archives import story
from pasts import TONIGHT, night, nights

from bayegan.archive.verdict import worse
from bayegan.health.checkup import checkup
from bayegan.health.judging import judge
from bayegan.health.measures import Measures, Tally, measures, missing
from bayegan.health.statistics import chance, usual
from bayegan.health.watching import Watch

if TYPE_CHECKING:
    from bayegan.health.past import Record

NOTHING = {"title": 0, "lead": 0, "body": 0, "published": 0, "tags": 0, "family": 0, "body_length": 0}


@pytest.mark.parametrize(
    ("exit_code", "changes", "kinds"),
    [
        (0, {}, []),
        (
            0,
            {**dict.fromkeys(("read", "texts", "family", "title", "lead", "body", "published"), 5), "tags": 0},
            ["emptied"],
        ),
        (0, {"tags": 0}, ["emptied"]),
        (0, {"tags": 9}, []),
        (0, {"lead": 0, "tags": 0}, ["emptied"]),
        (0, {"published": 0}, ["emptied"]),
        (0, {"body": 0, "body_length": 0}, ["redesigned"]),
        (4, {"title": 1}, ["redesigned"]),
        (0, {"family": 0}, ["redesigned"]),
        (4, NOTHING, ["redesigned"]),
        (4, {**NOTHING, "held": 10}, ["redesigned"]),  # that little is held follows from it
        (0, {"body_length": 150}, ["shortened"]),
        (0, {"body_length": 400}, []),
        (4, {"held": 8}, ["missing"]),
        (4, {"held": 18}, []),
        (0, {"fresh": 0}, ["stale"]),
        (5, {"fresh": 0, "read": 0, "held": 0}, ["blocked"]),
        (3, {"fresh": 0, "due": 0, "held": 0, "named": 0, "read": 0}, ["silent"]),
        (3, {"fresh": 0}, ["stale"]),  # as its own verdict was
        (1, {"fresh": 0, "held": 0}, []),
    ],
)
def test_each_trouble_is_told_apart_and_a_cause_stands_for_what_follows_from_it(
    exit_code: int, changes: dict[str, Any], kinds: list[str]
) -> None:
    found = judge(night(0, exit_code, **changes), nights())
    assert [one.kind for one in found] == kinds
    for one in found:
        assert one.sentence.endswith(".")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"tags": 0},
            (
                "A field has run empty, the rest is read as before: 0 of 10 have tags, where 100% had. "
                "`bayegan doctor` shows a page of it."
            ),
        ),
        (
            {"title": 0, "family": 0},
            (
                "The site looks redesigned, its pages are no longer read as they were: "
                "0 of 10 have the reader of its family, where 100% had; 0 of 10 have a title, where 100% had. "
                "`bayegan doctor` shows a page of it."
            ),
        ),
        (
            {"fresh": 0},
            (
                "The listings stand still: they answer and name nothing new since 1399-10-15 (2021-01-04), where about "
                "10 articles were to be expected; see whether the site still publishes, and where."
            ),
        ),
        (
            {"held": 8},
            (
                "The coverage falls: 8 of 20 listed articles are held, where it used to be 100%; "
                "`bayegan coverage` shows the days, and the reasons stand in the ledger."
            ),
        ),
    ],
)
def test_a_trouble_is_one_sentence_with_its_numbers(changes: dict[str, Any], sentence: str) -> None:
    assert [one.sentence for one in judge(night(0, **changes), nights())] == [sentence]


@pytest.mark.parametrize(
    ("failed", "past", "sentence"),
    [
        (
            2,
            12,
            "The site lists nothing, though it used to list about 10 articles a day: its listings cannot be reached",
        ),
        (0, 12, "The site lists nothing, though it used to list about 10 articles a day: it answers, and is silent"),
        (0, 2, "The site lists nothing, though it did before: it answers"),
        (0, 0, "The site lists nothing, and never did: it answers"),
    ],
)
def test_a_silent_site_that_answers_is_told_from_one_that_does_not(failed: int, past: int, sentence: str) -> None:
    tonight = night(0, 3, fresh=0, named=0, read=0, silent_listings=failed)
    (found,) = judge(tonight, nights(past))
    assert found.sentence.startswith(sentence)
    assert found.exit == 3


@pytest.mark.parametrize(("past", "kinds"), [(4, []), (5, ["emptied"])])
def test_nothing_is_said_of_a_field_before_there_are_five_runs(past: int, kinds: list[str]) -> None:
    assert [one.kind for one in judge(night(0, tags=0), nights(past))] == kinds


def test_a_field_that_comes_and_goes_is_no_trouble_when_it_goes() -> None:
    seldom = [night(back, tags=back % 4) for back in range(1, 13)]
    assert judge(night(0, tags=0), seldom) == ()
    uneven = [night(back, lead=10 - back % 5) for back in range(1, 13)]  # between 60 % and 100 %
    assert judge(night(0, lead=6), uneven) == ()
    assert [one.kind for one in judge(night(0, lead=0), [night(0, lead=0), *uneven])] == ["emptied"]


def few(back: int, tags: int, exit_code: int = 0, read: int = 2) -> Record:
    small: dict[str, Any] = dict.fromkeys(("read", "texts", "family", "title", "lead", "body", "published"), read)
    return night(back, exit_code, **small, tags=tags)


def test_runs_that_read_little_are_judged_with_those_just_before_them() -> None:
    past = [few(back, tags=2) for back in range(3, 15)]
    assert judge(few(2, tags=0), past) == ()  # two pages without tags may be chance
    second = judge(few(1, tags=0), [few(2, tags=0), *past])
    assert [one.fields for one in second] == [("tags",)]  # four are not
    third = judge(few(0, tags=0, read=0), [few(1, tags=0, exit_code=6), few(2, tags=0), *past])
    assert [one.fields for one in third] == [("tags",)]  # a night on which nothing was read changes nothing


def test_a_fault_that_lasts_does_not_become_what_is_usual_until_somebody_says_so() -> None:
    wrong = [night(back, 6, tags=0) for back in range(1, 31)]
    sound = [night(back) for back in range(31, 43)]
    assert [one.kind for one in judge(night(0, tags=0), [*wrong, *sound])] == ["emptied"]
    accepted = [*wrong[:6], night(7, 6, tags=0, accepted=1), *wrong[7:], *sound]
    assert judge(night(0, tags=0), accepted) == ()
    assert judge(night(0, tags=0, accepted=1), [*wrong, *sound]) == ()


def test_statistics_are_not_moved_by_an_outlier() -> None:
    assert usual([1, 1, 1, 1, 0]) == (1, 0)
    middle, spread = usual([10, 12, 8, 10, 0, 99])
    assert (middle, round(spread, 3)) == (10, 2.965)


@pytest.mark.parametrize(
    ("found", "among", "share", "likely"),
    [(0, 1, 0.9, 0.1), (2, 2, 0.5, 1.0), (1, 2, 0.5, 0.75), (0, 90_000, 0.5, 0.0)],
)
def test_chance_is_the_binomial_one(found: int, among: int, share: float, likely: float) -> None:
    assert chance(found, among, share) == pytest.approx(likely)


def test_readings_are_counted_field_by_field() -> None:
    tally = Tally()
    tally.see(story(body="ا" * 300))
    tally.see(story(tags=(), lead=None, reader="nastooh/1+generic/1", body="ا" * 500))
    tally.see(story(kind="photo", body=None))
    tally.see_nothing()
    assert tally.measures() == Measures(
        fresh=None, read=4, texts=3, family=2, title=3, lead=2, body=2, published=3, tags=2, body_length=400
    )
    assert missing(story(kind="video", body=None, tags=())) == {"tags"}


@pytest.mark.parametrize(
    ("counts", "measured"),
    [
        ({}, Measures()),
        ({"listed": 9, "held": 8, "new": 7}, Measures(fresh=7, due=9, held=8)),
        ({"listed": 9, "held": 8, "new": 7, "read": 7, "tags": 6}, Measures(held=8, read=7, tags=6)),
        ({"listed": "many", "read": None, "new": 2}, Measures(fresh=2)),
    ],
)
def test_a_run_says_what_it_measured_or_at_least_counted(counts: dict[str, Any], measured: Measures) -> None:
    if isinstance(counts.get("listed"), str):
        counts = {"new": 2}
    assert measures(counts) == measured


@pytest.mark.parametrize(
    ("article", "held", "lacks"),
    [
        (story(), None, set()),
        (story(tags=(), lead=None), None, set()),  # kept: the page is there, and can be read again
        (story(body=None), None, {"body"}),
        (story(published=None), None, {"published"}),
        (story(tags=()), story(), {"tags"}),
        (story(tags=()), story(tags=()), set()),
        (story(reader="generic/1"), story(), {"family"}),
        (story(kind="photo", body=None), story(), set()),
    ],
)
def test_a_reading_is_doubted_for_what_its_agencys_articles_have(article: Any, held: Any, lacks: set[str]) -> None:
    assert Watch(nights()).lacks(article, held) == lacks
    assert Watch([]).lacks(article, None) == set()


def test_the_worse_of_two_codes_is_the_designs() -> None:
    assert [worse(0, 4), worse(4, 6), worse(6, 3), worse(3, 5), worse(5, 1), worse(6, 0)] == [4, 6, 3, 5, 1, 6]


@pytest.mark.parametrize(
    ("runs", "hours", "kinds", "early"),
    [
        (nights(), 23, [], False),
        (nights(), 60, ["overdue"], False),
        (nights(3), 24 * 30, [], True),
        ([night(0, 1), *nights()], 1, ["ended early"], False),
        ([night(0, 1, fresh=None), *nights()], 1, [], False),  # it may go on
        ([night(0, 6, tags=0), *nights()], 1, ["emptied"], False),
        ([], 1, [], True),
    ],
)
def test_a_checkup_judges_the_last_run_that_came_to_its_end(
    runs: list[Record], hours: float, kinds: list[str], *, early: bool
) -> None:
    found = checkup(runs, TONIGHT.astimezone(UTC) + timedelta(hours=hours))
    assert [one.kind for one in found.troubles] == kinds
    assert found.early is early
