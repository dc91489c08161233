"""BBC Persian: Simorgh, whose class names are hashes, and the site before it (``div.story-body``).

Facts of reference: families; and of Simorgh, which is public. The day shown has no time; the head's meta has. The first
paragraph in bold is the text's, not a lead. Unproven: the selectors of the site before Simorgh.
"""

from crawler.markup.selectors import Markup, Selectors
from crawler.urls import Scheme

# Cards of other articles: a page of them alone is a topic's.
_LISTS = "main [data-testid=topic-promos], main [data-testid^=curation-grid], main [data-testid=hierarchical-grid]"

PAGE = Selectors(
    title=("h1#content", "h1.story-body__h1", "main h1, h1"),
    body=("div.story-body__inner", "div.story-body [property=articleBody]"),
    around_body=("main[role=main]", "main"),
    date=("main time[datetime]", "div.story-body div.date"),
    sections="div.story-body a.mini-info-list__section",
    tags=("div.tags-container li a", "#topic-tags li a"),
    authors="section[aria-labelledby=article-byline] li > span",
    writers="div.story-body span.byline__name",
    image=("main figure img", "div.story-body figure img"),
    player="main video, main audio, main iframe[src], main [data-e2e^=media-loader], div.media-player",
    skip=f"""
        main section, main aside, main header, main footer, main time, main [data-e2e=media-indicator],
        main [data-e2e^=media-loader], main [data-e2e*='-embed-'], main [data-testid=consentBanner],
        main [id^=end-of-], main a[href^='#end-of-'], {_LISTS}
    """,
    noise="with-extracted-share-icons off-screen media-caption byline tags-container share",
)

# Before Simorgh a number alone did not address an article: what stands before it belongs to the code.
SCHEME = Scheme(
    patterns=(
        r"/(?P<folder>persian/articles)/(?P<code>c[0-9a-z]+o)(?:\.amp|\.lite)?$",
        r"/(?P<folder>persian)/(?P<code>(?:[a-z_]+(?:-[a-z_]+)*-)?\d{6,})$",
        r"/(?P<folder>persian)/(?P<code>[a-z_]+/\d{4}/\d\d/\d{6}_\w+)(?:\.shtml)?$",
    ),
    folders=("persian/articles", "persian"),
)

BBC = Markup(
    name="bbc",
    version=1,
    scheme=SCHEME,
    assets=("simorgh-assets", "/ws/simorgh"),
    marks=("h1#content", "div.story-body__inner"),
    list_marks=_LISTS,
    page=PAGE,
)
