"""What `bayegan search` says: hits, counts, facets and articles like one, for people and for programs."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from many_hits import many
from typer.testing import CliRunner

from bayegan.cli import app

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return many(tmp_path_factory.mktemp("command") / "news.db")


@pytest.fixture
def search(path: Path) -> Any:
    def run(*words: str) -> Result:
        return CliRunner().invoke(app, ("search", *words), env={"BAYEGAN_ARCHIVE": str(path)})

    return run


def next_of(said: str) -> str:
    return said.rstrip().rsplit(" ", 1)[1]


def test_the_total_and_the_way_on_are_said_beside_the_hits(search: Any) -> None:
    first = search("کتابخانه")
    assert first.stderr.startswith("20 of 130; for the next, add --after ")
    second = search("کتابخانه", "--limit", "110", "--after", next_of(first.stderr))
    assert second.stdout.startswith("shabestan/020 ")
    assert second.stderr == "110 of 130\n"


def test_the_last_line_of_json_has_the_way_on(search: Any) -> None:
    first = [json.loads(line) for line in search("کتابخانه", "--limit", "3", "--json").stdout.splitlines()]
    assert [hit["next"] for hit in first[:2]] == [None, None]
    rest = search("کتابخانه", "--limit", "127", "--json", "--after", first[2]["next"])
    hits = [json.loads(line) for line in rest.stdout.splitlines()]
    assert (hits[0]["news_code"], len(hits), hits[-1]["next"]) == ("003", 127, None)


def test_behind_the_last_hit_there_is_nothing(search: Any) -> None:
    token = next_of(search("کتابخانه", "--limit", "129").stderr)
    last = search("کتابخانه", "--after", token)
    assert (last.stdout.count("shabestan/"), last.stderr) == (1, "1 of 130\n")
    other = search("زرافه", "--after", token)
    assert (other.exit_code, other.stdout, other.stderr) == (0, "", "Nothing comes behind that.\n")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("کتابخانه --count", "130\n"),
        ("زرافه --count", "0\n"),
        ("--count", "130\n"),
        ("کتابخانه --count --json", '{"total": 130}\n'),
        ("کتابخانه --count --csv", "total\r\n130\r\n"),
        (
            "کتابخانه --facets --json",
            """{"total": 130, "facets": {"agency": {"shabestan": 130}, "section": {"فرهنگی": 130}, \
"tag": {"كتاب": 10}, "month": {"1399-09": 130}}}
""",
        ),
        (
            "--facets --csv --to 1399-09-17",
            "facet,value,articles\r\nagency,shabestan,130\r\nsection,فرهنگی,130\r\ntag,كتاب,10\r\nmonth,1399-09,130\r\n",
        ),
    ],
)
def test_counts_come_alone(search: Any, words: str, shown: str) -> None:
    answered = search(*words.split())
    assert (answered.exit_code, answered.stdout_bytes.decode(), answered.stderr) == (0, shown, "")


def test_facets_are_a_table_for_people(search: Any) -> None:
    answered = search("کتابخانه", "--facets")
    assert [line.split() for line in answered.stdout.splitlines()] == [
        ["facet", "value", "articles"],
        ["agency", "shabestan", "130"],
        ["section", "فرهنگی", "130"],
        ["tag", "كتاب", "10"],
        ["month", "1399-09", "130"],
    ]
    assert answered.stderr == "130 in all.\n"
    assert (search("زرافه", "--facets").exit_code, search("زرافه", "--facets").stderr) == (0, "0 in all.\n")


def test_csv_has_the_columns_of_an_export_and_the_snippet(search: Any) -> None:
    answered = search("کتابخانه", "--csv", "--limit", "2")
    assert answered.stdout_bytes.count(b"\r\n") >= 3
    head, *records = csv.reader(io.StringIO(answered.stdout_bytes.decode(), newline=""))
    assert head == [
        "agency", "news_code", "url", "title", "kicker", "lead", "body", "tags", "sections", "authors", "place",
        "published", "published_jalali", "modified", "image", "kind", "language", "reader", "snippet",
    ]  # fmt: skip
    first = dict(zip(head, records[0], strict=True))
    assert (len(records), first["news_code"], first["published"]) == (2, "000", "2020-12-07T12:00:00+03:30")
    assert (first["tags"], first["sections"], first["modified"]) == ("", "فرهنگی", "")
    assert "«کتابخانه»\u200cها" in first["snippet"]
    assert answered.stderr.startswith("2 of 130; ")


def test_nothing_found_is_a_heading_in_csv(search: Any) -> None:
    answered = search("زرافه", "--csv")
    assert (answered.exit_code, answered.stdout_bytes.count(b"\r\n"), answered.stderr) == (
        0,
        1,
        "Nothing found for «زرافه».\n",
    )


def test_articles_like_one_are_shown_like_hits(search: Any) -> None:
    answered = search("--similar", "shabestan/۰۰۰", "--limit", "2")
    assert (answered.exit_code, answered.stdout.count("shabestan/"), answered.stderr) == (0, 2, "")
    hits = [
        json.loads(line)
        for line in search("--similar", "shabestan/000", "--json", "قم", "--limit", "3").stdout.splitlines()
    ]
    assert [hit["next"] for hit in hits] == [None] * len(hits)
    assert "shabestan/000" not in answered.stdout


def test_an_article_without_its_like_is_told(search: Any) -> None:
    answered = search("--similar", "shabestan/000", "--agency", "tabnak")
    assert (answered.exit_code, answered.stdout) == (0, "")
    assert answered.stderr == "No other article is like shabestan/000.\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("", 2, "Missing argument 'QUERY': say what to search for, or narrow all articles with an option."),
        ("--limit 3", 2, "Missing argument 'QUERY'"),
        ("x --csv --json", 2, "--json and --csv both want standard output"),
        ("x --count --facets", 2, "choose one of them"),
        ("--similar shabestan/000 --count", 2, "choose one of them"),
        ("--similar 000", 2, "«000» is no article"),
        ("--similar shabestan/999", 1, "The archive holds no article shabestan/999"),
        ("x --after کتاب", 2, "«کتاب» is no place to go on from"),
    ],
)
def test_what_cannot_be_answered_is_told_in_a_sentence(search: Any, words: str, code: int, said: str) -> None:
    answered = search(*words.split())
    assert (answered.exit_code, answered.stdout, answered.stderr.count("\n")) == (code, "", 1)
    assert said in answered.stderr


def test_a_token_with_articles_like_one_is_told(search: Any) -> None:
    token = next_of(search("کتابخانه").stderr)
    answered = search("--similar", "shabestan/000", "--after", token)
    assert (answered.exit_code, answered.stderr.startswith("Articles like one come on one page")) == (2, True)


def test_options_alone_narrow_all_articles(search: Any) -> None:
    answered = search("--tag", "کتاب", "--limit", "1")
    assert answered.stdout.startswith("shabestan/120 ")
    assert search("--tag", "باران").stderr == "Nothing found.\n"
