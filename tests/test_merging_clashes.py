"""What contradicts when two archives become one: it is refused by name, and what was taken down stays so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from archives import NOON, story
from merges import DAY, A, a, ask, everything, joined, kept, said, titles, told
from typer.testing import CliRunner

from bayegan.archive.ledger import Ledger
from bayegan.archive.writer import Writer
from bayegan.cli import app
from crawler.items import Link

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.items import Article


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
