"""Datasets and exports with a manifest that are broken off, or have no room or no library: whole or not there."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

import pytest
from archives import fill, story
from killing import Trouble, run
from typer.testing import CliRunner

from bayegan import open_archive
from bayegan.cli import app
from bayegan.dataset.manifest import is_ours
from bayegan.dataset.selection import Selection
from bayegan.dataset.splits import Splitting
from bayegan.dataset.writing import export_dataset
from bayegan.drafts import ExportError

if TYPE_CHECKING:
    from pathlib import Path

COUNT: Final = 5_000  # three batches
# Rows alone: an export reads no index. Every text is another one, so that it is not packed to nothing.
MULTIPLY: Final = """
    INSERT INTO articles (agency, news_code, title, lead, body, published, published_jalali, content_hash, first_seen,
        last_seen)
    WITH RECURSIVE numbers (n) AS (SELECT 2000 UNION ALL SELECT n + 1 FROM numbers WHERE n < 2000 + :count - 2)
    SELECT agency, n, title, hex(randomblob(40)), body, published, published_jalali, hex(randomblob(32)), first_seen,
        last_seen
    FROM articles, numbers
"""
# While articles are written: three batches are divided before that, and each takes three statements.
IN_THE_MIDDLE: Final = Trouble(statement=18, from_on="SELECT articles.id FROM articles")
GROWS: Final = "it grows larger than a file may be here: raise the limit, or choose another folder."
WITH_MANIFEST: Final = ["news.jsonl", "news.jsonl.articles.jsonl.zst", "news.jsonl.manifest.json"]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = fill(tmp_path_factory.mktemp("large") / "x.db", [story("1000")])
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute(MULTIPLY, {"count": COUNT})
    return path


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("small") / "x.db", [story("101"), story("102")])


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def bayegan(*words: object) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_a_dataset_that_is_killed_is_not_there_and_the_next_one_is_whole(
    large: Path, db: Path, out: Path, tmp_path: Path
) -> None:
    words = ("export", f"{out / 'news'}/", "--archive")
    assert run(tmp_path, *words, str(large), trouble=IN_THE_MIDDLE).code == -signal.SIGKILL
    (draft,) = out.iterdir()
    assert (draft.name.startswith(".bayegan-"), names(draft)) == (True, ["data"])
    assert bayegan(*words, db).exit_code == 0
    assert names(out) == ["news"]
    assert is_ours(out / "news")
    assert run(tmp_path, *words, str(large), trouble=IN_THE_MIDDLE).code == -signal.SIGKILL
    assert is_ours(out / "news")


def test_a_file_that_is_killed_leaves_what_was_there_with_its_manifest(
    large: Path, db: Path, out: Path, tmp_path: Path
) -> None:
    words = ("export", str(out / "news.jsonl"), "--manifest", "--archive")
    assert bayegan(*words, db).exit_code == 0
    before = [(out / name).read_bytes() for name in WITH_MANIFEST]
    trouble = Trouble(statement=9, from_on="SELECT articles.id FROM articles")
    assert run(tmp_path, *words, str(large), trouble=trouble).code == -signal.SIGKILL
    assert [(out / name).read_bytes() for name in WITH_MANIFEST] == before
    assert bayegan(*words, db).exit_code == 0
    assert names(out) == WITH_MANIFEST


@pytest.mark.parametrize(("name", "more"), [("news", ()), ("news.jsonl", ("--manifest",))])
def test_what_may_not_grow_is_told_in_a_sentence_and_leaves_nothing(
    name: str, more: tuple[str, ...], large: Path, out: Path, tmp_path: Path
) -> None:
    trouble = Trouble(most_bytes=100_000)
    done = run(tmp_path, "export", str(out / name), *more, "--archive", str(large), trouble=trouble)
    assert (done.code, done.said) == (1, f"{out / name} could not be written, {GROWS}\n")
    assert names(out) == []


def test_a_dataset_on_a_full_disk_is_told_in_a_sentence(db: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)
    done = bayegan("export", f"{out / 'news'}/", "--archive", db)
    full = "could not be written, the disk is full: make room, or choose another folder."
    assert (done.exit_code, done.stderr) == (1, f"{out / 'news'} {full}\n")
    assert names(out) == []


def interrupt(_count: int) -> None:
    """What Python makes of Ctrl-C."""
    raise KeyboardInterrupt


def test_a_dataset_that_is_interrupted_leaves_what_was_there(db: Path, out: Path) -> None:
    def export(report: Any = None) -> None:
        with open_archive(db) as archive:
            export_dataset(archive, out / "news", Selection(), Splitting(), report=report)

    with pytest.raises(KeyboardInterrupt):
        export(interrupt)
    assert names(out) == []
    export()
    with pytest.raises(KeyboardInterrupt):
        export(interrupt)
    assert names(out) == ["news"]
    assert is_ours(out / "news")


@pytest.mark.parametrize(
    "error", [OSError(errno.EIO, os.strerror(errno.EIO)), KeyboardInterrupt()], ids=["a disk that fails", "Ctrl-C"]
)
def test_a_dataset_comes_back_when_the_new_one_cannot_take_its_place(
    error: BaseException, db: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_draft: Path, _place: Path) -> None:
        assert not (out / "news").exists()
        raise error

    def export() -> None:
        with open_archive(db) as archive:
            export_dataset(archive, out / "news", Selection(), Splitting())

    export()
    monkeypatch.setattr("pathlib.Path.replace", fail)
    with pytest.raises((ExportError, KeyboardInterrupt)):
        export()
    assert names(out) == ["news"]
    assert is_ours(out / "news")


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("pyarrow", "news takes pyarrow: install it with `pip install 'bayegan[datasets]'`, or choose .jsonl.zst."),
        ("matplotlib", "Pictures need matplotlib: install it with `pip install 'bayegan[datasets]'`."),
    ],
)
def test_what_is_not_installed_is_told_in_a_sentence(
    missing: str, sentence: str, db: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    done = bayegan("export", f"{out / 'news'}/", "--archive", db)
    assert (done.exit_code, done.stderr) == (1, f"{sentence}\n")
    assert names(out) == []


@pytest.mark.parametrize(
    "harm",
    [
        lambda folder: (folder / "notes.txt").write_text("mine"),
        lambda folder: (folder / "README.md").write_text("mine"),
        lambda folder: (folder / "data" / "mine.parquet").write_text("mine"),
        lambda folder: next(folder.glob("data/*.parquet")).write_text("mine"),
        lambda folder: (folder / "manifest.json").unlink(),
    ],
    ids=["a file more", "a card written anew", "data of another", "data written anew", "no manifest"],
)
def test_a_dataset_in_which_somebody_wrote_is_not_replaced(harm: Any, db: Path, out: Path) -> None:
    words = ("export", f"{out / 'news'}/", "--archive", db)
    assert bayegan(*words).exit_code == 0
    harm(out / "news")
    before = sorted(out.rglob("*"))
    done = bayegan(*words)
    refused = "could not be written, there is something in it: name a new folder."
    assert (done.exit_code, done.stderr) == (1, f"{out / 'news'} {refused}\n")
    assert sorted(out.rglob("*")) == before
