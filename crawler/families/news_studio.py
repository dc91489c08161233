"""News-Studio (استودیو خبر): Jahan News, Bahar News, Razavi, ITNA, …"""

from __future__ import annotations

from crawler.listing import ListingMarkup
from crawler.markup.news_studio import NEWS_STUDIO
from crawler.spider import AgencySpider


class NewsStudio(AgencySpider):
    """Its feed of everything bears the same name at every agency; no archive and no sitemap of it are known."""

    page = NEWS_STUDIO.page
    listing = ListingMarkup(
        section=("//*[@id='docDataRow']", "//main", "//body"),
        item="li:has(a), div.news:has(a)",
        link=("h2 a::attr(href)", "h3 a::attr(href)", "a::attr(href)"),
        date=("time::attr(datetime)", ".date::text", ".time::text"),
        pager="ul.pagination a",
    )
    feeds = ("/rssb5.-er48r6--4qhfle2m.puirug.r.xml",)  # seen at jahannews.com, ibna.ir (old) and akhbarbank.com
    home_names_feeds = True
