"""Real crawls for tests: the installed command in a process of its own, against a site on loopback."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

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


def crawl(home: str, archive: Path, *options: str, agency: str = "shabestan") -> Crawled:
    """Run a crawl to its end; a minute is more than any of ours takes."""
    done = subprocess.run(
        command(home, archive, *options, agency=agency), capture_output=True, text=True, timeout=60, check=False
    )
    return Crawled(done.returncode, json.loads(done.stdout) if done.stdout.strip() else {}, done.stderr)
