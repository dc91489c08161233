"""The one sentence of each trouble: what is the matter, how it was, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crawler.dates import TEHRAN, jalali

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bayegan.health.judging import Fall
    from bayegan.health.past import Block

ENDED_EARLY: Final = (
    "The last run was ended early, or failed: `bayegan runs` shows it; the next one goes on from there."
)
BLOCKED: Final = (
    "The site blocks us: what it answers is a block page or a refusal; crawl slower, or from another address."
)
LOOK: Final = "`bayegan doctor` shows a page of it."
FIELDS: Final = {
    "family": "the reader of its family",
    "title": "a title",
    "body": "a text",
    "lead": "a lead",
    "published": "a date",
    "tags": "tags",
}


def redesigned(falls: Sequence[Fall]) -> str:
    found = "; ".join(_found(fall) for fall in falls)
    return f"The site looks redesigned, its pages are no longer read as they were: {found}. {LOOK}"


def emptied(falls: Sequence[Fall]) -> str:
    found = "; ".join(_found(fall) for fall in falls)
    return f"A field has run empty, the rest is read as before: {found}. {LOOK}"


def shortened(now: int, before: int) -> str:
    return (
        f"The texts are cut short: half of them have no more than {now:,} letters, where it used to be {before:,}; "
        f"the site may show only their beginnings. {LOOK}"
    )


def missing(held: int, due: int, share: float) -> str:
    return (
        f"The coverage falls: {held:,} of {due:,} listed articles are held, where it used to be {share:.0%}; "
        "`bayegan coverage` shows the days, and the reasons stand in the ledger."
    )


def stale(since: datetime, awaited: float) -> str:
    return (
        f"The listings stand still: they answer and name nothing new since {_day(since)}, where about {awaited:,.0f} "
        "articles were to be expected; see whether the site still publishes, and where."
    )


def fewer(day: Block, often: float) -> str:
    return (
        f"Far less is listed than usual: {day.fresh:,} new articles in {day.hours:.0f} hours, where a {day.kind} has "
        f"about {often:,.0f}; its listings may have moved, or name only a part."
    )


def silent(often: float | None, *, known: bool, failed: int) -> str:
    past = f"though it used to list about {often:,.0f} articles a day" if often else "though it did before"
    told = past if known else "and never did"
    if failed:
        return f"The site lists nothing, {told}: its listings cannot be reached; try again later, or look at the site."
    return f"The site lists nothing, {told}: it answers, and is silent, or its listings were redesigned; look at it."


def overdue(since: datetime, pause: float) -> str:
    return (
        f"No run since {_day(since)}, where one used to come every {pause:.0f} hours: see whether the scheduler still "
        "starts it."
    )


def _found(fall: Fall) -> str:
    return f"{fall.found:,} of {fall.among:,} have {FIELDS[fall.name]}, where {fall.usual:.0%} had"


def _day(moment: datetime) -> str:
    here = moment.astimezone(TEHRAN)
    return f"{jalali(here)} ({here:%Y-%m-%d})"
