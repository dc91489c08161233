"""How `bayegan trend` shows what was written over time, and what it refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from patchy_days import made
from typer.testing import CliRunner

from bayegan.cli import app

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("trend") / "news.db")


def shown(path: Path, *words: str) -> tuple[str, str]:
    done = CliRunner().invoke(app, ["trend", *words, "--archive", str(path)], prog_name="bayegan")
    assert done.exit_code == 0, done.output
    return done.stdout, done.stderr


def test_the_command_shows_a_table(path: Path) -> None:
    lines = shown(path, "مسجد", "--by", "week", "--agency", "shabestan")[0].splitlines()
    assert [" ".join(line.split()) for line in lines] == [
        "agency period matches articles share days that count coverage",
        "shabestan 1399-09-15 2 4 50.00% 3 of 7 100.0%",
        "shabestan 1399-09-22 1 1 100.00% 1 of 1 100.0%",
    ]


def test_the_command_writes_json_lines(path: Path) -> None:
    rows = [json.loads(line) for line in shown(path, "مسجد", "--by", "day", "--json")[0].splitlines()]
    assert rows[2] == {
        "agency": None, "period": "1399-09-17", "first": "2020-12-07", "last": "2020-12-07", "matches": None,
        "articles": None, "share": None, "days": 2, "counted": 0, "coverage": None,
    }  # fmt: skip


def test_the_command_writes_csv(path: Path) -> None:
    written = shown(path, "مسجد", "--calendar", "gregorian", "--agency", "shabestan", "--csv")[0]
    assert written.splitlines() == [
        "agency,period,first,last,matches,articles,share,days,counted,coverage",
        "shabestan,2020-12,2020-12-05,2020-12-12,3,5,0.6,8,4,1.0",
    ]


def test_several_agencies_stand_below_each_other_and_one_without_a_whole_day_is_named(path: Path) -> None:
    table, said = shown(path, "مسجد", "--agency", "shabestan", "--agency", "example.ir", "--agency", "isna")
    assert [line.split()[0] for line in table.splitlines()] == ["agency", "shabestan", "example.ir"]
    assert said.startswith("No day of isna is known whole: `bayegan coverage` says what is missing")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("مسجد", "--json", "--csv"), "--json and --csv both want standard output: choose one of them."),
        (("مسجد", "--agency", "nobody"), "nobody"),
        (("مسجد", "--plot", "trend.pdf"), "«trend.pdf» does not say a form of picture: let it end in .png or .svg."),
        (("مسجد", "--from", "1399-09-20", "--to", "1399-09-10"), "swap the two days"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(path: Path, words: tuple[str, ...], said: str) -> None:
    done = CliRunner().invoke(app, ["trend", *words, "--archive", str(path)], prog_name="bayegan")
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
