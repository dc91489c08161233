"""Euronews Persian (parsi.euronews.com).

Facts of reference: families, agencies; and of public scrapers of Euronews, whose editions share one markup. It has no
news codes: an article is known by its path.
"""

from crawler.markup.selectors import Markup, Selectors
from crawler.urls import Scheme

PAGE = Selectors(
    # Further articles may follow in the same page, for who scrolls on.
    article=("article.o-article-newsy", "div.o-article-newsy__main", "article"),
    title=("h1.c-article-redesign-title", "h1.c-article-title", "h1"),
    lead=("p.c-article-summary, h2.c-article-summary, div.c-article-summary", ".c-article-standfirst"),
    body="div.c-article-content",
    date=(
        "div.c-article-publication-date time:first-of-type",
        "time.c-article-publication-date, time.c-article-date",
        "time[datetime]",
    ),
    changed="div.c-article-publication-date time:nth-of-type(2)",
    sections=("#adb-article-breadcrumb a", "a.c-article-breadcrumbs__link"),
    tags=("#adb-article-tags a", "div.c-tags-list a, ul.c-tags-list a, a.c-tags-list__item"),
    writers=(
        "div.c-article-contributors a, div.c-article-contributors b",
        "p.c-article-contributors a, p.c-article-contributors b",
    ),
    image=(
        "div.c-article-image-video img, div.c-article-media img",
        "figure.c-article-media__img img",
        "img.media__img__obj",
    ),
    player="div.c-article-image-video video, div.js-player-pfp, video, iframe[src]",
    noise="""
        widget--type-related c-widget-related c-ad c-ad__placeholder c-article-you-might-also-like
        c-article-contributors c-article-publication-date c-article-caption c-article-partage-commentaire
        c-article-partage-commentaire__links c-article-partage-commentaire-popup-overlay c-article-summary
        c-article-tags c-tags-list widget__captionCredit widget__caption c-advertising connatix-container
    """,
)

SCHEME = Scheme(
    patterns=(r"/(?:[a-z-]+/)?(?P<code>20\d\d/\d\d/\d\d/[^/]+)/?$",),
    alone="/{code}",
)

EURONEWS = Markup(
    name="euronews",
    version=1,
    scheme=SCHEME,
    marks=("article.o-article-newsy, div.c-article-content",),
    page=PAGE,
)
