"""Figures of the last runs for Prometheus: a text file for node_exporter's collector.

All of it is read from the archive, so that the file tells of every agency, whichever was crawled last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bayegan import __version__
from bayegan.archive.reader import open_archive
from crawler.errors import BayeganError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from bayegan.archive.rows import RunRow

MISSING: Final = (
    "Figures for Prometheus need prometheus-client: install bayegan with its extra «monitor», or leave out [metrics]."
)
LATEST: Final = 20_000  # runs that are looked through: months, of all agencies
OUTCOMES: Final = ("listed", "held", "new", "revised", "duplicate", "failed", "gone", "blocked", "refused")

# What is told of the last run of each agency: name, sentence, value.
GAUGES: Final[tuple[tuple[str, str, Callable[[Any], float]], ...]] = (
    ("bayegan_run_ended_timestamp_seconds", "When its last run ended.", lambda run: run.ended.timestamp()),
    (
        "bayegan_run_duration_seconds",
        "How long its last run took.",
        lambda run: (run.ended - run.started).total_seconds(),
    ),
    ("bayegan_run_exit_code", "How its last run ended; 0 is well.", lambda run: run.exit_code),
    ("bayegan_run_requests", "Requests of its last run.", lambda run: run.counts.get("requests", 0)),
)


def write(file: Path, archive: Path) -> str | None:
    """Write the file anew, beside itself first; the answer is a sentence where that could not be."""
    try:
        from prometheus_client import write_to_textfile  # noqa: PLC0415 -- an extra that few install
    except ImportError:
        return MISSING
    try:
        with open_archive(archive) as opened:
            runs = opened.runs(LATEST)
        write_to_textfile(str(file), _registry(runs, archive.stat().st_size))
    except (BayeganError, OSError) as error:
        return f"The figures could not be written to {file} ({error}): check [metrics] in the settings."
    return None


def _registry(runs: Iterable[RunRow], size: int) -> Any:
    from prometheus_client import CollectorRegistry, Gauge, Info  # noqa: PLC0415 -- as above

    registry = CollectorRegistry()
    Info("bayegan", "Which bayegan writes this.", registry=registry).info({"version": __version__})
    Gauge("bayegan_archive_bytes", "Size of the archive's file.", registry=registry).set(size)
    last, well = _last(runs)
    for name, about, value in GAUGES:
        gauge = Gauge(name, about, ["agency"], registry=registry)
        for run in last.values():
            gauge.labels(run.agency).set(value(run))
    articles = Gauge("bayegan_run_articles", "What its last run did.", ["agency", "outcome"], registry=registry)
    for run in last.values():
        for outcome in OUTCOMES:
            articles.labels(run.agency, outcome).set(run.counts.get(outcome, 0))
    success = Gauge(
        "bayegan_run_succeeded_timestamp_seconds", "When a run last ended well.", ["agency"], registry=registry
    )
    for agency, run in well.items():
        success.labels(agency).set(run.ended.timestamp())
    return registry


def _last(runs: Iterable[RunRow]) -> tuple[dict[str, Any], dict[str, Any]]:
    """(the last run of each agency that came to its end, the last that ended well), of runs with the newest first."""
    last: dict[str, Any] = {}
    well: dict[str, Any] = {}
    for run in runs:
        if run.ended is None:
            continue
        last.setdefault(run.agency, run)
        if run.exit_code == 0:
            well.setdefault(run.agency, run)
    return last, well
