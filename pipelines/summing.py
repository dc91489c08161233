"""What a run did, summed up for whoever started it and for the table of runs."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

from bayegan.archive import ledger, runs
from bayegan.archive.verdict import verdict

if TYPE_CHECKING:
    from bayegan.archive.runs import Summary
    from pipelines.run import Run

TOLD = {
    "failed": "failed",
    "given up": f"{{}} given up, having failed in {ledger.MOST_ATTEMPTS} runs (--recheck tries again)",
    "blocked": "{} blocked",
    "refused": "{} refused",
}


def summary(run: Run, reason: str) -> Summary:
    """Of a run that ends for a reason of Scrapy's or ours; its exit code is the verdict's and that of its health."""
    states, counts = _states(run), run.counts + (run.intake.counts if run.writer else Counter())
    done = runs.Summary(
        agency=run.spider.name,
        run=run.id or None,
        since=run.spider.first,
        until=run.spider.last,
        listed=states.total() - states["taken_down"] if run.conn else len(run.listed),
        held=states["held"],
        **{name: counts[name] for name in ("new", "revised", "duplicate", "failed", "gone", "blocked", "refused")},
        requests=run.crawler.stats.get_value("downloader/request_count", 0),
        seconds=round(time.monotonic() - run.started, 1),
        reasons=(
            *run.before,
            *run.spider.reasons,
            *(_told(counts[what], what, run.examples) for what in TOLD if counts[what]),
        ),
        due=tuple(run.due),
    )
    unchanged = counts["unchanged"]
    said = verdict(done, run.spider.found, reason, run.fault, unchanged=unchanged, cut=run.cut)
    return run.health.speak(said, states["gone"]) if run.writer else said


def _states(run: Run) -> Counter[str]:
    """Of the window that was named; otherwise of what was listed or due in this run."""
    if run.conn is None:
        return Counter()
    with suppress(sqlite3.Error):  # of an archive that failed, and is said to have
        if run.spider.first and run.spider.last:
            return ledger.states(run.conn, run.spider.name, run.spider.first, run.spider.last)
        return ledger.states_of(run.conn, run.spider.name, run.listed | run.asked)
    return Counter()


def _told(count: int, what: str, examples: dict[str, str]) -> str:
    page, was = ("page", "was") if count == 1 else ("pages", "were")
    return f"{count} {page} {TOLD[what].format(was)}, for example {examples.get(what, '')}"
