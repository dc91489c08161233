"""The articles and their earlier readings: texts against their hashes, dates, duplicates, addresses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bayegan.archive.finding.fetching import TAGS
from bayegan.archive.identity import content_hash
from bayegan.verify.checks import Check, Finding, Kind, asks, asks_rows, named, runs, walk
from bayegan.verify.restoring import restore_articles, restore_revisions
from crawler.dates import from_utc_text, jalali
from crawler.errors import UnreadableDateError
from crawler.items import Article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayegan.verify.checks import Look, Repair

ARTICLES: Final = """
    SELECT id, agency, news_code, kicker, title, lead, body, content_hash, published, published_jalali
    FROM articles WHERE id > :after ORDER BY id LIMIT :size
"""
ARTICLE_COUNT: Final = "SELECT count(*) FROM articles"
REVISIONS: Final = """
    SELECT revisions.id, agency, news_code, revisions.kicker, revisions.title, revisions.lead, revisions.body,
        revisions.content_hash, tags
    FROM revisions LEFT JOIN articles ON articles.id = article_id
    WHERE revisions.id > :after ORDER BY revisions.id LIMIT :size
"""
REVISION_COUNT: Final = "SELECT count(*) FROM revisions"

AUTHORS: Final = """
    SELECT id, agency, news_code FROM articles WHERE NOT iif(json_valid(authors), json_type(authors) = 'array', 0)
"""
# What the schema's own checks allow; SQLite leaves them out where it may only read.
KIND: Final = "SELECT id, agency, news_code, kind FROM articles WHERE kind NOT IN ('text', 'photo', 'video')"
SET_JALALI: Final = "UPDATE articles SET published_jalali = ? WHERE id = ?"
PUBLISHED: Final = "SELECT id, published FROM articles WHERE id = ?"

# The earliest article with a text is the original of all that say the same (see ``archive.store``).
MISLINKED: Final = """
    SELECT agency, news_code, coalesce(duplicate_of, 'none'), coalesce((
        SELECT nullif(min(id), articles.id) FROM articles AS same
        WHERE same.content_hash = articles.content_hash AND same.body IS NOT NULL AND articles.body IS NOT NULL
    ), 'none') AS original
    FROM articles WHERE coalesce(duplicate_of, 'none') <> original
"""
RELINK: Final = """
    UPDATE articles SET duplicate_of = (
        SELECT nullif(min(id), articles.id) FROM articles AS same
        WHERE same.content_hash = articles.content_hash AND same.body IS NOT NULL AND articles.body IS NOT NULL)
    WHERE coalesce(duplicate_of, 'none') <> coalesce((
        SELECT nullif(min(id), articles.id) FROM articles AS same
        WHERE same.content_hash = articles.content_hash AND same.body IS NOT NULL AND articles.body IS NOT NULL
    ), 'none')
"""

AGAIN: Final = "Run it again with --repair."
LOST: Final = "No sound page gives it back: restore the article from a copy of the archive."


def _find_articles(look: Look) -> Iterator[Finding]:
    for batch in walk(look, ARTICLES, ARTICLE_COUNT):
        tags: dict[int, list[str]] = {}
        for article, tag in look.conn.execute(TAGS, (json.dumps([row[0] for row in batch]),)):
            tags.setdefault(article, []).append(tag)
        for row, agency, code, *texts, digest, published, written in batch:
            where = named(agency, code)
            if _hash(texts, tags.get(row, [])) != digest:
                yield Finding(TEXT, where, "its texts and tags do not give its content_hash", row)
            if written != (day := _jalali(published, written)):
                yield Finding(JALALI, where, f"published on {day or 'no day'}, it says {written or 'none'}", row)


def _find_revisions(look: Look) -> Iterator[Finding]:
    for batch in walk(look, REVISIONS, REVISION_COUNT):
        for row, agency, code, *texts, digest, written in batch:
            tags = _names(written)
            if tags is None or _hash(texts, tags) != digest:
                what = f"the texts and tags of revision {row} do not give its content_hash"
                yield Finding(REVISION, named(agency, code), what, row)


def _hash(texts: list[str | None], tags: list[str]) -> str:
    kicker, title, lead, body = texts
    return content_hash(Article(kicker=kicker, title=title, lead=lead, body=body, tags=tuple(tags)))


def _names(written: str) -> list[str] | None:
    try:
        names: Any = json.loads(written)
    except ValueError:
        return None
    return names if isinstance(names, list) and all(isinstance(name, str) for name in names) else None


def _jalali(published: str | None, otherwise: str | None) -> str | None:
    """Tehran's day; what is no moment is told elsewhere (``moments``)."""
    try:
        return jalali(from_utc_text(published)) if published else None
    except (UnreadableDateError, ValueError):
        return otherwise


def _set_jalali(repair: Repair, found: Iterator[Finding]) -> None:
    """The day of the moment; where the moment was lost, its page says it again."""
    faults = list(found)
    lost = [one for one in faults if repair.conn.execute(PUBLISHED, (one.row,)).fetchone() == (one.row, None)]
    restore_articles(repair, iter(lost))
    for finding in faults:
        row, published = repair.conn.execute(PUBLISHED, (finding.row,)).fetchone()
        repair.conn.execute(SET_JALALI, (_jalali(published, None), row))


TEXT: Final = Kind(name="text", mend=restore_articles, advice=LOST)
REVISION: Final = Kind(name="revision", mend=restore_revisions, advice=LOST)
AUTHOR: Final = Kind(name="authors", mend=restore_articles, advice=LOST)
JALALI: Final = Kind(name="published_jalali", mend=_set_jalali, advice=AGAIN)
WRONG_KIND: Final = Kind(name="kind", mend=restore_articles, advice=LOST)
DUPLICATE: Final = Kind(name="duplicate", mend=runs(RELINK), advice=AGAIN)

CHECKS: Final = (
    asks_rows(WRONG_KIND, KIND, "it is of the kind «{}», which is none"),
    Check(name="articles", kinds=(TEXT, JALALI), find=_find_articles, quick=False),
    Check(name="revisions", kinds=(REVISION,), find=_find_revisions, quick=False),
    asks_rows(AUTHOR, AUTHORS, "its authors are no JSON array"),
    asks(DUPLICATE, MISLINKED, "it is linked to the original {}, and should be to {}"),
)
