"""Two archives become one: nothing is lost, nothing is there twice, and once more changes nothing."""

from __future__ import annotations

import json
import sqlite3
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from archives import LONG_TEXT, NOON, Clock, fetched, story, take
from typer.testing import CliRunner

from bayegan import open_archive
from bayegan.archive import pages, runs
from bayegan.archive.histories import Joined, Version, join
from bayegan.archive.intake import Intake
from bayegan.archive.ledger import Ledger
from bayegan.archive.lock import agency_lock
from bayegan.archive.runs import Summary
from bayegan.archive.writer import Writer
from bayegan.cli import app
from bayegan.merging import merge
from crawler.errors import AgencyBusyError, UsageError
from crawler.items import Link, Missed, Walked

if TYPE_CHECKING:
    from pathlib import Path

    from bayegan.merging import MergeSummary
    from crawler.items import Article

DAY = date(2020, 12, 7)
FOUND = ("articles", "new", "revised", "unchanged", "revisions", "runs", "taken_down", "conflict_count")
Seen = tuple["Article", int]  # an article, and at which hour after noon


def told(done: MergeSummary) -> dict[str, int]:
    return {name: count for name in FOUND if (count := getattr(done, name))}


def kept(path: Path, *seen: Seen | tuple[Article, None]) -> Path:
    """An archive that read these articles, each at its hour; at None, without a page."""
    with Writer(path) as writer:
        intake = Intake(writer, clock=Clock(NOON - timedelta(days=1)), batch=1)
        for article, hour in seen:
            at = None if hour is None else NOON + timedelta(hours=hour)
            take(intake, fetched(article, at))
    return path


def joined(ours: Path, theirs: Path) -> MergeSummary:
    with Writer(ours) as writer:
        return merge(writer, theirs, clock=Clock(NOON + timedelta(days=1)))


def everything(path: Path) -> list[str]:
    with sqlite3.connect(path) as conn:
        return [line for line in conn.iterdump() if "articles_fts" not in line]


def ask(path: Path, statement: str) -> list[Any]:
    with sqlite3.connect(path) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
        conn.execute("INSERT INTO articles_fts (articles_fts) VALUES ('integrity-check')")
        return conn.execute(statement).fetchall()


def titles(path: Path) -> tuple[str | None, list[tuple[str | None, int]]]:
    """What the article says, and what it said before, with the hours after noon."""
    with open_archive(path) as archive:
        row = archive.article("shabestan", "101")
        assert row is not None
        before = archive.revisions("shabestan", "101")
        return row.title, [(one.title, round((one.seen_at - NOON).total_seconds() / 3600)) for one in before]


def said(word: str) -> Article:
    return story("101", title=f"سه کتابخانه {word}")


A, B, C = (said(word) for word in ("یک", "دو", "سه"))
a, b, c = (str(one.title) for one in (A, B, C))


@pytest.mark.parametrize(
    ("ours", "theirs", "title", "before"),
    [
        ([(A, 0)], [(A, 5)], a, []),
        ([(A, 0)], [(B, 5)], b, [(a, 0)]),
        ([(B, 5)], [(A, 0)], b, [(a, 0)]),
        ([(A, 0), (B, 5)], [(A, 2)], b, [(a, 0)]),
        ([(A, 0), (B, 5)], [(A, 2), (B, 9)], b, [(a, 0)]),
        ([(A, 0), (C, 9)], [(A, 1), (B, 5)], c, [(a, 0), (b, 5)]),
        ([(A, 0), (B, 5)], [(B, 6), (A, 9)], a, [(a, 0), (b, 5)]),
        ([(B, 5)], [(A, 0), (B, 3), (A, 9)], a, [(a, 0), (b, 3)]),
        ([(A, 0)], [(B, 0)], a, [(b, 0)]),
    ],
)
def test_the_newer_reading_is_the_article_and_every_other_one_a_revision(
    ours: list[Seen], theirs: list[Seen], title: str, before: list[tuple[str, int]], tmp_path: Path
) -> None:
    mine, other = kept(tmp_path / "a.db", *ours), kept(tmp_path / "b.db", *theirs)
    joined(mine, other)
    found, revisions = titles(mine)
    assert (found, [text for text, _ in revisions]) == (title, [text for text, _ in before])
    once = everything(mine)
    assert set(told(joined(mine, other))) == {"articles", "unchanged"}
    assert everything(mine) == once
    assert ask(mine, "SELECT count(*) FROM articles") == [(1,)]


def test_everything_of_an_article_comes_over_with_its_pages(tmp_path: Path) -> None:
    mine = kept(tmp_path / "a.db", (story("101"), 0))
    other = kept(tmp_path / "b.db", (story("102", title="نخست"), 0), (story("102"), 3), (story("103"), None))
    assert told(joined(mine, other)) == {"articles": 2, "new": 2, "revisions": 1}
    with open_archive(mine) as ours, open_archive(other) as theirs:
        for code in ("102", "103"):
            got, had = ours.article("shabestan", code), theirs.article("shabestan", code)
            assert got is not None
            assert had is not None
            assert (got.article, got.first_seen, got.last_seen) == (had.article, had.first_seen, had.last_seen)
            assert ours.page_bytes("shabestan", code) == theirs.page_bytes("shabestan", code)
        assert [hit.news_code for hit in ours.search("کتابخانه")] == ["103", "102", "101"]
    assert ask(mine, "SELECT count(*) FROM pages") == [(3,)]
    assert ask(mine, "SELECT news_code FROM articles WHERE duplicate_of IS NOT NULL") == []


def test_pages_under_a_dictionary_are_packed_anew(tmp_path: Path) -> None:
    other = kept(tmp_path / "b.db", (story("101"), 0))
    dictionary, body = b"<html><body>" * 99, b"<html><body>a page</body></html>"
    with sqlite3.connect(other) as conn:
        conn.execute(
            "INSERT INTO dictionaries (id, agency, made_at, body) VALUES (7, 'shabestan', '', ?)", (dictionary,)
        )
        conn.execute("UPDATE pages SET dictionary_id = 7, body = ?", (pages.pack(body, dictionary),))
    joined(tmp_path / "a.db", other)
    with open_archive(tmp_path / "a.db") as archive:
        assert archive.page_bytes("shabestan", "101") == body


def test_a_page_is_given_to_an_article_that_came_without_one(tmp_path: Path) -> None:
    mine, other = kept(tmp_path / "a.db", (A, None)), kept(tmp_path / "b.db", (A, 0))
    assert told(joined(mine, other)) == {"articles": 1, "unchanged": 1}
    with open_archive(mine) as archive:
        assert archive.page_bytes("shabestan", "101") == f"<html>{a}</html>".encode()


@pytest.mark.parametrize("dump_is_ours", [True, False])
def test_a_page_replaces_a_text_dump_whichever_is_newer(dump_is_ours: bool, tmp_path: Path) -> None:  # noqa: FBT001
    dump = kept(tmp_path / "a.db", (story("101", title="از متن", reader="dump/1"), 9))
    page = kept(tmp_path / "b.db", (A, 0))
    mine, other = (dump, page) if dump_is_ours else (page, dump)
    joined(mine, other)
    assert titles(mine)[0] == a


@pytest.mark.parametrize(
    ("theirs", "reason"),
    [
        (story("101", title="قیمت طلا", lead=None, body="بازار طلا امروز آرام بود و کسی نخرید."), "was reused"),
        (story("102", url="https://shabestan.news/news/101"), "holds https://shabestan.news/news/101 already"),
    ],
)
def test_what_contradicts_what_is_held_is_refused_by_name(theirs: Article, reason: str, tmp_path: Path) -> None:
    mine, other = kept(tmp_path / "a.db", (A, 0)), kept(tmp_path / "b.db", (theirs, 5), (story("103"), 5))
    for new in (1, 0):
        done = joined(mine, other)
        assert (done.new, done.conflict_count) == (new, 1)
        [(name, why)] = done.conflicts
        assert (name, reason in why) == (f"shabestan/{theirs.news_code}", True)
    assert titles(mine) == (a, [])


@pytest.mark.parametrize("buried_is_ours", [True, False])
def test_a_tombstone_of_either_side_wins(buried_is_ours: bool, tmp_path: Path) -> None:  # noqa: FBT001
    holds = kept(tmp_path / "a.db", (said("گورستان"), 0), (said("دوم"), 1), (story("102"), 0))
    buried = kept(tmp_path / "b.db", (story("103", title="دیگری"), 0))
    with Writer(buried) as writer:
        Ledger(writer, "shabestan").note([Link(url="https://shabestan.news/news/101", news_code="101", day=DAY)], NOON)
        writer.conn.execute("INSERT INTO tombstones VALUES ('shabestan', '101', '2020-12-08T00:00:00Z', 'asked')")
        writer.conn.execute("UPDATE ledger SET state = 'taken_down' WHERE news_code = '101'")
    mine, other = (buried, holds) if buried_is_ours else (holds, buried)
    joined(mine, other)
    assert ask(mine, "SELECT news_code FROM articles ORDER BY 1") == [("102",), ("103",)]
    assert ask(mine, "SELECT state FROM ledger WHERE news_code = '101'") == [("taken_down",)]
    assert ask(mine, "SELECT why FROM tombstones") == [("asked",)]
    assert ask(mine, "SELECT count(*) FROM pages") == [(2,)]
    assert "گورستان".encode() not in mine.read_bytes()
    once = everything(mine)
    assert told(joined(mine, other)).get("new") is None
    assert everything(mine) == once


def test_what_was_only_listed_is_closed_too_and_its_address_does_not_come_back(tmp_path: Path) -> None:
    link = Link(url="https://shabestan.news/news/101/سه-کتابخانه", news_code="101", day=DAY)
    for name in ("listed.db", "also.db", "buried.db"):
        with Writer(tmp_path / name) as writer:
            Ledger(writer, "shabestan").note([link] if name != "buried.db" else [], NOON)
    with Writer(tmp_path / "buried.db") as writer:
        writer.conn.execute("INSERT INTO tombstones VALUES ('shabestan', '101', '2020-12-08T00:00:00Z', NULL)")
    joined(tmp_path / "listed.db", tmp_path / "buried.db")
    joined(tmp_path / "buried.db", tmp_path / "also.db")
    for name in ("listed.db", "buried.db"):
        assert ask(tmp_path / name, "SELECT state, url FROM ledger") == [("taken_down", None)]


LINK = Link(url="https://shabestan.news/news/7", news_code="7", day=DAY)


def ledger_of(path: Path, state: str) -> Path:
    """An archive whose ledger has one row, in this state."""
    with Writer(path) as writer:
        ledger = Ledger(writer, "shabestan")
        if state not in {"none", "held"}:
            ledger.note([LINK], NOON)
        if state == "held":
            take(intake := Intake(writer, clock=Clock()), fetched(story("7")))
            intake.flush()
        elif state not in {"none", "listed"}:
            ledger.missed(Missed(link=LINK, state=state, reason="so", status=500), NOON)  # type: ignore[arg-type]  # from the table
    return path


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("none", "listed", "listed"),
        ("listed", "failed", "failed"),
        ("blocked", "gone", "gone"),
        ("refused", "failed", "refused"),
        ("held", "gone", "held"),
        ("held", "listed", "held"),
        ("held", "none", "held"),
    ],
)
def test_of_two_states_the_one_that_knows_more_speaks_whoever_merges(
    one: str, other: str, both: str, tmp_path: Path
) -> None:
    for ours, theirs in ((one, other), (other, one)):
        mine, their = ledger_of(tmp_path / f"a-{ours}.db", ours), ledger_of(tmp_path / f"b-{theirs}.db", theirs)
        joined(mine, their)
        assert ask(mine, "SELECT state FROM ledger") == [(both,)]
        once = everything(mine)
        joined(mine, their)
        assert everything(mine) == once


def walked(path: Path, *, open_row: bool, walk: bool) -> Path:
    with Writer(path) as writer:
        ledger = Ledger(writer, "shabestan")
        if open_row:
            ledger.note([LINK], NOON)
        if walk:
            ledger.walked(Walked(first=DAY, last=DAY), NOON + timedelta(days=3))
            ledger.settle(DAY + timedelta(days=3))
    return path


@pytest.mark.parametrize(
    ("ours", "theirs", "complete"),
    [
        ({"open_row": False, "walk": False}, {"open_row": False, "walk": True}, [(1,)]),
        ({"open_row": False, "walk": True}, {"open_row": False, "walk": False}, [(1,)]),
        ({"open_row": True, "walk": False}, {"open_row": False, "walk": True}, [(0,)]),
        ({"open_row": False, "walk": True}, {"open_row": True, "walk": True}, [(0,)]),
        ({"open_row": True, "walk": False}, {"open_row": False, "walk": False}, []),
    ],
)
def test_a_day_is_complete_where_either_walked_it_and_nothing_of_it_is_open(
    ours: dict[str, bool], theirs: dict[str, bool], complete: list[tuple[int]], tmp_path: Path
) -> None:
    mine = walked(tmp_path / "a.db", **ours)
    joined(mine, walked(tmp_path / "b.db", **theirs))
    assert ask(mine, "SELECT complete FROM days") == complete


def test_runs_keep_all_but_their_numbers_and_the_ledger_follows_them(tmp_path: Path) -> None:
    for name, window in (("a.db", "theirs"), ("b.db", "ours")):
        with Writer(tmp_path / name) as writer:
            run = runs.begin(writer, "shabestan", NOON, home="https://shabestan.news", window=window, version="1")
            runs.end(writer, Summary(agency="shabestan", run=run, listed=1), NOON)
            if name == "b.db":
                Ledger(writer, "shabestan", run).note([LINK], NOON)
    assert told(joined(tmp_path / "a.db", tmp_path / "b.db")) == {"runs": 1}
    assert ask(tmp_path / "a.db", "SELECT id, window FROM runs") == [(1, "theirs"), (2, "ours")]
    assert ask(tmp_path / "a.db", "SELECT run_id FROM ledger") == [(2,)]
    assert told(joined(tmp_path / "a.db", tmp_path / "b.db")) == {}


def test_a_merge_that_was_cut_off_is_finished_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = kept(tmp_path / "b.db", *((story(str(code), body=f"{LONG_TEXT} {code}"), 0) for code in range(101, 111)))
    joined(tmp_path / "whole.db", other)
    monkeypatch.setattr("bayegan.merging.BATCH", 3)

    def stop(done: int) -> None:
        if done >= 6:
            raise KeyboardInterrupt

    with Writer(tmp_path / "a.db") as writer, pytest.raises(KeyboardInterrupt):
        merge(writer, other, clock=Clock(), report=stop)
    assert ask(tmp_path / "a.db", "SELECT count(*), (SELECT count(*) FROM ledger) FROM articles") == [(6, 6)]
    assert told(joined(tmp_path / "a.db", other)) == {"articles": 10, "new": 4, "unchanged": 6}
    for table in ("articles", "ledger", "revisions"):
        rows = f"SELECT * FROM {table}"
        assert ask(tmp_path / "a.db", rows) == ask(tmp_path / "whole.db", rows)


def test_an_archive_is_not_merged_into_itself_nor_while_a_run_holds_its_agency(tmp_path: Path) -> None:
    mine, other = kept(tmp_path / "a.db", (A, 0)), kept(tmp_path / "b.db", (A, 0))
    with pytest.raises(UsageError, match="is this very archive"):
        joined(mine, mine)
    with agency_lock(mine, "shabestan"), pytest.raises(AgencyBusyError):
        joined(mine, other)


def test_the_command_says_what_it_did_and_names_conflicts(tmp_path: Path) -> None:
    reused = story("101", title="قیمت طلا", lead=None, body="بازار طلا امروز آرام بود و کسی نخرید.")
    mine, other = kept(tmp_path / "a.db", (A, 0)), kept(tmp_path / "b.db", (reused, 5), (story("103"), 5))
    first, second = (
        CliRunner().invoke(app, ["merge", str(other), "--archive", str(mine), *more]) for more in ((), ("--json",))
    )
    assert (first.exit_code, second.exit_code) == (4, 4)
    counted = "2 articles, 1 new, 0 revised, 0 unchanged, 0 revisions, 0 runs, 0 taken down, 1 refused"
    assert first.stdout == f"{other}: {counted}\n"
    assert first.stderr.startswith(f"{other}, shabestan/101: The code of shabestan/101 was reused")
    assert json.loads(second.stdout)["unchanged"] == 1


def test_the_same_reading_seen_at_other_times_is_no_revision() -> None:
    ours = [Version("1", "a", ours=True, revision=1), Version("5", "b", ours=True)]
    theirs = [Version(seen, text, ours=False, revision=9) for seen, text in (("2", "a"), ("3", "c"), ("4", "a"))]
    last = Version("6", "b", ours=False)
    assert join(ours, [*theirs, last]) == Joined(theirs_wins=False, added=tuple(theirs[1:]))
