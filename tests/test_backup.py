"""`bayegan backup`: whole whoever writes meanwhile, looked through before it takes its place; old ones make room."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from agreement import contents, disagreements, held
from archives import fill, story
from crawls import crawl_words
from faulty_ledgers import detach_row
from killing import Command, Trouble, run, wait_for
from typer.testing import CliRunner

from bayegan import backup as backing
from bayegan.backup import back_up
from bayegan.cli import app
from bayegan.drafts import ExportError
from bayegan.verifying import verify
from crawler.errors import ArchiveError

if TYPE_CHECKING:
    from pathlib import Path

    from hostile_site import Twisted

CODES = [*map(str, range(101, 120)), "9002"]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return fill(tmp_path / "x.db", map(story, CODES))


def change(path: Path, statement: str, *values: Any) -> None:
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute(statement, values)


def at(day: int) -> Any:
    return lambda: datetime(2026, 11, day, 2, 30, tzinfo=UTC)


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_a_backup_holds_what_the_archive_holds_in_one_file(archive: Path, tmp_path: Path) -> None:
    archive.chmod(0o640)
    (tmp_path / "b").mkdir()
    done = back_up(archive, tmp_path / "b", clock=at(23))
    assert names(tmp_path / "b") == ["x-20261123T023000Z.db"]
    assert (done.path.name, done.articles, done.pages, done.compared) == ("x-20261123T023000Z.db", 20, 20, 20)
    assert done.bytes == done.path.stat().st_size == archive.stat().st_size
    assert done.path.stat().st_mode & 0o777 == 0o640
    assert done.path.read_bytes()[18:20] == b"\x01\x01"  # needs no log beside it, wherever it is read
    assert contents(done.path) == contents(archive)
    assert verify(done.path).exit_code == 0


def test_a_backup_is_one_moment_of_an_archive_that_a_crawl_writes_meanwhile(
    unhurried: Twisted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the first and the last step of the copy the crawl, in a process of its own, stores further articles."""
    db, begun = tmp_path / "x.db", set[str]()
    monkeypatch.setattr(backing, "STEP", 8)
    crawl = Command(crawl_words(unhurried.url, db), tmp_path)
    wait_for(lambda: len(held(db)) > 5)

    def hear(what: str, done: int, total: int) -> None:
        if what == "copied" and not begun:
            assert done < total
            begun.update(map(str, held(db)))
            wait_for(lambda: len(held(db)) >= len(begun) + 6)

    done = back_up(db, tmp_path / "copy.db", report=hear)
    assert crawl.end().code == 0
    copied = set(map(str, held(done.path)))
    assert 5 < done.articles == len(copied) < len(held(db)) == 89
    assert copied <= begun  # of what was stored after the first step, nothing
    assert disagreements(done.path) == []
    assert verify(done.path).found == {}


def test_a_crawl_goes_on_with_a_backup_that_was_put_back(
    unhurried: Twisted, crawled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The way back of docs/operating.md."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "backups").mkdir()
    kept = back_up(crawled, tmp_path / "backups").path
    back = CliRunner().invoke(app, ["backup", "bayegan.db", "--archive", str(kept)])
    assert (back.exit_code, back.stderr) == (0, "")
    assert run(tmp_path, *crawl_words(unhurried.url, tmp_path / "bayegan.db")).code == 0
    assert contents(tmp_path / "bayegan.db") == contents(crawled)


ROTATIONS = [
    ("what is there is few enough", 5, 23, ["01", "02", "03", "23"], []),
    ("the oldest make room", 2, 23, ["03", "23"], ["01", "02"]),
    ("one alone is kept", 1, 23, ["23"], ["01", "02", "03"]),
    ("a clock that was put back does not cost the newest", 1, 2, ["02"], ["01", "03"]),
]


@pytest.mark.parametrize(("what", "keep", "today", "left", "removed"), ROTATIONS, ids=[one[0] for one in ROTATIONS])
def test_the_newest_are_kept(
    what: str, keep: int, today: int, left: list[str], removed: list[str], archive: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "b"
    folder.mkdir()
    others = ["notes.txt", "x.db", "x-old.db", "y-20261101T023000Z.db", "x-20261101T023000Z.db.gz"]
    for name in others:
        (folder / name).write_text(what)
    for day in (1, 2, 3):
        (folder / f"x-202611{day:02}T023000Z.db").write_text("an older one")
    done = back_up(archive, folder, keep=keep, clock=at(today))
    assert names(folder) == sorted([*others, *(f"x-202611{day}T023000Z.db" for day in left)])
    assert [one.name for one in done.removed] == [f"x-202611{day}T023000Z.db" for day in removed]


def test_one_that_cannot_make_room_is_named_and_the_new_one_is_there(archive: Path, tmp_path: Path) -> None:
    stuck = tmp_path / "b" / "x-20261101T023000Z.db"
    stuck.mkdir(parents=True)
    with pytest.raises(ExportError, match=r"x-20261123T023000Z\.db is made, but .*x-20261101T023000Z\.db could not"):
        back_up(archive, tmp_path / "b", keep=1, clock=at(23))
    assert names(tmp_path / "b") == ["x-20261101T023000Z.db", "x-20261123T023000Z.db"]


def swap_two_pages(path: Path) -> None:
    change(path, "UPDATE pages SET body = (SELECT body FROM pages WHERE id = 2) WHERE id = 7")


def cut_a_page(path: Path) -> None:
    change(path, "UPDATE pages SET body = substr(body, 1, 9) WHERE id = 20")


def lose_a_row_of_an_index(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        detach_row(conn)


def write_over_the_file(path: Path) -> None:
    """What a failing disk does: of every page but the first, a few bytes are others."""
    with path.open("r+b") as file:
        for start in range(4096, path.stat().st_size, 4096):
            file.seek(start)
            file.write(b"\xff" * 16)


DAMAGED = [
    ("a page that holds another's bytes", swap_two_pages, "the page https://shabestan.news/news/107 is not as it was"),
    ("a page that was cut", cut_a_page, "the page https://shabestan.news/news/9002 cannot be unpacked"),
    ("an index that lacks a row", lose_a_row_of_an_index, "earlier backups stay (SQLite says: "),
    (
        "a broken file",
        write_over_the_file,
        "x.db is damaged: check it with `bayegan verify`, or restore it from a copy.",
    ),
]


@pytest.mark.parametrize(("what", "damage", "said"), DAMAGED, ids=[one[0] for one in DAMAGED])
def test_what_is_not_sound_takes_nobodys_place(
    what: str, damage: Any, said: str, archive: Path, tmp_path: Path
) -> None:
    (tmp_path / "b").mkdir()
    kept = back_up(archive, tmp_path / "b", clock=at(1)).path.read_bytes()
    damage(archive)
    with pytest.raises(ArchiveError) as error:
        back_up(archive, tmp_path / "b", keep=1, clock=at(2))
    assert said in str(error.value), what
    assert names(tmp_path / "b") == ["x-20261101T023000Z.db"]
    assert (tmp_path / "b" / "x-20261101T023000Z.db").read_bytes() == kept


def test_a_copy_that_lacks_a_row_is_not_sound(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = iter([{"articles": 20}, {"articles": 19}])
    monkeypatch.setattr(backing, "_counts", lambda _: next(counts))
    with pytest.raises(ArchiveError, match=r"it holds \{'articles': 19\} where the archive holds \{'articles': 20\}"):
        back_up(archive, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_one_that_was_killed_leaves_what_was_there_and_the_next_clears_up(archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "b"
    folder.mkdir()
    kept = back_up(archive, folder, clock=at(1)).path
    words = ("backup", str(folder), "--keep", "1", "--archive", str(archive))
    done = run(tmp_path, *words, trouble=Trouble(statement=1, from_on="PRAGMA integrity_check"))
    assert done.code == -9
    assert kept.name in names(folder)
    assert len(names(folder)) == 2
    assert run(tmp_path, *words).code == 0
    assert len(names(folder)) == 1
    assert kept.name not in names(folder)
