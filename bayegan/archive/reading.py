"""A fetched article made ready to be stored, outside any transaction: what can fail or takes time happens here."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from bayegan.archive.identity import content_hash, from_dump
from bayegan.archive.pages.packing import pack
from crawler.dates import TEHRAN, jalali, utc_text
from crawler.errors import RefusedError

if TYPE_CHECKING:
    from datetime import date, datetime

    from bayegan.archive.index import Texts
    from bayegan.archive.pages.dictionaries import Presses
    from crawler.items import Article, Fetched, Link, Page

Key = tuple[str, str]  # agency, news code
Value = str | int | None


class PackedPage(NamedTuple):
    """A page with what its row holds beside what was served with it."""

    page: Page
    sha256: str
    body: bytes  # zstd
    dictionary_id: int | None = None


class Reading(NamedTuple):
    """One fetched article: its key, the columns of its row and of its ledger row, its names, its page."""

    key: Key
    columns: dict[str, Value]
    ledger: dict[str, Value]
    tags: tuple[str, ...]
    sections: tuple[str, ...]
    texts: Texts
    seen: str  # when it was read from the site, as the archive writes moments
    content_hash: str
    dump: bool
    page: Page | None
    packed: PackedPage | None


def key_of(article: Article) -> Key:
    """Agency and news code; raises RefusedError where the article has none."""
    if not article.agency or not article.news_code:
        raise RefusedError(f"{article.url or article.title or 'An article'} has no agency or no news code, not kept.")
    return article.agency, article.news_code


def prepare(fetched: Fetched, *, now: datetime, with_page: bool, presses: Presses | None = None) -> Reading:
    """Make the values to be written; an article that came without a page was seen ``now``.

    ``presses`` pack the page with the dictionary of its agency.
    Raises RefusedError for what no database could hold.
    """
    article, page = fetched.article, fetched.page
    key = key_of(article)
    seen = utc_text(page.fetched_at if page else now)
    columns = _columns(article) | {"seen": seen}
    ledger = _ledger(fetched) | {"now": utc_text(now)}
    _refuse_half_letters(key, (*columns.values(), *article.tags, *article.sections))
    return Reading(
        key=key,
        columns=columns,
        ledger=ledger,
        tags=article.tags,
        sections=article.sections,
        texts=(article.title, article.lead, article.body),
        seen=seen,
        content_hash=str(columns["content_hash"]),
        dump=from_dump(article.reader),
        page=page,
        packed=packed(page, key[0], presses) if page and with_page else None,
    )


def packed(page: Page, agency: str = "", presses: Presses | None = None) -> PackedPage:
    """A page made ready; without ``presses``, to be unpacked without a dictionary."""
    digest = sha256(page.body).hexdigest()
    if presses is None:
        return PackedPage(page, digest, pack(page.body))
    return PackedPage(page, digest, *presses.pack(agency, page.body))


def _columns(article: Article) -> dict[str, Value]:
    return {
        "agency": article.agency,
        "news_code": article.news_code,
        "url": article.url,
        "title": article.title,
        "kicker": article.kicker,
        "lead": article.lead,
        "body": article.body,
        "published": utc_text(article.published) if article.published else None,
        "published_jalali": jalali(article.published) if article.published else None,
        "modified": utc_text(article.modified) if article.modified else None,
        "authors": json.dumps(article.authors, ensure_ascii=False),
        "place": article.place,
        "image": article.image,
        "kind": article.kind,
        "language": article.language,
        "content_hash": content_hash(article),
        "reader": article.reader,
    }


def _ledger(fetched: Fetched) -> dict[str, Value]:
    article, page, link = fetched.article, fetched.page, fetched.link
    day = _day(article, link)
    return {
        "agency": article.agency,
        "news_code": article.news_code,
        "url": article.url or (link.url if link else None),
        "day": day.isoformat() if day else None,
        "via": link.via if link else "import",
        "status": page.status if page else None,
    }


def _day(article: Article, link: Link | None) -> date | None:
    """The listing's day, else the published one on Tehran's clock."""
    if link and link.day:
        return link.day
    return article.published.astimezone(TEHRAN).date() if article.published else None


def _refuse_half_letters(key: Key, values: tuple[Value, ...]) -> None:
    """SQLite takes UTF-8 only; one such text found while writing would hold up the whole batch."""
    try:
        "".join(map(str, values)).encode()
    except UnicodeEncodeError:
        raise RefusedError(f"{'/'.join(key)} holds broken characters (half surrogates), not kept.") from None
