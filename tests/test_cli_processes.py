"""The command line as a process among others: what it loads, where its output goes, how it is stopped."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from archives import fill, story

if TYPE_CHECKING:
    from pathlib import Path

BAYEGAN = (sys.executable, "-m", "bayegan")
HEAVY = ("scrapy", "twisted", "sqlite_utils", "lxml", "parsel", "dateparser", "uvicorn")
LOADED = f"""
import sys
from bayegan.cli import main
try:
    main()
finally:
    sys.stderr.write(" ".join(name for name in {HEAVY!r} if name in sys.modules))
"""


@pytest.fixture
def archive(tmp_path: Path) -> str:
    return str(fill(tmp_path / "x.db", [story(str(code)) for code in range(100, 150)]))


@pytest.mark.parametrize(
    "line", ["--help", "search --help", "agencies", "search شورای --limit 50", "show shabestan/101", "coverage"]
)
def test_a_command_that_only_reads_loads_nothing_heavy(line: str, archive: str) -> None:
    environment = os.environ | {"BAYEGAN_ARCHIVE": archive, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", LOADED, *line.split()]
    done = subprocess.run(command, env=environment, capture_output=True, check=True, text=True, encoding="utf-8")
    assert done.stdout
    assert done.stderr == ("50 of 50\n" if line.startswith("search ش") else "")


def test_a_reader_that_has_gone_is_no_complaint(archive: str) -> None:
    gone, ours = os.pipe()
    os.close(gone)
    command = [*BAYEGAN, "search", "شورای", "--limit", "50", "--archive", archive]
    with os.fdopen(ours, "wb") as output:
        done = subprocess.run(command, stdout=output, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize(
    ("closed", "words"), [(">&-", "agencies"), (">&-", "agencies --json"), ("2>&-", "agencies"), ("2>&-", "serch")]
)
def test_a_closed_output_is_no_error(closed: str, words: str) -> None:
    command = f'"{sys.executable}" -m bayegan {words} {closed}'
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert done.returncode == (2 if words == "serch" else 0)
    assert done.stderr == b""


@pytest.mark.parametrize(
    "words", [("show", b"shabestan/\xff"), ("coverage", b"\xff"), ("search", b"x", "--tag", b"\xff\xff")]
)
def test_words_that_are_no_text_find_nothing_or_are_refused(words: tuple[str | bytes, ...], archive: str) -> None:
    done = subprocess.run([*BAYEGAN, *words, "--archive", archive], capture_output=True, check=False)
    assert done.returncode in {0, 2}
    assert done.stderr.count(b"\n") == 1
    assert b"Unexpected" not in done.stderr


def test_output_that_finds_no_room_is_told_in_one_sentence(archive: str) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123 -- a device, not a file
        done = subprocess.run(
            [*BAYEGAN, "stats", "--archive", archive], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (1, b"No space left on device: standard output\n")
