from __future__ import annotations

from datetime import date

import pytest

from crawler.items import Link
from crawler.listing import Listing
from crawler.walk import Sweep, Verdict, Walk, spans

AZAR = date(2020, 11, 21)


def page(*items: tuple[int, int | None], pager: bool = True) -> Listing:
    """Items as (code, day of December 2020 or None)."""
    links = tuple(
        Link(url=f"https://shabestan.news/news/{code}", news_code=str(code), day=date(2020, 12, day) if day else None)
        for code, day in items
    )
    return Listing(links=links, pager=pager)


def walk() -> Walk:
    return Walk(first=date(2020, 12, 5), last=date(2020, 12, 10))


@pytest.mark.parametrize(
    ("listing", "verdict", "codes"),
    [
        (page((9, 10), (8, 9)), "on", ["9", "8"]),
        (page((9, 12), (8, 11)), "on", []),  # newer than asked for: the site ignores the day, the walk goes on
        (page((9, 6), (8, 4)), "on", ["9"]),  # one item is still in the window
        (page((9, 4), (8, 3)), "below", []),
        (page((9, 10), pager=False), "end", ["9"]),
        (page(), "end", []),
        (page((9, 10), (8, None)), "on", ["9", "8"]),  # no day at all: in the window
    ],
)
def test_a_page_is_in_the_window_or_ends_the_walk(listing: Listing, verdict: str, codes: list[str]) -> None:
    said, links = walk().take(listing)
    assert said == verdict
    assert [link.news_code for link in links] == codes


def test_a_page_that_names_nothing_new_ends_the_walk() -> None:
    one = walk()
    assert one.take(page((9, 10), (8, 9)))[0] == "on"
    assert one.take(page((8, 9), (9, 10)))[0] == "repeats"


def test_a_pager_that_repeats_its_last_page_is_at_its_end_and_one_that_ignores_the_page_is_not() -> None:
    clamped, ignoring = walk(), walk()
    for listing in (page((9, 10)), page((8, 9)), page((8, 9))):
        clamped.take(listing)
    for listing in (page((9, 10)), page((9, 10))):
        ignoring.take(listing)
    assert clamped.clamped
    assert not ignoring.clamped


def test_a_span_is_walked_again_until_a_pass_names_nothing_new() -> None:
    one = walk()
    said = []
    for listing in (page((9, 10), (8, 9)), page((9, 10), (7, 9)), page((9, 10), (8, 9), (7, 9))):
        one.take(listing)  # in the second pass 8 was withdrawn, and 7 pulled up: it was never seen before
        said.append((one.settled, one.again()))
    assert said == [(False, True), (False, True), (True, False)]
    assert one.passes == 3


def test_a_listing_that_never_settles_is_left_after_five_passes() -> None:
    one = walk()
    again = [one.take(page((100 + number, 10))) and one.again() for number in range(5)]
    assert again == [True, True, True, True, False]
    assert not one.settled


def test_a_walk_with_a_page_missing_is_not_settled() -> None:
    one = walk()
    one.take(page((9, 10)))
    assert one.skip()
    one.take(page((9, 10)))
    one.again()
    one.take(page((9, 10)))
    assert not one.settled


@pytest.mark.parametrize(
    ("pages", "verdict", "span", "claim"),
    [
        ([page((9, 10), (8, 4))], "below", (5, 10), (5, 10)),
        ([page((9, 10), (8, 7))], "end", (5, 10), (5, 10)),
        ([page((9, 10), (8, 7))], "ceiling", (5, 10), (8, 10)),
        ([page((9, 10))], "repeats", (5, 10), None),
    ],
)
def test_a_walk_claims_the_days_that_it_saw_whole(
    pages: list[Listing], verdict: Verdict, span: tuple[int, int], claim: tuple[int, int] | None
) -> None:
    one = walk()
    for _ in range(2):
        for listing in pages:
            one.take(listing)
        one.again()
    days = one.claims(verdict, date(2020, 12, 10))
    assert [found and (found[0].day, found[1].day) for found in days] == [span, claim]


def test_three_pages_in_a_row_that_cannot_be_had_end_the_walk() -> None:
    one = walk()
    assert [one.skip(), one.skip(), one.skip()] == [True, True, False]


@pytest.mark.parametrize(
    ("first", "last", "complete", "cut"),
    [
        (date(2020, 12, 1), date(2020, 12, 3), [], [(date(2020, 12, 1), date(2020, 12, 3))]),
        (
            date(2020, 11, 1),
            date(2020, 12, 10),
            [],
            [(date(2020, 11, 10), date(2020, 12, 10)), (date(2020, 11, 1), date(2020, 11, 9))],
        ),
        (  # the newer span is complete: go on at the first that is not
            date(2020, 11, 1),
            date(2020, 12, 10),
            [date.fromordinal(n) for n in range(date(2020, 11, 10).toordinal(), date(2020, 12, 11).toordinal())],
            [(date(2020, 11, 1), date(2020, 11, 9))],
        ),
        (  # all complete: what was asked for by name is walked again
            date(2020, 12, 1),
            date(2020, 12, 2),
            [date(2020, 12, 1), date(2020, 12, 2)],
            [(date(2020, 12, 1), date(2020, 12, 2))],
        ),
    ],
)
def test_a_window_is_cut_into_spans_newest_first_without_those_that_are_complete(
    first: date, last: date, complete: list[date], cut: list[tuple[date, date]]
) -> None:
    assert list(spans(first, last, frozenset(complete))) == cut


def test_sitemaps_claim_their_days_only_when_all_were_read() -> None:
    days = (AZAR, date(2020, 12, 20))
    whole, torn, absent = (Sweep(*days, found=days, missing=None) for _ in range(3))
    for sweep in (whole, torn, absent):
        assert sweep.ask("index")
        assert not sweep.ask("index")
    whole.ask("leaf")
    assert not whole.done(had=True)
    assert whole.done(had=True)
    torn.ask("leaf")
    torn.done(had=True)
    assert torn.done(had=False, clean=False)
    assert absent.done(had=False)
    assert (whole.claim, torn.claim, absent.claim) == (days, None, None)
