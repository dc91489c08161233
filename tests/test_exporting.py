"""Export: what a file holds, line by line."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from archives import LONG_TEXT, fill, story

from bayegan import open_archive
from bayegan.exporting import export
from bayegan.search import Filter
from crawler.dates import TEHRAN
from crawler.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayegan.archive.reader import Archive

LATER = datetime(2020, 12, 8, 9, 5, tzinfo=TEHRAN)
STORIES = (
    story("101"),
    story(
        "102",
        kicker=None,
        title='گفت: "می\u200cآییم"، و آمد',
        body="بند نخست، با ویرگول.\n\nبند دوم.",
        tags=("نفت|گاز", "راست\\چپ", "آب"),
        sections=(),
        published=LATER,
        modified=LATER,
    ),
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(fill(tmp_path / "x.db", STORIES)) as opened:
        yield opened


def names(folder: Path) -> list[str]:
    """What stands in a folder beside the archive."""
    return sorted(path.name for path in folder.iterdir() if "x.db" not in path.name)


def records(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))


def test_a_line_of_json_is_the_article_in_its_own_shape(archive: Archive, tmp_path: Path) -> None:
    assert export(archive, tmp_path / "out.jsonl", Filter(until=date(2020, 12, 7))) == 1
    assert json.loads((tmp_path / "out.jsonl").read_bytes()) == {
        "agency": "shabestan",
        "news_code": "101",
        "url": "https://shabestan.news/news/101",
        "title": "سه کتابخانه تازه در شهر 101",
        "kicker": "فرهنگ",
        "lead": "خبری از شورای شهر.",
        "body": LONG_TEXT,
        "tags": ["كتاب", "شورای شهر"],
        "sections": ["فرهنگی"],
        "authors": ["مریم رضایی"],
        "place": "شیراز",
        "published": "2020-12-07T11:30:00+03:30",
        "published_jalali": "1399-09-17",
        "modified": None,
        "image": None,
        "kind": "text",
        "language": "fa",
        "reader": "nastooh/1",
    }


def test_persian_letters_and_non_joiners_are_written_as_they_are(archive: Archive, tmp_path: Path) -> None:
    export(archive, tmp_path / "out.jsonl", Filter())
    assert "می\u200cآییم".encode() in (tmp_path / "out.jsonl").read_bytes()


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\u0085", "\n", "\r", "\x0b", "\x1e"])
def test_an_article_is_one_line_whatever_its_text_holds(end: str, tmp_path: Path) -> None:
    body = f"یک{end}دو"
    with open_archive(fill(tmp_path / "x.db", [story(body=body)])) as archive:
        export(archive, tmp_path / "out.jsonl", Filter())
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["body"] for line in lines] == [body]


def test_csv_is_quoted_as_rfc_4180_asks_with_lists_joined_by_bars(archive: Archive, tmp_path: Path) -> None:
    export(archive, tmp_path / "out.csv", Filter(since=date(2020, 12, 8)))
    head, record = (tmp_path / "out.csv").read_bytes().decode().split("\r\n", 1)
    assert head == (
        "agency,news_code,url,title,kicker,lead,body,tags,sections,authors,place,published,published_jalali,"
        "modified,image,kind,language,reader"
    )
    assert record == (
        'shabestan,102,https://shabestan.news/news/102,"گفت: ""می\u200cآییم""، و آمد",,خبری از شورای شهر.,'
        '"بند نخست، با ویرگول.\n\nبند دوم.",نفت\\|گاز|راست\\\\چپ|آب,,مریم رضایی,شیراز,'
        "2020-12-08T09:05:00+03:30,1399-09-18,2020-12-08T09:05:00+03:30,,text,fa,nastooh/1\r\n"
    )


def test_a_csv_reader_gets_every_field_back(archive: Archive, tmp_path: Path) -> None:
    export(archive, tmp_path / "out.csv", Filter())
    assert [(row["news_code"], row["body"], row["kicker"]) for row in records(tmp_path / "out.csv")] == [
        ("102", "بند نخست، با ویرگول.\n\nبند دوم.", ""),
        ("101", LONG_TEXT, "فرهنگ"),
    ]


@pytest.mark.parametrize(
    ("filters", "codes"),
    [
        ({}, ["102", "101"]),
        ({"limit": 1}, ["102"]),
        ({"tag": "کتاب"}, ["101"]),
        ({"agency": "nobody"}, []),
        ({"query": "ویرگول"}, ["102"]),
        ({"since": date(2020, 12, 7), "until": date(2020, 12, 7)}, ["101"]),
    ],
)
def test_what_the_filters_let_through_is_written_and_counted(
    filters: dict[str, Any], codes: list[str], archive: Archive, tmp_path: Path
) -> None:
    assert export(archive, tmp_path / "out.jsonl", Filter(**filters)) == len(codes)
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["news_code"] for line in lines] == codes


def test_an_export_of_nothing_is_a_file_of_no_articles(archive: Archive, tmp_path: Path) -> None:
    nothing = Filter(agency="nobody")
    assert export(archive, tmp_path / "out.jsonl", nothing) == export(archive, tmp_path / "out.csv", nothing) == 0
    assert (tmp_path / "out.jsonl").read_bytes() == b""
    assert records(tmp_path / "out.csv") == []


def test_a_dash_is_json_lines_on_standard_output(archive: Archive, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert export(archive, Path("-"), Filter()) == 2
    assert [json.loads(line)["news_code"] for line in capfdbinary.readouterr().out.splitlines()] == ["102", "101"]


def test_progress_is_told_up_to_the_last_article(archive: Archive, tmp_path: Path) -> None:
    told: list[int] = []
    export(archive, tmp_path / "out.jsonl", Filter(), report=told.append)
    assert told == [2]


@pytest.mark.parametrize("name", ["out.xml", "out", ".jsonl", "out.csv.gz", ".jsonl.gz"])
def test_an_unknown_suffix_is_answered_with_the_known_ones(name: str, archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        export(archive, tmp_path / name, Filter())
    assert str(caught.value) == (
        f"«{name}» does not say a format: let it end in .jsonl, .jsonl.gz, .jsonl.zst, .csv, .tsv, .parquet, .arrow, "
        ".db or .warc.gz, or name a folder, ending in /."
    )
    assert names(tmp_path) == []


def test_the_suffix_may_be_in_capitals(archive: Archive, tmp_path: Path) -> None:
    export(archive, tmp_path / "OUT.JSONL", Filter())
    assert names(tmp_path) == ["OUT.JSONL"]
