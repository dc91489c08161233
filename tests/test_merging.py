"""Two archives become one: nothing is lost, nothing is there twice, and once more changes nothing."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from archives import LONG_TEXT, Clock, story
from merges import A, B, C, Seen, a, ask, b, c, everything, joined, kept, titles, told

from bayegan import open_archive
from bayegan.archive.histories import Joined, Version, join
from bayegan.archive.lock import agency_lock
from bayegan.archive.pages import packing
from bayegan.archive.writer import Writer
from bayegan.merging import merge
from crawler.errors import AgencyBusyError, UsageError

if TYPE_CHECKING:
    from pathlib import Path


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
        conn.execute("UPDATE pages SET dictionary_id = 7, body = ?", (packing.pack(body, dictionary),))
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


def test_the_same_reading_seen_at_other_times_is_no_revision() -> None:
    ours = [Version("1", "a", ours=True, revision=1), Version("5", "b", ours=True)]
    theirs = [Version(seen, text, ours=False, revision=9) for seen, text in (("2", "a"), ("3", "c"), ("4", "a"))]
    last = Version("6", "b", ours=False)
    assert join(ours, [*theirs, last]) == Joined(theirs_wins=False, added=tuple(theirs[1:]))
