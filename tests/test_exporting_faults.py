"""Export: the file is there whole or not at all, and what went wrong is said in a sentence."""

from __future__ import annotations

import errno
import io
import json
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from archives import fill, story

from bayegan import open_archive
from bayegan.drafts import folder_beside
from bayegan.export import slim
from bayegan.export.formats import FORMATS
from bayegan.exporting import ExportError, export, export_partitions
from bayegan.search import Filter
from crawler.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayegan.archive.reader import Archive

STORIES = (story("101"), story("102"))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(fill(tmp_path / "x.db", STORIES)) as opened:
        yield opened


def names(folder: Path) -> list[str]:
    """What stands in a folder beside the archive."""
    return sorted(path.name for path in folder.iterdir() if "x.db" not in path.name)


class StoppedError(Exception):
    """Somebody pressed Ctrl-C, or the power went."""


def stop(_count: int) -> None:
    raise StoppedError


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_export_that_is_stopped_leaves_what_was_there(suffix: str, archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / f"out{suffix}"
    with pytest.raises(StoppedError):
        export(archive, path, Filter(), report=stop)
    assert names(tmp_path) == []
    path.write_text("an older export")
    with pytest.raises(StoppedError):
        export(archive, path, Filter(), report=stop)
    assert names(tmp_path) == [path.name]
    assert path.read_text() == "an older export"


def test_a_folder_that_is_stopped_leaves_nothing(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(StoppedError):
        export_partitions(archive, tmp_path / "parts", Filter(), report=stop)
    assert names(tmp_path) == []


def test_a_folder_takes_the_place_of_an_empty_one(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    assert export_partitions(archive, tmp_path / "parts", Filter()) == 2
    assert names(tmp_path) == ["parts"]
    assert names(tmp_path / "parts") == ["by_agency=shabestan"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("full", "could not be written, there is something in it: name a new folder."),
        ("x.db", "could not be written, it is a file: name a folder."),
        ("nowhere/parts", "could not be written, its folder does not exist: make it first."),
    ],
)
def test_a_folder_never_takes_the_place_of_something(
    name: str, sentence: str, archive: Archive, tmp_path: Path
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine")
    with pytest.raises(ExportError) as caught:
        export_partitions(archive, tmp_path / name, Filter())
    assert str(caught.value) == f"{tmp_path / name} {sentence}"
    assert names(tmp_path) == ["full"]
    assert names(tmp_path / "full") == ["thesis.txt"]


def test_a_folder_is_no_standard_output(archive: Archive) -> None:
    with pytest.raises(UsageError, match="A folder cannot be written to standard output: name one"):
        export_partitions(archive, Path("-"), Filter())


def test_a_draft_of_a_folder_that_nobody_holds_is_cleared_away(archive: Archive, tmp_path: Path) -> None:
    left = tmp_path / ".bayegan-0123456789abcdef.part"
    (left / "by_agency=shabestan").mkdir(parents=True)
    (left / "by_agency=shabestan" / "articles.parquet").write_text("half of it")
    with folder_beside(tmp_path / "held") as held:
        export(archive, tmp_path / "out.jsonl", Filter())
        assert names(tmp_path) == sorted([held.name, "out.jsonl"])
    assert names(tmp_path) == ["held", "out.jsonl"]


def test_a_slim_database_on_a_full_disk_is_told_in_a_sentence(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slim, "HASTE", (*slim.HASTE, "PRAGMA max_page_count = 8"))
    with pytest.raises(ExportError, match=r"out\.db could not be written, the disk is full: make room, or choose"):
        export(archive, tmp_path / "out.db", Filter())
    assert names(tmp_path) == []


def test_an_older_export_is_replaced_and_keeps_its_rights(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("an older export")
    path.chmod(0o600)
    export(archive, path, Filter(limit=1))
    assert json.loads(path.read_bytes())["news_code"] == "102"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert names(tmp_path) == ["out.jsonl"]


def test_a_symbolic_link_stays_one(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "out.jsonl"
    link.symlink_to(tmp_path / "elsewhere" / "real.jsonl")
    export(archive, link, Filter())
    assert link.is_symlink()
    assert names(tmp_path / "elsewhere") == ["real.jsonl"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nowhere/out.jsonl", "could not be written, its folder does not exist: make it first."),
        ("x.db/out.jsonl", "could not be written, its folder does not exist: make it first."),
        ("folder.jsonl", "could not be written, it is a folder: name a file."),
        (f"{'a' * 255}.jsonl", "could not be written, its name is too long: choose a shorter one."),
    ],
)
def test_a_place_that_cannot_be_written_is_told_in_a_sentence(
    name: str, sentence: str, archive: Archive, tmp_path: Path
) -> None:
    (tmp_path / "folder.jsonl").mkdir()
    with pytest.raises(ExportError) as caught:
        export(archive, tmp_path / name, Filter())
    assert str(caught.value) == f"{tmp_path / name} {sentence}"
    assert names(tmp_path) == ["folder.jsonl"]


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (errno.ENOSPC, "the disk is full: make room, or choose another folder."),
        (errno.EROFS, "its folder is read-only: choose another one."),
        (errno.EIO, "Input/output error: choose another place."),
    ],
)
def test_a_disk_that_fails_leaves_nothing_behind(
    code: int, sentence: str, suffix: str, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_handle: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ExportError, match=rf"out{suffix} could not be written, {sentence}"):
        export(archive, tmp_path / f"out{suffix}", Filter())
    with pytest.raises(ExportError, match=rf"parts could not be written, {sentence}"):
        export_partitions(archive, tmp_path / "parts", Filter())
    assert names(tmp_path) == []


class Full(io.BytesIO):
    def write(self, _data: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_standard_output_is_told_in_a_sentence(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(Full()))
    with pytest.raises(ExportError, match="Standard output could not be written, the disk is full"):
        export(archive, Path("-"), Filter())


def test_a_reader_that_has_gone_is_left_to_the_command_line(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb", buffering=0) as pipe:
        monkeypatch.setattr("sys.stdout", io.TextIOWrapper(pipe))
        with pytest.raises(BrokenPipeError):
            export(archive, Path("-"), Filter())


def test_the_archive_is_not_written_over_by_its_own_export(tmp_path: Path) -> None:
    path = fill(tmp_path / "archive.csv", STORIES)
    with open_archive(path) as archive, pytest.raises(UsageError, match="is the archive itself"):
        export(archive, path, Filter())
    with open_archive(path) as archive:
        assert archive.count(Filter()) == 2
