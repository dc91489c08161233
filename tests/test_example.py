from __future__ import annotations

import asyncio
import json
from collections import Counter
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from example_pages import FIRST, SITE

from bayegan.example import Example, default_site, stories
from bayegan.example.answering import Request
from bayegan.example.calendar import ago, in_article, in_listing
from bayegan.example.corpus import edition, visible
from bayegan.example.invented import invented
from bayegan.example.story import State, slug
from bayegan.example.written import written, written_later

IRAN = timezone(timedelta(hours=3, minutes=30))


def test_the_default_site_has_forty_stories_in_azar_1399_some_days_none_and_one_day_many() -> None:
    days = Counter(story.day for story in SITE.stories)
    assert sum(days.values()) == 40
    assert (min(days), max(days)) == (date(2020, 11, 21), date(2020, 12, 20))
    assert days[date(2020, 12, 7)] == 9
    assert len(days) == 21


@pytest.mark.parametrize(("count", "first_day"), [(20, date(2020, 11, 22)), (5000, date(2020, 11, 21))])
def test_a_corpus_of_any_size_lies_in_azar(count: int, first_day: date) -> None:
    some = stories(count)
    assert len(some) == count
    assert some[0].day == first_day
    assert some[-1].day == date(2020, 12, 20)


def test_a_corpus_too_large_for_a_month_begins_earlier() -> None:
    assert stories(8000)[0].day == date(2020, 11, 11)


def test_codes_and_moments_grow_together_and_leave_out_the_code_of_the_real_article() -> None:
    some = stories(300)
    codes = [int(story.code) for story in some]
    moments = [story.published for story in some]
    assert codes == sorted(set(codes))
    assert moments == sorted(moments)
    assert 1001756 not in codes


def test_the_same_number_makes_the_same_story_on_every_machine() -> None:
    assert stories(50) == stories(50)
    assert invented(3).title == "۳۶۳ نفر برای بازارچهٔ میوه ایلام پیشنهاد دادند"


def test_no_two_stories_have_the_same_text() -> None:
    texts = Counter((story.title, story.lead, story.body) for story in stories(1500))
    assert texts.most_common(1)[0][1] == 1


def test_no_template_is_left_unfilled() -> None:
    for number in range(400):
        text = invented(number)
        whole = "|".join((text.title, text.kicker, text.lead, *text.paragraphs, *text.tags))
        assert "{" not in whole
        assert "  " not in whole
        assert text.title
        assert text.lead
        assert len(text.paragraphs) >= 4


def test_sixteen_stories_are_written_by_hand_and_three_more_come_later() -> None:
    assert [len(written()), len(written_later())] == [16, 3]
    assert {text.news_type for text in written()} == {"news", "report", "talk", "photo", "video"}


def test_one_story_is_a_duplicate_of_another_under_its_own_code() -> None:
    texts: dict[tuple[str, str, str, tuple[str, ...]], list[str]] = {}
    for story in SITE.stories:
        texts.setdefault((story.title, story.lead, story.body, story.tags), []).append(story.code)
    assert [codes for codes in texts.values() if len(codes) > 1] == [["1001765", "1001767"]]


def test_there_is_one_story_of_each_trouble() -> None:
    assert Counter(story.manner for story in SITE.stories) == {"plain": 37, "busy": 1, "slow": 1, "gone": 1}
    assert [story.code for story in SITE.stories if story.undated] == ["1001763"]
    assert [story.code for story in SITE.stories if story.changes] == ["1001777"]


def test_the_deleted_story_can_be_left_out() -> None:
    assert Counter(story.manner for story in default_site(gone=False).stories) == {"plain": 38, "busy": 1, "slow": 1}


@pytest.mark.parametrize("count", [0, 1, 5, 19])
def test_a_small_site_has_the_troubles_that_fit(count: int) -> None:
    assert len(default_site(count).stories) == count


@pytest.mark.parametrize(
    ("title", "written_slug"),
    [
        ("شهر ما", "شهر-ما"),
        ("می\u200cرود و می\u200cآید", "می-رود-و-می-آید"),
        ("«قنات»: میراثِ ۲۳ رشته (یزد)", "قنات-میراث-۲۳-رشته-یزد"),
        ("هٔ پایان", "ه-پایان"),
    ],
)
def test_a_slug_joins_words_by_hyphens(title: str, written_slug: str) -> None:
    assert slug(title) == written_slug


def test_a_slug_is_cut_at_a_whole_word() -> None:
    assert slug("واژه " * 40) == "-".join(["واژه"] * 14)


@pytest.mark.parametrize(
    ("moment", "listing", "shown"),
    [
        (datetime(2024, 2, 6, 21, 40, tzinfo=IRAN), "سه\u200cشنبه ۱۷ بهمن ۱۴۰۲ - ۲۱:۴۰", "۱۷ بهمن ۱۴۰۲، ۲۱:۴۰"),
        (datetime(2020, 12, 7, 9, 5, tzinfo=IRAN), "دوشنبه ۱۷ آذر ۱۳۹۹ - ۰۹:۰۵", "۱۷ آذر ۱۳۹۹، ۹:۰۵"),
        (datetime(2020, 12, 7, 0, 12, tzinfo=IRAN), "دوشنبه ۱۷ آذر ۱۳۹۹ - ۰۰:۱۲", "۱۷ آذر ۱۳۹۹، ۰:۱۲"),
    ],
)
def test_dates_are_written_as_the_family_writes_them(moment: datetime, listing: str, shown: str) -> None:
    assert in_listing(moment) == listing
    assert in_article(moment) == shown


@pytest.mark.parametrize(
    ("hours", "phrase"),
    [(0.5, "۳۰ دقیقه قبل"), (2, "۲ ساعت قبل"), (100, "۴ روز قبل")],
)
def test_listings_say_how_long_ago(hours: float, phrase: str) -> None:
    now = datetime(2020, 12, 20, 12, tzinfo=IRAN)
    assert ago(now - timedelta(hours=hours), now) == phrase


def test_later_stories_come_minutes_after_the_last_one_with_codes_of_their_own() -> None:
    newest = visible(SITE, State(published=3))[:3]
    assert [story.code for story in newest] == ["1001785", "1001783", "1001781"]
    assert newest[2].published == datetime(2020, 12, 20, 12, 27, 54, tzinfo=IRAN)
    assert newest[2].title == "قطار حومه\u200cای قم–تهران از شنبه با نیمی از ظرفیت حرکت می\u200cکند"
    assert {story.day for story in newest} == {date(2020, 12, 20)}


def test_an_edition_has_another_lead_one_paragraph_more_and_is_modified_later() -> None:
    first = SITE.stories[-3]
    second = edition(first, 1)
    assert second.lead == f"{first.lead} این خبر ۱ بار تکمیل شده است."
    assert len(second.paragraphs) == len(first.paragraphs) + 1
    assert second.modified - second.published == timedelta(minutes=45)
    assert edition(first, 2).body != second.body


def test_publishing_editing_and_withdrawing_change_what_is_shown() -> None:
    site = Example(SITE)
    site.publish(2)
    site.edit()
    site.withdraw(FIRST)
    assert site.state == State(published=2, edits=1, withdrawn=frozenset({FIRST}))
    assert len(site.view.stories) == 41
    assert site.view.by_code["1001777"].lead.endswith("این خبر ۱ بار تکمیل شده است.")
    assert site.answer(Request(path=f"/news/{FIRST}")).status == 404


@pytest.mark.parametrize(
    ("method", "path", "status", "said"),
    [
        ("POST", "/_example/publish?n=3", 200, {"published": 3, "edits": 0, "stories": 43}),
        ("POST", "/_example/publish", 200, {"published": 1, "edits": 0, "stories": 41}),
        ("POST", "/_example/edit", 200, {"published": 0, "edits": 1, "stories": 40}),
        ("POST", "/_example/withdraw?code=1001701", 200, {"published": 0, "edits": 0, "stories": 39}),
        ("POST", "/_example/publish?n=x", 400, {"error": "publish takes n, a number; withdraw takes code."}),
        (
            "GET",
            "/_example/edit",
            404,
            {"error": "There are POST /_example/publish?n=3, edit and withdraw?code=CODE."},
        ),
    ],
)
def test_a_tester_outside_can_make_things_happen(method: str, path: str, status: int, said: dict[str, Any]) -> None:
    site, sent = Example(SITE), list[Any]()

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    place, _, query = path.partition("?")
    scope = {"type": "http", "method": method, "path": place, "query_string": query.encode(), "headers": []}
    asyncio.run(site(scope, receive, send))
    assert sent[0]["status"] == status
    assert json.loads(sent[1]["body"]) == said
    assert site.requests == []
