"""The bar of a crawl, on a terminal; that there is none elsewhere, many crawls of other tests say."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
from typing import TYPE_CHECKING

from crawls import AZAR, command

from bayegan.example import default_site

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Hostile

STORIES = 6
TERMINAL = {"TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}


def read_all(terminal: int) -> str:
    """What was written on it until its last writer has gone, without what steers it."""
    said = b""
    while True:
        try:
            part = os.read(terminal, 65_536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not part:
            break
        said += part
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", said.decode())


def test_on_a_terminal_a_bar_tells_how_many_pages_of_those_asked_for_were_answered(
    hostile: Hostile, tmp_path: Path
) -> None:
    site = hostile(site=default_site(STORIES, gone=False))
    words = command(site.url, tmp_path / "x.db", *AZAR)
    terminal, end = pty.openpty()
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=end, env=os.environ | TERMINAL) as crawl:
        os.close(end)
        said = read_all(terminal)
        out = crawl.stdout.read() if crawl.stdout else b""
    os.close(terminal)
    assert crawl.returncode == 0, said
    assert json.loads(out)["new"] == STORIES  # one document, and nothing of the bar
    *_, last = (line for line in re.split(r"[\r\n]+", said) if line.strip())
    assert re.match(r"shabestan ━+ 6/6 0:00:\d\d 0:00:00", last), said
