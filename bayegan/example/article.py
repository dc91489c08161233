"""An article's page in Nastooh's markup."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

from bayegan.example.bodies import body
from bayegan.example.calendar import in_article, iso_utc
from bayegan.example.markup import frame, picture, template

if TYPE_CHECKING:
    from bayegan.example.story import Site, Story


def article_page(site: Site, story: Story, host: str, *, related: str, boxes: str) -> bytes:
    """The whole document; ``related`` and ``boxes`` are the markup of the lists below and beside the article."""
    home = f"http://{host}"
    values = _texts(site, story) | _addresses(story, host, home)
    main = template("article").substitute(
        values,
        news_type=story.news_type,
        shown_date=in_article(story.published),
        breadcrumb="".join(map(_crumb, story.sections)),
        body=body(story, home),
        author=_author(story),
        tags="\n".join(map(_tag, story.tags)),
        figure_class=" d-none" if story.kind == "video" else "",
        related=related,
        boxes=boxes,
    )
    head = template("head-article").substitute(
        values,
        news_type=story.news_type,
        published=iso_utc(story.published),
        modified=iso_utc(story.modified),
        day=story.day.isoformat(),
        section=escape(" > ".join(story.sections)),
        keywords=escape(",".join(story.tags)),
        keyword_count=len(story.tags),
        word_count=len(story.body.split()),
        linked_data=_linked_data(site, story, home),
    )
    return frame(site, host, head=head, body="pt-news", main=main)


def _texts(site: Site, story: Story) -> dict[str, str]:
    return {
        "site": escape(site.title),
        "code": story.code,
        "title": escape(story.title),
        "kicker": escape(story.kicker),
        "lead": escape(story.lead),
    }


def _addresses(story: Story, host: str, home: str) -> dict[str, str]:
    return {
        "host": escape(host),
        "home": escape(home),
        "url": escape(home + story.path),
        "quoted_url": quote(home + story.path, safe=""),
        "thumbnail": picture(story, 1),
        "middle_picture": picture(story, 3),
        "picture": picture(story, 4),
    }


def _crumb(section: str) -> str:
    return f'<li><a target="_blank" rel="index" href="/service/{quote(section)}">{escape(section)}</a></li>'


def _tag(tag: str) -> str:
    return f'                                <li><a href="/tag/{quote_plus(tag)}" rel="tag">{escape(tag)}</a></li>'


def _author(story: Story) -> str:
    if not story.author:
        return ""
    return (
        '\n                <ul class="author-id list-inline"><li><span>خبرنگار</span> '
        f"<strong>{escape(story.author)}</strong></li></ul>"
    )


def _linked_data(site: Site, story: Story, home: str) -> str:
    """Schema.org's view of the article; the author is always the organisation."""
    organisation = {"@type": "Organization", "name": site.title, "url": home}
    page = {"@type": "WebPage", "@id": home + story.path, "breadcrumb": " > ".join(story.sections)}
    data = {
        "@context": "http://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": page,
        "headline": story.title,
        "datePublished": iso_utc(story.published),
        "dateModified": iso_utc(story.modified),
        "author": organisation,
        "publisher": organisation,
        "thumbnailUrl": home + picture(story, 2),
        "url": home + story.path,
        "keywords": story.tags,
        "image": [home + picture(story, size) for size in (4, 3, 2)],
        "description": story.lead,
    }
    return json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
