"""The command `verify` as people and machines call it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from archives import fill, story
from faulty_archives import damage

from bayegan.archive.lock import agency_lock

if TYPE_CHECKING:
    from pathlib import Path


def run(archive: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bayegan", "verify", "--archive", str(archive), *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return fill(tmp_path / "x.db", [story("101"), story("102")])


def test_a_sound_archive_says_so_on_standard_error_alone(archive: Path) -> None:
    done = run(archive)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("2 articles and 2 pages checked in ")
    assert done.stderr.endswith(": no faults.\n")


def test_a_fault_is_a_line_with_its_article_and_what_to_do(archive: Path) -> None:
    damage(archive, ("update ledger set attempts = -3 where news_code = '101'",))
    done = run(archive)
    line = "fault [attempts] shabestan/101: the ledger counts -3 attempts. Run it again with --repair.\n"
    assert (done.returncode, done.stdout) == (1, line)
    assert done.stderr.endswith("; faults: 1.\n")
    mended = run(archive, "--repair")
    assert (mended.returncode, mended.stdout) == (
        0,
        "mended [attempts] shabestan/101: the ledger counts -3 attempts\n",
    )
    assert mended.stderr.endswith("; faults: 1, mended: 1.\n")
    assert run(archive).returncode == 0


def test_machines_get_one_document(archive: Path) -> None:
    damage(
        archive, ("update articles set title = 'سپید' where news_code = '102'", "insert into tags (name) values ('x')")
    )
    done = run(archive, "--json", "--repair")
    found = json.loads(done.stdout)
    assert (done.returncode, found["exit"], found["articles"], found["pages"]) == (1, 1, 2, 2)
    assert (found["found"], found["mended"], found["notes"]) == (
        {"text": 1, "index": 1},
        {"index": 1},
        {"unused tag": 1},
    )
    assert found["faults"] == [
        {
            "kind": "unused tag",
            "where": None,
            "what": "no article has the tag «x»",
            "advice": "Nothing needs to be done: --repair forgets it.",
            "note": True,
            "mended": True,
        },
        {
            "kind": "text",
            "where": "shabestan/102",
            "what": "its texts and tags do not give its content_hash",
            "advice": "No sound page gives it back: restore the article from a copy of the archive.",
            "note": False,
            "mended": False,
        },
        {
            "kind": "index",
            "where": "shabestan/102",
            "what": "the search index holds other words than its texts",
            "advice": "Run it again with --repair: the index is made anew.",
            "note": False,
            "mended": True,
        },
    ]


def test_what_stands_in_an_archive_drives_no_terminal(archive: Path) -> None:
    damage(archive, ("insert into tags (name) values ('x' || char(27) || '[2J' || char(10) || 'y')",))
    done = run(archive)
    assert (done.returncode, done.stdout) == (0, "note [unused tag] no article has the tag «x[2J y»\n")


def test_repair_waits_for_no_run(archive: Path) -> None:
    with agency_lock(archive, "shabestan"):
        done = run(archive, "--repair")
    assert (done.returncode, done.stdout) == (75, "")
    assert "Another run holds shabestan" in done.stderr


def test_a_missing_archive_is_one_sentence(tmp_path: Path) -> None:
    done = run(tmp_path / "none.db")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("There is no archive at ")
