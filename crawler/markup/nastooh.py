"""Nastooh (نستوه, "Saba Newsroom"), generator www.nastooh.ir; facts of reference: markup, families."""

from crawler.markup.selectors import Markup, Selectors
from crawler.urls import Scheme

PAGE = Selectors(
    article=("article#item", "#item, div#photo, #photos", "article", "div#main, .main-content"),
    title=(
        "h1.title",
        "h1.first-title, h1[itemprop=headline]",
        "div.item-title h1, h2.title",
        "span.headline",
        ".first-title, .item-title",
    ),
    kicker=("h4.kicker", "h2.kicker, h3.kicker, h5.kicker, p.kicker, span.kicker, div.kicker, h4.rutitr, div.rutitr"),
    lead=(
        "p.introtext",
        "p.summary, p[itemprop=description], div.item-summary p",
        "div.introtext, h2.introtext, h3.introtext",
        "div.gallery-desc > p",
    ),
    origin="span.src",
    body=("div.item-text", "[itemprop=articleBody]"),
    around_body=("div.item-body", "article#item"),
    date=(
        "div.item-date",
        "div.meta-news li:first-child span.text-meta",
        "li.date, div.item-time, span.item-time, li.item-time, div.gallery-desc time",
    ),
    code=("div.item-code", "div.meta-news, li.id"),
    sections=("ol.breadcrumb li a", "ul.breadcrumb li a, nav.breadcrumb li a, div.breadcrumb li a"),
    service="span[itemprop=articleSection]",
    tags=("section.tags li a", "footer.tags li a", "div.tags li a, ul.tags li a"),
    authors=("ul.author-id li", "div.meta-news li"),
    image="figure.item-img img, img[itemprop=image]",
    gallery=("section.photoGall img", "div.gallery img, ul.gallery img, section.gallery img, #photo img, #photos img"),
    player="video, iframe[src], div.video-download, div[class^=itemPlayer]",
    short_link="li.url",
    noise="""
        print-header item-nav header-sharing item-sharing social-links sharing share share-box short-link-container
        short-link short-url item-link tooltip-link short-link-tooltip related related-items related-news
        related-item readmore read-more readmore-container more-news video-download download download-btn
        btn-download jwplayer view-count visit-count visits caption img-caption image-caption photo-caption
        wp-caption-text gallery photoGall photo-gallery gallery-desc comments comments-list comment-form
        comment-info comment-policies news-comment ads ad advertisement ad-box item-code tags breadcrumb barcode
        item-boxes item-boxes2
    """,
    chrome="""
        item-header item-title item-date item-time item-footer item-img item-summary meta-news news-info
        author-id box pagination
    """,
)

# amp and print pages are views of an article; the first folder is the one of an address without a known kind.
SCHEME = Scheme(
    patterns=(
        r"/(?:fa/)?(?P<folder>news|photo|media|video|live|amp|print|xnews)/(?P<code>\d+)(?:/(?P<slug>[^/]*))?/?$",
    ),
    folders=("news", "photo", "media", "video", "live"),
)

NASTOOH = Markup(
    name="nastooh",
    version=1,
    scheme=SCHEME,
    generator="nastooh",
    prefix="nastooh:",
    marks=(
        "article#item div.item-text, article#item div.item-summary, article#item div.item-title",
        "div.item-text[itemprop=articleBody]",
        "div.item-body div.item-text",
        "div.item-summary p.introtext",
        "section.photoGall",
    ),
    page=PAGE,
    listings=frozenset({"archive", "home", "index", "service", "topic", "tag", "search", "page", "list", "front"}),
    errors=frozenset({"error", "404", "error404", "notfound", "not-found"}),
)
