"""Varzesh3 (ورزش سه): the themes of 2019, of about 1402, and of 2026, whose class names are hashes.

Facts of reference: markup 5, families; saved fragments of 2026. ``div.news-page--news-info`` tells when a page was last
changed, not when it was published; ``<title>`` and ``og:title`` may be another article's.
"""

from crawler.markup.selectors import Markup, Selectors
from crawler.urls import Scheme

PAGE = Selectors(
    article=("div.news-content-holder article", "div.news-detail"),
    title=("h1.news-page--news-title", "h1.headline", "h1"),
    kicker=("h4.news-page--subtitle", "h2.subhead, h3.subhead, h4.subhead, div.subhead, p.subhead, span.subhead"),
    lead=("p.news-page--news-lead", "p.lead, div.lead, h2.lead, h3.lead"),
    body=("div.news-page--news-text", "div.news-text", "div.news-body"),
    date="div.news-info span:nth-child(2), div.news-info time",
    changed="div.news-page--news-info span.numeric-value, div.news-page--news-info time",
    code=("div.news-page--news-info", "div.news-info span"),
    tags=("ul.tags-list a, div.tags-list a", "div.tagbox .tag, ul.tagbox .tag", "div.tags-news a, div.tags-news span"),
    image=("div.news-main-image img, div.news-detail-image img", "div.news-page--news-image img"),
    player="video, iframe[src], div.video-js",
    skip="div[data-ad], div[data-zone]",
    noise="news-inline-biz hint-box video-js news-page--news-tags tags-list tagbox tags-news caption mediaad",
)

SCHEME = Scheme(
    patterns=(r"/(?P<folder>news)/(?P<code>\d+)(?:/(?P<slug>[^/]*))?/?$",),
    folders=("news",),
)

VARZESH3 = Markup(
    name="varzesh3",
    version=1,
    scheme=SCHEME,
    marks=(
        "div.news-page--news-text, h1.news-page--news-title",
        "div.news-detail-text h1.headline",
        # Every class of 2026 but a few is a hash that begins with «v3».
        'div.news-body[class*=" v3"]',
    ),
    page=PAGE,
)
