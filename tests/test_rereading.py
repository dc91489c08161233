from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from crawls import AZAR, crawl
from rereads import OLD, again, copied, forget_names, one, page_of, plant, put_page, rows, said, take_page, told

from bayegan import open_archive
from bayegan.archive.lock import agency_lock
from bayegan.archive.pages.packing import pack
from bayegan.example import serve_example
from bayegan.reread import readers
from bayegan.reread.report import FieldReread
from crawler.errors import AgencyBusyError, UsageError
from crawler.page import read_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from crawler.items import Article

WITH_ALL, SECOND, WITHOUT_KICKER, PHOTO, DOUBLE = "1001741", "1001743", "1001745", "1001771", "1001767"
LATER = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a crawl of the example site through a stand-in for the agency's home leaves."""
    path = tmp_path_factory.mktemp("crawled") / "x.db"
    with serve_example() as example:
        assert crawl(example.url, path, *AZAR).code == 0
    return path


@pytest.fixture
def db(crawled: Path, tmp_path: Path) -> Path:
    return copied(crawled, tmp_path / "x.db")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Article], Article]], None]:
    """Have today's reader read otherwise, in this process."""

    def put(reader: Callable[[Article], Article]) -> None:
        monkeypatch.setattr(readers, "read_page", lambda body, url: reader(read_page(body, url)))

    return put


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_crawled_archive_read_again_is_the_same_to_the_letter(db: Path, jobs: int) -> None:
    before = said(db)
    done = again(db, everything=True, jobs=jobs)
    assert [(one.agency, one.pages, one.read, one.unchanged) for one in done.agencies] == [("shabestan", 39, 39, 39)]
    assert (done.fields, done.faults, done.jobs) == ((), (), jobs)
    assert said(db) == before


def test_what_todays_reader_has_read_is_not_read_again(db: Path) -> None:
    assert [(one.pages, one.due, one.read) for one in again(db).agencies] == [(39, 0, 0)]
    plant(db, WITH_ALL)
    assert [(one.due, one.read, one.unchanged) for one in again(db).agencies] == [(1, 1, 1)]
    assert one(db, "reader", WITH_ALL) == "nastooh/1"


@pytest.mark.parametrize(
    ("column", "older", "how"),
    [
        ("title", "عنوانی که خواننده پیشین خواند", "changed"),
        ("kicker", None, "filled"),
        ("lead", "چکیده‌ای دیگر", "changed"),
        ("body", None, "filled"),
        ("url", "https://shabestan.news/news/1001741", "changed"),
        ("published", "2020-12-07T07:00:01Z", "changed"),
        ("published", None, "filled"),
        ("modified", None, "filled"),
        ("image", None, "filled"),
        ("authors", '["کسی دیگر"]', "changed"),
        ("kind", "video", "changed"),
        ("language", None, "filled"),
    ],
)
def test_a_field_that_an_older_reader_read_otherwise_is_told_and_becomes_what_the_page_says(
    crawled: Path, db: Path, column: str, older: str | None, how: str
) -> None:
    plant(db, WITH_ALL, **{column: older})
    planned = again(db, dry_run=True)
    assert told(planned) == [(column, how, 1)]
    assert planned.fields[0].news_code == WITH_ALL
    assert one(db, column, WITH_ALL) == older
    assert again(db).fields == planned.fields
    assert said(db) == said(crawled)


@pytest.mark.parametrize("names", ["tags", "sections"])
def test_tags_and_sections_come_back_in_their_order(crawled: Path, db: Path, names: str) -> None:
    forget_names(db, WITH_ALL, f"article_{names}")
    assert told(again(db)) == [(names, "filled", 1)]
    assert said(db) == said(crawled)
    with open_archive(db) as archive, open_archive(crawled) as original:
        assert archive.article("shabestan", WITH_ALL) == original.article("shabestan", WITH_ALL)


def test_an_example_shows_what_was_held_and_what_the_page_says(db: Path) -> None:
    title = one(db, "title", WITH_ALL)
    for code in (WITH_ALL, SECOND):
        plant(db, code, title="کهنه")
    assert again(db, dry_run=True).fields == (
        FieldReread(
            agency="shabestan", field="title", how="changed", count=2, news_code=WITH_ALL, before="کهنه", after=title
        ),
    )


def test_what_todays_reader_does_not_find_stays_until_it_is_told_otherwise(crawled: Path, db: Path) -> None:
    plant(db, WITHOUT_KICKER, kicker="روتیتری که در صفحه نیست", title="کهنه")
    assert told(again(db)) == [("kicker", "kept", 1), ("title", "changed", 1)]
    assert one(db, "title", WITHOUT_KICKER) == one(crawled, "title", WITHOUT_KICKER)
    assert one(db, "kicker", WITHOUT_KICKER) == "روتیتری که در صفحه نیست"
    second = again(db)
    assert told(second) == [("kicker", "kept", 1)]  # an article that was not read by today's reader alone is still due
    assert [(one.changed, one.kept) for one in second.agencies] == [(0, 1)]
    assert one(db, "reader", WITHOUT_KICKER) == OLD
    assert told(again(db, allow_empty=True)) == [("kicker", "emptied", 1)]
    assert said(db) == said(crawled)


def test_no_revision_is_made_and_when_it_was_seen_and_its_page_stay(db: Path, reads: Any) -> None:
    before = rows(db, "select news_code, page_id, first_seen, last_seen from articles order by id")
    reads(lambda read: replace(read, title=f"{read.title} همان است", reader="nastooh/2"))
    assert told(again(db, everything=True)) == [("title", "changed", 39)]
    assert rows(db, "select count(*) from revisions") == [(0,)]
    assert rows(db, "select news_code, page_id, first_seen, last_seen from articles order by id") == before
    assert rows(db, "select distinct reader from articles") == [("nastooh/2",)]
    with open_archive(db) as archive:
        assert len(archive.search('"همان است"', limit=100)) == 39


def test_articles_that_say_the_same_are_linked_anew(db: Path, reads: Any) -> None:
    linked = "select news_code from articles where duplicate_of is not null order by 1"
    assert rows(db, linked) == [(DOUBLE,)]
    reads(lambda read: replace(read, title=f"{read.title} {read.news_code}"))
    again(db, everything=True)
    assert rows(db, linked) == []
    assert again(db, everything=True).fields == ()
    same = {"title": "یک", "kicker": None, "lead": "دو", "body": "سه", "tags": ()}
    reads(lambda read: replace(read, **same) if read.news_code in {WITH_ALL, SECOND} else read)
    again(db, everything=True, allow_empty=True)
    assert rows(db, linked) == [(SECOND,), (DOUBLE,)]
    assert said(db)


@pytest.mark.parametrize(
    ("packed", "kind"),
    [
        (pack("<html><title>خطای 404</title><h1>صفحه مورد نظر یافت نشد</h1></html>".encode()), "not found"),
        (pack(b"<html><script>var AR_SiteKey;</script>Transferring to the website...</html>"), "interstitial"),
        (pack(b""), "empty page"),
        (pack("<html><p>سلام</p></html>".encode()), "no article"),
        (b"\x28\xb5\x2f\xfd\x00", "damaged page"),
    ],
)
def test_a_page_that_is_no_article_changes_nothing_and_is_counted_by_name(db: Path, packed: bytes, kind: str) -> None:
    put_page(db, WITH_ALL, packed)
    before = rows(db, "select * from articles order by id")
    done = again(db, allow_empty=True)
    assert [(one.kind, one.count, one.news_code) for one in done.faults] == [(kind, 1, WITH_ALL)]
    assert [(one.read, one.failed) for one in done.agencies] == [(1, 1)]
    assert rows(db, "select * from articles order by id") == before


def test_a_reader_that_fails_on_one_page_costs_that_page_alone(db: Path, reads: Any) -> None:
    def fails(read: Article) -> Article:
        if read.news_code == SECOND:
            raise ZeroDivisionError("by nothing")
        return replace(read, reader="nastooh/2")

    reads(fails)
    done = again(db, everything=True)
    assert [(one.kind, one.reason) for one in done.faults] == [("reader failed", "ZeroDivisionError: by nothing")]
    assert rows(db, "select news_code from articles where reader = 'nastooh/1'") == [(SECOND,)]


def test_a_page_that_says_another_code_is_told_and_left(db: Path) -> None:
    put_page(db, WITH_ALL, pack(page_of(db, SECOND)))
    before = one(db, "title", WITH_ALL)
    done = again(db)
    assert [(one.kind, one.news_code) for one in done.faults] == [("another article", WITH_ALL)]
    assert f"shabestan/{SECOND}" in done.faults[0].reason
    assert (one(db, "title", WITH_ALL), one(db, "reader", WITH_ALL)) == (before, OLD)


def test_a_reading_that_no_crawl_would_keep_is_refused(db: Path, reads: Any) -> None:
    reads(lambda read: replace(read, title=None))
    assert [(one.kind, one.count) for one in again(db, everything=True, allow_empty=True).faults] == [("refused", 39)]
    taken = one(db, "url", SECOND)
    reads(lambda read: replace(read, url=taken) if read.news_code == WITH_ALL else read)
    refused = again(db, everything=True).faults
    assert [(one.kind, one.reason) for one in refused] == [("refused", f"shabestan/{SECOND} holds {taken} already.")]
    reads(lambda read: replace(read, title="\ud83d") if read.news_code == WITH_ALL else read)
    assert [one.count for one in again(db, everything=True).faults] == [1]


def test_what_somebody_else_changed_meanwhile_stays(db: Path, reads: Any) -> None:
    plant(db, WITH_ALL, kicker="کهنه")

    def reader(read: Article) -> Article:
        plant(db, WITH_ALL, kicker="تازه‌تر")
        return read

    reads(reader)
    assert [(one.read, one.meanwhile) for one in again(db).agencies] == [(1, 1)]
    assert one(db, "kicker", WITH_ALL) == "تازه‌تر"


def test_a_dry_run_writes_nothing_and_holds_nobody_up(db: Path, reads: Any) -> None:
    before = said(db), db.read_bytes()
    reads(lambda read: replace(read, title="دیگر", reader="nastooh/2"))
    with agency_lock(db, "shabestan"):
        assert told(again(db, everything=True, dry_run=True)) == [("title", "changed", 39)]
    assert (said(db), db.read_bytes()) == before


def test_of_two_agencies_the_one_that_is_crawled_now_is_passed_over(db: Path) -> None:
    url = "https://www.mehrnews.com/news/5090001"
    take_page(db, url, page_of(db, WITH_ALL).replace(WITH_ALL.encode(), b"5090001"), LATER)
    for code in (WITH_ALL, "5090001"):
        plant(db, code, kicker="کهنه")
    with agency_lock(db, "shabestan"):
        done = again(db)
        assert done.busy == ("shabestan",)
        assert [(one.agency, one.due, one.changed) for one in done.agencies] == [
            ("mehr", 1, 1),
            ("shabestan", 1, 0),
        ]
        with pytest.raises(AgencyBusyError):
            again(db, agency="shabestan")
    assert again(db, agency="mehr").read == 0
    assert [one.changed for one in again(db, agency="shabestan").agencies] == [1]


def test_days_of_publication_bound_what_is_read(db: Path) -> None:
    done = again(db, everything=True, since=date(2020, 12, 20), until=date(2020, 12, 20))
    assert done.read == rows(db, "select count(*) from articles where published_jalali = '1399-09-30'")[0][0] == 3
    with pytest.raises(UsageError):
        again(db, since=date(2020, 12, 20), until=date(2020, 12, 19))
