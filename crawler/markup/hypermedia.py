"""Hypermedia (generator www.Hypermedia.ir), ASP.NET: Shabestan until about 1402; and lists of its kind before Nastooh.

Facts of reference: families (address, kicker, lead, dates without a time, pictures by size and day); markup 5 (Mehr's
text edition of 1389, a list). Unproven, for want of a saved page: what holds title, body, tags and date. So the text
is looked for in boxes of usual names, and else in the box that the lead stands in.

«خبرگزاری شبستان: …» at the head of the lead stands in no element of its own: it is part of what was published, as the
saved truths have it, which leave out such a prefix only where the page sets it apart. A date without a time is
midnight, by the rule of crawler.dates.
"""

from crawler.markup.selectors import Markup, Selectors
from crawler.urls import Scheme

PAGE = Selectors(
    title=("h1.title, h2.title, h3.title", "h1", "p.titr, div.titr, div.title", "h2"),
    kicker=("p.rootitr", "div.rootitr, span.rootitr, h3.rootitr, h4.rootitr, .rutitr"),
    lead=("p.lead", "div.lead, span.lead, h3.lead"),
    body=(
        "div.newsbody, div.news-body, div.NewsBody, div.news-text, div.newstext",
        "div.body, div.text, #newsbody, #NewsBody",
        "[itemprop=articleBody]",
    ),
    around_body="div:has(> p.lead), td:has(> p.lead), article:has(> p.lead), section:has(> p.lead)",
    date=(
        "span.date, div.date, p.date, li.date, span.newsdate, div.newsdate",
        "span.news-date, div.news-date, p.time, span.time, div.time, li.time",
    ),
    code=("span.code, div.code, p.code, li.code", "span.news-code, div.news-code, span.newscode, div.newscode"),
    sections=("ol.breadcrumb a, ul.breadcrumb a, div.breadcrumb a", "div.path a, p.path a, span.path a"),
    tags=("div.tags a, ul.tags a, p.tags a", "div.keywords a, p.keywords a"),
    image=("div.newsimage img, img.newsimage, p.image img, div.image img", "img[src*='/Original/'], img[src*='/Larg']"),
    gallery="div.gallery img, ul.gallery img, div.photos img, img[src*='_photo/']",
    player="video, object, embed, iframe[src]",
    noise="""
        share sharing social tags keywords comments comment comment-form related relatednews related-news print
        shortlink short-link caption gallery photos ads ad
    """,
    chrome="""
        date newsdate news-date time code newscode news-code breadcrumb path image newsimage title titr rootitr lead
    """,
)

SCHEME = Scheme(
    patterns=(r"/(?i:detail)/(?P<folder>(?i:News|Photo|Video|Film))/(?P<code>\d+)(?:/[^/]*)?/?$",),
    alone="/detail/News/{code}",
)

HYPERMEDIA = Markup(
    name="hypermedia",
    version=1,
    scheme=SCHEME,
    generator="hypermedia",
    marks=("p.rootitr", "pre span.ContentTimeOne"),
    page=PAGE,
    list_marks="pre span.ContentTimeOne",
)
