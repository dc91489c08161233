"""An archive of four articles, with revisions and pages, and a ledger, days and runs that are written by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from archives import NOON, Clock, fetched, fill, story, take

from bayegan.archive.intake import Intake
from bayegan.archive.writer import Writer
from crawler.dates import TEHRAN

if TYPE_CHECKING:
    from pathlib import Path

LEDGER = (
    ("shabestan", "1", "2020-12-06", "held"),
    ("shabestan", "2", "2020-12-06", "gone"),
    ("shabestan", "3", "2020-12-06", "taken_down"),
    ("shabestan", "4", "2020-12-06", "failed"),
    ("shabestan", "5", "2020-12-06", "held"),
    ("shabestan", "6", "2020-12-07", "listed"),
    ("shabestan", "7", "2020-12-08", "gone"),
    ("shabestan", "8", None, "refused"),
    ("example.ir", "1", "2020-12-06", "held"),
)
DAYS = (
    ("shabestan", "2020-12-05", 1),  # walked, and nothing was listed
    ("shabestan", "2020-12-06", 1),
    ("shabestan", "2020-12-07", 1),  # a row of it is open again
    ("shabestan", "2020-12-08", 0),
)


def filled(path: Path) -> Path:
    """That archive: one of the articles has two revisions, and one has no page."""
    fill(
        path,
        [
            story("101", modified=datetime(2020, 12, 7, 12, 0, tzinfo=TEHRAN), image="https://shabestan.news/1.jpg"),
            story("102", title="یک تیتر", kind="photo", published=datetime(2020, 12, 1, tzinfo=TEHRAN)),
            story("103", title="یک تیتر", published=None),
        ],
    )
    with Writer(path) as writer:
        intake = Intake(writer, clock=Clock())
        for hours, kicker in ((1, "یک"), (2, "دو")):
            take(intake, fetched(story("101", kicker=kicker), at=NOON + timedelta(hours=hours)))
        take(intake, fetched(story("104", agency="example.ir", url=None), at=None))
        intake.flush()
        writer.conn.execute("DELETE FROM ledger")
        writer.conn.executemany(
            "INSERT INTO ledger (agency, news_code, day, listed_at, state) VALUES (?, ?, ?, '2020-12-07T08:00:00Z', ?)",
            LEDGER,
        )
        writer.conn.executemany("INSERT INTO days (agency, day, complete) VALUES (?, ?, ?)", DAYS)
        writer.conn.execute(
            "INSERT INTO runs (agency, started, ended, home, window, counts, exit_code, version) VALUES ('shabestan',"
            " '2020-12-07T08:00:00Z', '2020-12-07T08:10:00Z', 'http://127.0.0.1:8000', '2020-12-01..2020-12-07',"
            " '{\"new\": 3}', 0, '0.1.0')"
        )
        writer.conn.execute("INSERT INTO runs (agency, started) VALUES ('example.ir', '2020-12-07T09:00:00Z')")
    return path
