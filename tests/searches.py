"""Five articles that are searched, spelled as the Persian press spells, and what is found of them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from archives import story

from crawler.dates import TEHRAN

if TYPE_CHECKING:
    from bayegan.archive.reader import Archive


def at(day: int, hour: int = 12, minute: int = 0) -> datetime:
    """A moment of December 2020 in Tehran."""
    return datetime(2020, 12, day, hour, minute, tzinfo=TEHRAN)


STORIES = (
    story(
        "1",
        title="نشست بین\u200cالمللی قرآن در تهران",
        lead=None,
        body="هیأت ایرانی در نشست شرکت کرد.\n\nسازمان ملل متحد بیانیه‌ای داد.",
        tags=("سرمايه‌گذاري", "قرآن"),
        sections=("قرآن و معارف",),
        published=at(5),
    ),
    story(
        "2",
        title="زلزله در قم",
        lead="زلزلهٔ ۴٫۵ ریشتری قم را لرزاند.",
        body="مردم می\u200cروند. متحد شدند و سازمان دادند. ملل دیگر کمک کردند.",
        tags=("زلزله",),
        sections=("حوادث",),
        published=at(6, 0, 0),
    ),
    story(
        "3",
        title="قيمت كتاب در سال ۱۴۰۰",
        lead=None,
        body="کتاب گران شد. " * 30 + "ناشران هیئت تازه‌ای ساختند.",
        tags=("سرمایه گذاری",),
        sections=("قرآن  و معارف",),
        published=at(6, 23, 59),
    ),
    story(
        "4", agency="example.ir", url="https://example.ir/4", title="The U.S. Book Fair", body="کتاب", published=at(7)
    ),
    story("5", title="بی\u200cتاریخ", lead=None, body="کتاب بی تاریخ", tags=(), sections=(), published=None),
)


def codes(archive: Archive, query: str = "", **given: Any) -> list[str]:
    """The codes of what is found, in their order."""
    return [hit.news_code for hit in archive.search(query, **given)]
