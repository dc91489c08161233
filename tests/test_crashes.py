"""SIGKILL at random moments: nothing that was acknowledged is lost, nothing is there twice, and the rest is made up.

The moments are drawn from seeds: some in time, as a power cut or a scheduler would choose them, some before a statement
of SQL, which finds the middles of transactions however fast the machine is.
"""

from __future__ import annotations

import random
import shutil
import signal
from functools import partial
from typing import TYPE_CHECKING

import pytest
from agreement import contents, disagreements, held, lost, rows
from archives import fill, story
from crawls import crawl_words
from interrupted import TAKEN_DOWN, WRITING
from killing import Command, Trouble, run, statements, wait_for

from bayegan import open_archive
from bayegan.verifying import verify
from crawler.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from agreement import Contents
    from hostile_site import Twisted


KILLED = -signal.SIGKILL


@pytest.mark.parametrize(("seed", "by"), [(1, "time"), (2, "time"), (3, "time"), (4, "statement"), (5, "statement")])
def test_a_crawl_killed_ten_times_loses_nothing_and_ends_as_if_nobody_had(
    seed: int, by: str, unhurried: Twisted, undisturbed: Contents, tmp_path: Path
) -> None:
    moments, db, kills = random.Random(seed), tmp_path / "x.db", 0
    words = crawl_words(unhurried.url, db)
    while kills < 10:
        trouble = Trouble(statement=moments.randrange(1, 900) if by == "statement" else 0)
        crawl = Command(words, tmp_path, trouble)
        crawl.process.join(moments.uniform(0, 0.9) if by == "time" else None)
        acknowledged = held(db)
        crawl.send(signal.SIGKILL)
        code = crawl.end().code
        assert code in {0, KILLED}
        assert lost(acknowledged, held(db)) == {}
        assert not db.exists() or faults(db) == []
        kills += code == KILLED
        if code == 0:  # it came to its end before that: another archive
            assert contents(db) == undisturbed
            db.unlink()
    assert run(tmp_path, *words).code == 0
    assert contents(db) == undisturbed
    assert faults(db) == []


def test_the_run_after_a_killed_one_says_so_once(unhurried: Twisted, tmp_path: Path) -> None:
    db = tmp_path / "x.db"
    words = crawl_words(unhurried.url, db)
    crawl = Command(words, tmp_path)
    wait_for(lambda: len(held(db)) > 5)
    crawl.send(signal.SIGKILL)
    assert crawl.end().code == KILLED
    assert rows(db, "select ended, exit_code from runs") == [(None, None)]
    assert run(tmp_path, *words).said == "Run 1 was cut off before its end: what it left open is fetched first.\n"
    assert run(tmp_path, *words).said == ""


# The faults of these are there from the beginning: texts that do not give their hash, or all that is mended.
LOOKED_AT: dict[str, Callable[[Path], list[str]]] = {"reread": disagreements, "verify --repair": lambda _: []}


@pytest.mark.parametrize("name", WRITING)
def test_what_is_killed_before_a_statement_is_made_up_by_the_same_command(
    name: str, crawled: Path, tmp_path: Path
) -> None:
    words, db, whole = WRITING[name](tmp_path, crawled), tmp_path / "x.db", tmp_path / "whole.db"
    begun = db.read_bytes() if db.exists() else b""
    whole.write_bytes(begun)
    most = statements(tmp_path, *words[:-1], str(whole))
    codes = []
    for statement in random.Random(most).sample(range(1, most), 12):
        acknowledged = held(db)
        codes.append(run(tmp_path, *words, trouble=Trouble(statement=statement)).code)
        assert acknowledged.keys() - held(db).keys() <= ({TAKEN_DOWN} if name == "takedown" else set())
        assert LOOKED_AT.get(name, faults)(db) == []
        if codes[-1] == 0:  # those before it had done so much that it came to its end: begin again
            db.write_bytes(begun)
    assert set(codes) <= {0, KILLED}
    assert codes.count(KILLED) >= 6
    assert run(tmp_path, *words).code == 0
    assert contents(db) == contents(whole)
    assert rows(db, "select agency, started, ended from runs") == rows(whole, "select agency, started, ended from runs")
    assert faults(db) == []


def test_a_takedown_that_was_killed_is_ended_by_the_same_command_to_the_last_byte(
    crawled: Path, tmp_path: Path
) -> None:
    words, db = WRITING["takedown"](tmp_path, crawled), tmp_path / "x.db"
    title, *_ = rows(db, f"select title from articles where news_code = '{TAKEN_DOWN}'")[0]
    most, moments = statements(tmp_path, *words[:-1], str(shutil.copy(db, tmp_path / "whole.db"))), random.Random(13)
    for _ in range(6):
        run(tmp_path, *words, trouble=Trouble(statement=moments.randrange(most // 2, most)))
    assert run(tmp_path, *words).code == 0
    files = list(tmp_path.glob("x.db*"))
    assert not any(title.encode() in file.read_bytes() for file in files)
    assert title.encode() in crawled.read_bytes()


def faults(db: Path) -> list[str]:
    """A reader finds no archive yet, or an older one, or one in which everything agrees."""
    try:
        with open_archive(db):
            return [
                *disagreements(db),
                *(f"{fault.kind}: {fault.what}" for fault in verify(db).faults if not fault.note),
            ]
    except ArchiveError as error:
        return [] if any(said in str(error) for said in ("There is no archive", "an older bayegan")) else [str(error)]


def test_a_log_that_was_cut_anywhere_is_an_earlier_whole_archive(
    unhurried: Twisted, undisturbed: Contents, tmp_path: Path
) -> None:
    """What a power cut leaves of the log, or a copy without it; the file itself was not written yet."""
    db, copy = tmp_path / "x.db", tmp_path / "copy" / "x.db"
    crawl = Command(crawl_words(unhurried.url, db), tmp_path)
    wait_for(lambda: len(held(db)) > 8)
    crawl.send(signal.SIGKILL)
    crawl.end()
    acknowledged, log = held(db), (tmp_path / "x.db-wal").read_bytes()
    sizes = [0, *random.Random(7).sample(range(len(log)), 12), len(log)]
    found = []
    for size in sorted(sizes):
        shutil.rmtree(copy.parent, ignore_errors=True)
        copy.parent.mkdir()
        shutil.copy(db, copy)
        copy.with_name("x.db-wal").write_bytes(log[:size])
        assert faults(copy) == []
        found.append(len(held(copy)))
    assert found == sorted(found)
    assert (found[0], found[-1]) == (0, len(acknowledged))
    copy.with_name("x.db-wal").write_bytes(log[: len(log) // 2])
    assert run(tmp_path, *crawl_words(unhurried.url, copy)).code == 0
    assert contents(copy) == undisturbed


def has_another(folder: Path, before: frozenset[Path]) -> bool:
    return bool(frozenset(folder.iterdir()) - before)


def test_an_export_that_is_killed_leaves_what_was_there_and_the_next_clears_its_draft(tmp_path: Path) -> None:
    db = fill(tmp_path / "x.db", [story(str(code)) for code in range(1000, 4000)])
    folder = tmp_path / "out"
    folder.mkdir()
    path, moments = folder / "all.jsonl", random.Random(11)
    words = ("export", str(path), "--archive", str(db))
    path.write_text("an older export\n")
    for _ in range(6):
        before = frozenset(folder.iterdir())
        export = Command(words, tmp_path)
        wait_for(partial(has_another, folder, before))
        export.process.join(moments.uniform(0, 0.02))
        export.send(signal.SIGKILL)
        assert export.end().code == KILLED
        assert path.read_text() == "an older export\n"
        assert len(list(folder.iterdir())) == 2
    assert run(tmp_path, *words).code == 0
    assert [name.name for name in folder.iterdir()] == ["all.jsonl"]
    assert path.read_bytes().count(b"\n") == 3000


def test_a_draft_that_somebody_is_writing_is_left_alone(tmp_path: Path) -> None:
    db = fill(tmp_path / "x.db", [story(str(code)) for code in range(1000, 2000)])
    folder = tmp_path / "out"
    folder.mkdir()
    slow = Command(("export", str(folder / "slow.jsonl"), "--archive", str(db)), tmp_path)
    wait_for(lambda: any(folder.iterdir()))
    slow.send(signal.SIGSTOP)
    assert run(folder.parent, "export", str(folder / "quick.jsonl"), "--archive", str(db)).code == 0
    slow.send(signal.SIGCONT)
    assert slow.end().code == 0
    assert sorted(name.name for name in folder.iterdir()) == ["quick.jsonl", "slow.jsonl"]
