"""Fars (خبرگزاری فارس) as it was until about 1402; since then its pages are made by a script and hold metas alone.

Facts of reference: families; and of public scrapers of farsnews.ir of 1401. Unproven: the kicker.
"""

from crawler.markup.selectors import Markup, Selectors
from crawler.urls import Scheme

PAGE = Selectors(
    article=("div.news-box", "div.top-video div.text", "div.gallery"),
    title=("h1.title, h2.title, span.title", "div.title", "h1"),
    kicker="h2.rutitr, h3.rutitr, h4.rutitr, div.rutitr, p.rutitr, span.rutitr",
    lead=("p.lead, div.lead, span.lead, h2.lead", ".lead"),
    body=("div.nt-body", ".nt-body"),
    date=("time[datetime]", ".publish-time, div.data-box span:nth-child(3)"),
    sections=("a.subject-category, .subject-category a", ".subject-category, .category-name"),
    tags=("div.tags .radius, ul.tags .radius", "div.tags a, ul.tags a"),
    authors="div.data-box span",
    image="div.top figure img, figure.top img, .top img",
    gallery="div.photos img, .row.photos img, div.gallery img",
    player="video, iframe[src], div.video-js",
    noise="tags share social comments comment related related-news caption photos video-js download",
)

# The first eight of fourteen digits are the Jalali day.
SCHEME = Scheme(
    patterns=(
        r"/(?:[a-z-]+/)?(?P<folder>news|media|photo|video)/(?P<code>1[34]\d{12})(?:/(?P<slug>[^/]*))?/?$",
        r"/(?:newstext|printable)/(?P<code>1[34]\d{12})/?$",
    ),
    folders=("news", "media", "photo", "video"),
)

FARS = Markup(name="fars", version=1, scheme=SCHEME, marks=(".nt-body", "div.gallery div.data-box"), page=PAGE)
