"""How much an agency lists, against what it listed on days of the same kind."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from pasts import TONIGHT, night, nights

from bayegan.health.calendar import kind_of
from bayegan.health.judging import judge
from bayegan.health.past import blocks

if TYPE_CHECKING:
    from bayegan.health.past import Record


@pytest.mark.parametrize(("fresh", "kinds"), [(40, []), (20, []), (5, ["fewer"]), (0, ["stale"])])
def test_far_fewer_articles_than_on_the_same_kind_of_day_are_told(fresh: int, kinds: list[str]) -> None:
    found = judge(night(0, fresh=fresh), nights(20, fresh=40))
    assert [one.kind for one in found] == kinds


def weekly(start: int, count: int, since: datetime, slow: int) -> list[Record]:
    """Nights whose day before is slow where it was a Thursday, a Friday or a holiday."""
    made = []
    for back in range(start, start + count):
        day = (since - timedelta(days=back, hours=14)).date()
        made.append(night(back, since=since, fresh=slow if kind_of(day) != "working day" else 100))
    return made


@pytest.mark.parametrize(
    ("name", "moment", "fresh", "kinds"),
    [
        ("a slow Friday", datetime(2021, 1, 9, 2, tzinfo=TONIGHT.tzinfo), 30, []),
        ("a Friday as slow as no other", datetime(2021, 1, 9, 2, tzinfo=TONIGHT.tzinfo), 3, ["fewer"]),
        ("a Monday as slow as a Friday", TONIGHT, 30, ["fewer"]),
        ("the first days of Nowruz", datetime(2021, 3, 23, 2, tzinfo=TONIGHT.tzinfo), 16, []),
        ("the last day of Nowruz", datetime(2021, 4, 3, 2, tzinfo=TONIGHT.tzinfo), 16, []),
        ("a silent day in Nowruz", datetime(2021, 3, 23, 2, tzinfo=TONIGHT.tzinfo), 0, ["stale"]),
        ("a slow day after Nowruz", datetime(2021, 4, 7, 2, tzinfo=TONIGHT.tzinfo), 16, ["fewer"]),
    ],
)
def test_a_day_is_compared_with_days_of_its_kind(name: str, moment: datetime, fresh: int, kinds: list[str]) -> None:
    past = weekly(1, 30, moment, 30)
    found = judge(night(0, since=moment, fresh=fresh), past)
    assert [one.kind for one in found] == kinds, name


def test_a_silence_is_told_when_enough_was_to_be_expected() -> None:
    slow = [night(back, fresh=4) for back in range(4, 16)]
    told = [judge(night(2 - n, fresh=0), [night(back, fresh=0) for back in range(3 - n, 4)] + slow) for n in range(3)]
    assert [[one.kind for one in found] for found in told] == [[], ["stale"], ["stale"]]
    seldom = [night(back, fresh=40 * (back % 3 == 0)) for back in range(1, 16)]  # two days of three have nothing
    assert judge(night(0, fresh=0), seldom) == ()


def test_runs_of_one_day_are_judged_as_one_and_a_long_pause_says_nothing() -> None:
    hourly = [night(0, since=TONIGHT - timedelta(hours=hours), fresh=int(hours % 24 < 12)) for hours in range(24 * 12)]
    days = list(blocks(hourly))
    assert [(day.hours, day.fresh) for day in days[:3]] == [(20.0, 12), (20.0, 12), (20.0, 12)]
    assert judge(night(0, since=TONIGHT + timedelta(hours=1), fresh=0), hourly) == ()
    rested = [night(0, since=TONIGHT - timedelta(days=5, hours=24 * back), fresh=10) for back in range(12)]
    assert judge(night(0, fresh=0), rested) == ()


def test_a_run_that_was_cut_off_hides_no_article_from_the_count() -> None:
    unknown = night(0, 1, since=TONIGHT - timedelta(hours=2), fresh=None)
    assert judge(night(0, fresh=0), [unknown, *nights()]) == ()
    back_fill = night(0, since=TONIGHT - timedelta(hours=2), plain=False, fresh=9)
    assert judge(night(0, fresh=0), [back_fill, *nights()]) == ()
    assert judge(night(0, plain=False, fresh=0), nights()) == ()


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 11, 23), "working day"),  # a Monday
        (date(2026, 11, 21), "working day"),  # a Saturday
        (date(2026, 11, 19), "weekend"),  # a Thursday
        (date(2026, 11, 20), "weekend"),
        (date(2026, 3, 21), "holiday"),  # 1 Farvardin 1405
        (date(2026, 4, 2), "holiday"),  # 13 Farvardin
        (date(2026, 4, 4), "working day"),
        (date(2026, 2, 11), "holiday"),  # 22 Bahman
        (date(2026, 6, 4), "holiday"),  # 14 Khordad
        (date(2024, 7, 16), "holiday"),  # Ashura 1446 in Iran, a day after Mecca's Tasua
        (date(2025, 3, 31), "holiday"),  # the feast after Ramadan in Iran, a day after Mecca's
        (date(2090, 1, 16), "working day"),  # beyond the tables of the moon
    ],
)
def test_iran_knows_which_days_are_slow(day: date, kind: str) -> None:
    assert kind_of(day) == kind
