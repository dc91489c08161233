"""While the whole file is written anew, as a takedown does, the crawls of other agencies wait and lose nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from threading import Event, Thread, Timer
from typing import TYPE_CHECKING

import pytest
from agreement import contents, held, lost, rows
from archives import fill, story
from crawls import crawl_words
from killing import Command, Trouble, summary, wait_for

from bayegan.archive.lock import rewriting
from bayegan.archive.writer import Writer
from bayegan.takedown import take_down
from bayegan.verifying import verify
from crawler.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from agreement import Contents
    from hostile_site import Twisted

PATIENCE = 0.1  # seconds that a writer waits for another one: what takes longer than that is waited for, or fails


@contextmanager
def written_on(archive: Path) -> Iterator[None]:
    with closing(sqlite3.connect(archive, isolation_level=None)) as conn:
        conn.execute("BEGIN IMMEDIATE")
        yield
        conn.execute("ROLLBACK")


@contextmanager
def rewritten_until(archive: Path, over: Event) -> Iterator[None]:
    """Another thread that holds what a process would hold that writes the file anew."""
    begun = Event()

    def rewrite() -> None:
        with rewriting(archive), written_on(archive):
            begun.set()
            over.wait(30)

    thread = Thread(target=rewrite)
    thread.start()
    assert begun.wait(30)
    try:
        yield
    finally:
        over.set()
        thread.join(30)


def test_a_writer_waits_for_the_file_to_be_rewritten_and_for_nobody_else(tmp_path: Path) -> None:
    archive, over = fill(tmp_path / "x.db", [story("101")]), Event()
    with Writer(archive, busy_seconds=PATIENCE) as writer:
        with written_on(archive), pytest.raises(ArchiveError, match="locked by another process"), writer.transaction():
            pass
        with rewritten_until(archive, over):
            ending = Timer(5 * PATIENCE, over.set)
            ending.start()
            with writer.transaction() as conn:
                conn.execute("DELETE FROM ledger")
    assert over.is_set()


def test_a_crawl_goes_on_behind_a_rewriting_that_takes_longer_than_its_patience(
    unhurried: Twisted, undisturbed: Contents, tmp_path: Path
) -> None:
    db, over = tmp_path / "x.db", Event()
    crawl = Command(crawl_words(unhurried.url, db), tmp_path, Trouble(patience=PATIENCE))
    wait_for(lambda: len(held(db)) > 5)
    with rewritten_until(db, over):
        acknowledged = held(db)
        crawl.process.join(10 * PATIENCE)
        assert crawl.process.is_alive()
        assert held(db) == acknowledged
    done = crawl.end()
    assert (done.code, done.said) == (0, "")
    assert contents(db) == undisturbed


def test_a_takedown_and_the_crawl_of_another_agency_do_not_harm_each_other(unhurried: Twisted, tmp_path: Path) -> None:
    url = "https://www.tabnak.ir/fa/news/{}"
    others = [story(str(n), agency="tabnak", url=url.format(n), title=f"خبر ژرفکاوه {n}") for n in range(700, 710)]
    db = fill(tmp_path / "x.db", others)
    crawl = Command(crawl_words(unhurried.url, db), tmp_path)
    for n in range(700, 706):
        wait_for(lambda n=n: len(held(db)) > 10 + 4 * (n - 700))  # type: ignore[misc]
        acknowledged = held(db)
        with Writer(db) as writer:
            assert take_down(writer, ("tabnak", str(n))).held
        taken = {key for key in acknowledged if str(n) in key}
        assert lost({key: what for key, what in acknowledged.items() if key not in taken}, held(db)) == {}
    done = crawl.end()
    assert (done.code, summary(done)["held"], done.said) == (0, 89, "")
    assert rows(db, "select count(*) from articles where agency = 'tabnak'") == [(4,)]
    assert "ژرفکاوه 703".encode() not in db.read_bytes()
    assert [fault for fault in verify(db).faults if not fault.note] == []
