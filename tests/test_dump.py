"""Text dumps of article pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.dump import read_dump
from crawler.errors import NotAnArticleError, UsageError
from crawler.items import Article

DUMP = """\ufeffکتابخانه روستا گشوده شد

دهیار گفت:\u00a0کتابخانه از فردا باز است.

به گزارشخبرگزاری شبستان از شیراز، کتابخانه روستا\u00a0گشوده شد.

کد خبر این روزها کتاب است.

کد خبر ۱۰۰۱۷۵۶

برچسبها

تيم كتاب

روستا

نظر شما

شما در حال پاسخ به نظر «» هستید.
captcha"""

READ = Article(
    agency="shabestan",
    news_code="1001756",
    url="https://shabestan.news/news/1001756",
    title="کتابخانه روستا گشوده شد",
    lead="دهیار گفت: کتابخانه از فردا باز است.",
    body="به گزارشخبرگزاری شبستان از شیراز، کتابخانه روستا گشوده شد.\n\nکد خبر این روزها کتاب است.",
    tags=("تيم كتاب", "روستا"),
    place="شیراز",
    reader="dump/1",
)


def test_a_dump_reads_as_title_lead_body_and_tags_without_the_comment_form() -> None:
    assert read_dump(DUMP, "shabestan") == READ


@pytest.mark.parametrize(
    ("dump", "article"),
    [
        (DUMP.replace("تيم كتاب\n\nروستا\n\n", ""), replace(READ, tags=())),
        (DUMP.replace("برچسبها", "برچسب\u200cها:"), READ),
        (DUMP.replace("\n", "\r\n"), READ),
        (DUMP.replace("\n\n", "\n"), READ),
        (DUMP[: DUMP.index("برچسبها")], replace(READ, tags=())),
        (DUMP[: DUMP.index("نظر شما")], READ),
        (DUMP.replace("کد خبر ۱۰۰۱۷۵۶", "کد خبر: 1001756"), READ),
        (DUMP.replace("دهیار گفت:\u00a0کتابخانه از فردا باز است.\n\n", ""), replace(READ, lead=None)),
    ],
)
def test_a_dump_may_lack_or_write_otherwise_what_is_not_the_text(dump: str, article: Article) -> None:
    assert read_dump(dump, "shabestan") == article


@pytest.mark.parametrize("dump", ["", "تنها یک تیتر", "کد خبر 1001756\nتیتر", "تیتر\nاین کد خبر 1001756 است"])
def test_a_dump_without_code_or_title_is_refused(dump: str) -> None:
    with pytest.raises(NotAnArticleError, match=r"\.$"):
        read_dump(dump, "shabestan")


def test_a_dump_of_an_unknown_agency_is_refused() -> None:
    with pytest.raises(UsageError):
        read_dump(DUMP, "shabstan")
