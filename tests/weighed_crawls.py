"""Crawls of the whole command that are weighed: how much memory and time one took, and what it left."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawls import command

if TYPE_CHECKING:
    from pathlib import Path

# A process begins with the most memory that the one it was forked from ever had: this one is small.
WEIGHED = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
print("kilobytes:", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""
GONE = "1001747"  # of the default site's forty stories this one is listed but deleted
MEGABYTES = 250  # a crawl has about 110, and an answer may have 32, packed and unpacked and read


@dataclass(frozen=True)
class Ended:
    """How a crawl came to its end, and what it took."""

    code: int
    said: str
    megabytes: int
    seconds: float


def crawl(home: str, folder: Path, *options: str) -> Ended:
    """A crawl in a process of its own, without a traceback, and with the most memory that it ever had."""
    began = time.monotonic()
    hasty = ("--set", "RETRY_TIMES=1", "--set", "DOWNLOAD_TIMEOUT=2", *options)
    done = subprocess.run(
        [sys.executable, "-c", WEIGHED, *command(home, folder / "x.db", *hasty)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said, _, kilobytes = done.stderr.rpartition("kilobytes: ")
    assert "Traceback" not in said, said
    return Ended(done.returncode, said, int(kilobytes) // 1024, time.monotonic() - began)


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    """What the archive of that crawl answers."""
    with closing(sqlite3.connect(folder / "x.db")) as conn:
        return conn.execute(sql).fetchall()


def not_held(folder: Path) -> dict[str, tuple[str, str]]:
    """By code: the state and the reason of every article that is not held, the one that is always gone aside."""
    found = rows(folder, "select news_code, state, error from ledger where state <> 'held'")
    return {str(code): (str(state), str(error)) for code, state, error in found if code != GONE}
