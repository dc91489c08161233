"""The values that pass between the rooms: what a listing names, what a site served, what was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date, datetime

Kind = Literal["text", "photo", "video"]
Via = Literal["archive", "feed", "sitemap", "ledger", "import"]
State = Literal["listed", "held", "failed", "gone", "blocked", "refused", "taken_down"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What was read out of one page; what the page does not hold is None or ().

    ``published`` and ``modified`` are aware, on Tehran's clock. ``body`` is its paragraphs joined by a blank
    line. ``reader`` names the reader and its version (``nastooh/1``).
    """

    agency: str | None = None
    news_code: str | None = None
    url: str | None = None
    title: str | None = None
    kicker: str | None = None
    lead: str | None = None
    body: str | None = None
    tags: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    place: str | None = None
    published: datetime | None = None
    modified: datetime | None = None
    image: str | None = None
    kind: Kind = "text"
    language: str | None = None
    reader: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Bytes as a site served them, under the canonical address; ``fetched_at`` is aware."""

    url: str
    fetched_at: datetime
    body: bytes
    status: int = 200
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One article as a listing names it: canonical address, news code, Tehran's day where the listing says it."""

    url: str
    news_code: str
    day: date | None = None
    via: Via = "archive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An article with the page it was read from (None where it came without one) and the link that led there."""

    article: Article
    page: Page | None = None
    link: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A listed article that could not be had, and why, in one sentence.

    ``page`` is what was served where an article was to be, and in which none, or no whole one, was found.
    """

    link: Link
    state: State
    reason: str
    status: int | None = None
    page: Page | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """The site says (304) that a held article's page is what we have of it."""

    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """A listing was walked to the end for these days (both inclusive, Tehran's calendar)."""

    first: date
    last: date
