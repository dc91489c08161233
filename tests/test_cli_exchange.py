"""What goes in and out by the command line: export, import, and reading a page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from archives import fill, story
from example_pages import SITE, ask
from typer.testing import CliRunner, Result

from bayegan.cli import app
from bayegan.example.answering import Response

if TYPE_CHECKING:
    from pathlib import Path

    from bayegan.example import Example
    from conftest import Hostile

STORY = SITE.stories[0]
PAGE = ask(STORY.path).body


def bayegan(*words: str, **options: Any) -> Result:
    return CliRunner().invoke(app, words, env={"BAYEGAN_ARCHIVE": None}, **options)


@pytest.fixture
def archive(tmp_path: Path) -> str:
    return str(fill(tmp_path / "x.db", [story("101"), story("102", body="متن دیگری از شهر.", tags=())]))


def test_an_export_says_on_standard_error_how_much_it_wrote(archive: str, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    answered = bayegan("export", str(file), "--archive", archive)
    assert (answered.exit_code, answered.stdout) == (0, "")
    assert answered.stderr == f"2 articles written to {file}.\n"
    assert [json.loads(line)["news_code"] for line in file.read_text("utf-8").splitlines()] == ["102", "101"]


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ("--query متن", ["102"]),
        ("--tag كتاب", ["101"]),
        ("--from ۱۳۹۹-۰۹-۱۷ --limit 1", ["102"]),
        ("--to 2020-12-06", []),
    ],
)
def test_an_export_is_narrowed_like_a_search(options: str, codes: list[str], archive: str) -> None:
    answered = bayegan("export", "-", *options.split(), "--archive", archive)
    assert [json.loads(line)["news_code"] for line in answered.stdout.splitlines()] == codes
    assert answered.stderr == f"{len(codes)} articles written to standard output.\n"


def test_what_was_exported_can_be_imported(archive: str, tmp_path: Path) -> None:
    file, other = tmp_path / "all.jsonl", str(tmp_path / "other.db")
    bayegan("export", str(file), "--archive", archive)
    first, second = (bayegan("import", str(file), "--archive", other) for _ in range(2))
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout == f"{file}: 2 read, 2 new, 0 revised, 0 unchanged, 0 duplicate, 0 refused\n"
    assert second.stdout == f"{file}: 2 read, 0 new, 0 revised, 2 unchanged, 0 duplicate, 0 refused\n"
    shown, held = (bayegan("show", "shabestan/101", "--json", "--archive", file) for file in (other, archive))
    assert shown.stdout == held.stdout != ""


@pytest.mark.parametrize(
    ("lines", "code", "refused"),
    [
        (['{"agency": "shabestan", "news_code": "1", "title": "خبر", "body": "متن"}', "{}"], 4, 1),
        (["{}", "no JSON"], 1, 2),
    ],
)
def test_refused_lines_are_named_and_the_rest_goes_in(
    lines: list[str], code: int, refused: int, tmp_path: Path
) -> None:
    file = tmp_path / "some.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    answered = bayegan("import", str(file), "--json", "--archive", str(tmp_path / "y.db"))
    assert answered.exit_code == code
    assert answered.stderr.count(f"{file}, ") == answered.stderr.count("\n") == refused
    summary = json.loads(answered.stdout)
    assert (summary["path"], summary["read"], summary["new"]) == (str(file), 2, 2 - refused)
    assert summary["refused_count"] == len(summary["refused"]) == refused


def test_a_file_that_is_not_there_does_not_keep_the_next_from_being_read(archive: str, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    bayegan("export", str(file), "--archive", archive)
    answered = bayegan("import", str(tmp_path / "none.jsonl"), str(file), "--archive", str(tmp_path / "other.db"))
    assert answered.exit_code == 1
    assert "none.jsonl" in answered.stderr
    assert answered.stderr.count("\n") == 1
    assert answered.stdout.startswith(f"{file}: 2 read, 2 new")


@pytest.mark.parametrize(
    ("words", "code"), [(("x.docx",), 2), (("x.txt", "--agency", "shabestn"), 2), (("none.html",), 1)]
)
def test_a_file_that_cannot_be_read_is_told_in_one_sentence(words: tuple[str, ...], code: int, tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(b"PK")
    (tmp_path / "x.txt").write_text("خبر", encoding="utf-8")
    answered = bayegan("import", str(tmp_path / words[0]), *words[1:], "--archive", str(tmp_path / "y.db"))
    assert (answered.exit_code, answered.stdout) == (code, "")
    assert answered.stderr.count("\n") == 1


def test_a_saved_page_is_read_with_the_address_it_came_from(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(PAGE)
    address = f"https://shabestan.news{STORY.path}"
    from_file = bayegan("read", str(file), "--url", address, "--json")
    from_input = bayegan("read", "-", "--url", address, "--json", input=PAGE)
    assert (from_file.exit_code, from_file.stderr) == (0, "")
    assert from_file.stdout == from_input.stdout
    article = json.loads(from_file.stdout)
    assert (article["agency"], article["news_code"], article["title"]) == ("shabestan", STORY.code, STORY.title)


def test_a_page_is_shown_a_field_a_line(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(PAGE)
    head = bayegan("read", str(file), "--url", f"https://shabestan.news{STORY.path}").stdout.splitlines()
    assert head[:2] == ["agency     shabestan", f"news_code  {STORY.code}"]
    assert f"title      {STORY.title}" in head


def test_a_page_is_fetched_from_its_address(example: Example) -> None:
    answered = bayegan("read", f"{example.url}{STORY.path}", "--json")
    assert (answered.exit_code, answered.stderr) == (0, "")
    assert json.loads(answered.stdout)["title"] == STORY.title


def test_an_address_that_serves_no_page_is_told_in_one_sentence(example: Example) -> None:
    answered = bayegan("read", f"{example.url}/news/9")
    assert (answered.exit_code, answered.stdout) == (1, "")
    assert answered.stderr == f"{example.url}/news/9 answered 404 (Not Found): check the address.\n"


@pytest.mark.parametrize("elsewhere", ["file:///etc/hostname", "ftp://127.0.0.1/x", "data:text/html,x"])
def test_a_redirect_does_not_lead_out_of_the_web(elsewhere: str, hostile: Hostile) -> None:
    site = hostile(twist=lambda _site, _request: Response(status=302, headers=(("location", elsewhere),)))
    answered = bayegan("read", f"{site.url}/x")
    assert (answered.exit_code, answered.stdout) == (1, "")
    assert answered.stderr.startswith(f"{site.url}/x ")
    assert answered.stderr.count("\n") == 1


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x", "http://[x/", "http://x y/", "https://127.0.0.1:9/خبر"])
def test_an_address_that_cannot_be_had_is_told_in_one_sentence(address: str) -> None:
    answered = bayegan("read", address)
    assert (answered.exit_code, answered.stdout) == (1, "")
    assert answered.stderr.startswith(f"{address} could not be fetched (")
    assert answered.stderr.count("\n") == 1


@pytest.mark.parametrize("page", [b"", b"<html><title>404</title></html>", b"<p>x"])
def test_a_page_that_holds_no_article_is_told_in_one_sentence(page: bytes) -> None:
    answered = bayegan("read", "-", input=page)
    assert (answered.exit_code, answered.stdout) == (1, "")
    assert answered.stderr.count("\n") == 1
