"""Two ledgers become one: the state that knows more, the days that are complete, the runs that each has had."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from archives import NOON, Clock, fetched, story, take
from merges import DAY, ask, everything, joined, told

from bayegan.archive import runs
from bayegan.archive.intake import Intake
from bayegan.archive.ledger import Ledger
from bayegan.archive.runs import Summary
from bayegan.archive.writer import Writer
from crawler.items import Link, Missed, Walked

if TYPE_CHECKING:
    from pathlib import Path

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
