"""The pieces that all pages of the example site are made of: templates, one item of a list, boxes, the frame."""

from __future__ import annotations

from functools import cache, lru_cache
from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING
from urllib.parse import quote

from bayegan.example.calendar import ago, in_listing, long_day, rendered

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bayegan.example.story import Site, Story


_KICKER = Template('\n    <h4><a target="_blank" rel="" href="$raw">\n        $kicker\n\n    </a></h4>')
_TIME = Template('\n        <time title="$moment"><a href="$quoted">$ago</a>\n        </time>')


@cache
def template(name: str) -> Template:
    return Template(files("bayegan.example").joinpath(f"pages/{name}.html").read_text(encoding="utf-8").rstrip("\n"))


def frame(site: Site, host: str, *, head: str, body: str, main: str) -> bytes:
    """A whole document; ``body`` is the class that names the page's type, ``head`` and ``main`` are markup."""
    document = template("frame").substitute(
        head=head,
        main=main,
        body=body,
        home=f"http://{escape(host)}",
        site=escape(site.title),
        rendered=rendered(site.clock),
        today=long_day(site.clock.date()),
    )
    return document.encode()


def plain_page(site: Site, host: str, *, title: str, page_type: str, main: str) -> bytes:
    """A page that is no article."""
    head = template("head-plain").substitute(title=escape(title), site=escape(site.title), page_type=page_type)
    return frame(site, host, head=head, body=f"pt-{page_type}", main=main)


@lru_cache(maxsize=20_000)
def item(story: Story, clock: datetime, *, whole: bool) -> str:
    """A story's line in a list; the ``whole`` of it with kicker, lead and time, otherwise as side boxes have it.

    Kept, since every page has about thirty of them: a benchmark should measure the crawler, not the site.
    """
    values = {
        "news_type": story.news_type,
        "raw": escape(story.path),
        "quoted": quote(story.path),
        "title": escape(story.title),
        "ago": ago(story.published, clock),
        "thumbnail": picture(story, 1),
    }
    parts = {
        "kicker": _KICKER.substitute(values, kicker=escape(story.kicker)) if whole and story.kicker else "",
        "lead": f"\n        <p>{escape(story.lead)}\n        </p>" if whole else "",
        "time": _TIME.substitute(values, moment=in_listing(story.published)) if whole and not story.undated else "",
    }
    return template("item").substitute(values | parts)


def box(site: Site, number: int, heading: str, stories: Iterable[Story]) -> str:
    """A side box: the same markup as the main list, without leads and times."""
    items = "\n".join(item(story, site.clock, whole=False) for story in stories)
    return template("box").substitute(number=number, heading=escape(heading), items=items)


def picture(story: Story, size: int) -> str:
    """The path of a story's picture: 1 is a thumbnail, 2 and 3 stand in pages, 4 is large."""
    return f"/d/{story.published:%Y/%m/%d}/{size}/{3_000_000 + int(story.code)}.jpg"
