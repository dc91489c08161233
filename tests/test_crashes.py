"""SIGKILL at random moments: nothing that was acknowledged is lost, nothing is there twice, and the rest is made up.

The moments are drawn from seeds: some in time, as a power cut or a scheduler would choose them, some before a statement
of SQL, which finds the middles of transactions however fast the machine is.
"""

from __future__ import annotations

import random
import shutil
import signal
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from agreement import contents, disagreements, held, lost, rows
from archives import LONG_TEXT, fill, story
from imports import WHOLE, lines
from killing import Command, Trouble, crawl_words, run, statements, summary, wait_for

from bayegan import open_archive
from bayegan.archive import schema
from bayegan.archive.index import DELETE_ALL
from bayegan.archive.writer import Writer
from bayegan.example import default_site
from crawler.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Hostile
    from hostile_site import Twisted

    from bayegan.example.answering import Request, Response

KILLED = -signal.SIGKILL
STORIES = 90


def unhurried(site: Twisted, request: Request) -> Response:
    """Answers in three milliseconds: a crawl of the site takes a second or two."""
    return replace(site.plain(request), delay=0.003)


@pytest.fixture
def home(hostile: Hostile) -> str:
    site = replace(default_site(STORIES), slow_seconds=0.1)
    return hostile(site=site, twist=unhurried).url


@pytest.mark.parametrize("seed", range(6))
def test_a_crawl_killed_ten_times_loses_nothing_and_ends_as_if_nobody_had(seed: int, home: str, tmp_path: Path) -> None:
    moments, db, whole = random.Random(seed), tmp_path / "killed.db", tmp_path / "whole.db"
    words, kills = crawl_words(home, db), 0
    while kills < 10:
        crawl = Command(words, tmp_path)
        crawl.process.join(moments.uniform(0, 1.2))
        acknowledged = held(db)
        crawl.send(signal.SIGKILL)
        code = crawl.end().code
        kills += code == KILLED
        assert code in {0, KILLED}
        assert lost(acknowledged, held(db)) == {}
        if held(db):
            assert disagreements(db) == []
    done = run(tmp_path, *words)
    assert (done.code, summary(done)["listed"], summary(done)["held"]) == (0, STORIES, STORIES - 1)
    run(tmp_path, *crawl_words(home, whole))
    assert contents(db) == contents(whole)
    assert disagreements(db) == []


def test_the_run_after_a_killed_one_says_so_once(home: str, tmp_path: Path) -> None:
    db = tmp_path / "x.db"
    words = crawl_words(home, db)
    crawl = Command(words, tmp_path)
    wait_for(lambda: len(held(db)) > 5)
    crawl.send(signal.SIGKILL)
    assert crawl.end().code == KILLED
    assert rows(db, "select ended, exit_code from runs") == [(None, None)]
    assert run(tmp_path, *words).said == "Run 1 was cut off before its end: what it left open is fetched first.\n"
    assert run(tmp_path, *words).said == ""


def a_file_to_import(folder: Path) -> tuple[str, ...]:
    """Articles of which two say the same, among them one that is held already and has changed."""
    db = fill(folder / "x.db", [story("200"), story("201")])
    names = (str(number) for number in range(200, 260))
    records = [
        WHOLE
        | {"news_code": name, "url": f"https://shabestan.news/news/{name}", "body": f"{LONG_TEXT} {int(name) // 2}"}
        for name in names
    ]
    return ("import", str(lines(folder / "in.jsonl", *records)), "--archive", str(db))


def an_empty_folder(folder: Path) -> tuple[str, ...]:
    """The first migration is what an import begins with."""
    return ("import", str(lines(folder / "in.jsonl", WHOLE)), "--archive", str(folder / "x.db"))


def an_older_fold(folder: Path) -> tuple[str, ...]:
    """An index that an older bayegan fed: the next writer feeds it anew."""
    db = fill(folder / "x.db", [story(str(code), body=f"{LONG_TEXT} {code}") for code in range(300, 340)])
    with Writer(db) as writer, writer.transaction() as conn:
        conn.execute(DELETE_ALL)
        conn.execute("INSERT INTO articles_fts (rowid, title, lead, body) SELECT id, title, lead, body FROM articles")
        conn.execute(f"PRAGMA user_version = {schema.FOLD_VERSION - 1}")
    return ("import", str(lines(folder / "in.jsonl", WHOLE)), "--archive", str(db))


WRITING: dict[str, Callable[[Path], tuple[str, ...]]] = {
    "import": a_file_to_import,
    "migration": an_empty_folder,
    "index": an_older_fold,
}


@pytest.mark.parametrize("begin", WRITING.values(), ids=WRITING)
def test_what_is_killed_before_a_statement_is_made_up_by_the_same_command(
    begin: Callable[[Path], tuple[str, ...]], tmp_path: Path
) -> None:
    words, db, whole = begin(tmp_path), tmp_path / "x.db", tmp_path / "whole.db"
    if db.exists():
        shutil.copy(db, whole)
    most = statements(tmp_path, *words[:-1], str(whole))
    for statement in random.Random(most).sample(range(1, most), 12):
        acknowledged = held(db)
        assert run(tmp_path, *words, trouble=Trouble(statement=statement)).code in {0, KILLED}
        assert lost_by_import(acknowledged, held(db)) == set()
        assert db_is_old_or_whole(db)
    assert run(tmp_path, *words).code == 0
    assert contents(db) == contents(whole)
    assert disagreements(db) == []


def lost_by_import(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """An import may revise; it never takes away."""
    return set(before) - set(after)


def db_is_old_or_whole(db: Path) -> bool:
    """A reader finds no archive yet, an older one that it refuses, or one in which everything agrees."""
    try:
        with open_archive(db):
            return disagreements(db) == []
    except ArchiveError as error:
        return any(said in str(error) for said in ("There is no archive", "an older bayegan"))


def test_a_log_that_was_cut_anywhere_is_an_earlier_whole_archive(home: str, tmp_path: Path) -> None:
    """What a power cut leaves of the log, or a copy without it; the file itself was not written since."""
    db, copy = tmp_path / "x.db", tmp_path / "copy" / "x.db"
    crawl = Command(crawl_words(home, db), tmp_path)
    wait_for(lambda: len(held(db)) > 20)
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
        assert db_is_old_or_whole(copy)
        found.append(len(held(copy)))
    assert found == sorted(found)
    assert (found[0], found[-1]) == (0, len(acknowledged))
    done = run(tmp_path, *crawl_words(home, copy))
    assert (done.code, summary(done)["held"]) == (0, STORIES - 1)


def test_an_export_that_is_killed_leaves_what_was_there_and_the_next_clears_its_draft(tmp_path: Path) -> None:
    db = fill(tmp_path / "x.db", [story(str(code)) for code in range(1000, 4000)])
    folder = tmp_path / "out"
    folder.mkdir()
    path, moments = folder / "all.jsonl", random.Random(11)
    words = ("export", str(path), "--archive", str(db))
    path.write_text("an older export\n")
    for _ in range(6):
        before = set(folder.iterdir())
        export = Command(words, tmp_path)
        wait_for(lambda before=before: set(folder.iterdir()) - before)  # type: ignore[misc]  # mypy and defaults of lambdas
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
