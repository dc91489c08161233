"""Moments and days: written as the archive writes them, in years that can be, in an order that can be."""

from __future__ import annotations

from typing import Final

from bayegan.verify.checks import Kind, asks, asks_rows, runs
from bayegan.verify.restoring import restore_articles

# SQLite writes a moment that it can read as the archive does, and NULL for any other; to add no day to it makes it
# write the 31st of February as the 2nd of March.
MISREAD: Final = """
    SELECT id, agency, news_code, 'published', published FROM articles
    WHERE strftime('%Y-%m-%dT%H:%M:%SZ', published, '+0 days') IS NOT published
    UNION ALL SELECT id, agency, news_code, 'modified', modified FROM articles
    WHERE strftime('%Y-%m-%dT%H:%M:%SZ', modified, '+0 days') IS NOT modified
"""
UNSEEN: Final = """
    SELECT agency, news_code, 'first_seen', first_seen FROM articles
    WHERE strftime('%Y-%m-%dT%H:%M:%SZ', first_seen, '+0 days') IS NOT first_seen
    UNION ALL SELECT agency, news_code, 'last_seen', last_seen FROM articles
    WHERE strftime('%Y-%m-%dT%H:%M:%SZ', last_seen, '+0 days') IS NOT last_seen
"""
# When its page was fetched it was seen.
SEE_FIRST: Final = """
    UPDATE articles SET first_seen = coalesce((SELECT fetched_at FROM pages WHERE pages.id = page_id), first_seen)
    WHERE strftime('%Y-%m-%dT%H:%M:%SZ', first_seen, '+0 days') IS NOT first_seen
"""
SEE_LAST: Final = """
    UPDATE articles SET last_seen = coalesce((SELECT fetched_at FROM pages WHERE pages.id = page_id), last_seen)
    WHERE strftime('%Y-%m-%dT%H:%M:%SZ', last_seen, '+0 days') IS NOT last_seen
"""
MISWRITTEN: Final = """
    SELECT agency, news_code, 'its ledger row', 'listed_at', listed_at FROM ledger
    WHERE strftime('%Y-%m-%dT%H:%M:%SZ', listed_at, '+0 days') IS NOT listed_at
    UNION ALL SELECT agency, news_code, 'its ledger row', 'day', day FROM ledger WHERE date(day, '+0 days') IS NOT day
    UNION ALL SELECT agency, NULL, 'a day', 'day', day FROM days WHERE date(day, '+0 days') IS NOT day
    UNION ALL SELECT agency, news_code, 'revision ' || revisions.id, 'seen_at', seen_at
    FROM revisions LEFT JOIN articles ON articles.id = article_id
    WHERE strftime('%Y-%m-%dT%H:%M:%SZ', seen_at, '+0 days') IS NOT seen_at
    UNION ALL SELECT agency, news_code, 'its page', 'fetched_at', fetched_at
    FROM pages LEFT JOIN articles ON page_id = pages.id
    WHERE strftime('%Y-%m-%dT%H:%M:%SZ', fetched_at, '+0 days') IS NOT fetched_at
    UNION ALL SELECT agency, NULL, 'run ' || id, 'started', started FROM runs
    WHERE strftime('%Y-%m-%dT%H:%M:%SZ', started, '+0 days') IS NOT started
    UNION ALL SELECT agency, NULL, 'run ' || id, 'ended', ended FROM runs
    WHERE strftime('%Y-%m-%dT%H:%M:%SZ', ended, '+0 days') IS NOT ended
"""
WALKED: Final = """
    SELECT agency, NULL, day, walked_at FROM days
    WHERE strftime('%Y-%m-%dT%H:%M:%SZ', walked_at, '+0 days') IS NOT walked_at
"""
NOT_WALKED: Final = """
    UPDATE days SET walked_at = NULL, complete = 0
    WHERE strftime('%Y-%m-%dT%H:%M:%SZ', walked_at, '+0 days') IS NOT walked_at
"""
OUT_OF_TIME: Final = """
    SELECT id, agency, news_code, 'published', published FROM articles
    WHERE substr(published, 1, 4) NOT BETWEEN :first_year AND :last_year
    AND strftime('%Y-%m-%dT%H:%M:%SZ', published, '+0 days') = published
    UNION ALL SELECT id, agency, news_code, 'modified', modified FROM articles
    WHERE substr(modified, 1, 4) NOT BETWEEN :first_year AND :last_year
    AND strftime('%Y-%m-%dT%H:%M:%SZ', modified, '+0 days') = modified
"""
BACKWARDS: Final = """
    SELECT agency, news_code, first_seen, last_seen FROM articles WHERE first_seen > last_seen
    AND strftime('%Y-%m-%dT%H:%M:%SZ', first_seen, '+0 days') = first_seen
    AND strftime('%Y-%m-%dT%H:%M:%SZ', last_seen, '+0 days') = last_seen
"""
FORWARDS: Final = """
    UPDATE articles SET first_seen = last_seen, last_seen = first_seen WHERE first_seen > last_seen
    AND strftime('%Y-%m-%dT%H:%M:%SZ', first_seen, '+0 days') = first_seen
    AND strftime('%Y-%m-%dT%H:%M:%SZ', last_seen, '+0 days') = last_seen
"""
# A site's clock may be wrong by hours, and its time zone too.
FORESEEN: Final = """
    SELECT id, agency, news_code, published, first_seen FROM articles
    WHERE published > strftime('%Y-%m-%dT%H:%M:%SZ', first_seen, '+1 day')
    AND strftime('%Y-%m-%dT%H:%M:%SZ', published, '+0 days') = published
"""


AGAIN: Final = "Run it again with --repair."
SITE: Final = "No page of it says another date: see `bayegan show --page`."
UNKNOWN: Final = "When it was is not known: restore it from a copy of the archive."

DATE: Final = Kind(name="date", mend=restore_articles, advice=UNKNOWN)
SEEN: Final = Kind(name="date of seeing", mend=runs(SEE_FIRST, SEE_LAST), advice=UNKNOWN)
OTHER: Final = Kind(name="date of a row", advice=UNKNOWN)
WALK: Final = Kind(name="date of a walk", mend=runs(NOT_WALKED), advice=AGAIN)
YEAR: Final = Kind(name="year", mend=restore_articles, advice=SITE)
ORDER: Final = Kind(name="seen backwards", mend=runs(FORWARDS), advice=AGAIN)
FUTURE: Final = Kind(name="published later than seen", mend=restore_articles, advice=SITE)

CHECKS: Final = (
    asks_rows(DATE, MISREAD, "its {} is «{}», no moment"),
    asks(SEEN, UNSEEN, "its {} is «{}», no moment"),
    asks(OTHER, MISWRITTEN, "{} has the {} «{}», no date"),
    asks(WALK, WALKED, "{} was walked at «{}», no moment"),
    asks_rows(YEAR, OUT_OF_TIME, "its {} is {}, a year without news"),
    asks(ORDER, BACKWARDS, "it was first seen at {}, after it was last seen ({})"),
    asks_rows(FUTURE, FORESEEN, "it was published at {}, more than a day after it was first seen ({})"),
)
