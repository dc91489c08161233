"""The command `export`: what its options come to."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from archives import fill
from copied_texts import BRIDGE, SCHOOL, report
from exports import codes, read
from typer.testing import CliRunner

from bayegan.archive.reader import open_archive
from bayegan.cli import app
from bayegan.cli.export import _bar, _sum
from bayegan.exporting import Narrowing
from bayegan.search import Filter

if TYPE_CHECKING:
    from pathlib import Path

STORIES = (
    report("shabestan", "101", *BRIDGE, title="=جمع"),
    report("shabestan", "102", *BRIDGE),
    report("shabestan", "103", *SCHOOL, tags=("آب",)),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(fill(tmp_path_factory.mktemp("command") / "x.db", STORIES))


def bayegan(*words: str) -> Any:
    return CliRunner().invoke(app, words)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("--fields news_code,title --limit 1", [{"news_code": "103", "title": "سه کتابخانه تازه در شهر 103"}]),
        ("--fields news_code --sample 2 --seed 3", [{"news_code": "103"}, {"news_code": "102"}]),
        ("--fields news_code --coverage-at-least 0.95 --distinct", [{"news_code": "103"}, {"news_code": "101"}]),
        ("--fields news_code,tags --tag آب", [{"news_code": "103", "tags": ["آب"]}]),
    ],
)
def test_options_say_which_articles_and_what_of_them(options: str, expected: list[Any], archive: str) -> None:
    answered = bayegan("export", "-", *options.split(), "--archive", archive)
    assert answered.exit_code == 0, answered.stderr
    assert [json.loads(line) for line in answered.stdout.splitlines()] == expected


def test_no_body_leaves_the_texts_out(archive: str, tmp_path: Path) -> None:
    assert bayegan("export", str(tmp_path / "out.jsonl"), "--no-body", "--archive", archive).exit_code == 0
    row = read(tmp_path / "out.jsonl")[0]
    assert not {"lead", "body"} & row.keys()
    assert len(row["content_hash"]) == 64


def test_cells_are_made_safe_for_a_spreadsheet(archive: str, tmp_path: Path) -> None:
    path = tmp_path / "out.tsv"
    answered = bayegan("export", str(path), "--defuse", "--bom", "--limit", "3", "--archive", archive)
    assert answered.stderr == f"3 articles written to {path}.\n"
    assert path.read_bytes().startswith(b"\xef\xbb\xbfagency\tnews_code")
    assert read(path)[2]["title"] == "'=جمع"


def test_a_folder_is_written_by_agency_and_year(archive: str, tmp_path: Path) -> None:
    answered = bayegan("export", str(tmp_path / "parts"), "--partition", "--archive", archive)
    assert answered.stderr == f"3 articles written to {tmp_path / 'parts'}.\n"
    assert codes(tmp_path / "parts" / "by_agency=shabestan" / "by_year=1399" / "articles.parquet") == [
        "103",
        "102",
        "101",
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("out --partition --bom", "out is no table of cells"),
        ("out.warc.gz --no-body", "A WARC file holds whole pages: leave out --fields, --no-body, --defuse and --bom."),
        ("out.csv --fields titel", "«titel» is no field of an article"),
        ("out.csv --no-body --fields body", "body cannot be written without texts"),
        ("out.csv --coverage-at-least 95", "A coverage of 95 cannot be"),
        ("out.csv --sample 0", "Invalid value for '--sample'"),
        ("- --partition", "A folder cannot be written to standard output"),
    ],
)
def test_what_makes_no_sense_is_a_usage_error(
    line: str, said: str, archive: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answered = bayegan("export", *line.split(), "--archive", archive)
    assert (answered.exit_code, answered.stdout) == (2, "")
    assert said in answered.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("narrowing", "limit", "total"),
    [
        (Narrowing(), None, 3),
        (Narrowing(), 2, 2),
        (Narrowing(sample=1), 2, 1),
        (Narrowing(distinct=True), None, None),
        (Narrowing(coverage=0.5), 2, None),
    ],
)
def test_the_bar_knows_how_many_there_will_be(
    narrowing: Narrowing, limit: int | None, total: int | None, archive: str
) -> None:
    with open_archive(archive) as opened:
        assert _sum(opened, Filter(limit=limit), narrowing) == total


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_shown_a_bar_and_a_file_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", io.StringIO())
    with _bar(tmp_path / "out.csv", lambda: 7) as report:
        assert report is None
    terminal = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr", terminal)
    with _bar(tmp_path / "out.csv", lambda: 7) as report:
        assert report is not None
        report(5)
    assert "out.csv" in terminal.getvalue()
    assert "5/7" in terminal.getvalue()
