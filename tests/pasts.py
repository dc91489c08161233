"""Archives with a past: nights on which an agency was crawled and was well, written down without a crawl."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from crawls import Crawled, command
from killing import Trouble, run

from bayegan.health.measures import Measures
from bayegan.health.past import Record
from crawler.dates import TEHRAN, utc_text

if TYPE_CHECKING:
    from pathlib import Path

TONIGHT = datetime(2021, 1, 5, 2, 0, tzinfo=TEHRAN)  # a Tuesday, and what is crawled in it is a Monday's
WELL: dict[str, int] = {
    "fresh": 10,
    "named": 20,
    "due": 20,
    "held": 20,
    "read": 10,
    "texts": 10,
    "family": 10,
    "title": 10,
    "lead": 10,
    "body": 10,
    "published": 10,
    "tags": 10,
    "body_length": 700,
}


def night(back: int, exit_code: int = 0, *, since: datetime = TONIGHT, plain: bool = True, **changes: Any) -> Record:
    """The run so many nights before, as it is judged; ``changes`` are those of its measures."""
    started = since - timedelta(days=back)
    return Record(id=1000 - back, started=started, exit=exit_code, plain=plain, measures=Measures(**WELL | changes))


def nights(count: int = 12, **changes: Any) -> list[Record]:
    """The nights before tonight, all well, the newest first."""
    return [night(back, **changes) for back in range(1, count + 1)]


def write(archive: Path, records: list[Record], agency: str = "shabestan") -> Path:
    """Let these be the runs of an archive, in the place of those that it has."""
    with closing(sqlite3.connect(archive)) as conn, conn:
        conn.execute("update ledger set run_id = null")
        conn.execute("delete from runs where agency = ?", (agency,))
        for one in records:
            started = utc_text(one.started.astimezone(UTC))
            window = None if one.plain else "2020-12-01..2020-12-02"
            counts = {"listed": one.measures.due, **one.measures.as_counts(), "held": one.measures.held}
            conn.execute(
                "insert into runs (id, agency, started, ended, window, counts, exit_code) values (?, ?, ?, ?, ?, ?, ?)",
                (one.id, agency, started, started, window, json.dumps(counts), one.exit),
            )
    return archive


def crawl_by_night(home: str, archive: Path, *options: str, nights_later: int = 0) -> Crawled:
    """A crawl without days, whose clock says that it is tonight."""
    ahead = TONIGHT + timedelta(days=nights_later) - datetime.now(UTC)
    done = run(archive.parent, *command(home, archive, *options)[3:], trouble=Trouble(ahead=ahead.total_seconds()))
    return Crawled(done.code, json.loads(done.out) if done.out.strip() else {}, done.said)


def rows(archive: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(archive)) as conn:
        return conn.execute(sql).fetchall()
