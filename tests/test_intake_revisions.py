"""An article that comes in again: unchanged, or revised with what it said before kept beside it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from archives import LONG_TEXT, NOON, fetched, story, take
from intakes import EARLIER, LATER, OTHER_TEXT, found, index_is_whole, rows

from bayegan.archive.identity import content_hash
from crawler.dates import TEHRAN
from crawler.items import Article

if TYPE_CHECKING:
    from bayegan.archive.intake import Intake
    from bayegan.archive.writer import Writer


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
