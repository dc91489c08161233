"""Tasnim's own CMS; facts of reference: markup section 3, families."""

from crawler.markup.selectors import Markup, Selectors
from crawler.urls import Scheme

PAGE = Selectors(
    # Side boxes are articles too (``article.box-item``), some of them inside this one.
    article=("article.single-news", "article.media", "article.panel-print-box"),
    wide=True,
    title=("h1.title", "h1", "h2.title"),
    kicker=("h2.subtitle, h2.kicker", "h3.kicker, h4.kicker, div.kicker, span.kicker, p.kicker"),
    lead=("h3.lead, h2.lead", "p.lead, div.lead"),
    body="div.story",
    date=("ul.details li.time", "li.time", ".time, time"),
    code="div.footer",
    code_attribute="data-id-code",
    sections="ul.details li.service a",
    before_section="اخبار",
    tags=(
        "ul.smart-keyword a",
        "section.keywords-box li.skeyword-item a, li.skeyword-item a",
        "ul.tags li a",
    ),
    tag_metas=("article:tag",),
    image="figure img, div.photo img",
    gallery="div.images img, ul.images img, div.story img",
    player="div.jwplayer, video, iframe[src]",
    noise="""
        hideTag readmore-container readmore jwplayer box-item list-item smart-keyword skeyword-item keywords-box
        social-links share-box short-link short-link-div footer comments caption
    """,
)

# The day is the Jalali one of publication in the Persian edition, the Gregorian one in others. Of a code alone, only
# the short link is known to lead to the article.
SCHEME = Scheme(
    patterns=(r"/\w\w/(?P<folder>news|media)/(?P<day>\d{4}/\d{1,2}/\d{1,2})/(?P<code>\d+)(?:/(?P<slug>[^/]*))?/?$",),
    alone="https://tn.ai/{code}",
)

TASNIM = Markup(
    name="tasnim",
    version=1,
    scheme=SCHEME,
    marks=("article.single-news div.story, div.story[data-readmoretitle]", "article.media ul.details li.time"),
    page=PAGE,
    list_marks="section.archive-result article.list-item",
)
