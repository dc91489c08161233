"""``bayegan agency`` and ``read --trace``: what they show, what they write, and how they fail."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from nastooh_pages import article
from typer.testing import CliRunner, Result

from bayegan.cli import app

if TYPE_CHECKING:
    from bayegan.example import Example

SAVED = Path(__file__).parent / "pages" / "shabestan"
VIDEO = SAVED / "video.html"
SOURCE = """\
from crawler.families import Nastooh


class Example(Nastooh):
    name = "example"
    title = "خبرگزاری نمونه"
    home = "https://www.example.ir"
    proven = ("address", "feed")
"""


def bayegan(*words: object, **options: Any) -> Result:
    return CliRunner().invoke(app, list(map(str, words)), env={"BAYEGAN_DEBUG": None}, **options)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    head = '<meta property="og:site_name" content="خبرگزاری نمونه">'
    feed = '<link rel="alternate" type="application/rss+xml" href="/rss">'
    path.write_text(article("<p>یک</p>", head + feed), encoding="utf-8")
    return path


@pytest.fixture
def spiders(tmp_path: Path) -> Path:
    path = tmp_path / "spiders"
    path.mkdir()
    return path


def test_a_new_agency_is_told_and_written(page: Path, spiders: Path) -> None:
    answered = bayegan("agency", "new", page, "--url", "https://www.example.ir/news/7/x", "--into", spiders)
    assert (answered.exit_code, answered.stderr) == (0, "")
    file = spiders / "example.py"
    assert file.read_text(encoding="utf-8") == SOURCE
    assert answered.stdout.splitlines()[:5] == [
        "family  nastooh (the generator «www.nastooh.ir»)",
        "title   خبرگزاری نمونه (og:site_name)",
        "home    https://www.example.ir",
        "feeds   /rss",
        f"file    {file}",
    ]
    assert SOURCE.rstrip() in answered.stdout
    assert "bayegan crawl example --dry-run" in answered.stdout


def test_a_dry_run_shows_the_file_and_writes_none(page: Path, spiders: Path) -> None:
    address = ("--url", "https://www.example.ir/news/7/x", "--into", spiders)
    answered = bayegan("agency", "new", page, *address, "--dry-run")
    assert answered.exit_code == 0
    assert answered.stdout.endswith(SOURCE)
    assert list(spiders.iterdir()) == []
    (found,) = [json.loads(line) for line in bayegan("agency", "new", page, *address, "--json").stdout.splitlines()]
    assert found == {
        "name": "example",
        "title": "خبرگزاری نمونه",
        "titled": "og:site_name",
        "home": "https://www.example.ir",
        "family": "nastooh",
        "evidence": "the generator «www.nastooh.ir»",
        "feeds": ["/rss"],
        "declared": [],
        "proven": ["address", "feed"],
        "source": SOURCE,
        "file": str(spiders / "example.py"),
    }


def test_the_home_page_of_a_served_site_tells_its_family_and_feed(example: Example, spiders: Path) -> None:
    answered = bayegan("agency", "new", example.url, "--url", "https://example.test/", "--into", spiders)
    assert answered.exit_code == 0, answered.stderr
    written = (spiders / "example.py").read_text(encoding="utf-8")
    assert 'home = "https://example.test"' in written
    assert 'proven = ("feed",)' in written
    assert example.requests == ["/"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("new none.html --url https://example.ir/", 1, "none.html could not be read (No such file or directory)"),
        ("new ftp://example.ir/", 2, "no address of the web"),
        ("new http://127.0.0.1:9/", 1, "http://127.0.0.1:9/ could not be fetched (Connection refused)"),
        ("new {page}", 2, "does not say where it stands: give its address with --url"),
        ("new {page} --url https://shabestan.ir/x", 2, "belongs to shabestan already"),
        ("new {page} --url https://example.ir/x --family nastoh", 2, "did you mean nastooh?"),
        ("new {page} --url https://example.ir/x --name X", 2, "«X» is no name for an agency"),
        ("new {page} --url https://example.ir/x --into {page}", 2, "There is no folder"),
        ("new {page} --url https://taken.ir/x", 2, "taken.py is there already"),
        ("new {picture} --url https://example.ir/x", 1, "This is no HTML page"),
        ("new {empty} --url https://example.ir/x", 1, "The page is empty: nothing was served."),
        ("sample shabestn {video}", 2, "did you mean shabestan?"),
        ("sample shabestan none.html", 1, "none.html could not be read (No such file or directory)"),
        ("sample shabestan {listing}", 1, "The page is a list of articles"),
        ("sample shabestan {picture}", 1, "holds no article"),
        ("sample shabestan {empty}", 1, "The page is empty: nothing was served."),
        ("sample shabestan {page} --url https://example.ir/news/7", 1, "no address of an agency that we know"),
        ("sample mehr {video}", 1, "is an address of shabestan, not of mehr"),
        ("sample shabestan {page} --url https://shabestan.news/x", 1, "holds a news code"),
        ("sample shabestan {video} --into {page}", 2, "There is no folder"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_sentence(
    words: str, code: int, said: str, page: Path, spiders: Path, tmp_path: Path
) -> None:
    files = {"page": page, "video": VIDEO, "listing": SAVED / "listing.html"}
    files |= {name: tmp_path / name for name in ("picture", "empty")}
    files["picture"].write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    files["empty"].write_bytes(b"")
    (spiders / "taken.py").touch()
    into = [] if "--into" in words else ["--into", spiders]
    answered = bayegan("agency", *words.format(**files).split(), *into)
    assert (answered.exit_code, answered.stdout) == (code, "")
    assert said in answered.stderr
    assert answered.stderr.count("\n") == 1
    assert [path.name for path in spiders.rglob("*")] == ["taken.py"]


def test_a_sample_is_the_page_and_what_was_read_from_it(tmp_path: Path) -> None:
    answered = bayegan("agency", "sample", "shabestan", VIDEO, "--into", tmp_path)
    assert answered.exit_code == 0
    page, told = tmp_path / "shabestan" / "1787702.html", tmp_path / "shabestan" / "1787702.json"
    assert answered.stdout == f"{page}\n{told}\nempty: kicker, body, tags, authors, place, modified\n"
    assert answered.stderr.startswith("Read the JSON beside the page")
    assert page.read_bytes() == VIDEO.read_bytes()
    assert told.read_bytes() == VIDEO.with_suffix(".json").read_bytes()


def test_a_sample_is_never_made_over_another(tmp_path: Path) -> None:
    told = tmp_path / "shabestan" / "1787702.json"
    told.parent.mkdir()
    told.write_text("reviewed")
    answered = bayegan("agency", "sample", "shabestan", VIDEO, "--into", tmp_path)
    assert (answered.exit_code, answered.stdout) == (2, "")
    assert "1787702.json is a test already" in answered.stderr
    assert [path.name for path in told.parent.iterdir()] == ["1787702.json"]
    assert told.read_text() == "reviewed"


def test_where_a_sample_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "shabestan").write_text("a file")
    answered = bayegan("agency", "sample", "shabestan", VIDEO, "--into", tmp_path)
    assert (answered.exit_code, answered.stdout) == (1, "")
    assert "shabestan could not be written (File exists)." in answered.stderr


def test_a_sample_of_a_served_page_stands_under_the_agencys_own_address(example: Example, tmp_path: Path) -> None:
    story = next(story for story in example.view.stories if story.manner != "gone")
    url = f"https://shabestan.news/news/{story.code}"
    answered = bayegan(
        "agency", "sample", "shabestan", f"{example.url}/news/{story.code}", "--url", url, "--into", tmp_path, "--json"
    )
    assert answered.exit_code == 0, answered.stderr
    (kept,) = [json.loads(line) for line in answered.stdout.splitlines()]
    assert (kept["page"], kept["json"]) == tuple(
        str(tmp_path / "shabestan" / f"{story.code}.{suffix}") for suffix in ("html", "json")
    )
    read = json.loads(Path(kept["json"]).read_text(encoding="utf-8"))
    assert (read["agency"], read["news_code"], read["title"]) == ("shabestan", story.code, story.title)


def test_a_traced_reading_says_below_each_field_where_it_was_found() -> None:
    plain, traced = (bayegan("read", VIDEO, *trace).stdout for trace in ((), ("--trace",)))
    lines = traced.splitlines()
    assert [line for line in lines if "←" not in line] == plain.splitlines()
    title = next(place for place, line in enumerate(lines) if line.startswith("title "))
    assert "h1.title" in lines[title + 1]
    assert lines[title + 1].lstrip().startswith("←")


def test_a_traced_reading_in_json_is_the_article_and_where_its_fields_were_found() -> None:
    plain, traced = (json.loads(bayegan("read", VIDEO, "--json", *trace).stdout) for trace in ((), ("--trace",)))
    found = traced.pop("found")
    assert traced == plain
    assert "h1.title" in found["title"]
    assert set(found) <= {field for field, value in plain.items() if value}
    assert {"title", "lead", "news_code", "published", "image"} <= set(found)
