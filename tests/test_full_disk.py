"""A disk that is full, a limit or a read-only file system: a sentence, an exit code, and nothing lost.

The same command goes on when there is room.
"""

from __future__ import annotations

import os
import signal
import subprocess
from typing import TYPE_CHECKING

import pytest
from agreement import contents, disagreements, held, lost
from archives import fill, story
from crawls import crawl_words
from imports import WHOLE, lines
from killing import Command, Ended, Trouble, run, summary, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from agreement import Contents
    from hostile_site import Twisted

FULL = ("The disk is full", "cannot be read or written (a quota, a limit of file sizes, or a fault)")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of half a megabyte, which root alone may make."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=500k", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("a small file system takes the right to mount one")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def remount(folder: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(folder)], check=True)


def one_sentence(done: Ended) -> bool:
    return done.said.count("\n") == 1 and "Traceback" not in done.said and done.said.endswith(".\n")


@pytest.mark.parametrize("room", [60, 500])
def test_a_crawl_on_a_full_disk_keeps_what_it_had_and_goes_on_when_there_is_room(
    room: int, small_disk: Path, unhurried: Twisted, undisturbed: Contents, tmp_path: Path
) -> None:
    db = small_disk / "x.db"
    remount(small_disk, f"size={room}k")
    done = run(tmp_path, *crawl_words(unhurried.url, db))
    assert (done.code, one_sentence(done)) == (1, True), done.said
    assert "The disk is full" in done.said
    acknowledged = held(db)
    assert summary(done)["held"] == len(acknowledged) if done.out.strip() else acknowledged == {}
    remount(small_disk, "size=20m")
    assert not acknowledged or disagreements(db) == []
    assert run(tmp_path, *crawl_words(unhurried.url, db)).code == 0
    assert lost(acknowledged, held(db)) == {}
    assert contents(db) == undisturbed


@pytest.mark.parametrize("most_bytes", [40_000, 400_000])
def test_a_crawl_whose_files_may_not_grow_goes_on_when_they_may(
    most_bytes: int, unhurried: Twisted, undisturbed: Contents, tmp_path: Path
) -> None:
    db = tmp_path / "x.db"
    done = run(tmp_path, *crawl_words(unhurried.url, db), trouble=Trouble(most_bytes=most_bytes))
    assert (done.code, one_sentence(done)) == (1, True), done.said
    assert any(said in done.said for said in FULL)
    acknowledged = held(db)
    assert run(tmp_path, *crawl_words(unhurried.url, db)).code == 0
    assert lost(acknowledged, held(db)) == {}
    assert contents(db) == undisturbed


def test_an_import_on_a_full_disk_goes_on_when_there_is_room(small_disk: Path, tmp_path: Path) -> None:
    records = (WHOLE | {"news_code": str(n), "url": f"https://shabestan.news/news/{n}"} for n in range(1000, 1400))
    words = ("import", str(lines(tmp_path / "in.jsonl", *records)), "--archive", str(small_disk / "x.db"))
    done = run(tmp_path, *words)
    assert (done.code, one_sentence(done)) == (1, True), done.said
    assert "The disk is full" in done.said
    acknowledged = held(small_disk / "x.db")
    remount(small_disk, "size=20m")
    assert run(tmp_path, *words).code == 0
    assert lost(acknowledged, held(small_disk / "x.db")) == {}
    assert len(held(small_disk / "x.db")) == 400
    assert disagreements(small_disk / "x.db") == []


def test_an_export_on_a_full_disk_leaves_what_was_there(small_disk: Path, tmp_path: Path) -> None:
    db = fill(tmp_path / "x.db", [story(str(code)) for code in range(1000, 2000)])
    path = small_disk / "all.jsonl"
    path.write_text("an older export\n")
    done = run(tmp_path, "export", str(path), "--archive", str(db))
    assert (done.code, one_sentence(done)) == (1, True), done.said
    assert "could not be written, the disk is full" in done.said
    assert [name.name for name in small_disk.iterdir()] == ["all.jsonl"]
    assert path.read_text() == "an older export\n"
    remount(small_disk, "size=20m")
    assert run(tmp_path, "export", str(path), "--archive", str(db)).code == 0
    assert path.read_bytes().count(b"\n") == 1000


def test_an_export_that_may_not_grow_leaves_nothing(tmp_path: Path) -> None:
    db = fill(tmp_path / "x.db", [story(str(code)) for code in range(1000, 1200)])
    path = tmp_path / "all.jsonl"
    done = run(tmp_path, "export", str(path), "--archive", str(db), trouble=Trouble(most_bytes=50_000))
    assert done.code == 1
    assert done.said == (
        f"{path} could not be written, it grows larger than a file may be here: "
        "raise the limit, or choose another folder.\n"
    )
    assert list(tmp_path.glob("*.jsonl")) == list(tmp_path.glob(".bayegan*")) == []


def test_a_backup_on_a_full_disk_leaves_the_earlier_one(small_disk: Path, tmp_path: Path) -> None:
    db = fill(tmp_path / "x.db", [story(str(code)) for code in range(1000, 1200)])
    earlier = small_disk / "x-20200101T000000Z.db"
    earlier.write_text("an earlier one")
    words = ("backup", str(small_disk), "--keep", "1", "--archive", str(db))
    done = run(tmp_path, *words)
    assert (done.code, one_sentence(done)) == (1, True), done.said
    assert "The disk is full" in done.said
    assert [name.name for name in small_disk.iterdir()] == [earlier.name]
    remount(small_disk, "size=20m")
    assert run(tmp_path, *words).code == 0
    (made,) = small_disk.iterdir()
    assert contents(made) == contents(db)
    remount(small_disk, "ro")
    done = run(tmp_path, *words)
    assert (done.code, one_sentence(done)) == (1, True), done.said
    assert done.said.endswith("could not be written, its folder is read-only: choose another one.\n")


def test_a_read_only_disk_is_read_and_not_written_even_after_a_kill(
    small_disk: Path, unhurried: Twisted, tmp_path: Path
) -> None:
    """A killed crawl leaves its log beside the file: without it, articles would be missing."""
    db = small_disk / "x.db"
    remount(small_disk, "size=20m")
    crawl = Command(crawl_words(unhurried.url, db), tmp_path)
    wait_for(lambda: len(held(db)) > 5)
    crawl.send(signal.SIGKILL)
    crawl.end()
    acknowledged = held(db)
    remount(small_disk, "ro")
    done = run(tmp_path, *crawl_words(unhurried.url, db))
    assert (done.code, done.said) == (1, f"{db} cannot be written: it or its folder is read-only.\n")
    stats = run(tmp_path, "stats", "--json", "--archive", str(db))
    assert stats.code == 0, stats.said
    assert f'"articles": {len(acknowledged)}' in stats.out
