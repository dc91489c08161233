"""An article that is not kept: of no code, under another's, taken down, or of broken characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from archives import LONG_TEXT, fetched, story, take
from intakes import OTHER_TEXT, rows

from bayegan.archive.identity import Gist, code_reused
from crawler.errors import RefusedError

if TYPE_CHECKING:
    from bayegan.archive.intake import Intake
    from bayegan.archive.writer import Writer
    from crawler.items import Article


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


def test_half_a_letter_is_refused_before_it_can_hold_up_the_batch(writer: Writer, intake: Intake) -> None:
    take(intake, fetched(story("101")))
    with pytest.raises(RefusedError, match="shabestan/102 holds broken characters"):
        intake.keep(fetched(story("102", tags=("\ud83d",))), "new")
    intake.flush()
    assert rows(writer, "SELECT news_code FROM articles") == [("101",)]
