"""Who writes and who reads at once: transactions are whole or not at all, and the second waits for the first."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from archives import Clock, fetched, fill, story, take

from bayegan import open_archive
from bayegan.archive.intake import Intake
from bayegan.archive.writer import Writer
from crawler.errors import ArchiveError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


def test_an_error_leaves_nothing_behind(archive: Path) -> None:
    with Writer(archive) as writer:
        with suppress(KeyboardInterrupt), writer.transaction() as conn:
            conn.execute("INSERT INTO agencies (name) VALUES ('shabestan')")
            raise KeyboardInterrupt
        assert not writer.conn.in_transaction
        assert list(writer.conn.execute("SELECT * FROM agencies")) == []


def test_a_transaction_inside_another_is_undone_alone(archive: Path) -> None:
    with Writer(archive) as writer:
        with writer.transaction() as conn:
            conn.execute("INSERT INTO agencies (name) VALUES ('outer')")
            with suppress(KeyboardInterrupt), writer.transaction():
                conn.execute("INSERT INTO agencies (name) VALUES ('inner')")
                raise KeyboardInterrupt
        assert list(writer.conn.execute("SELECT name FROM agencies")) == [("outer",)]


KILLED = """
import os, signal, sys
from pathlib import Path
from bayegan.archive.writer import Writer
with Writer(Path(sys.argv[1])) as writer:
    with writer.transaction() as conn:
        conn.execute("INSERT INTO agencies (name) VALUES ('kept')")
    with writer.transaction() as conn:
        conn.execute("INSERT INTO agencies (name) VALUES ('lost')")
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_writer_loses_only_what_it_had_not_committed(archive: Path) -> None:
    assert subprocess.run([sys.executable, "-c", KILLED, str(archive)], check=False).returncode == -9
    with Writer(archive) as writer:
        assert list(writer.conn.execute("SELECT name FROM agencies")) == [("kept",)]
        assert writer.conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_second_writer_waits_for_the_first(archive: Path) -> None:
    with Writer(archive):
        pass
    order: list[str] = []

    def second() -> None:
        with Writer(archive) as writer, writer.transaction() as conn:
            order.append("second")
            conn.execute("INSERT INTO agencies (name) VALUES ('second')")

    with Writer(archive) as first:
        thread = threading.Thread(target=second)
        with first.transaction() as conn:
            thread.start()
            conn.execute("INSERT INTO agencies (name) VALUES ('first')")
            time.sleep(0.2)
            order.append("first")
        thread.join()
        assert order == ["first", "second"]
        assert list(first.conn.execute("SELECT name FROM agencies ORDER BY rowid")) == [("first",), ("second",)]


def test_a_writer_that_waits_too_long_says_so(archive: Path) -> None:
    with Writer(archive) as first, Writer(archive, busy_seconds=0.05) as second, first.transaction():
        with pytest.raises(ArchiveError, match="locked by another process: wait"), second.transaction():
            pass
        assert not second.conn.in_transaction


def test_a_reader_sees_the_last_commit_while_another_writes(archive: Path) -> None:
    fill(archive, [story("101")])
    with Writer(archive) as writer, open_archive(archive) as reader:
        with writer.transaction() as conn:
            conn.execute("DELETE FROM articles")
            assert reader.stats().articles == 1
        assert reader.stats().articles == 0


def test_a_full_disk_is_told_and_nothing_is_half_written(archive: Path) -> None:
    with Writer(archive) as writer:
        pages = writer.conn.execute("PRAGMA page_count").fetchone()[0]
        writer.conn.execute(f"PRAGMA max_page_count = {pages}")
        intake = Intake(writer, clock=Clock())
        noise = "".join(map(chr, range(0x20, 0x8000)))  # does not compress into the room that is left
        for code in ("101", "102"):
            take(intake, fetched(story(code), html=noise))
        with pytest.raises(ArchiveError, match="disk is full, nothing was written"):
            intake.flush()
        assert writer.conn.execute("SELECT count(*) FROM pages").fetchone() == (0,)
        assert intake.counts == {}

        writer.conn.execute("PRAGMA max_page_count = 100000")
        intake.flush()
        assert intake.counts == {"new": 2}
