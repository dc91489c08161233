"""The bars of crawls, on a terminal; that there are none elsewhere, many crawls of other tests say."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from crawls import AZAR, HASTE, command
from hostile_site import of_code

from bayegan.crawls.progress import Pace
from bayegan.example import default_site
from bayegan.example.answering import Request, Response

if TYPE_CHECKING:
    from hostile_site import Twisted

    from conftest import Hostile

HERE = Path(__file__).parent
SITE = default_site(6, gone=False)
TERMINAL = {"TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
STEERING = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def read_all(terminal: int) -> str:
    """What was written on it until its last writer has gone."""
    said = b""
    while True:
        try:
            part = os.read(terminal, 65_536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not part:
            break
        said += part
    return said.decode()


def on_a_terminal(words: list[str], *, piped: bool) -> tuple[int, str, str]:
    """How a command ended, what went through its pipe, and what was written on its terminal."""
    terminal, end = pty.openpty()
    out = subprocess.PIPE if piped else end
    with subprocess.Popen(words, stdout=out, stderr=end, env=os.environ | TERMINAL) as process:
        os.close(end)
        said = read_all(terminal)
        shown = process.stdout.read().decode() if process.stdout else ""
    os.close(terminal)
    return process.returncode, shown, said


def troubled(site: Twisted, request: Request) -> Response:
    """Of six articles one answers 500, and one is gone."""
    answers = zip(SITE.stories, (500, 404), strict=False)
    status = next((status for story, status in answers if of_code(story.code)(request)), None)
    return Response(status=status) if status else site.plain(request)


def test_a_bar_tells_how_many_pages_of_those_that_are_due_are_settled_whatever_became_of_them(
    hostile: Hostile, tmp_path: Path
) -> None:
    words = command(hostile(site=SITE, twist=troubled).url, tmp_path / "x.db", *AZAR, "--set", "RETRY_TIMES=0")
    code, out, said = on_a_terminal(words, piped=True)
    assert code == 4, said
    assert json.loads(out)["new"] == 4  # one document, and nothing of the bar
    bars = [line for line in re.split(r"[\r\n]+", STEERING.sub("", said)) if "━" in line]
    assert re.fullmatch(r"shabestan ━+ 6/6 \d+\.\d/s 0:00:\d\d 0:00:00 left", bars[-1].strip()), said


def later(site: Twisted, request: Request) -> Response:
    """One of its articles comes when others have long ended."""
    return replace(site.plain(request), delay=0.7 * of_code(SITE.stories[0].code)(request))


def test_what_is_told_of_one_agency_stands_above_the_bars_of_the_others(hostile: Hostile, tmp_path: Path) -> None:
    homes = {"shabestan": hostile(site=SITE).url, "irna": hostile(site=SITE, twist=later).url}
    haste = [f"--set={setting}" for setting in HASTE]
    words = ["bayegan", "crawl", *homes, "--archive", str(tmp_path / "x.db"), *AZAR, *haste]
    code = (
        f"import sys; sys.path.insert(0, {str(HERE)!r}); from killing import _stand_in; _stand_in({homes});"
        f"sys.argv = {words}; from bayegan.cli import main; main()"
    )
    ended, _, said = on_a_terminal([sys.executable, "-c", code], piped=False)
    assert ended == 0, said
    lines = [STEERING.sub("", line).rpartition("\r")[2].rstrip() for line in said.split("\r\n")]
    told = [line.partition(" new")[0] for line in lines if " listed, " in line]
    assert sorted(told) == [
        "2 agencies: 12 listed, 12 held, 12",
        "irna: 6 listed, 6 held, 6",
        "shabestan: 6 listed, 6 held, 6",
    ], said


@pytest.mark.parametrize(
    ("moments", "now", "rate", "left"),
    [
        ((), 0, 0.0, "-:--:--"),
        ((5,), 5, 0.0, "-:--:--"),
        ((5, 5), 5, 0.0, "-:--:--"),
        ((0, 1, 2), 2, 1.0, "0:01:40"),
        ((0, 0.25, 0.5), 0.5, 4.0, "0:00:25"),
        ((0, 100, 110), 110, 0.1, "0:16:40"),  # what lies more than half a minute back says nothing any more
        ((0, 1, 2), 40, 0.0, "-:--:--"),
    ],
)
def test_the_rate_is_that_of_the_last_half_minute_and_the_time_left_follows_from_it(
    moments: tuple[float, ...], now: float, rate: float, left: str
) -> None:
    times = iter((*moments, now, now))
    pace = Pace(clock=lambda: next(times))
    for _ in moments:
        pace.step()
    assert (pace.rate(), pace.left(100)) == (rate, left)
