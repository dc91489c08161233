"""Alef (الف), own CMS; its older pages are News-Studio's.

Facts of reference: families; and of a public scraper of alef.ir. Unproven: the form of today's addresses. ArvanCloud's
block page stands before the site.
"""

from crawler.markup.selectors import Markup, Selectors
from crawler.urls import Scheme

PAGE = Selectors(
    article="article",
    title=("h1.post-title, h2.post-title, div.post-title", ".post-title"),
    kicker="h3.post-kicker, div.post-kicker, p.post-kicker, span.post-kicker",
    lead=("p.post-lead, div.post-lead, h2.post-lead", ".post-lead"),
    body="div.post-content, section.post-content",
    date="div.post-sous time, p.post-sous time, .post-sous time",
    code=".post-sous",
    tags=("a.post-tag", ".post-tag a", "span.post-tag, li.post-tag"),
    image="header img",
    gallery="div.post-content img, section.post-content img",
    player="video, iframe[src], div.video-js",
    noise="post-sous post-tag post-tags post-lead comments comment share related caption video-js ad",
)

SCHEME = Scheme(
    patterns=(r"/news/(?P<code>\d+)(?:\.html|/[^/]*)?$", r"/(?P<code>vd\w+\.\w+)\.html$"),
    alone="/news/{code}.html",
)

# Any WordPress theme has a .post-title: only .post-sous is Alef's own.
ALEF = Markup(name="alef", version=1, scheme=SCHEME, marks=("article .post-sous", ".post-sous"), page=PAGE)
