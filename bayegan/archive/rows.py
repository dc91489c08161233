"""Rows as values: frozen, named as the tables and columns of the archive are, with real dates in them."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 -- polars makes columns of the types that the rows say
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, NewType

from crawler.items import Article, Kind

if TYPE_CHECKING:
    Moment = datetime
else:
    # To polars a datetime has no zone, and what has one becomes UTC. A type that it does not know makes it look at the
    # values, and keep Tehran's clock; it looks at the first hundred, so this is for what is hardly ever missing.
    Moment = NewType("Moment", datetime)

ARTICLE_FIELDS = tuple(each.name for each in fields(Article))


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRow:
    """Who publishes; an agency that is only imported may have nothing but its name."""

    name: str
    title: str | None = None
    home: str | None = None
    family: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """One article with its tags and sections, in the order published; moments are on Tehran's clock.

    In a polars frame ``modified``, which many articles lack, is UTC without a zone.
    """

    id: int
    agency: str
    news_code: str
    url: str | None
    title: str | None
    kicker: str | None
    lead: str | None
    body: str | None
    published: Moment | None
    published_jalali: str | None
    modified: datetime | None
    authors: tuple[str, ...]
    place: str | None
    image: str | None
    kind: Kind
    language: str | None
    content_hash: str
    reader: str | None
    page_id: int | None
    duplicate_of: int | None
    first_seen: Moment
    last_seen: Moment
    tags: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()

    @property
    def article(self) -> Article:
        """The reading itself, without what the archive knows about it."""
        return Article(**{name: getattr(self, name) for name in ARTICLE_FIELDS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit(ArticleRow):
    """An article that was found: its title and a piece of its text as published, the matches marked.

    ``copies`` is how many others it stands for, where copies count as one; None where every copy is a hit.
    """

    marked_title: str
    snippet: str
    copies: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionRow:
    """An earlier reading of an article; ``seen_at`` is when it was last seen so."""

    id: int
    article_id: int
    seen_at: Moment
    content_hash: str
    title: str | None
    kicker: str | None
    lead: str | None
    body: str | None
    tags: tuple[str, ...]
    page_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """One day of one agency; ``day`` is None for what no listing and no page gave a date to.

    ``missing`` is what was listed, is not gone and not taken down, and is not held. ``share`` is held / due, None
    where nothing was due. ``complete``: the listing was walked to the end and nothing of it is still open.
    """

    agency: str
    day: date | None
    listed: int
    held: int
    failed: int
    gone: int
    missing: int
    share: float | None
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """One crawl; ``counts`` are the numbers of its summary."""

    id: int
    agency: str
    started: datetime
    ended: datetime | None
    home: str | None
    window: str | None
    counts: Mapping[str, int]
    exit_code: int | None
    version: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyStats:
    """What is held of one agency, and from when to when."""

    agency: str
    articles: int
    first_published: datetime | None
    last_published: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """What the archive holds; ``bytes`` is the size of the file, ``page_bytes`` that of the pages in it (zstd)."""

    articles: int
    agencies: tuple[AgencyStats, ...]
    kinds: Mapping[str, int] = field(default_factory=dict)
    ledger: Mapping[str, int] = field(default_factory=dict)
    pages: int
    page_bytes: int
    tags: int
    sections: int
    revisions: int
    duplicates: int
    runs: int
    bytes: int
