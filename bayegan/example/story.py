"""A story as the example site publishes it, and the site that publishes it: frozen values, no clock, no network."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

TEHRAN = ZoneInfo("Asia/Tehran")

Shape = Literal["p", "br", "div", "li", "table", "bare", "legacy", "boxed", "gallery", "player"]
Manner = Literal["plain", "busy", "slow", "gone"]
NewsType = Literal["news", "report", "talk", "photo", "video"]

# Addresses of pictures and films have a folder of their own; a report or an interview is filed under news.
FOLDERS: dict[NewsType, str] = {"news": "news", "report": "news", "talk": "news", "photo": "photo", "video": "video"}
KINDS: dict[NewsType, str] = {"news": "text", "report": "text", "talk": "text", "photo": "photo", "video": "video"}

_SLUG_LENGTH = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What an editor writes: '' and () where the story has none. ``table`` rows follow the paragraphs."""

    title: str
    lead: str
    paragraphs: tuple[str, ...]
    tags: tuple[str, ...]
    sections: tuple[str, ...]
    kicker: str = ""
    place: str = ""
    author: str = ""
    table: tuple[tuple[str, ...], ...] = ()
    shape: Shape = "p"
    news_type: NewsType = "news"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story(Text):
    """A text with its news code, its moment (aware, Tehran) and how the site behaves when it is asked for.

    ``manner``: ``busy`` answers 503 the first time, ``slow`` takes its time, ``gone`` is listed but answers 404.
    ``undated``: its line in the listing has no time. ``changes``: ``edit()`` makes another edition of it.
    """

    code: str
    published: datetime
    modified: datetime
    manner: Manner = "plain"
    undated: bool = False
    changes: bool = False

    @property
    def body(self) -> str:
        """The paragraphs, then the rows of the table (cells apart by a space), joined by blank lines."""
        return "\n\n".join((*self.paragraphs, *(" ".join(row) for row in self.table)))

    @property
    def kind(self) -> str:
        return KINDS[self.news_type]

    @property
    def day(self) -> date:
        """The day it was published, on Tehran's clock."""
        return self.published.astimezone(TEHRAN).date()

    @property
    def path(self) -> str:
        """Its address below the site's root, with the raw slug."""
        return f"/{FOLDERS[self.news_type]}/{self.code}/{slug(self.title)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """An agency with everything it publishes: ``stories`` at once, ``later`` when it is told to publish.

    ``clock`` is the moment at which all its pages are rendered; ``json_until`` the last day whose sitemap is served
    as JSON; ``robots`` more lines for robots.txt.
    """

    stories: tuple[Story, ...]
    later: tuple[Text, ...] = ()
    title: str = "خبرگزاری شبستان"
    clock: datetime = datetime(2020, 12, 21, 8, 5, tzinfo=TEHRAN)
    page_items: int = 20
    feed_items: int = 20
    sitemap_items: int = 30
    slow_seconds: float = 1.0
    json_until: date | None = date(2020, 11, 25)
    robots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What has happened to a running site: stories published later, editions made, stories withdrawn."""

    published: int = 0
    edits: int = 0
    withdrawn: frozenset[str] = field(default_factory=frozenset)


def slug(title: str) -> str:
    """A title as Nastooh writes it in addresses: words joined by a hyphen, at the non-joiner too, cut at a length.

    >>> slug("«قنات»، میراثِ ۲۳ رشته‌ای (یزد)")
    'قنات-میراث-۲۳-رشته-ای-یزد'
    """
    bare = re.sub(r"[\u064b-\u0655]", "", title)
    joined = "-".join(re.findall(r"[^\W_]+", bare))
    return joined if len(joined) <= _SLUG_LENGTH else joined[:_SLUG_LENGTH].rpartition("-")[0]


def story_of(text: Text, *, code: str, published: datetime) -> Story:
    """A text as it is published; the desk touches every story once more, five minutes later."""
    written = {each.name: getattr(text, each.name) for each in fields(Text)}
    return Story(**written, code=code, published=published, modified=published + timedelta(minutes=5))
