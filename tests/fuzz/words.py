"""Written dates and addresses: a line each."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from crawler import agencies
from crawler.address_days import day_in_path, period_in_path
from crawler.calendars import YEARS
from crawler.dates import TEHRAN, from_utc_text, jalali, read_datetime, utc_text
from crawler.errors import UsageError
from crawler.undeclared import undeclared
from crawler.urls import Home

MIRROR: Final = "http://127.0.0.1:8000"
DATES: Final = """\
۱۷ آذر ۱۳۹۹ - ۱۴:۳۰
2019-05-30 T 00:20:37 +0430
تاریخ انتشار: سه‌شنبه ۱۷ بهمن ۱۴۰۲ - ۲۱:۴۰
۱۰ آذر ۰۴ - ۱۴:۱۵
12/7/2020 12:05:00 AM
Mon, 07 Dec 20 14:30:00 +0330
December 7, 2020 2:30 p.m.
Mon Dec 07 2020 14:30:00 GMT+0330
| ۱۵/دی/۱۴۰۴ | ۰۹:۱۷
۱۳۹۹/۰۹/۱۷ ۰۲:۳۰:۰۰ ب.ظ
هفدهم آذر ماه ۱۳۹۹ ساعت ۱۴ و ۳۰ دقیقه
7th of December 2020 at 2 pm
۳۰ اسفند ۱۴۰۰
۴ روز قبل
0001-01-01T00:00:00+14:00
"""
ADDRESSES: Final = """\
https://shabestan.news/news/1787201/کتابخانه
http://127.0.0.1:8000/news/1787201/%DA%A9
https://www.tasnimnews.com/fa/news/1399/09/17/2404651/%2F..%2F
https://www.bbc.com/persian/articles/c9x1y2z3o?x=//evil.ir
https://digiato.com//evil.ir/a/123456
https://user:pw@www.tabnak.ir:99999/fa/news/1/x
http://[::1]/news/7
https://example.co.ir/1399/9/17/a.html#b
//fars.shabestan.ir/detail/News/1001756
https://مثال.ایران/خبر/123456
"""
DATE_WORDS: Final = (
    *(
        "آذر",
        "دی",
        "مه",
        "ماه",
        "ساعت",
        "صبح",
        "عصر",
        "ق.ظ",
        "ب.ظ",
        "شنبه",
        "روز",
        "هفدهم",
        "و",
        "T",
        "Z",
        ":",
        " - ",
        "/",
    ),
    *("gmt", "utc", "irst", "irdt", "+03:30", "at", "pm", "dec", "1399", "2020", "۱۳۹۹", "،", "•"),
)
ADDRESS_WORDS: Final = (
    *("https://", "http://[", "//", "%2F", "/../", "@", ":0", ":99999", "?", "#", "/fa/news/", "/news/", "www."),
    *(".shabestan.ir", "127.0.0.1", "xn--", "\u3002", "\uff0f", "/1399/9/17/", "-1234567", ".html", "\t", "\\"),
)


def date(data: bytes) -> None:
    """A moment is a year of news on Tehran's clock, and comes back out of an archive as it was."""
    written = data.decode("utf-8", "replace")
    day_in_path(written)
    period_in_path(written)
    moment = read_datetime(written)
    assert moment.tzinfo is TEHRAN
    assert any((moment + near).year in YEARS["Gregorian"] for near in (timedelta(-1), timedelta(0), timedelta(1)))
    assert from_utc_text(utc_text(moment)) == moment
    assert len(jalali(moment)) == len("1399-09-17")


def moment(data: bytes) -> None:
    """What an archive holds, or a file that says it came from one."""
    found = from_utc_text(data.decode("utf-8", "replace"))
    assert found.tzinfo is TEHRAN


def address(data: bytes) -> None:
    """An article has one address, on its agency's own home, which names its code."""
    url, _, page = data.decode("utf-8", "replace").partition("\n")
    for one in (agencies.agency_at(url), _site(url)):
        if one is not None and (code := one.code_of(url)) is not None:
            whole = one.canonical(url)
            assert one.owns(whole), (url, whole)
            assert one.code_of(whole) == code, (url, whole)
            assert one.canonical(whole) == whole, (url, whole)
            one.day_of(url)
    home = Home("https://shabestan.news", MIRROR)
    home.to_fetch(home.join(url, f"{home.own}/{page}")).encode()


def _site(url: str) -> agencies.Agency | None:
    try:
        return undeclared(url)
    except UsageError:
        return None


def date_seeds() -> list[bytes]:
    return [line.encode() for line in DATES.splitlines()]


def address_seeds() -> list[bytes]:
    return [line.encode() for line in ADDRESSES.splitlines()]
