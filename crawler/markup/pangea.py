"""Pangea, the CMS of RFE/RL and of VOA: Radio Farda, VOA Persian.

Facts of reference: families; and of public scrapers of voanews.com, rferl.org and their like, whose markup is one.
Unproven, for want of a saved Persian page: ``div.intro`` as the lead, ``div.category`` as the section, the boxes named
in ``noise`` beside ``wsw__embed``.
"""

from crawler.markup.selectors import Markup, Selectors
from crawler.urls import Scheme

PAGE = Selectors(
    title=("h1.pg-title", "h1.title, h1.page-header__title", "h1"),
    lead=("div.intro p", "div.intro"),
    body=("#article-content div.wsw", "div.wsw", "#article-content"),
    date=("div.published time, span.date time, div.publishing-details time", "time[datetime]"),
    sections="div.category a",
    tags="div.tags a, ul.tags a",
    authors=("div.authors li, ul.authors li", "div.publishing-details .links__item-link"),
    image=("div.media-image img, figure.media-image img", "div.cover-media img"),
    gallery="div.pg-gallery img, div.photo-gallery img, ul.gallery img, div.gallery img",
    player="div.c-mmp, div.media-pholder--video, div.media-pholder--audio, video, audio, iframe[src]",
    noise="""
        wsw__embed also-read media-block-wrap media-block c-mmp player-and-links c-spinner share--box sharing
        buttons comments js-comments c-comments c-author publishing-details published category embed-player-only
        infgraphicsAttach inframe-container infographic pg-banner region-ad img-wrap caption
    """,
    chrome="intro hdr-container body-container__aside links",
)

SCHEME = Scheme(patterns=(r"/a/(?:[^/]+/)?(?P<code>\d+)\.html$",), alone="/a/{code}.html")

PANGEA = Markup(
    name="pangea",
    version=1,
    scheme=SCHEME,
    assets=("/Content/responsive/RFE/", "/Content/responsive/VOA/", "/Content/responsive/MBN/"),
    marks=("#article-content div.wsw", "div.wsw", "h1.pg-title"),
    page=PAGE,
    list_marks=("ul.archive-list", "li.archive-list__item"),
)
