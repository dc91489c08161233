"""Import of sites that nobody declared: an agency of its own under its domain, of the generic family."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from archives import Clock
from imports import WHOLE, counts, lines, text
from nastooh_pages import article

from bayegan import open_archive
from bayegan.archive.writer import Writer
from bayegan.exporting import export
from bayegan.importing import import_file
from bayegan.search import Filter
from crawler.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

SITE = "https://www.nemune.co.ir"
PARAGRAPH = "شورای شهر سه کتابخانه تازه می\u200cسازد و نخستین آن\u200cها در بهار باز می\u200cشود."
PAGE = article(f"<p>{PARAGRAPH}</p>", '<meta property="og:title" content="سه کتابخانه تازه">')


def record(**given: Any) -> dict[str, Any]:
    return WHOLE | {"agency": None, "news_code": None, "url": f"{SITE}/news/123456/x"} | given


def agencies(writer: Writer) -> list[tuple[str, ...]]:
    return writer.conn.execute("SELECT name, title, home, family FROM agencies").fetchall()


def keys(writer: Writer) -> list[tuple[str, ...]]:
    return writer.conn.execute("SELECT agency, news_code, url FROM articles ORDER BY id").fetchall()


@pytest.mark.parametrize("given", [None, "nemune.co.ir"])
@pytest.mark.parametrize("named", [None, "nemune.co.ir"])
def test_an_article_of_an_unknown_site_is_kept_under_its_domain(
    named: str | None, given: str | None, writer: Writer, tmp_path: Path
) -> None:
    file = lines(tmp_path / "a.jsonl", record(agency=named))
    assert counts(import_file(writer, file, agency=given, clock=Clock())) == {"read": 1, "new": 1}
    assert keys(writer) == [("nemune.co.ir", "123456", f"{SITE}/news/123456/x")]
    assert agencies(writer) == [("nemune.co.ir", "nemune.co.ir", SITE, "generic")]
    assert counts(import_file(writer, file, agency=given, clock=Clock())) == {"read": 1, "unchanged": 1}


def test_what_was_exported_is_imported_again_as_it_was(writer: Writer, tmp_path: Path) -> None:
    sites = [record(), record(url="https://fa.other.ir/a/b-c", title="خبری دیگر از شهری دیگر", tags=[])]
    import_file(writer, lines(tmp_path / "a.jsonl", *sites), clock=Clock())
    with open_archive(writer.path) as archive:
        export(archive, tmp_path / "out.jsonl", Filter())
    with Writer(tmp_path / "y.db") as other:
        done = import_file(other, tmp_path / "out.jsonl", clock=Clock())
        assert counts(done) == {"read": 2, "new": 2}
        assert sorted(keys(other)) == sorted(keys(writer))


def test_a_saved_page_of_an_unknown_site_is_known_by_its_address_alone(writer: Writer, tmp_path: Path) -> None:
    shown = PAGE.replace("</head>", '<meta property="nastooh:code" content="777777"></head>')
    page = text(tmp_path / "a.html", shown)
    done = import_file(writer, page, url=f"{SITE}/news/2024/a-story", clock=Clock())
    assert (counts(done), done.refused) == ({"read": 1, "new": 1}, ())
    assert keys(writer) == [("nemune.co.ir", "/news/2024/a-story", f"{SITE}/news/2024/a-story")]
    with open_archive(writer.path) as archive:
        row = archive.article("nemune.co.ir", "/news/2024/a-story")
        assert row is not None
        assert (row.title, row.body) == ("سه کتابخانه تازه", PARAGRAPH)
        assert archive.page_bytes("nemune.co.ir", "/news/2024/a-story") == shown.encode()


@pytest.mark.parametrize(
    ("one", "given", "reason"),
    [
        (record(url=None), None, "It does not say its agency"),
        (record(url="mailto:x@nemune.co.ir"), None, "It does not say its agency"),
        (record(url="https://"), None, "It does not say its agency"),
        (record(agency="nemune"), None, "No agency is called «nemune»"),
        (record(agency="other.ir"), None, "No agency is called «other.ir»"),
        (record(), "other.ir", "No agency is called «other.ir»"),
        (record(), "shabestan", "is no address of shabestan"),
        (record(agency="shabestan"), "nemune.co.ir", "It is an article of shabestan, not of nemune.co.ir"),
        (record(url=f"{SITE}/"), None, "it has no news code"),
    ],
)
def test_what_is_not_said_rightly_is_refused_by_name(
    one: dict[str, Any], given: str | None, reason: str, writer: Writer, tmp_path: Path
) -> None:
    done = import_file(writer, lines(tmp_path / "a.jsonl", one), agency=given, clock=Clock())
    assert counts(done) == {"read": 1, "refused_count": 1}
    assert reason in done.refused[0][1]
    assert keys(writer) == []


@pytest.mark.parametrize(("name", "agency"), [("a.txt", "nemune.co.ir"), ("a.jsonl", "www.nemune.co.ir")])
def test_a_domain_is_no_agency_of_a_text_and_is_written_without_its_sub_domain(
    name: str, agency: str, writer: Writer, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="No agency is called"):
        import_file(writer, text(tmp_path / name, "{}"), agency=agency, clock=Clock())
