"""What machines read: the feed, the sitemaps (old leaves as JSON, as they really come) and robots.txt."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from bayegan.example.calendar import gregorian, http_date, iso_utc, jalali
from bayegan.example.markup import picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from bayegan.example.story import Site, Story

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def feed(site: Site, stories: Sequence[Story], home: str) -> str:
    """RSS 2.0 with the newest stories; addresses have raw slugs, dates are in GMT."""
    items = "\n".join(_feed_item(story, home) for story in stories[: site.feed_items])
    return (
        f'{_XML}<rss version="2.0"><channel>\n    <title>{escape(site.title)}</title>\n    <link>{home}/</link>\n'
        f"    <description>آخرین خبرها</description>\n    <language>fa</language>\n{items}\n</channel></rss>\n"
    )


def news_sitemap(site: Site, stories: Sequence[Story], home: str) -> str:
    """The newest stories with the moment of their publication."""
    urls = "\n".join(
        f"<url><loc>{escape(home + story.path)}</loc><news:news><news:publication><news:name>{escape(site.title)}"
        "</news:name><news:language>fa</news:language></news:publication>"
        f"<news:publication_date>{iso_utc(story.published)}</news:publication_date>"
        f"<news:title>{escape(story.title)}</news:title></news:news></url>"
        for story in stories[: site.sitemap_items]
    )
    return f"{_XML}<urlset {_SITEMAP} {_NEWS}>\n{urls}\n</urlset>\n"


def sitemap_index(stories: Sequence[Story], home: str, year: int) -> str | None:
    """The daily leaves of a Jalali year, newest first; None where nothing was published in it."""
    days = sorted({story.day for story in stories if jalali(story.day)[0] == year}, reverse=True)
    if not days:
        return None
    leaves = "\n".join(
        f"<sitemap><loc>{home}{leaf_path(day)}</loc><lastmod>{day.isoformat()}</lastmod></sitemap>" for day in days
    )
    return f"{_XML}<sitemapindex {_SITEMAP}>\n{leaves}\n</sitemapindex>\n"


def leaf_path(day: date) -> str:
    """Where the sitemap of one day is."""
    year, month, number = jalali(day)
    return f"/sitemap/{year}/{month:02}/{number:02}/sitemap.xml"


def leaf_day(year: str, month: str, number: str) -> date | None:
    """The day of a leaf's address."""
    return gregorian(int(year), int(month), int(number))


def leaf(stories: Iterable[Story], home: str) -> str:
    """The stories of one day."""
    urls = "\n".join(
        f"<url><loc>{escape(home + story.path)}</loc><lastmod>{iso_utc(story.modified)}</lastmod></url>"
        for story in stories
    )
    return f"{_XML}<urlset {_SITEMAP}>\n{urls}\n</urlset>\n"


def json_leaf(stories: Iterable[Story], home: str) -> str:
    """The same for an old day: JSON at an address that ends in .xml, and «lastmode» for lastmod."""
    urls = [{"loc": home + story.path, "lastmode": iso_utc(story.modified)} for story in stories]
    return json.dumps({"urls": urls}, ensure_ascii=False)


def robots(site: Site, home: str) -> str:
    lines = ("User-agent: *", "Disallow: /search", "Disallow: /redirect/", *site.robots)
    return "\n".join((*lines, f"Sitemap: {home}/sitemap/all/sitemap.xml", ""))


def _feed_item(story: Story, home: str) -> str:
    address = escape(home + story.path)
    return (
        f"    <item>\n      <title>{escape(story.title)}</title>\n      <link>{address}</link>\n"
        f"      <description>{escape(story.lead)}</description>\n"
        '      <content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/" />\n'
        f'      <enclosure url="{home}{picture(story, 3)}" type="image/jpeg" />\n'
        f'      <category domain="provinces">{escape(" > ".join(story.sections))}</category>\n'
        f"      <pubDate>{http_date(story.published)}</pubDate>\n      <guid>{address}</guid>\n    </item>"
    )
