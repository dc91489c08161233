"""Import: what is kept, what is refused and why, and that importing twice is importing once."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from archives import LONG_TEXT, NOON, Clock, fill, story
from imports import WHOLE, counts, held, lines

from bayegan import importing, open_archive
from bayegan.archive.lock import agency_lock
from bayegan.archive.writer import Writer
from bayegan.exporting import export
from bayegan.importing import import_file
from bayegan.search import Filter
from crawler.dates import TEHRAN
from crawler.errors import AgencyBusyError

if TYPE_CHECKING:
    from pathlib import Path


def everything(path: Path) -> list[str]:
    """All that the archive holds, as SQL."""
    with sqlite3.connect(path) as conn:
        return [line for line in conn.iterdump() if "articles_fts" not in line]


def exported(archive: Path, to: Path) -> bytes:
    with open_archive(archive) as opened:
        export(opened, to, Filter())
    return to.read_bytes()


def test_an_export_imported_into_an_empty_archive_exports_as_the_same_bytes(tmp_path: Path) -> None:
    late = datetime(2020, 9, 21, 23, 30, tzinfo=TEHRAN)  # the clocks go back half an hour later
    full = fill(
        tmp_path / "full.db",
        [
            story("101"),
            story("102", title="خط\u200cها", body="یک\n\nدو، «سه»", tags=(), published=late, modified=late),
            story(
                "103",
                kind="photo",
                body=None,
                lead=None,
                published=NOON,
                url="https://shabestan.news/photo/103/نما-%3F",
            ),
            story("104", published=None, sections=("الف", "ب"), authors=(), kicker=None, place=None),
        ],
    )
    first = exported(full, tmp_path / "first.jsonl")
    with Writer(tmp_path / "empty.db") as empty:
        done = import_file(empty, tmp_path / "first.jsonl", clock=Clock())
    assert counts(done) == {"read": 4, "new": 4}
    assert exported(tmp_path / "empty.db", tmp_path / "second.jsonl") == first


def test_texts_of_others_are_stored_as_the_reader_would_have_stored_them(writer: Writer, tmp_path: Path) -> None:
    foreign = {"title": " كتاب\u00a0های  ما ", "body": "يک\n\n\n دو\u2028سه\x00", "tags": ["تيم  فوتبال", " "]}
    import_file(writer, lines(tmp_path / "a.jsonl", WHOLE | foreign), clock=Clock())
    stored = writer.conn.execute("SELECT title, body FROM articles").fetchall()
    assert stored == [("کتاب های ما", "یک\n\nدو\n\nسه")]
    assert writer.conn.execute("SELECT name FROM tags").fetchall() == [("تيم فوتبال",)]


def test_articles_of_the_same_minute_keep_their_order_through_export_and_import(tmp_path: Path) -> None:
    full = fill(tmp_path / "full.db", [story("103"), story("101"), story("102"), story("99", published=None)])
    first = exported(full, tmp_path / "first.jsonl")
    with Writer(tmp_path / "empty.db") as empty:
        import_file(empty, tmp_path / "first.jsonl", clock=Clock())
    assert exported(tmp_path / "empty.db", tmp_path / "second.jsonl") == first


def test_the_same_file_twice_changes_nothing(writer: Writer, tmp_path: Path) -> None:
    clock = Clock()
    file = lines(tmp_path / "a.jsonl", WHOLE, WHOLE | {"news_code": "102", "url": None})
    import_file(writer, file, clock=clock)
    before = everything(writer.path)
    clock.move(hours=1)
    done = import_file(writer, file, clock=clock)
    assert counts(done) == {"read": 2, "unchanged": 2}
    assert everything(writer.path) == before


def test_an_imported_article_is_held_as_the_file_says_it(writer: Writer, tmp_path: Path) -> None:
    import_file(writer, lines(tmp_path / "a.jsonl", WHOLE), clock=Clock())
    assert held(writer, "101").article == story(
        "101",
        title="سه کتابخانه تازه",
        kicker=None,
        lead=None,
        tags=("کتاب",),
        sections=(),
        authors=(),
        place=None,
    )
    row = writer.conn.execute("SELECT state, via, day FROM ledger WHERE news_code = '101'").fetchone()
    assert row == ("held", "import", "2020-12-07")
    agency = writer.conn.execute("SELECT name, home, family FROM agencies").fetchone()
    assert agency == ("shabestan", "https://shabestan.news", "nastooh")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"agency": "shabestan",', "no JSON"),
        (b"[1, 2]", "article"),
        (b'"\xc8\xc7"', "not UTF-8"),
        (b"[" * 5000, "no JSON"),
        (b"1" * 5000, "no JSON"),
        (WHOLE | {"title": 7}, "title"),
        (WHOLE | {"tags": "کتاب"}, "tags"),
        (WHOLE | {"tags": [1]}, "tags"),
        (WHOLE | {"kind": "song"}, "kind"),
        (WHOLE | {"published": "دیروز"}, "published"),
        (WHOLE | {"published": "2020-12-07T11:30:00"}, "published"),
        (WHOLE | {"title": None}, "no title"),
        (WHOLE | {"news_code": None}, "no news code"),
        (WHOLE | {"body": None}, "without lead or body"),
        (WHOLE | {"agency": "shabestn"}, "No agency is called «shabestn»: did you mean shabestan?"),
        (WHOLE | {"agency": None, "url": None}, "It does not say its agency: name it with --agency."),
        (WHOLE | {"url": "https://example.org/news/101"}, "https://example.org/news/101 is no address of shabestan."),
        (WHOLE | {"url": "https://shabestan.news/news/7"}, "is not the address of the news code 101."),
    ],
)
def test_a_bad_line_is_named_with_its_number_and_reason_and_the_rest_goes_on(
    line: Any, reason: str, writer: Writer, tmp_path: Path
) -> None:
    good = WHOLE | {"news_code": "102", "url": "https://shabestan.news/news/102"}
    done = import_file(writer, lines(tmp_path / "a.jsonl", b"", line, good), clock=Clock())
    assert counts(done) == {"read": 2, "new": 1, "refused_count": 1}
    [(where, why)] = done.refused
    assert where == "line 2"
    assert reason in why
    assert held(writer, "102").title == "سه کتابخانه تازه"


def test_a_code_that_another_article_has_is_refused(writer: Writer, tmp_path: Path) -> None:
    other = {"title": "قیمت طلا پایین آمد", "body": "بازار طلا امروز آرام بود و خریداران کمی به آن سر زدند."}
    done = import_file(writer, lines(tmp_path / "a.jsonl", WHOLE, WHOLE | other), clock=Clock())
    assert counts(done) == {"read": 2, "new": 1, "refused_count": 1}
    assert "reused" in done.refused[0][1]


def test_a_changed_text_makes_a_revision(writer: Writer, tmp_path: Path) -> None:
    import_file(writer, lines(tmp_path / "a.jsonl", WHOLE), clock=Clock())
    changed = WHOLE | {"body": f"{LONG_TEXT}\n\nاین خبر کامل شد."}
    done = import_file(writer, lines(tmp_path / "b.jsonl", changed), clock=Clock())
    assert counts(done) == {"read": 1, "revised": 1}
    with open_archive(writer.path) as archive:
        assert [one.body for one in archive.revisions("shabestan", "101")] == [LONG_TEXT]


def test_the_same_text_under_another_code_is_kept_and_counted_as_a_duplicate(writer: Writer, tmp_path: Path) -> None:
    copy = WHOLE | {"news_code": "102", "url": "https://shabestan.news/news/102"}
    done = import_file(writer, lines(tmp_path / "a.jsonl", WHOLE, copy), clock=Clock())
    assert counts(done) == {"read": 2, "new": 2, "duplicate": 1}
    assert held(writer, "102").duplicate_of == held(writer, "101").id


def test_refusals_beyond_the_first_thousand_are_counted(
    writer: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MOST_NAMED", 2)
    done = import_file(writer, lines(tmp_path / "a.jsonl", b"a", b"b", b"c"), clock=Clock())
    assert (done.refused_count, [where for where, _ in done.refused]) == (3, ["line 1", "line 2"])


@pytest.mark.parametrize(
    ("named", "given", "became"),
    [
        ("shabestan", None, "new"),
        ("shabestan", "shabestan", "new"),
        (None, "shabestan", "new"),
        (None, None, "new"),  # the address says whose it is
        ("شبستان", "shabestan", "new"),
        ("شبستان", None, "refused_count"),
    ],
)
def test_the_agency_is_the_named_one_or_the_given_one_or_that_of_the_address(
    named: str | None, given: str | None, became: str, writer: Writer, tmp_path: Path
) -> None:
    done = import_file(writer, lines(tmp_path / "a.jsonl", WHOLE | {"agency": named}), agency=given, clock=Clock())
    assert counts(done) == {"read": 1, became: 1}


def test_an_old_address_is_held_as_the_canonical_one(writer: Writer, tmp_path: Path) -> None:
    old = WHOLE | {"url": "http://www.shabestan.ir/detail/News/101?from=tag#comments"}
    import_file(writer, lines(tmp_path / "a.jsonl", old), clock=Clock())
    assert held(writer, "101").url == "https://shabestan.news/news/101"


def test_an_agency_that_another_run_holds_is_left_alone(writer: Writer, tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", WHOLE)
    with agency_lock(writer.path, "shabestan"), pytest.raises(AgencyBusyError):
        import_file(writer, file, clock=Clock())
    assert counts(import_file(writer, file, clock=Clock())) == {"read": 1, "new": 1}
    with agency_lock(writer.path, "shabestan"):
        pass  # the import has let go of it


def test_progress_is_told_while_the_file_is_read(
    writer: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "REPORT_EVERY", 2)
    told: list[int] = []
    import_file(writer, lines(tmp_path / "a.jsonl", b"1", b"2", b"3", b"4", b"5"), clock=Clock(), report=told.append)
    assert told == [4, 8]  # bytes
