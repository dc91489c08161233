"""The command line as a whole: its help, its words to the user, its exit codes, what it loads."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from archives import fill, story
from typer.testing import CliRunner, Result

from bayegan import crawling
from bayegan.archive.runs import Summary
from bayegan.cli import app
from crawler.errors import AgencyBusyError, ArchiveError, BayeganError

AZAR = (date(2020, 11, 21), date(2020, 12, 20))
SUMMARY = Summary(
    agency="shabestan",
    run=7,
    since=AZAR[0],
    until=AZAR[1],
    listed=40,
    held=39,
    new=3,
    failed=1,
    requests=45,
    seconds=50.2,
    exit=4,
    reasons=("shabestan/101 answered 503 four times: the next crawl tries again.",),
)


def bayegan(*words: str, **options: Any) -> Result:
    return CliRunner().invoke(app, words, env={"BAYEGAN_ARCHIVE": None, "BAYEGAN_DEBUG": None}, **options)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[crawling.CrawlRequest]:
    """What the command line asks of the crawl, which is not run."""
    requests: list[crawling.CrawlRequest] = []

    def crawl(request: crawling.CrawlRequest) -> Summary:
        requests.append(request)
        return SUMMARY

    monkeypatch.setattr(crawling, "crawl", crawl)
    return requests


@pytest.fixture
def archive(tmp_path: Path) -> str:
    return str(fill(tmp_path / "x.db", [story("101"), story("102")]))


def test_the_help_lists_every_command_in_its_panel() -> None:
    panels: dict[str, list[str]] = {}
    for line in bayegan("--help").stdout.splitlines():
        if line.endswith(":") and not line.startswith(" "):
            panels[line[:-1]] = []
        elif panels and line.startswith("  ") and line[2] not in " -":
            panels[next(reversed(panels))].append(line.split()[0])
    assert panels == {
        "Options": [],
        "Daily": ["crawl", "search", "show", "export", "coverage"],
        "Research": ["copies", "trend", "words", "read", "import", "stats", "agencies", "agency"],
        "Care": ["config", "runs", "doctor", "verify", "backup", "maintain", "reread", "demo", "merge", "takedown"],
    }


def test_the_version_is_one_line() -> None:
    answered = bayegan("--version")
    assert (answered.exit_code, answered.stderr) == (0, "")
    assert answered.stdout.startswith("bayegan ")


BAD_USAGE = [
    ("serch", "No such command 'serch'. Did you mean 'search'?"),
    ("--nope", "No such option: --nope"),
    ("search --nope", "No such option: --nope"),
    ("search", "Missing argument 'QUERY'"),
    ("search x --limit many", "'--limit'"),
    ("search x --limit 0", "'--limit'"),
    ("search x --sort oldest", "'oldest' is not one of 'newest', 'relevance'"),
    ("search x --from 1399-13-01", "«1399-13-01» is no day: write it as 1399-09-17"),
    ("search x --from yesterday", "«yesterday» is no day"),
    ("search x --to ۳۱-۱۲", "«۳۱-۱۲» is no day"),
    ("search x --from 1399-09-30 --to 1399-09-01", "ends (2020-11-21) before it begins (2020-12-20)"),
    ("search x --agency shabestn", "did you mean shabestan"),
    ("search …", "no letter and no digit in «…»"),
    ("coverage shabestn", "did you mean shabestan"),
    ("coverage --from 2020-12-07 --to 1399-09-16", "ends (2020-12-06) before it begins (2020-12-07)"),
    ("export out.xls", "«out.xls»"),
    ("export out.csv --agency shabestn", "did you mean shabestan"),
    ("show 101", "«101» is no article"),
    ("show shabestan/", "«shabestan/» is no article"),
    ("show shabestan/101 --page --json", "--page writes the page alone"),
    ("crawl", "or --all, but not both"),
    ("crawl shabestan --all", "or --all, but not both"),
    ("crawl shabestn", "did you mean shabestan"),
    ("crawl shabestan --url https://example.ir", "or a site with --url"),
    ("crawl --url https://example.ir --all", "or a site with --url"),
    ("crawl example.ir", "«example.ir» is the name of no agency: say --url https://example.ir."),
    ("crawl www.shabestan.ir", "did you mean shabestan?"),
    ("agency nw", "No such command 'nw'. Did you mean 'new'?"),
    ("agency new", "Missing argument 'FILE|URL'"),
    ("agency sample shabestan", "Missing argument 'FILE|URL'"),
    ("crawl shabestan --from 1399-09-30 --to 1399-09-01", "before it begins"),
    ("crawl shabestan --from 30/30", "«30/30» is no day"),
    ("crawl shabestan --home ftp://x", "«ftp://x» is no home"),
    ("crawl shabestan --set DELAY", "--set takes NAME=VALUE"),
    ("crawl shabestan --set =2", "--set takes NAME=VALUE"),
    ("crawl shabestan --limit 0", "'--limit'"),
    ("crawl shabestan --recheck -1", "'--recheck'"),
    ("read ftp://example.org/x", "no address of the web"),
    ("read file:///x", "no address of the web"),
    ("import a.html b.html --url https://shabestan.news/news/1", "name one file with it"),
    ("demo --publish -1", "'--publish'"),
]


@pytest.mark.parametrize(("line", "said"), BAD_USAGE)
def test_wrong_usage_is_told_in_one_sentence(line: str, said: str, archive: str, asked: list[Any]) -> None:
    words = line.split()
    takes_archive = words[0] in {"search", "show", "export", "coverage", "crawl", "import"}
    answered = bayegan(*words, *(["--archive", archive] if takes_archive and len(words) > 1 else []))
    assert (answered.exit_code, answered.stdout, asked) == (2, "", [])
    assert said in answered.stderr
    assert answered.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("none.db", "no archive at"),
        ("text.db", "is no SQLite database"),
        ("other.db", "no Bayegan archive"),
        ("folder", "folder"),
    ],
)
@pytest.mark.parametrize("line", ["search x", "show a/1", "coverage --json", "runs", "stats --json", "export -"])
def test_a_file_that_is_no_archive_is_told_in_one_sentence(line: str, file: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("not a database at all, only some text that is long enough for a header" * 9)
    (tmp_path / "folder").mkdir()
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE songs (name)")
    other.close()
    answered = bayegan(*line.split(), "--archive", str(tmp_path / file))
    assert (answered.exit_code, answered.stdout) == (1, "")
    assert said in answered.stderr
    assert answered.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("1399-09-01", "1399-09-30"),
        ("۱۳۹۹/۹/۱", "۱۳۹۹/۹/۳۰"),
        ("٢٠٢٠-١١-٢١", "۲۰۲۰/۱۲/۲۰"),
        ("2020-11-21", "1399/09/30"),
        ("۱ آذر ۱۳۹۹", "یکشنبه ۳۰ آذر ۱۳۹۹"),
    ],
)
def test_a_window_is_the_same_in_every_calendar_and_script(since: str, until: str, asked: list[Any]) -> None:
    bayegan("crawl", "shabestan", "--from", since, "--to", until)
    assert [(request.since, request.until) for request in asked] == [AZAR]


def test_the_options_of_a_crawl_reach_it(asked: list[Any], tmp_path: Path) -> None:
    file = tmp_path / "x.db"
    options = "--recheck 3 --limit 5 --home http://127.0.0.1:9/ --set A=1=2 --set B= --dry-run"
    bayegan("crawl", "shabestan", *options.split(), "--archive", str(file))
    assert asked == [
        crawling.CrawlRequest(
            agency="shabestan",
            archive=file,
            recheck=3,
            limit=5,
            home="http://127.0.0.1:9",
            settings={"A": "1=2", "B": ""},
            dry_run=True,
        )
    ]


def test_the_archive_comes_from_the_environment_or_stands_in_data(asked: list[Any]) -> None:
    bayegan("crawl", "shabestan")
    CliRunner().invoke(app, ["crawl", "shabestan"], env={"BAYEGAN_ARCHIVE": "/tmp/y.db"})
    assert [request.archive for request in asked] == [Path("data/bayegan.db"), Path("/tmp/y.db")]


def test_a_crawl_ends_with_one_line_and_its_reasons(asked: list[Any]) -> None:
    answered = bayegan("crawl", "shabestan")
    assert len(asked) == answered.stdout.count("\n") == 1
    assert answered.stdout == "shabestan: 40 listed, 39 held, 3 new, 1 failed; 45 requests in 50 s\n"
    assert answered.stderr == "shabestan/101 answered 503 four times: the next crawl tries again.\n"
    assert answered.exit_code == 4


def test_a_crawl_in_json_is_one_document(asked: list[Any]) -> None:
    answered = bayegan("crawl", "shabestan", "--json")
    assert len(asked) == 1
    assert answered.exit_code == 4
    assert answered.stdout == (
        '{"run": 7, "agency": "shabestan", "from": "2020-11-21", "to": "2020-12-20", "listed": 40, "held": 39, '
        '"new": 3, "revised": 0, "duplicate": 0, "failed": 1, "gone": 0, "blocked": 0, "refused": 0, '
        '"requests": 45, "seconds": 50.2, "exit": 4}\n'
    )


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (AgencyBusyError("Another run holds shabestan."), 75, "Another run holds shabestan.\n"),
        (ArchiveError("The disk\n is full."), 1, "The disk is full.\n"),
        (BayeganError("کار\u200cها ماند."), 1, "کار\u200cها ماند.\n"),
        (KeyboardInterrupt(), 1, "Interrupted; what was acknowledged is kept.\n"),
        (PermissionError(13, "Permission denied", "x.db"), 1, "Permission denied: x.db\n"),
        (BrokenPipeError(32, "Broken pipe"), 1, ""),
        (ZeroDivisionError("by zero"), 1, "Unexpected ZeroDivisionError: by zero; BAYEGAN_DEBUG=1 before the command"),
    ],
)
def test_an_error_is_one_sentence_and_an_exit_code(
    error: BaseException, code: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crawl(_: crawling.CrawlRequest) -> Summary:
        raise error

    monkeypatch.setattr(crawling, "crawl", crawl)
    answered = bayegan("crawl", "shabestan", "--json")
    assert (answered.exit_code, answered.stdout) == (code, "")
    assert answered.stderr.startswith(said)
    assert answered.stderr.count("\n") == (1 if said else 0)


def test_the_traceback_is_there_for_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    def crawl(_: crawling.CrawlRequest) -> Summary:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(crawling, "crawl", crawl)
    answered = CliRunner().invoke(app, ["crawl", "shabestan"], env={"BAYEGAN_DEBUG": "1"})
    assert answered.exit_code == 1
    assert "Traceback (most recent call last)" in answered.stderr
