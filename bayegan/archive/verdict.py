"""What a run's summary means: the exit code, and the sentences that an operator reads."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections import Counter

    from bayegan.archive.runs import Summary

DONE, FAILED, SILENT, PARTLY, BLOCKED = 0, 1, 3, 4, 5
FINISHED: Final = "finished"  # as Scrapy calls the end of a crawl that nobody stopped


def verdict(summary: Summary, found: Counter[str], reason: str, fault: str | None = None) -> Summary:
    """The summary with its exit code: the worst that holds, by the order of the design's table."""
    tried = summary.new + summary.revised + summary.failed + summary.blocked + summary.gone + summary.refused
    listed = found["links"] + found["unchanged"] > 0
    blocked = (found["blocked"] and not listed) or summary.blocked * 2 > tried > 0
    table = (
        (fault is not None, FAILED, f"{fault} What was acknowledged is kept; the rest is fetched again."),
        (reason != FINISHED, FAILED, f"The run was ended early ({reason}): the next one goes on where it stopped."),
        (blocked, BLOCKED, "The site blocks us: crawl slower (--set DOWNLOAD_DELAY=5), or later."),
        (not listed and found["unlisted"], SILENT, None),  # the spider said why: the site has no list of these days
        (not listed, SILENT, "Nothing was listed: the site is silent, redesigned or cannot be reached."),
        (summary.failed or summary.blocked or summary.refused or found["failed"], PARTLY, None),
    )
    for holds, code, sentence in table:
        if holds:
            said = (*summary.reasons, sentence) if sentence else summary.reasons
            return replace(summary, exit=code, reasons=said)
    return summary
