"""Four articles that queries are asked of, and what is found of them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from archives import story

from crawler.dates import TEHRAN

if TYPE_CHECKING:
    from bayegan.archive.reader import Archive

STORIES = (
    story(
        "1",
        title="زلزله در قم",
        lead="شهر لرزید",
        body="زلزله دیروز آمد. امداد رسید.",
        tags=("زلزله",),
        sections=("حوادث",),
        place="قم",
        published=datetime(2020, 12, 5, 12, tzinfo=TEHRAN),  # 1399-09-15
    ),
    story(
        "2",
        title="سیل در شيراز",
        lead=None,
        body="کتاب‌ها در سیل ماند. زلزله هم آمد. سازمان ملل کمک کرد.",
        tags=("سازمان ملل", "سیل"),
        sections=("حوادث",),
        place="شيراز",
        published=datetime(2020, 12, 21, 12, tzinfo=TEHRAN),  # 1399-10-01
    ),
    story(
        "3",
        agency="example.ir",
        url="https://example.ir/3",
        title="نمایشگاه کتاب",
        lead="کتاب ارزان شد",
        body="ناشران از شهر قم آمدند و در سازمان بودند و با ملل دیگر سخن گفتند.",
        tags=("کتاب",),
        sections=("فرهنگی",),
        place=None,
        published=datetime(2021, 3, 25, 12, tzinfo=TEHRAN),  # 1400-01-05
    ),
    story("4", title="بی‌تاریخ", lead=None, body="کتابخانه شهر", tags=(), sections=(), place="قم", published=None),
)


def found(archive: Archive, query: str) -> str:
    """The codes of what is found, in their order."""
    return "".join(sorted(row.news_code for row in archive.articles(query)))
