"""What `make soak` reads out of its looks at a crawl; the crawl itself is long."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from benchmarks.soak import Sample, Tenth, faults, row, tenths

FLAT = Tenth(articles=500, memory=120_000_000, file=6_000_000, grown=12_000, rate=90, cpu=0.008)


def look(articles: int, seconds: float, **more: Any) -> Sample:
    given: dict[str, Any] = {"cpu": seconds / 2, "memory": 100, "file": articles * 12_000} | more
    return Sample(articles=articles, seconds=seconds, **given)


def test_ten_tenths_are_read_out_of_many_looks() -> None:
    found = tenths([look(articles, articles / 50) for articles in range(0, 1001, 20)])
    assert [one.articles for one in found] == [100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]
    assert {one.grown for one in found} == {12_000}
    assert [round(one.rate) for one in found] == [50] * 10
    assert [round(one.cpu, 6) for one in found] == [0.01] * 10


def test_a_crawl_that_slows_down_is_seen_where_it_does() -> None:
    looks = [look(0, 0), look(100, 1), look(200, 2), look(300, 3), look(400, 6)]
    assert [(one.articles, round(one.rate)) for one in tenths(looks)] == [(100, 100), (200, 100), (300, 100), (400, 33)]


FAULTS = [
    ("a crawl that stays as it began", {}, []),
    ("memory that grew a little", {"memory": 149_000_000}, []),
    ("memory that grew", {"memory": 151_000_000}, ["Memory grew from 120 to 151 MB."]),
    ("pages that cost more", {"cpu": 0.0121}, ["A page came to cost 12.1 ms of CPU, from 8.0."]),
    ("a machine that is busy with others", {"rate": 9}, []),
]


@pytest.mark.parametrize(("what", "last", "said"), FAULTS, ids=[one[0] for one in FAULTS])
def test_what_does_not_stay_as_it_began_is_told(what: str, last: dict[str, Any], said: list[str]) -> None:
    end = Tenth(**{name: getattr(FLAT, name) for name in Tenth.__slots__} | last)
    assert (faults([FLAT] * 5 + [end] * 5), what) == (said, what)


def test_one_busy_time_is_no_slowing_down_and_of_a_short_crawl_cpu_is_told_alone() -> None:
    busy = replace(FLAT, cpu=0.03)
    assert faults([FLAT] * 9 + [busy]) == []
    assert faults([FLAT] * 5 + [busy] * 5) == ["A page came to cost 30.0 ms of CPU, from 8.0."]
    assert faults([FLAT] * 5 + [busy] * 5, memory_only=True) == []
    grown = replace(busy, memory=240_000_000)
    assert faults([FLAT] * 5 + [grown] * 5, memory_only=True) == ["Memory grew from 120 to 240 MB."]


def test_a_row_says_megabytes_kilobytes_and_milliseconds() -> None:
    assert row(FLAT) == ("500", "120", "6.0", "12.0", "90", "8.0")
