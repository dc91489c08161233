"""The command `doctor`: each agency in a line, a faulty one with a page and what the reader finds on it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from archives import NOON, Clock, fetched, story, take
from pasts import night, nights, rows, write
from typer.testing import CliRunner

from bayegan.archive.intake import Intake
from bayegan.archive.lock import agency_lock
from bayegan.archive.writer import Writer
from bayegan.cli import app

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

LAST_NIGHT = datetime.now(UTC) - timedelta(hours=6)
PAGE = (
    '<meta name="generator" content="nastooh"><article id="item"><h1 class="title">کتابخانه</h1>'
    '<p class="introtext">باز شد.</p><div class="item-text"><p>سه کتابخانه تازه.</p></div></article>'
)
ILL = {"exit_code": 6, "since": LAST_NIGHT, "tags": 0}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Two agencies: of shabestan the tags were gone last night, tabnak is well."""
    path = tmp_path / "x.db"
    with Writer(path) as writer:
        intake = Intake(writer, clock=Clock())
        take(intake, fetched(story("101"), NOON))
        take(intake, fetched(story("102", tags=(), title="کتابخانه"), NOON, html=PAGE))
        intake.flush()
    write(path, [night(0, **ILL), *nights(since=LAST_NIGHT)])  # type: ignore[arg-type]  # each of its own kind
    others = [night(back, since=LAST_NIGHT) for back in range(12)]
    return write(path, [_numbered(one.id + 1000, one) for one in others], "tabnak")


def _numbered(number: int, run: Any) -> Any:
    return replace(run, id=number)


def doctor(archive: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["doctor", *words, "--archive", str(archive)])


def test_every_agency_has_a_line_and_a_faulty_one_its_page(archive: Path) -> None:
    done = doctor(archive)
    assert done.exit_code == 1
    first, *told = done.stdout.splitlines()
    assert first.startswith("shabestan: faulty (emptied); run 1000, ")
    assert first.endswith(", exit 6")
    assert told[:6] == [
        "  A field has run empty, the rest is read as before: 0 of 10 have tags, where 100% had.",
        "  for example https://shabestan.news/news/102",
        "    news_code  address",
        "    url        address",
        "    title      h1.title",
        "    lead       p.introtext",
    ]
    assert "    tags       not found" in told
    assert told[-1].startswith("tabnak: healthy; run 2000, ")


def test_machines_get_a_line_an_agency(archive: Path) -> None:
    done = doctor(archive, "--json")
    ill, well = map(json.loads, done.stdout.splitlines())
    assert (done.exit_code, ill["agency"], ill["state"], ill["run"], ill["exit"]) == (1, "shabestan", "faulty", 1000, 6)
    assert [(one["kind"], one["fields"]) for one in ill["troubles"]] == [("emptied", ["tags"])]
    assert ill["example"]["found"]["title"] == "h1.title"
    assert ill["example"]["lacks"] == ["published", "tags"]
    assert (ill["measures"]["read"], ill["measures"]["tags"]) == (10, 0)
    assert (well["agency"], well["state"], well["troubles"], well["example"]) == ("tabnak", "healthy", [], None)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("tabnak",), 0, ""),
        (("shabestan",), 1, ""),
        (("tabnak", "shabestan"), 1, ""),
        (("isna",), 1, "isna was never crawled into this archive: `bayegan crawl isna` begins.\n"),
        (("--accept",), 2, "--accept takes one agency's word at a time: name the agencies that you have looked at.\n"),
    ],
)
def test_the_code_says_whether_those_that_were_named_are_healthy(
    archive: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    done = doctor(archive, *words)
    assert (done.exit_code, done.stderr) == (code, said)


def test_an_agency_that_nobody_knows_is_a_mistake(archive: Path) -> None:
    assert doctor(archive, "shabestna").exit_code == 2


def test_an_archive_without_a_crawl_is_told(tmp_path: Path) -> None:
    with Writer(tmp_path / "x.db"):
        pass
    done = doctor(tmp_path / "x.db")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "Nothing was crawled into this archive: `bayegan crawl` begins.\n"


def test_what_was_accepted_is_how_the_agency_is_from_now_on(archive: Path) -> None:
    done = doctor(archive, "shabestan", "--accept")
    assert done.exit_code == 0
    assert done.stderr == "Accepted; 0 pages that were kept apart are fetched again by the next run.\n"
    assert done.stdout.startswith("shabestan: too early to say; run 1000, ")
    assert rows(archive, "select id from runs where json_extract(counts, '$.accepted')") == [(1000,)]


def test_nothing_is_accepted_while_a_run_holds_the_agency(archive: Path) -> None:
    with agency_lock(archive, "shabestan"):
        assert doctor(archive, "shabestan", "--accept").exit_code == 75
    assert doctor(archive, "shabestan").exit_code == 1


def test_looking_writes_nothing(archive: Path) -> None:
    before = rows(archive, "select id, counts, exit_code from runs")
    doctor(archive)
    assert rows(archive, "select id, counts, exit_code from runs") == before


def test_a_scheduler_that_has_stopped_is_noticed(archive: Path) -> None:
    write(archive, nights(since=LAST_NIGHT - timedelta(days=5)))
    done = doctor(archive, "shabestan")
    assert done.exit_code == 1
    assert "where one used to come every 24 hours: see whether the scheduler still starts it." in done.stdout
