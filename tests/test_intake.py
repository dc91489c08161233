"""What becomes of an article that comes in: new, unchanged, revised, refused, linked."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from archives import LONG_TEXT, NOON, Clock, fetched, story, take

from bayegan.archive.identity import Gist, code_reused, content_hash
from bayegan.archive.intake import Intake
from bayegan.archive.pages import unpack
from bayegan.archive.rows import AgencyRow
from bayegan.archive.writer import Writer
from crawler.dates import TEHRAN
from crawler.errors import ArchiveError, RefusedError
from crawler.items import Article, Link

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OTHER_TEXT = "تیم والیبال بانوان پس از پنج ست نفس‌گیر حریف خود را شکست داد و به مرحله پایانی مسابقات آسیا رسید."
LATER = NOON + timedelta(hours=1)
EARLIER = NOON - timedelta(days=365)


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    with Writer(tmp_path / "news.db") as writer:
        yield writer


@pytest.fixture
def intake(writer: Writer) -> Intake:
    return Intake(writer, clock=Clock())


def rows(writer: Writer, sql: str) -> list[tuple[Any, ...]]:
    return writer.conn.execute(sql).fetchall()


def index_is_whole(writer: Writer) -> bool:
    """FTS5 compares its index with nothing but itself here; that a match finds what is held is asked beside it."""
    writer.conn.execute("INSERT INTO articles_fts (articles_fts) VALUES ('integrity-check')")
    return True


def found(writer: Writer, word: str) -> list[int]:
    return [row[0] for row in writer.conn.execute("SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?", (word,))]


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


def test_an_unchanged_article_is_only_seen_again(writer: Writer, intake: Intake) -> None:
    take(intake, fetched(story()))
    intake.flush()
    again = story(modified=datetime(2020, 12, 8, tzinfo=TEHRAN), title="سه  کتابخانه تازه در\u00a0شهر 101")
    assert take(intake, fetched(again, at=LATER)) == "unchanged"
    intake.flush()
    assert rows(writer, "SELECT first_seen, last_seen FROM articles") == [
        ("2020-12-07T08:30:00Z", "2020-12-07T09:30:00Z")
    ]
    assert rows(writer, "SELECT count(*) FROM pages") == [(1,)]
    assert rows(writer, "SELECT count(*) FROM revisions") == [(0,)]
    assert rows(writer, "SELECT state, attempts FROM ledger") == [("held", 2)]
    assert intake.counts == {"new": 1, "unchanged": 1}


def test_a_changed_article_makes_a_revision(writer: Writer, intake: Intake) -> None:
    take(intake, fetched(story()))
    intake.flush()
    before = content_hash(story())
    changed = story(body=f"{LONG_TEXT}\n\nاین خبر تکمیل شد.", tags=("بودجه",))
    assert take(intake, fetched(changed, at=LATER)) == "revised"
    intake.flush()

    assert rows(writer, "SELECT body, page_id, first_seen, last_seen FROM articles") == [
        (f"{LONG_TEXT}\n\nاین خبر تکمیل شد.", 2, "2020-12-07T08:30:00Z", "2020-12-07T09:30:00Z")
    ]
    assert rows(writer, "SELECT article_id, seen_at, content_hash, title, body, tags, page_id FROM revisions") == [
        (1, "2020-12-07T08:30:00Z", before, "سه کتابخانه تازه در شهر 101", LONG_TEXT, '["كتاب", "شورای شهر"]', 1)
    ]
    tags = "SELECT tags.name FROM article_tags JOIN tags ON tags.id = tag_id"
    assert rows(writer, tags) == [("بودجه",)]
    assert found(writer, "تکمیل") == [1]
    assert index_is_whole(writer)
    assert intake.counts == {"new": 1, "revised": 1}


def test_words_of_an_earlier_reading_are_not_found(writer: Writer, intake: Intake) -> None:
    take(intake, fetched(story(title="هیأت\u200cرئیسهٔ تازه")))
    intake.flush()
    take(intake, fetched(story(title="شورای تازه"), at=LATER))
    intake.flush()
    assert found(writer, "رییسه") == []
    assert found(writer, "شورای") == [1]
    assert index_is_whole(writer)


@pytest.mark.parametrize(
    ("changed", "judged"),
    [
        ({"kicker": "اقتصاد"}, "revised"),
        ({"title": "تیتر تازه"}, "revised"),
        ({"lead": "لید تازه."}, "revised"),
        ({"body": f"{LONG_TEXT} تمام."}, "revised"),
        ({"tags": ("بودجه",)}, "revised"),
        ({"title": "سه کتابخانه تازه در\n شهر 101 "}, "unchanged"),
        ({"modified": datetime(2021, 1, 1, tzinfo=TEHRAN)}, "unchanged"),
        ({"image": "https://shabestan.news/1.jpg"}, "unchanged"),
        ({"url": "https://shabestan.news/news/101/another-slug"}, "unchanged"),
    ],
)
def test_only_the_text_and_its_tags_make_a_revision(intake: Intake, changed: dict[str, Any], judged: str) -> None:
    take(intake, fetched(story()))
    assert intake.judge(story(**changed)) == judged  # while the first still waits
    intake.flush()
    assert intake.judge(story(**changed)) == judged


def test_the_non_joiner_is_a_letter_of_the_hash() -> None:
    assert content_hash(Article(title="می\u200cرود")) != content_hash(Article(title="می رود"))
    assert content_hash(Article(title="الف", tags=("ب",))) != content_hash(Article(title="الف", lead="ب"))


REFUSED = [
    pytest.param(
        story("101", title="صعود تیم والیبال", lead=None, body=OTHER_TEXT),
        r"The code of shabestan/101 was reused: «سه کتابخانه تازه در شهر 101» is held, «صعود تیم والیبال» is refused\.",
        id="code reused",
    ),
    pytest.param(
        story("999", url="https://shabestan.news/news/101"),
        r"shabestan/999 is refused: shabestan/101 holds https://shabestan\.news/news/101 already\.",
        id="address held",
    ),
    pytest.param(story("666"), r"shabestan/666 was taken down and is not kept again\.", id="taken down"),
    pytest.param(story("101", news_code=None), "has no agency or no news code", id="no code"),
    pytest.param(story("101", agency=None), "has no agency or no news code", id="no agency"),
]


@pytest.mark.parametrize("flushed", [True, False])
@pytest.mark.parametrize(("article", "told"), REFUSED)
def test_an_article_is_refused_by_name(
    writer: Writer, intake: Intake, article: Article, told: str, *, flushed: bool
) -> None:
    writer.conn.execute("INSERT INTO tombstones VALUES ('shabestan', '666', '2020-12-01T00:00:00Z', 'شکایت')")
    take(intake, fetched(story("101")))
    if flushed:
        intake.flush()
    with pytest.raises(RefusedError, match=told):
        intake.judge(article)


@pytest.mark.parametrize(
    ("held", "read", "reused"),
    [
        (Gist("الف", None, LONG_TEXT), Gist("ب", None, OTHER_TEXT), True),
        (Gist("الف", None, LONG_TEXT), Gist("الف", None, OTHER_TEXT), False),
        (Gist("بین\u200cالمللی", None, LONG_TEXT), Gist("بينالمللي", None, OTHER_TEXT), False),
        (Gist("الف", None, LONG_TEXT), Gist("ب", None, LONG_TEXT[:60]), False),
        (Gist("الف", None, LONG_TEXT), Gist("ب", None, None), False),
        (Gist("الف", None, None), Gist("ب", None, None), False),
        (Gist("الف", None, "دو کلمه"), Gist("ب", None, "دو کلمه"), False),
        (Gist("الف", None, "دو کلمه"), Gist("ب", None, "کلمه دیگر"), True),
    ],
)
def test_a_code_is_reused_where_title_and_text_are_others(held: Gist, read: Gist, *, reused: bool) -> None:
    assert code_reused(held, read) is reused


def test_a_taken_down_article_is_not_kept_though_it_waited(writer: Writer, intake: Intake) -> None:
    writer.conn.execute(
        "INSERT INTO ledger (agency, news_code, listed_at) VALUES ('shabestan', '101', '2020-12-07T08:00:00Z')"
    )
    take(intake, fetched(story("101")))
    writer.conn.execute("INSERT INTO tombstones VALUES ('shabestan', '101', '2020-12-07T08:30:00Z', NULL)")
    intake.flush()
    assert rows(writer, "SELECT count(*) FROM articles") == [(0,)]
    assert rows(writer, "SELECT count(*) FROM pages") == [(0,)]
    assert rows(writer, "SELECT state FROM ledger") == [("taken_down",)]
    assert intake.counts == {"taken_down": 1}


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


def test_an_older_capture_becomes_an_earlier_revision(writer: Writer, intake: Intake) -> None:
    take(intake, fetched(story()))
    intake.flush()
    older = story(title="دو کتابخانه تازه در شهر 101")
    for _ in range(2):  # the second import of the same file adds nothing
        take(intake, fetched(older, at=EARLIER))
        intake.flush()
    assert rows(writer, "SELECT title, page_id, first_seen, last_seen FROM articles") == [
        ("سه کتابخانه تازه در شهر 101", 1, "2019-12-08T08:30:00Z", "2020-12-07T08:30:00Z")
    ]
    assert rows(writer, "SELECT title, seen_at, page_id FROM revisions") == [
        ("دو کتابخانه تازه در شهر 101", "2019-12-08T08:30:00Z", 2)
    ]
    assert rows(writer, "SELECT count(*) FROM pages") == [(2,)]
    assert found(writer, "دو") == []
    assert index_is_whole(writer)
    assert intake.counts == {"new": 1, "revised": 1, "unchanged": 1}


def test_a_page_replaces_a_dump_even_of_another_text(writer: Writer, intake: Intake) -> None:
    dump = story(title="تیتر گمشده", lead=None, body=OTHER_TEXT, reader="dump/1", published=None)
    take(intake, fetched(dump, at=None))
    intake.flush()
    assert rows(writer, "SELECT reader, page_id, published FROM articles") == [("dump/1", None, None)]
    assert take(intake, fetched(story(), at=EARLIER)) == "revised"
    intake.flush()
    assert rows(writer, "SELECT title, reader, page_id FROM articles") == [
        ("سه کتابخانه تازه در شهر 101", "nastooh/1", 1)
    ]
    assert rows(writer, "SELECT title, page_id FROM revisions") == [("تیتر گمشده", None)]


def test_a_page_of_the_same_text_fills_what_the_dump_lacked(writer: Writer, intake: Intake) -> None:
    take(intake, fetched(story(reader="dump/1", published=None, image=None), at=None))
    intake.flush()
    assert take(intake, fetched(story(image="https://shabestan.news/1.jpg"), at=LATER)) == "unchanged"
    intake.flush()
    assert rows(writer, "SELECT reader, page_id, published, image FROM articles") == [
        ("nastooh/1", 1, "2020-12-07T08:00:00Z", "https://shabestan.news/1.jpg")
    ]
    assert rows(writer, "SELECT count(*) FROM revisions") == [(0,)]
    assert rows(writer, "SELECT day FROM ledger") == [("2020-12-07",)]


def test_a_dump_never_replaces_a_page(writer: Writer, intake: Intake) -> None:
    take(intake, fetched(story()))
    assert take(intake, fetched(story(title="تیتر دیگر", reader="dump/1"), at=None)) == "unchanged"
    assert take(intake, fetched(story())) == "unchanged"
    intake.flush()
    assert rows(writer, "SELECT title, reader FROM articles") == [("سه کتابخانه تازه در شهر 101", "nastooh/1")]
    assert intake.counts == {"new": 1, "unchanged": 2}


def test_an_article_changed_twice_in_one_batch_has_two_revisions(writer: Writer, intake: Intake) -> None:
    judged = [
        take(intake, fetched(story(kicker=kicker), at=NOON + timedelta(minutes=at)))
        for at, kicker in enumerate(("یک", "دو", "سه", "سه"))
    ]
    intake.flush()
    assert judged == ["new", "revised", "revised", "unchanged"]
    assert rows(writer, "SELECT kicker FROM revisions ORDER BY id") == [("یک",), ("دو",)]
    assert rows(writer, "SELECT kicker, last_seen FROM articles") == [("سه", "2020-12-07T08:33:00Z")]


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


def test_a_full_batch_is_written(writer: Writer) -> None:
    intake = Intake(writer, clock=Clock(), batch=2)
    take(intake, fetched(story("101")))
    assert rows(writer, "SELECT count(*) FROM articles") == [(0,)]
    take(intake, fetched(story("102")))
    assert rows(writer, "SELECT count(*) FROM articles") == [(2,)]


def test_a_batch_that_waited_long_enough_is_written(writer: Writer) -> None:
    clock = Clock()
    intake = Intake(writer, clock=clock, seconds=2.0)
    for code, waited, written in (("101", 0, 0), ("102", 1.9, 0), ("103", 0.1, 3), ("104", 1.9, 3)):
        clock.move(seconds=waited)
        take(intake, fetched(story(code)))
        assert rows(writer, "SELECT count(*) FROM articles") == [(written,)]


def test_a_failed_flush_keeps_what_waits(writer: Writer, intake: Intake) -> None:
    take(intake, fetched(story("101")))
    with Writer(writer.path) as other, other.transaction():
        writer.conn.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(ArchiveError, match="locked by another process"):
            intake.flush()
        assert intake.judge(story("101")) == "unchanged"
        assert intake.counts == {}
    intake.flush()
    intake.flush()
    assert rows(writer, "SELECT news_code FROM articles") == [("101",)]
    assert intake.counts == {"new": 1}


def test_an_article_that_another_process_stored_first_is_no_error(writer: Writer, intake: Intake) -> None:
    take(intake, fetched(story("101")))
    with Writer(writer.path) as other:
        take(faster := Intake(other, clock=Clock()), fetched(story("101", kicker="دیگری")))
        faster.flush()
    intake.flush()
    assert rows(writer, "SELECT kicker FROM articles") == [("فرهنگ",)]
    assert intake.counts == {"revised": 1}


def test_half_a_letter_is_refused_before_it_can_hold_up_the_batch(writer: Writer, intake: Intake) -> None:
    take(intake, fetched(story("101")))
    with pytest.raises(RefusedError, match="shabestan/102 holds broken characters"):
        intake.keep(fetched(story("102", tags=("\ud83d",))), "new")
    intake.flush()
    assert rows(writer, "SELECT news_code FROM articles") == [("101",)]


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
