"""What a run's summary means: the exit code, and the sentences that an operator reads."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections import Counter

    from bayegan.archive.runs import Summary

DONE, FAILED, SILENT, PARTLY, BLOCKED = 0, 1, 3, 4, 5
WORST_FIRST: Final = (75, 2, 1, 5, 3, 6, 4, 0)
FEW: Final = 3  # articles that may be gone in one run before it is asked whether the site is in trouble
MOSTLY_GONE: Final = (
    "Most pages that were asked for are gone, says the site: if it was in trouble, visit the days again with --recheck."
)
NOTHING: Final = "Nothing was listed: the site is silent, redesigned or cannot be reached."
FINISHED: Final = "finished"  # as Scrapy calls the end of a crawl that nobody stopped
TIME_IS_UP: Final = "time is up"  # the command's, that may take no longer: no fault of the site or of ours
LIMITED: Final = "The run's time was up (--time-limit): what is left stays listed, and the next run goes on."


def worse(one: int, other: int) -> int:
    """The worse of two exit codes, as the design orders them."""
    return min(one, other, key=WORST_FIRST.index)


def verdict(
    summary: Summary,
    found: Counter[str],
    reason: str,
    fault: str | None = None,
    *,
    unchanged: int = 0,
    cut: bool = False,
) -> Summary:
    """The summary with its exit code: the worst that holds, by the order of the design's table.

    ``unchanged`` pages were visited again and are what they were: they were not blocked either. A run that was ``cut``
    by a limit may not have come to any listing: it is silent only where a listing could not be had.
    """
    missed = summary.failed + summary.blocked + summary.gone + summary.refused
    tried = summary.new + summary.revised + unchanged + missed
    listed = found["links"] + found["unchanged"] > 0
    early = reason not in {FINISHED, TIME_IS_UP}
    silent = not listed and (found["failed"] or not cut)
    blocked = (found["blocked"] and not listed) or summary.blocked * 2 > tried > 0
    table = (
        (fault is not None, FAILED, f"{fault} What was acknowledged is kept; the rest is fetched again."),
        (early, FAILED, f"The run was ended early ({reason}): the next one goes on where it stopped."),
        (blocked, BLOCKED, "The site blocks us: crawl slower (--set DOWNLOAD_DELAY=5), or later."),
        (silent and found["unlisted"], SILENT, None),  # the spider said why: the site has no list of these days
        (silent, SILENT, NOTHING),
        (summary.failed or summary.blocked or summary.refused or found["failed"], PARTLY, None),
    )
    if summary.gone > FEW and summary.gone * 2 > tried:
        summary = replace(summary, reasons=(*summary.reasons, MOSTLY_GONE))
    if reason == TIME_IS_UP:
        summary = replace(summary, reasons=(*summary.reasons, LIMITED))
    for holds, code, sentence in table:
        if holds:
            said = (*summary.reasons, sentence) if sentence else summary.reasons
            return replace(summary, exit=code, reasons=said)
    return summary
