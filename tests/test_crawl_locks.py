"""Several processes and one archive: an agency is one's at a time, and nobody is shut out of the file."""

from __future__ import annotations

import signal
from dataclasses import replace
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from agreement import disagreements, held, rows
from crawls import AZAR
from filelock import FileLock, Timeout
from hostile_site import Twisted
from killing import Command, Trouble, wait_for
from many_crawls import PLAIN, SMALL, crawl, slow, words

from bayegan.archive.writer import Writer

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Hostile


TWENTY = replace(PLAIN, stories=PLAIN.stories[:20])


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "x.db"


def test_processes_that_write_one_archive_at_once_wait_for_each_other(hostile: Hostile, db: Path) -> None:
    """Every article is a transaction of its own, and the archive is made by whoever comes first."""
    running = []
    for name in ("shabestan", "irna", "mehr"):
        folder = db.parent / name
        folder.mkdir()
        home = hostile(site=TWENTY).url
        every = words(db, name, options=(*AZAR, "--set=BAYEGAN_BATCH=1"))
        running.append(Command(every, folder, Trouble(homes=((name, home),))))
    ended = [one.end() for one in running]
    assert [(one.code, one.said) for one in ended] == [(0, ""), (0, ""), (0, "")]
    assert rows(db, "select agency, count(*) from articles group by 1 order by 1") == [
        ("irna", 20),
        ("mehr", 20),
        ("shabestan", 20),
    ]
    assert len(held(db)) == 20
    assert disagreements(db) == []


def test_who_writes_without_a_pause_starves_nobody(db: Path) -> None:
    """Whoever waits comes before whoever has just written, however quick that one is."""
    order: list[str] = []

    def wait() -> None:
        with Writer(db) as patient, patient.transaction():
            order.append("the patient")

    def somebody_waits() -> bool:
        lock = FileLock(db.with_name(f".{db.name}.turn.lock"), timeout=0)
        try:
            lock.acquire()
        except Timeout:
            return True
        lock.release()
        return False

    with Writer(db) as greedy:
        waiting = Thread(target=wait)
        with greedy.transaction():
            waiting.start()
            wait_for(somebody_waits)
        with greedy.transaction():
            order.append("the greedy")
        waiting.join()
    assert order == ["the patient", "the greedy"]


def test_the_lock_of_a_run_that_was_killed_is_free_at_once(hostile: Hostile, db: Path) -> None:
    site = hostile(site=SMALL, twist=slow)
    homes = {"shabestan": site.url, "irna": site.url}
    crawling = Command(words(db, *homes), db.parent, Trouble(homes=tuple(homes.items())))
    wait_for(lambda: rows(db, "select count(distinct agency) from ledger") == [(2,)])
    assert crawl({"irna": site.url}, db).code == 75
    crawling.send(signal.SIGKILL)
    assert crawling.end().code == -signal.SIGKILL
    site.twist = Twisted.plain
    again = crawl({"irna": site.url}, db)
    assert again.code == 0
    assert again.said.startswith("Run ")
    assert "was cut off before its end: what it left open is fetched first.\n" in again.said
