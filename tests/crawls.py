"""Real crawls for tests: the whole command in a process of its own, against a site on loopback."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from killing import Trouble, run

if TYPE_CHECKING:
    from pathlib import Path

    from killing import Ended

AZAR = ("--from", "1399-09-01", "--to", "1399-09-30")
HASTE = ("DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=False", "BAYEGAN_BACKOFF=0.05", "DOWNLOAD_TIMEOUT=5")


@dataclass(frozen=True)
class Crawled:
    code: int
    summary: dict[str, Any]
    said: str

    def __getattr__(self, name: str) -> Any:
        return self.summary[name]


def command(home: str, archive: Path, *options: str, agency: str = "shabestan") -> list[str]:
    haste = [word for setting in HASTE for word in ("--set", setting)]
    words = ("crawl", agency, "--home", home, "--archive", str(archive), "--json")
    return [sys.executable, "-m", "bayegan", *words, *haste, *options]


def crawl_words(home: str, archive: Path, *options: str) -> tuple[str, ...]:
    """A crawl of Azar whose transactions are small, so that a kill finds some written and some not."""
    haste = (f"--set={setting}" for setting in (*HASTE, "BAYEGAN_BATCH=3"))
    return ("crawl", "shabestan", "--home", home, "--archive", str(archive), "--json", *AZAR, *haste, *options)


def crawl(home: str, archive: Path, *options: str, agency: str = "shabestan") -> Crawled:
    """Run a crawl to its end."""
    done = run(archive.parent, *command(home, archive, *options, agency=agency)[3:])
    return Crawled(done.code, json.loads(done.out) if done.out.strip() else {}, done.said)


def crawl_at(moment: datetime, home: str, archive: Path, *options: str) -> Ended:
    """A crawl without days, or with those of ``options``, by a clock that says this moment; no page is tried twice."""
    words = command(home, archive, "--set", "RETRY_TIMES=0", *options)[3:]
    return run(archive.parent, *words, trouble=Trouble(ahead=(moment - datetime.now(UTC)).total_seconds()))
