"""The least of a site in two families' markup, for crawls: a twist each, that answers everything by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from bayegan.example.answering import XML, Request, Response
from crawler.dates import TEHRAN, from_jalali, jalali_parts

if TYPE_CHECKING:
    from hostile_site import Twisted

ABSENT = Response(status=404, body="<h1>صفحه مورد نظر یافت نشد</h1>".encode())
MONTHS = ("آذر", "دی")


@dataclass(frozen=True)
class Tale:
    code: str
    moment: datetime

    @property
    def day(self) -> date:
        return self.moment.date()

    @property
    def title(self) -> str:
        return f"گزارش {self.code} از کتابخانه\u200cهای شهر"

    @property
    def jalali(self) -> str:
        year, month, day = jalali_parts(self.day)
        return f"{year}/{month:02}/{day:02}"

    @property
    def shown(self) -> str:
        year, month, day = jalali_parts(self.day)
        return f"{day} {MONTHS[month - 9]} {year} - {self.moment:%H:%M}"


def tales(per_day: dict[int, int], first: int) -> tuple[Tale, ...]:
    """So many on each day of Azar 1399, the newest first; two codes are never alike."""
    days = [from_jalali(1399, 9, day) for day, count in per_day.items() for _ in range(count)]
    noon = datetime(2020, 12, 1, 12, tzinfo=TEHRAN).time()
    moments = [datetime.combine(day, noon, TEHRAN) + timedelta(minutes=n) for n, day in enumerate(days)]
    return tuple(Tale(str(first + n), moment) for n, moment in enumerate(moments))[::-1]


def page_of(found: list[Tale], request: Request, name: str, size: int) -> tuple[list[Tale], int, bool]:
    """(the tales of the page that is asked for, its number, whether more follow)."""
    number = int(request.query.get(name, "1"))
    return found[(number - 1) * size : number * size], number, len(found) > number * size


def html(body: str, head: str = "") -> Response:
    return Response(body=f'<!DOCTYPE html><html lang="fa"><head>{head}</head><body>{body}</body></html>'.encode())


def xml(body: str) -> Response:
    return Response(body=f'<?xml version="1.0" encoding="utf-8"?>{body}'.encode(), content_type=XML)


# Asam: a search with a range, feeds that the home page names.

ASAM = tales({1: 2, 9: 1, 10: 3, 11: 7, 14: 2, 20: 1}, 736101)


@dataclass(frozen=True)
class AsamSite:
    """``dated`` themes show the time of an item; ``form`` is where the archive stands."""

    dated: bool = False
    form: str = "/newsstudios/archive/"

    def __call__(self, site: Twisted, request: Request) -> Response:
        del site
        if request.path == self.form:
            return self.archive(request)
        if request.path == "/":
            return html("<main></main>", '<link rel="alternate" type="application/rss+xml" href="/feeds/">')
        if request.path == "/feeds/":
            return self.feed(request)
        found = next((one for one in ASAM if f"/{one.code}-" in request.path), None)
        return ABSENT if found is None else asam_page(found)

    def archive(self, request: Request) -> Response:
        first, last = (asked_day(request, end) for end in ("start", "end"))
        in_range = [one for one in ASAM if (first or one.day) <= one.day <= (last or one.day)]
        items, number, more = page_of(in_range, request, "curp", 4)
        listed = "".join(map(self.item, items))
        pager = f'<a href="?curp={number + 1}" title="بعدی">بعدی</a>' if more else ""
        return html(
            f'<section class="archive_section"><ul class="last_news_list">{listed}</ul>'
            f'<footer class="archive_next_page">{pager}</footer></section>'
            f'<aside><ul><li><a href="{asam_path(ASAM[0])}">پربازدید</a></li></ul></aside>'
        )

    def item(self, one: Tale) -> str:
        time = f'<time datetime="{one.moment.isoformat()}">{one.shown}</time>' if self.dated else ""
        return (
            f'<li class="list_item"><a class="res" href="{asam_path(one)}"><img src="/servev2/x.jpg"></a>'
            f'<div class="content"><div class="title"><a href="{asam_path(one)}">{one.title}</a></div>{time}</div></li>'
        )

    def feed(self, request: Request) -> Response:
        items = "".join(
            f"<item><title>{one.title}</title><link>{request.home}/fa/tiny/news-{one.code}</link>"
            f"<pubDate>{one.moment:%a, %d %b %Y %H:%M:%S} +0330</pubDate></item>"
            for one in ASAM[:3]
        )
        return xml(f'<rss version="2.0"><channel>{items}</channel></rss>')


def asked_day(request: Request, end: str) -> date | None:
    parts = [request.query.get(f"dateRange[{end}][{part}]") for part in ("year", "month", "day")]
    return from_jalali(*map(int, filter(None, parts))) if all(parts) else None


def asam_path(one: Tale) -> str:
    return f"/بخش-فرهنگی-4/{one.code}-گزارش-{one.code}"


def asam_page(one: Tale) -> Response:
    return html(
        '<nav><ul class="breadcrumb_list"><li><a href="/">صفحه نخست</a></li>'
        '<li><a href="/بخش-فرهنگی-4">فرهنگی</a></li></ul></nav><article id="news_page_article">'
        f'<header class="article_header"><h1 class="title">{one.title}</h1>'
        f'<time class="news_time" datetime="{one.moment.isoformat()}">{one.shown}</time></header>'
        '<div class="article_body"><div id="echo_details"><p>کتابخانه\u200cها باز شدند.</p>انتهای پیام/</div>'
        '<div class="article_tag noprint"><ul><li><a class="tag_item" href="/tags/کتاب"><span>کتاب</span></a></li></ul>'
        "</div></div></article>"
    )


# Tasnim: exact days, short links in the feed, sitemaps from years to days.

TASNIM = tales({9: 2, 10: 1, 11: 9, 12: 3, 14: 2}, 2402301)
LATE = TASNIM[-3]  # of the tenth: written before midnight, and listed under the eleventh


@dataclass(frozen=True)
class TasnimSite:
    has_archive: bool = True

    def __call__(self, site: Twisted, request: Request) -> Response:
        del site
        found = next((one for one in TASNIM if f"/{one.code}" in request.path), None)
        if found is not None:
            short = request.path == f"/{found.code}"
            return (
                Response(status=302, headers=(("location", quote(tasnim_path(found))),))
                if short
                else tasnim_page(found)
            )
        if request.path == "/fa/archive" and self.has_archive:
            return self.archive(request)
        if request.path == "/fa/rss/feed/0/7":
            return self.feed()
        return sitemap(request) if request.path.endswith("_sitemap.xml") else ABSENT

    def archive(self, request: Request) -> Response:
        asked = request.query.get("date")
        day = from_jalali(*map(int, asked.split("/"))) if asked else None
        of_day = [one for one in TASNIM if day is None or listed_under(one) == day]
        items, _, _ = page_of(of_day, request, "page", 4)
        listed = "".join(
            f'<article class="list-item"><a href="{tasnim_path(one)}"><figure><img src="/x.jpg"></figure>'
            f'<div><h2 class="title">{one.title}</h2><time>{one.moment:%H:%M}</time></div></a></article>'
            for one in items
        )
        return html(
            f'<section class="news-container archive-result"><section class="content">{listed}</section></section>'
        )

    def feed(self) -> Response:
        items = "".join(
            f"<item><guid>http://tn.ai/{one.code}</guid><link>https://tn.ai/{one.code}</link><title>{one.title}</title>"
            f"<pubDate>{one.moment:%a, %d %b %Y %H:%M:%S} +0330</pubDate></item>"
            for one in TASNIM[:3]
        )
        return xml(f'<rss version="2.0"><channel>{items}</channel></rss>')


def listed_under(one: Tale) -> date:
    return one.day + timedelta(days=1) if one is LATE else one.day


def tasnim_path(one: Tale) -> str:
    return f"/fa/news/{one.jalali}/{one.code}/گزارش-{one.code}"


def tasnim_page(one: Tale) -> Response:
    return html(
        f'<article class="single-news"><h1 class="title">{one.title} </h1><h3 class="lead">شهر کتاب\u200cخوان شد.</h3>'
        f'<ul class="list-inline details"><li class="time"> {one.shown} </li>'
        '<li class="service"><a href="/fa/service/4">  اخبار فرهنگی  </a></li></ul>'
        '<div class="story" data-readmoretitle="بیشتر بخوانید"><div class="hideTag">فرهنگی</div>'
        "<p>کتابخانه\u200cها باز شدند.</p><p>انتهای پیام/</p></div></article>"
    )


def sitemap(request: Request) -> Response:
    """An index of years names months, a month its days, a day its articles."""
    parts = [part for part in request.path.split("/")[2:-1] if part]
    if len(parts) == 3:
        day = date(*map(int, parts))
        urls = "".join(f"<url><loc>{request.home}{tasnim_path(one)}</loc></url>" for one in TASNIM if one.day == day)
        return xml(f"<urlset>{urls}</urlset>") if urls else ABSENT
    named = {0: ("2019", "2020"), 1: ("10", "11", "12"), 2: tuple(map(str, range(1, 31)))}[len(parts)]
    leaves = "".join(
        f"<sitemap><loc>{request.home}/fa/{'/'.join(below)}/fa_{'_'.join(below)}_sitemap.xml</loc></sitemap>"
        for below in ([*parts, one] for one in named)
    )
    return xml(f"<sitemapindex>{leaves}</sitemapindex>")
