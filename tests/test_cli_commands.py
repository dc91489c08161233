"""What each command shows and answers, on a small archive."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from archives import NOON, Clock, fetched, fill, story, take
from typer.testing import CliRunner, Result

from bayegan.archive.intake import Intake
from bayegan.archive.ledger import Ledger
from bayegan.archive.runs import Summary, begin, end
from bayegan.archive.writer import Writer
from bayegan.cli import app
from crawler.items import Link, Missed

if TYPE_CHECKING:
    from pathlib import Path

STORY_HEAD = """\
agency     shabestan
news_code  101
url        https://shabestan.news/news/101
kicker     فرهنگ
title      سه کتابخانه تازه در شهر 101
lead       خبری از شورای شهر.
published  1399-09-17 11:30 (2020-12-07)
modified   –
place      شیراز
authors    مریم رضایی
sections   فرهنگی
tags       كتاب، شورای شهر
image      –
kind       text
language   fa
reader     nastooh/1
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Two articles, of which one changed, one that failed, and a run."""
    path = fill(tmp_path / "x.db", [story("101"), story("102", body="متن\u200cهای دیگر.", published=None)])
    with Writer(path) as writer:
        run = begin(writer, "shabestan", NOON, home="https://shabestan.news", window=None, version="0")
        intake = Intake(writer, clock=Clock(), run_id=run)
        take(intake, fetched(story("102", title="عنوان تازه", body="متن\u200cهای دیگر.", published=None)))
        intake.flush()
        ledger = Ledger(writer, "shabestan", run)
        missed = Link(url="https://shabestan.news/news/103", news_code="103", day=NOON.date())
        ledger.note([missed], NOON)
        ledger.missed(Missed(link=missed, state="failed", reason="It answered 503.", status=503), NOON)
        end(writer, Summary(agency="shabestan", run=run, listed=3, held=2, failed=1, exit=4), NOON)
    return path


@pytest.fixture
def bayegan(archive: Path) -> Any:
    def run(*words: str, **options: Any) -> Result:
        return CliRunner().invoke(app, words, env={"BAYEGAN_ARCHIVE": str(archive)}, **options)

    return run


def documents(answered: Result) -> list[Any]:
    return [json.loads(line) for line in answered.stdout.splitlines()]


def test_a_hit_is_its_name_and_day_its_title_and_the_marked_text(bayegan: Any) -> None:
    answered = bayegan("search", "كتابخانه", "تازه", "--limit", "1")
    assert (answered.exit_code, answered.stderr) == (0, "1 of 1\n")
    name, title, text = answered.stdout.splitlines()
    assert name == "shabestan/101  1399-09-17 11:30 (2020-12-07)"
    assert title == "سه «کتابخانه» «تازه» در شهر 101"
    assert "«کتابخانه»" in text


def test_hits_in_json_are_articles_with_a_snippet(bayegan: Any) -> None:
    hits = documents(bayegan("search", "متن های", "--json"))
    assert [(hit["agency"], hit["news_code"], hit["title"]) for hit in hits] == [("shabestan", "102", "عنوان تازه")]
    assert list(hits[0]) == [
        "agency", "news_code", "url", "title", "kicker", "lead", "body", "tags", "sections", "authors", "place",
        "published", "published_jalali", "modified", "image", "kind", "language", "reader", "snippet", "next",
    ]  # fmt: skip
    assert hits[0]["snippet"] == "«متن\u200cهای» دیگر."


@pytest.mark.parametrize("json_option", [(), ("--json",)])
def test_a_search_that_finds_nothing_is_done_and_says_so(bayegan: Any, json_option: tuple[str, ...]) -> None:
    answered = bayegan("search", "زرافه", *json_option)
    assert (answered.exit_code, answered.stdout, answered.stderr) == (0, "", "Nothing found for «زرافه».\n")


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ("--from ۱۳۹۹/۰۹/۱۷ --to 2020-12-07", ["101"]),
        ("--to 1399-09-16", []),
        ("--tag کتاب", ["102", "101"]),
        ("--section ورزشی", []),
        ("--agency shabestan --sort relevance", ["101", "102"]),
        ("--limit 1", ["101"]),
    ],
)
def test_a_search_is_narrowed_by_its_options(bayegan: Any, options: str, codes: list[str]) -> None:
    answered = bayegan("search", "شورای شهر", "--json", *options.split())
    assert sorted(hit["news_code"] for hit in documents(answered)) == sorted(codes)


@pytest.mark.parametrize("name", ["shabestan/101", "shabestan/۱۰۱"])
def test_an_article_is_shown_a_field_a_line_and_then_its_body(bayegan: Any, name: str) -> None:
    answered = bayegan("show", name)
    assert answered.stdout == f"{STORY_HEAD}\n{story().body}\n"


def test_an_article_in_json_is_one_document(bayegan: Any) -> None:
    (shown,) = documents(bayegan("show", "shabestan/101", "--json"))
    assert shown["published"] == "2020-12-07T11:30:00+03:30"
    assert (shown["published_jalali"], shown["modified"], shown["tags"]) == ("1399-09-17", None, ["كتاب", "شورای شهر"])


def test_the_page_is_its_bytes(bayegan: Any) -> None:
    answered = bayegan("show", "shabestan/101", "--page")
    assert answered.stdout_bytes == "<html>سه کتابخانه تازه در شهر 101</html>".encode()


def test_earlier_readings_are_shown_the_first_first(bayegan: Any) -> None:
    answered = bayegan("show", "shabestan/102", "--revisions")
    assert answered.stdout.splitlines()[:3] == [
        "seen_at  1399-09-17 12:00 (2020-12-07)",
        "kicker   فرهنگ",
        "title    سه کتابخانه تازه در شهر 102",
    ]
    (revision,) = documents(bayegan("show", "shabestan/102", "--revisions", "--json"))
    assert (revision["title"], revision["seen_at"]) == ("سه کتابخانه تازه در شهر 102", "2020-12-07T12:00:00+03:30")


def test_an_article_that_never_changed_has_no_earlier_reading(bayegan: Any) -> None:
    answered = bayegan("show", "shabestan/101", "--revisions")
    assert (answered.exit_code, answered.stdout) == (0, "")
    assert answered.stderr == "There is no earlier reading: the article has not changed since it was first read.\n"


@pytest.mark.parametrize("options", [(), ("--json",), ("--page",), ("--revisions",)])
def test_an_article_that_is_not_held_is_not_found(bayegan: Any, options: tuple[str, ...]) -> None:
    answered = bayegan("show", "shabestan/999", *options)
    assert (answered.exit_code, answered.stdout) == (1, "")
    assert answered.stderr.startswith("The archive holds no article shabestan/999: ")


def test_coverage_compares_listed_and_held_by_day(bayegan: Any) -> None:
    lines = [line.split() for line in bayegan("coverage", "shabestan").stdout.splitlines()]
    assert lines == [
        ["agency", "day", "listed", "held", "failed", "gone", "missing", "share", "complete"],
        ["shabestan", "–", "1", "1", "0", "0", "0", "100.0%", "no"],
        ["shabestan", "1399-09-17", "(2020-12-07)", "2", "1", "1", "0", "1", "50.0%", "no"],
    ]


def test_coverage_in_json_is_a_line_a_day(bayegan: Any) -> None:
    days = documents(bayegan("coverage", "--json", "--from", "1399/9/17", "--to", "1399/9/17"))
    assert days == [
        {
            "agency": "shabestan", "day": "2020-12-07", "listed": 2, "held": 1, "failed": 1, "gone": 0,
            "missing": 1, "share": 0.5, "complete": False,
        }
    ]  # fmt: skip


def test_coverage_of_days_that_nothing_was_listed_for_says_so(bayegan: Any) -> None:
    answered = bayegan("coverage", "--from", "1380-01-01", "--to", "1380-12-29")
    assert (answered.exit_code, answered.stdout) == (0, "")
    assert answered.stderr.startswith("Nothing was listed")


def test_runs_are_listed_with_their_counts_and_exit_code(bayegan: Any) -> None:
    head, run = (line.split() for line in bayegan("runs").stdout.splitlines())
    assert head == ["run", "agency", "started", "took", "window", "listed", "held", "new", "failed", "exit"]
    assert run == ["1", "shabestan", "1399-09-17", "12:00", "(2020-12-07)", "0", "s", "–", "3", "2", "0", "1", "4"]
    (in_json,) = documents(bayegan("runs", "--json"))
    assert (in_json["id"], in_json["counts"]["held"], in_json["exit_code"]) == (1, 2, 4)


def test_stats_say_what_is_held(bayegan: Any) -> None:
    said = bayegan("stats").stdout
    assert "shabestan         2  1399-09-17 11:30 (2020-12-07)  1399-09-17 11:30 (2020-12-07)" in said
    assert "listed, now failed" in said
    (held,) = documents(bayegan("stats", "--json"))
    assert (held["articles"], held["ledger"], held["revisions"]) == (2, {"failed": 1, "held": 2}, 1)


def test_agencies_are_those_of_the_spiders(bayegan: Any) -> None:
    known = {one["name"]: one for one in documents(bayegan("agencies", "--json"))}
    assert known["shabestan"] == {
        "name": "shabestan",
        "title": "خبرگزاری شبستان",
        "home": "https://shabestan.news",
        "family": "nastooh",
        "domains": ["shabestan.ir"],
    }
    assert "shabestan" in bayegan("agencies").stdout


def test_control_characters_of_a_page_do_not_reach_the_terminal(tmp_path: Path) -> None:
    file = fill(tmp_path / "y.db", [story("1", title="خبر\x1b]0;x\x07 تازه")])
    for command in ("search خبر", "show shabestan/1"):
        answered = CliRunner().invoke(app, [*command.split(), "--archive", str(file)])
        assert answered.exit_code == 0
        assert "]0;x" in answered.stdout
        assert "\x1b" not in answered.stdout


def test_the_demo_is_given_its_archive_and_its_ways(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[Any] = []

    def run(archive: Path, publish: int, say: Any) -> int:
        asked.extend((archive, publish))
        say("crawled")
        return 4

    monkeypatch.setattr("bayegan.demo.run", run)
    answered = CliRunner().invoke(app, ["demo", "--publish", "3", "--archive", str(tmp_path / "d.db")])
    assert (asked, answered.stdout, answered.exit_code) == ([tmp_path / "d.db", 3], "crawled\n", 4)
