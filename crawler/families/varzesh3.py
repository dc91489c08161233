"""Varzesh3 (ورزش سه), own CMS."""

from __future__ import annotations

from crawler.listing import ListingMarkup
from crawler.markup.varzesh3 import VARZESH3
from crawler.spider import AgencySpider


class Varzesh3(AgencySpider):
    """Feed, recent sitemap (seen from 2021 to 2024) and the list of the newest; its days are not listed anywhere."""

    page = VARZESH3.page
    listing = ListingMarkup(
        section=("//main", "//body"),
        item="div.newsbox-2, a[href^='/news/'], li:has(a[href^='/news/'])",
        link=("a.title::attr(href)", "::attr(href)", "a::attr(href)"),
        date=("time::attr(datetime)",),
        pager="ul.pagination a",
    )
    feeds = ("/rss/all",)
    recent_sitemaps = ("/sitemap/news",)
