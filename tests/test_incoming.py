"""Import: files of every known kind, and files that cannot be read."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from archives import Clock
from imports import WHOLE, counts, held, text

from bayegan import open_archive
from bayegan.importing import ImportFileError, import_file
from crawler.errors import UsageError

if TYPE_CHECKING:
    from bayegan.archive.writer import Writer

# In the shape of a text corpus: non-joiners lost, a space that does not break, boxes and a form after the text.
DUMP = """نمایشگاه گیاهان دارویی در یزد برپا میشود

دهقان گفت: این نمایشگاه\u00a0با سی غرفه در باغ شهر برپا میشود.

به گزارشخبرگزاری شبستان از یزد، «مینا دهقان» از برپایی نمایشگاه گیاهان دارویی خبر داد.

وی افزود: بازدید برای همه آزاد است.

کد خبر 2000321

برچسبها

نظر شما

شما در حال پاسخ به نظر «» هستید.
captcha
"""
PAGE = """<!doctype html><html lang="fa"><head>
<meta name="generator" content="Nastooh NRS"><meta property="nastooh:nid" content="2000321">
<meta property="nastooh:pageType" content="news"><link rel="canonical" href="https://shabestan.news/news/2000321/x">
</head><body class="pt-news"><div class="item-title">
<h1 class="title">نمایشگاه گیاهان دارویی در یزد برپا می\u200cشود</h1></div>
<p class="summary introtext">دهقان گفت: این نمایشگاه با سی غرفه در باغ شهر برپا می\u200cشود.</p>
<div class="item-body"><div class="item-text" itemprop="articleBody">
<p>به گزارش خبرگزاری شبستان از یزد، «مینا دهقان» از برپایی نمایشگاه گیاهان دارویی خبر داد.</p>
<p>وی افزود: بازدید برای همه آزاد است.</p></div></div></body></html>"""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("one.json", json.dumps(WHOLE, indent=2)),
        ("list.json", json.dumps([WHOLE], ensure_ascii=False)),
        ("bom.json", "\ufeff" + json.dumps(WHOLE)),
        ("bom.jsonl", "\ufeff" + json.dumps(WHOLE)),
        ("LINES.NDJSON", json.dumps(WHOLE) + "\r\n"),
    ],
)
def test_json_is_read_as_lines_as_a_list_and_as_one_article(
    name: str, content: str, writer: Writer, tmp_path: Path
) -> None:
    assert counts(import_file(writer, text(tmp_path / name, content), clock=Clock())) == {"read": 1, "new": 1}


def test_a_text_dump_is_held_without_what_the_page_says_beside_it(writer: Writer, tmp_path: Path) -> None:
    done = import_file(writer, text(tmp_path / "a.txt", DUMP), agency="shabestan", clock=Clock())
    assert counts(done) == {"read": 1, "new": 1}
    row = held(writer, "2000321")
    assert row.title == "نمایشگاه گیاهان دارویی در یزد برپا میشود"
    assert row.lead == "دهقان گفت: این نمایشگاه با سی غرفه در باغ شهر برپا میشود."
    assert row.body == (
        "به گزارشخبرگزاری شبستان از یزد، «مینا دهقان» از برپایی نمایشگاه گیاهان دارویی خبر داد.\n\n"
        "وی افزود: بازدید برای همه آزاد است."
    )
    assert (row.url, row.place, row.published) == ("https://shabestan.news/news/2000321", "یزد", None)
    assert (row.kicker, row.tags, row.kind, row.reader, row.page_id) == (None, (), "text", "dump/1", None)


def test_a_saved_page_takes_the_place_of_its_dump_and_not_the_other_way(writer: Writer, tmp_path: Path) -> None:
    dump, page = text(tmp_path / "a.txt", DUMP), text(tmp_path / "a.html", PAGE)
    os.utime(page, (0, datetime(2020, 12, 6, 20, 0, tzinfo=UTC).timestamp()))
    import_file(writer, dump, agency="shabestan", clock=Clock())
    assert counts(import_file(writer, page, clock=Clock())) == {"read": 1, "revised": 1}
    assert counts(import_file(writer, dump, agency="shabestan", clock=Clock())) == {"read": 1, "unchanged": 1}
    assert held(writer, "2000321").title == "نمایشگاه گیاهان دارویی در یزد برپا می\u200cشود"
    with open_archive(writer.path) as archive:
        assert archive.page_bytes("shabestan", "2000321") == PAGE.encode()
    saved = writer.conn.execute("SELECT url, fetched_at FROM pages").fetchall()
    assert saved == [("https://shabestan.news/news/2000321/x", "2020-12-06T20:00:00Z")]


def test_the_address_of_a_page_that_does_not_say_it_is_given(writer: Writer, tmp_path: Path) -> None:
    page = text(tmp_path / "a.htm", PAGE.replace("canonical", "alternate"))
    nameless = import_file(writer, page, clock=Clock())
    assert nameless.refused == (("a.htm", "The page does not say its address: give it with --url."),)
    given = import_file(writer, page, url="http://shabestan.ir/detail/News/2000321", clock=Clock())
    assert counts(given) == {"read": 1, "new": 1}
    assert held(writer, "2000321").url == "https://shabestan.news/news/2000321"


def test_a_page_that_is_no_article_is_refused_by_name(writer: Writer, tmp_path: Path) -> None:
    page = text(tmp_path / "a.html", "<html><body></body></html>")
    done = import_file(writer, page, url="https://shabestan.news/news/1", clock=Clock())
    assert counts(done) == {"read": 1, "refused_count": 1}
    assert done.refused[0][0] == "a.html"


@pytest.mark.parametrize(
    ("name", "agency", "url", "sentence"),
    [
        ("a.csv", None, None, r"«a\.csv» cannot be imported: known are .* that end in \.jsonl, .*, \.warc\.zst\."),
        ("a", None, None, "«a» cannot be imported"),
        ("a.txt", None, None, r"a\.txt is a plain text that does not say whose it is: name the agency with --agency\."),
        ("a.txt", "shabestn", None, "did you mean shabestan"),
        (
            "a.jsonl",
            None,
            "https://shabestan.news/news/1",
            r"--url is the address of a saved page \(\.html, \.htm\)",
        ),
    ],
)
def test_what_makes_no_sense_is_told_before_anything_is_read(
    name: str, agency: str | None, url: str | None, sentence: str, writer: Writer, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=sentence):
        import_file(writer, tmp_path / name, agency=agency, url=url, clock=Clock())


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("missing.jsonl", None, r"missing\.jsonl could not be read \(No such file or directory\)"),
        ("arabic.txt", "خبر".encode("cp1256"), r"arabic\.txt is no text in UTF-8"),
        ("wide.jsonl", '{"title": "خبر"}'.encode("utf-16"), r"wide\.jsonl is no text in UTF-8"),
        ("lines.json", b"{}\n{}\n", r"lines\.json is no JSON .*: if every line of it is an article, .* in \.jsonl\."),
        ("long.txt", b"a" * 101, r"long\.txt is larger than 0 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(
    name: str, content: bytes | None, sentence: str, writer: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bayegan.incoming.files.MOST_BYTES", 100)
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ImportFileError, match=sentence):
        import_file(writer, tmp_path / name, agency="shabestan", clock=Clock())


def test_a_folder_without_a_page_is_told_so(writer: Writer, tmp_path: Path) -> None:
    (tmp_path / "folder.jsonl").mkdir()
    with pytest.raises(ImportFileError, match="holds no saved page"):
        import_file(writer, tmp_path / "folder.jsonl", clock=Clock())


@pytest.fixture
def seed() -> Path:
    """The dump of a real page that the project began with; it stands beside the real pages, not in the checkout."""
    pages = os.environ.get("BAYEGAN_REAL_PAGES")
    found = sorted((Path(pages).parent / "seed").glob("*.txt")) if pages else []
    if not found:
        pytest.skip("BAYEGAN_REAL_PAGES names no folder with a seed beside it")
    return found[0]


def test_the_seed_is_read_as_a_careful_reader_reads_it(seed: Path, writer: Writer) -> None:
    done = import_file(writer, seed, agency="shabestan", clock=Clock())
    assert counts(done) == {"read": 1, "new": 1}
    row = held(writer, "1001756")
    paragraphs = (row.body or "").split("\n\n")
    assert row.title == seed.read_text(encoding="utf-8").splitlines()[0].strip()
    assert (row.lead or "").startswith("جورکش گفت:")
    assert len(paragraphs) == 8
    assert paragraphs[0].startswith("به گزارشخبرگزاری شبستان از شیراز")
    assert paragraphs[-1].endswith("از رویکردهای شهرداری شیراز است.")
    assert (row.agency, row.kind, row.place) == ("shabestan", "text", "شیراز")
    assert (row.kicker, row.tags, row.published) == (None, (), None)
    whole = "\n".join(filter(None, (row.title, row.lead, row.body)))
    assert [word for word in ("نظر شما", "پاسخ به نظر", "captcha", "برچسب", "کد خبر", "\u00a0") if word in whole] == []
