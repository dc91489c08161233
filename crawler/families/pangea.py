"""Pangea, the CMS of RFE/RL and of VOA: Radio Farda, VOA Persian."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.listing import ListingMarkup
from crawler.markup.pangea import PANGEA
from crawler.spider import AgencySpider

if TYPE_CHECKING:
    from datetime import date


class Pangea(AgencySpider):
    """Its feeds have addresses that nobody can guess: the home page names them, or an agency's file.

    Its sitemap is an index of compressed files of 20,000 addresses each, and of what is new (seen at
    learningenglish.voanews.com and radiosvoboda.org); robots.txt forbids paging through the archive.
    """

    page = PANGEA.page
    listing = ListingMarkup(
        section=("//ul[contains(@class, 'archive-list')]", "//*[@id='ordinaryItems']", "//main", "//body"),
        item="li:has(a)",
        link=("a.media-block__title::attr(href)", "h4 a::attr(href)", "a::attr(href)"),
        date=("time::attr(datetime)", "span.date::text"),
        pager="p.btn--load-more a",
    )
    home_names_feeds = True
    archive_from_now = False

    def sitemap_paths(self, first: date, last: date, today: date) -> tuple[str, ...]:  # noqa: ARG002 -- one for all days
        return ("/sitemap.xml",)
