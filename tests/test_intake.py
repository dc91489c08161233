"""What becomes of an article that comes in: it is in every table, with its agency, its day and its doubles."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from archives import NOON, Clock, fetched, story, take
from intakes import LATER, found, rows

from bayegan.archive.intake import Intake
from bayegan.archive.pages.packing import unpack
from bayegan.archive.rows import AgencyRow
from crawler.items import Link

if TYPE_CHECKING:
    from bayegan.archive.writer import Writer


def test_a_new_article_is_in_every_table(writer: Writer, intake: Intake) -> None:
    link = Link(url="https://shabestan.news/news/101", news_code="101", day=date(2020, 12, 6), via="feed")
    item = replace(fetched(story("101")), link=link)
    assert take(intake, item) == "new"
    intake.flush()

    assert rows(writer, "SELECT agency, news_code, published, published_jalali, authors, page_id FROM articles") == [
        ("shabestan", "101", "2020-12-07T08:00:00Z", "1399-09-17", '["مریم رضایی"]', 1)
    ]
    assert rows(writer, "SELECT first_seen, last_seen FROM articles") == [("2020-12-07T08:30:00Z",) * 2]
    assert rows(writer, "SELECT name FROM tags ORDER BY id") == [("كتاب",), ("شورای شهر",)]
    assert rows(writer, "SELECT article_id, tag_id FROM article_tags") == [(1, 1), (1, 2)]
    assert rows(writer, "SELECT article_id, section_id FROM article_sections") == [(1, 1)]
    assert rows(writer, "SELECT url, fetched_at, status, content_type, etag FROM pages") == [
        ("https://shabestan.news/news/101", "2020-12-07T08:30:00Z", 200, "text/html", '"1"')
    ]
    assert rows(writer, "SELECT news_code, url, day, via, state, attempts, status, error FROM ledger") == [
        ("101", "https://shabestan.news/news/101", "2020-12-06", "feed", "held", 1, 200, None)
    ]
    assert found(writer, "کتابخانه") == [1]
    assert intake.counts == {"new": 1}


def test_the_page_is_kept_as_it_was_served(writer: Writer, intake: Intake) -> None:
    take(intake, fetched(story(), html="<html>به نام خدا</html>"))
    intake.flush()
    ((digest, body),) = rows(writer, "SELECT sha256, body FROM pages")
    assert unpack(body) == "<html>به نام خدا</html>".encode()
    assert digest == "fe01e0b701bc8b7e7bc66972a3eeeaeda31fec2427a299b35e3246d282450056"


def test_an_agency_is_entered_with_what_is_known_of_it(writer: Writer) -> None:
    known = AgencyRow(name="shabestan", title="شبستان", home="https://shabestan.news", family="nastooh")
    intake = Intake(writer, clock=Clock(), agencies=[known])
    take(intake, fetched(story("1")))
    take(intake, fetched(story("2", agency="example.ir", url="https://example.ir/2")))
    intake.flush()
    assert rows(writer, "SELECT * FROM agencies ORDER BY name") == [
        ("example.ir", None, None, None),
        ("shabestan", "شبستان", "https://shabestan.news", "nastooh"),
    ]


def test_an_agency_once_known_is_not_forgotten(writer: Writer) -> None:
    known = AgencyRow(name="shabestan", title="شبستان")
    for agencies, code in (([known], "101"), ([], "102")):
        intake = Intake(writer, clock=Clock(), agencies=agencies)
        take(intake, fetched(story(code)))
        intake.flush()
    assert rows(writer, "SELECT name, title FROM agencies") == [("shabestan", "شبستان")]


def test_the_same_text_under_another_code_is_kept_and_linked(writer: Writer, intake: Intake) -> None:
    for code in ("101", "102", "103"):
        take(intake, fetched(story(code, title="یک تیتر")))
    take(intake, fetched(story("104", title="یک تیتر", body=None)))
    take(intake, fetched(story("105", title="یک تیتر", body=None)))
    intake.flush()
    assert rows(writer, "SELECT news_code, duplicate_of FROM articles ORDER BY id") == [
        ("101", None), ("102", 1), ("103", 1), ("104", None), ("105", None),
    ]  # fmt: skip
    assert intake.counts == {"new": 5, "duplicate": 2}


def test_links_follow_when_the_original_changes(writer: Writer, intake: Intake) -> None:
    for code in ("101", "102", "103"):
        take(intake, fetched(story(code, title="یک تیتر")))
    intake.flush()
    take(intake, fetched(story("101", title="تیتر دیگر"), at=LATER))
    intake.flush()
    assert rows(writer, "SELECT news_code, duplicate_of FROM articles ORDER BY id") == [
        ("101", None), ("102", None), ("103", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("listed", "linked", "published", "day"),
    [
        ("2020-12-01", date(2020, 12, 2), NOON, "2020-12-01"),
        (None, date(2020, 12, 2), NOON, "2020-12-02"),
        (None, None, NOON, "2020-12-07"),
        (None, None, datetime(2020, 12, 7, 23, 0, tzinfo=NOON.tzinfo), "2020-12-08"),  # past midnight in Tehran
        (None, None, None, None),
    ],
)
def test_the_ledgers_day_is_the_listings_else_the_published_one(
    writer: Writer, listed: str | None, linked: date | None, published: datetime | None, day: str | None
) -> None:
    intake = Intake(writer, clock=Clock())
    writer.conn.execute(
        "INSERT INTO ledger (agency, news_code, listed_at, day, attempts, error, state)"
        " VALUES ('shabestan', '101', '2020-12-07T08:00:00Z', ?, 2, 'timeout', 'failed')",
        (listed,),
    )
    link = Link(url="https://shabestan.news/news/101", news_code="101", day=linked)
    take(intake, replace(fetched(story("101", published=published)), link=link))
    intake.flush()
    assert rows(writer, "SELECT day, state, attempts, error, listed_at FROM ledger") == [
        (day, "held", 3, None, "2020-12-07T08:00:00Z")
    ]


def test_authors_tags_and_sections_keep_their_order(writer: Writer, intake: Intake) -> None:
    take(intake, fetched(story("101", tags=("ج", "ب", "الف"))))
    take(intake, fetched(story("102", tags=("الف", "ج"), authors=("ی", "الف"))))
    intake.flush()
    assert rows(writer, "SELECT tags, authors FROM article_list ORDER BY id") == [
        ("ج، ب، الف", "مریم رضایی"), ("الف، ج", "ی، الف"),
    ]  # fmt: skip
    assert json.loads(rows(writer, "SELECT authors FROM articles")[1][0]) == ["ی", "الف"]


def test_the_run_is_written_into_the_ledger(writer: Writer) -> None:
    writer.conn.execute("INSERT INTO runs (id, agency, started) VALUES (7, 'shabestan', '2020-12-07T08:00:00Z')")
    take(crawl := Intake(writer, clock=Clock(), run_id=7), fetched(story("101")))
    crawl.flush()
    take(import_ := Intake(writer, clock=Clock()), fetched(story("101")))
    import_.flush()
    assert rows(writer, "SELECT run_id, via FROM ledger") == [(7, "import")]
