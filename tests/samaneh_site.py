"""The least of a site in Iran Samaneh's markup, for crawls: an archive that is a true range, a feed and sitemaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tiny_sites import ABSENT, Tale, html, page_of, tales, xml

if TYPE_CHECKING:
    from hostile_site import Twisted

    from bayegan.example.answering import Request, Response

TALES = tales({8: 1, 10: 3, 11: 9, 13: 4, 14: 2, 20: 1}, 1350001)
PAGE = 4  # whatever the query asks for: some sites give less
HEAD = '<link rel="stylesheet" href="/client/themes/fa/main/css/news_1001.css">'
SIDE = TALES[0]  # the most read article stands beside every list


@dataclass(frozen=True)
class SamanehSite:
    """``known`` is whether its archive is in a theme that we know."""

    known: bool = True

    def __call__(self, site: Twisted, request: Request) -> Response:
        del site
        answers = {
            "/fa/archive": self.archive,
            "/fa/rss/allnews": feed,
            "/fa-sitemap-news": recent,
            "/fa-sitemap-newsarchive": index,
        }
        if request.path in answers:
            return answers[request.path](request)
        if request.path.startswith("/fa-sitemap-newsarchive/"):
            return month(request)
        found = next((one for one in TALES if request.path.startswith(f"/fa/news/{one.code}")), None)
        return ABSENT if found is None else article(found)

    def archive(self, request: Request) -> Response:
        first, last = (request.query.get(end) for end in ("from_date", "to_date"))
        in_range = [one for one in TALES if (first or one.jalali) <= one.jalali <= (last or one.jalali)]
        items, _, _ = page_of(in_range, request, "p", PAGE)
        listed = "".join(map(item, items)) + "".join(map(item, items[:2]))
        side = f'<div class="rutitr">پربیننده</div><h3><a class="title5" href="{path(SIDE)}">{SIDE.title}</a></h3>'
        page = f'<div class="most">{side}</div><div class="archive_content">{listed}</div><div id="pager">۱</div>'
        return html(page if self.known else page.replace("archive_content", "x").replace("linear_news", "y"), HEAD)


def item(one: Tale) -> str:
    """An article stands there with its picture and with its title."""
    return (
        f'<div class="linear_news"><a href="{path(one)}"><img src="/x.jpg"></a><div class="rutitr"></div>'
        f'<h3 class="Htag"><a class="title5" href="{path(one)}" title="{one.title}">{one.title}</a></h3></div>'
    )


def path(one: Tale) -> str:
    return f"/fa/news/{one.code}/گزارش-{one.code}"


def article(one: Tale) -> Response:
    return html(
        f'<div class="news_nav news_id_c"><span class="news_nav_title">کد خبر: </span>{one.code}</div>'
        f'<div class="news_nav news_pdate_c"><span class="news_nav_title">تاریخ انتشار: </span>{one.shown}</div>'
        f'<div class="news_path"><a href="/fa">صفحه نخست</a> » <a href="/fa/services/2">فرهنگی</a></div>'
        f'<div class="title"><h1 class="title">{one.title}</h1></div><div class="subtitle">شهر کتاب\u200cخوان شد.</div>'
        f'<div class="body" id="newsMainBody"><p>کتابخانه\u200cها باز شدند: {one.code}.</p></div>',
        HEAD,
    )


def feed(request: Request) -> Response:
    """Its links have lines around them, its dates no weekday, and there is no guid."""
    items = "".join(
        f"<item><title>{one.title}</title><link>\n{request.home}{path(one)}\n</link><author>x</author>"
        f"<pubDate>{one.moment:%d %b %Y %H:%M:%S} +0330</pubDate></item>"
        for one in TALES[:3]
    )
    return xml(f'<rss version="2.0"><channel><generator>SepehrFeed V1.2</generator>{items}</channel></rss>')


def recent(request: Request) -> Response:
    return urls(request, TALES[:5])


def index(request: Request) -> Response:
    leaves = "".join(
        f"<sitemap><loc>{request.home}/fa-sitemap-newsarchive/{name}</loc></sitemap>" for name in ("1399/8", "1399/9")
    )
    return xml(f"<sitemapindex>{leaves}</sitemapindex>")


def month(request: Request) -> Response:
    return urls(request, TALES) if request.path.endswith("/1399/9") else ABSENT


def urls(request: Request, found: tuple[Tale, ...]) -> Response:
    named = "".join(
        f"<url><loc>{request.home}{path(one)}</loc><lastmod>{one.moment.isoformat()}</lastmod></url>" for one in found
    )
    return xml(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{named}</urlset>')
