"""The commands of docs/operating.md, from the first crawl to the upgrade, in their order, in a place of the test's."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from typer.testing import CliRunner

from bayegan.cli import app

if TYPE_CHECKING:
    import pytest

    from bayegan.example import Example

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)
BACKUP = "news-20261123T050000Z.db"  # the one that the page brings back
HASTE = "[scrapy]\nAUTOTHROTTLE_ENABLED = false\nBAYEGAN_BACKOFF = 0.05\n"
# In their order, with what each shows.
SHOWN = [
    ("config", "archive"),
    ("crawl shabestan", "shabestan: 30 listed, 29 held, 29 new"),
    ("runs", "shabestan"),
    ("coverage shabestan", "held"),
    ("doctor", "shabestan: too early to say"),
    ("backup /var/backups/bayegan --keep 14", "29 articles and 29 pages"),
    (f"backup /var/lib/bayegan/news.db --archive /var/backups/bayegan/{BACKUP}", "29 articles and 29 pages"),
    ("verify", "29 articles and 29 pages checked"),
    ("maintain", "segments of the index"),
    ("backup /var/backups/bayegan --keep 14", "29 articles and 29 pages"),
    ("maintain", "segments of the index"),
    ("verify --quick", "no faults"),
    ("runs", "shabestan"),
]


def lines() -> list[str]:
    """What the page has typed as `bayegan …`, and the one line that it prepares the way back with."""
    typed = [line for block in BLOCK.findall(PAGE) for line in block.splitlines()]
    return [line for line in typed if line.startswith(("bayegan ", "mkdir /var/lib/bayegan/broken"))]


def test_the_page_is_followed_from_the_first_crawl_to_the_upgrade(
    example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, backups = tmp_path / "lib", tmp_path / "backups"
    library.mkdir()
    backups.mkdir()
    written = (ROOT / "deploy" / "bayegan.toml").read_text(encoding="utf-8").replace("/var/lib/bayegan", str(library))
    (tmp_path / "bayegan.toml").write_text(f"delay = 0\n{written}\n{HASTE}", encoding="utf-8")
    monkeypatch.setenv("BAYEGAN_CONFIG", str(tmp_path / "bayegan.toml"))

    def follow(line: str) -> str:
        place = line.replace("/var/lib/bayegan", str(library)).replace("/var/backups/bayegan", str(backups))
        newest = max((one.name for one in backups.iterdir()), default=BACKUP)
        return answered(shlex.split(place.replace(BACKUP, newest)), example.url)

    shown = iter(SHOWN)
    for line in lines():
        if line.startswith("mkdir"):
            for file in library.glob("news.db*"):
                file.rename(tmp_path / f"broken-{file.name}")
            continue
        command, said = next(shown)
        assert line == f"bayegan {command}"
        assert said in follow(command), line
    assert list(shown) == []


def answered(words: list[str], home: str) -> str:
    """What a command says; a crawl, which fits once into a process, has one of its own."""
    if words[0] != "crawl":
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, done.output
        return done.output
    command = [sys.executable, "-m", "bayegan", *words, "--home", home]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
