"""Articles wait for each other and are written together: when, and what becomes of them if that fails."""

from __future__ import annotations

import pytest
from archives import Clock, fetched, story, take
from intakes import rows

from bayegan.archive.intake import Intake
from bayegan.archive.writer import Writer
from crawler.errors import ArchiveError


def test_a_full_batch_is_written(writer: Writer) -> None:
    intake = Intake(writer, clock=Clock(), batch=2)
    take(intake, fetched(story("101")))
    assert rows(writer, "SELECT count(*) FROM articles") == [(0,)]
    take(intake, fetched(story("102")))
    assert rows(writer, "SELECT count(*) FROM articles") == [(2,)]


def test_a_batch_that_waited_long_enough_is_written(writer: Writer) -> None:
    clock = Clock()
    intake = Intake(writer, clock=clock, seconds=2.0)
    for code, waited, written in (("101", 0, 0), ("102", 1.9, 0), ("103", 0.1, 3), ("104", 1.9, 3)):
        clock.move(seconds=waited)
        take(intake, fetched(story(code)))
        assert rows(writer, "SELECT count(*) FROM articles") == [(written,)]


def test_a_failed_flush_keeps_what_waits(writer: Writer, intake: Intake) -> None:
    take(intake, fetched(story("101")))
    with Writer(writer.path) as other, other.transaction():
        writer.conn.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(ArchiveError, match="locked by another process"):
            intake.flush()
        assert intake.judge(story("101")) == "unchanged"
        assert intake.counts == {}
    intake.flush()
    intake.flush()
    assert rows(writer, "SELECT news_code FROM articles") == [("101",)]
    assert intake.counts == {"new": 1}


def test_an_article_that_another_process_stored_first_is_no_error(writer: Writer, intake: Intake) -> None:
    take(intake, fetched(story("101")))
    with Writer(writer.path) as other:
        take(faster := Intake(other, clock=Clock()), fetched(story("101", kicker="دیگری")))
        faster.flush()
    intake.flush()
    assert rows(writer, "SELECT kicker FROM articles") == [("فرهنگ",)]
    assert intake.counts == {"revised": 1}
