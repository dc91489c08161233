"""`bayegan backup` at the command line: places that make no sense, and what it tells."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

import pytest
from archives import fill, story
from typer.testing import CliRunner

from bayegan.cli import app

if TYPE_CHECKING:
    from pathlib import Path

TOLD = r"b/x-\d{8}T\d{6}Z\.db: 20 articles and 20 pages, 0\.\d MB; looked through, 20 pages compared, \d+\.\d s\."


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return fill(tmp_path / "x.db", (story(str(code)) for code in range(101, 121)))


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


PLACES = [
    ("a folder that is not there", "none/", 2, "There is no folder none/: make it first."),
    ("a file in a folder that is not there", "none/x", 1, "none/x could not be written, its folder does not exist"),
    ("the archive itself", "x.db", 2, "x.db is the archive itself"),
    ("the archive by another name", "linked.db", 2, "linked.db is the archive itself"),
    ("somebody's file", "notes.txt", 2, "notes.txt is no backup of an archive, and stays as it is"),
    ("an archive in use", "used.db", 2, "used.db is in use, or was when its writer was killed"),
    ("a file, and a number of them", "one.db --keep 2", 2, "--keep counts the backups of a folder"),
    ("no backup at all", "b --keep 0", 2, "'--keep'"),
    ("an archive that is not there", "b --archive none.db", 1, "There is no archive at none.db"),
    ("something else than an archive", "b --archive notes.txt", 1, "notes.txt is no SQLite database"),
]


@pytest.mark.parametrize(("what", "line", "code", "said"), PLACES, ids=[one[0] for one in PLACES])
def test_a_place_that_makes_no_sense_is_told_in_one_sentence(
    what: str, line: str, code: int, said: str, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "b").mkdir()
    (tmp_path / "linked.db").symlink_to(archive)
    (tmp_path / "notes.txt").write_text("not an archive at all, " * 99)
    fill(tmp_path / "used.db", [story("101")])
    (tmp_path / "used.db-wal").write_text("what a killed crawl left")
    words = line.split()
    archived = [] if "--archive" in words else ["--archive", "x.db"]
    before = names(tmp_path)
    done = CliRunner().invoke(app, ["backup", *words, *archived])
    assert (done.exit_code, done.stdout, what) == (code, "", what)
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert names(tmp_path / "b") == []
    assert [name for name in names(tmp_path) if name.endswith((".part", "none.db"))] == []
    assert [name for name in before if name not in names(tmp_path)] == []


def test_a_folder_that_may_not_be_written_is_told_in_one_sentence(archive: Path, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    folder = tmp_path / "b"
    folder.mkdir(mode=0o500)
    done = CliRunner().invoke(app, ["backup", str(folder), "--archive", str(archive)])
    assert done.exit_code == 1
    assert "could not be written, its folder is read-only: choose another one." in done.stderr


def test_the_command_tells_what_it_did_to_people_and_to_machines(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x-20200101T000000Z.db").write_text("an older one")
    words = ["backup", "b", "--keep", "1", "--archive", str(archive)]
    told = CliRunner().invoke(app, words)
    assert (told.exit_code, told.stderr) == (0, "")
    first, second = told.stdout.splitlines()
    assert re.fullmatch(TOLD, first)
    assert second == "b/x-20200101T000000Z.db made room."
    read = json.loads(CliRunner().invoke(app, ["backup", "one.db", "--archive", str(archive), "--json"]).stdout)
    assert read == read | {"path": "one.db", "articles": 20, "pages": 20, "compared": 20, "removed": []}
