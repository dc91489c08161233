"""News-Studio (استودیو خبر): Jahan News, Bahar News, Razavi, ITNA, …

Facts of reference: families; and of public scrapers of jahannews.com, baharnews.ir, itna.ir and akhbarbank.com. Boxes
bear ids, which no other family makes. Unproven, for want of a saved page: ``#docDiv5InfoCode`` beside «کد مطلب»,
``.thumbnail`` as a gallery.
"""

from crawler.markup.selectors import Markup, Selectors
from crawler.urls import Scheme

PAGE = Selectors(
    title=("#docDiv3TitrMain", "#docDataRow h1, .doc_content h1, h1"),
    kicker="#docDiv3TitrRou",
    lead=("#docDivLead1", "#docDivLead3, #docDivLead, #docDiv4LeadTitle"),
    body=("#doctextarea", "#docContentdiv, div.docContentdiv", "#doc_div33"),
    around_body=".doc_content",
    date=("#docDiv3Date", "div.doc_date, span.doc_date, div.docDiv3Date"),
    code=("#docDiv5InfoCode", ".doc_code, .doc-code"),
    sections=("div.doc-section-info a", "#docDiv1Menu1 a", "div.dsinfo-p1-active a"),
    tags=(".doc_tags1 a", "#docDivTags a", "div.tags a, ul.tags a"),
    image=("#doc_div1Img img", "img.doc_image, div.doc_image img"),
    gallery=(".thumbnail img", "#docGallery img"),
    player="video, iframe[src], object, embed, div.video-js",
    noise="""
        docDivLead1 docDivLead3 docDivLead docDiv3TitrMain docDiv3TitrRou docDiv3Date docDiv5InfoCode docDivTags
        doc_date doc_tags1 doc-section-info doc_share doc-share doc_related related-docs user-comment-area comments-list
        comment-form video-js btn print-icon share-box sharing tags caption img-caption photo-caption
    """,
)

# «vd….….html» is the short form of every year; since about 1395 the code itself stands in the address.
SCHEME = Scheme(
    patterns=(
        r"/(?:fa/)?(?:doc/)?(?:news|report|interview|article|note|gallery|video|multimedia)/(?P<code>\d+)(?:/[^/]*)?/?$",
        r"/(?P<code>vd\w+\.\w+)\.html$",
    ),
    alone="/news/{code}",
)

NEWS_STUDIO = Markup(
    name="news_studio",
    version=1,
    scheme=SCHEME,
    # The box of the text first: other families' articles are pasted into it.
    marks=("#doctextarea, #docDiv3TitrMain", "#docDivLead1, #docDiv3TitrRou"),
    page=PAGE,
)
