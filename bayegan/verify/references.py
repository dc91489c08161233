"""What one row says of another: rows that name rows which are not there, and names that nobody bears."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bayegan.archive.intake import UPSERT_AGENCY
from bayegan.verify.checks import Check, Finding, Kind, asks, named, runs
from crawler.agencies import all_agencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayegan.verify.checks import Look, Repair

# A page that no revision has, at the article's own address, is its page again; else it has none.
CLEAR_PAGES: Final = """
    UPDATE articles SET page_id = (
        SELECT max(pages.id) FROM pages WHERE pages.url = articles.url
        AND pages.id NOT IN (SELECT page_id FROM revisions WHERE page_id IS NOT NULL))
    WHERE page_id NOT IN (SELECT id FROM pages)
"""
CLEAR_REVISION_PAGES: Final = "UPDATE revisions SET page_id = NULL WHERE page_id NOT IN (SELECT id FROM pages)"
CLEAR_RUNS: Final = "UPDATE ledger SET run_id = NULL WHERE run_id NOT IN (SELECT id FROM runs)"
CLEAR_TAGS: Final = """
    DELETE FROM article_tags
    WHERE article_id NOT IN (SELECT id FROM articles) OR tag_id NOT IN (SELECT id FROM tags)
"""
CLEAR_SECTIONS: Final = """
    DELETE FROM article_sections
    WHERE article_id NOT IN (SELECT id FROM articles) OR section_id NOT IN (SELECT id FROM sections)
"""
STRANGERS: Final = "SELECT DISTINCT agency FROM articles WHERE agency NOT IN (SELECT name FROM agencies)"

OF_ARTICLE: Final = "SELECT agency, news_code FROM articles WHERE id = ?"
OF_REVISION: Final = """
    SELECT agency, news_code FROM revisions JOIN articles ON articles.id = article_id WHERE revisions.id = ?
"""
OF_LEDGER: Final = "SELECT agency, news_code FROM ledger WHERE rowid = ?"
OF_TAG: Final = """
    SELECT agency, news_code FROM article_tags JOIN articles ON articles.id = article_id WHERE article_tags.rowid = ?
"""
OF_SECTION: Final = """
    SELECT agency, news_code FROM article_sections JOIN articles ON articles.id = article_id
    WHERE article_sections.rowid = ?
"""
OF_PAGE: Final = "SELECT agency, news_code FROM articles WHERE page_id = ?"

UNUSED: Final = "Nothing needs to be done: --repair forgets it."
BAD_REFERENCES: Final = "PRAGMA foreign_key_check"
COLUMN: Final = 'SELECT "from" FROM pragma_foreign_key_list(?) WHERE id = ?'


class Reference(NamedTuple):
    """Whose row it is, by its rowid, what is said of it, and its kind."""

    whose: str
    says: str
    kind: Kind


def _enter_agencies(repair: Repair, _: Iterator[Finding]) -> None:
    declared = {one.name: (one.name, one.title, one.home, one.family) for one in all_agencies()}
    for (name,) in repair.conn.execute(STRANGERS).fetchall():
        repair.conn.execute(UPSERT_AGENCY, declared.get(name, (name, None, None, None)))


AGENCY: Final = Kind(name="agency", mend=_enter_agencies, advice="Run it again with --repair.")
PAGE: Final = Kind(
    name="page lost",
    mend=runs(CLEAR_PAGES, CLEAR_REVISION_PAGES),
    advice="The page is gone; the reading of it stays.",
)
DICTIONARY: Final = Kind(
    name="dictionary lost", advice="Restore it from a copy of the archive: without it the page cannot be unpacked."
)
NAMES: Final = Kind(name="names", mend=runs(CLEAR_TAGS, CLEAR_SECTIONS), advice="Run it again with --repair.")
ORPHAN: Final = Kind(
    name="revision without article", advice="Whose reading it was is not known; restore the article from a copy."
)
RUN: Final = Kind(name="run lost", mend=runs(CLEAR_RUNS), advice="Run it again with --repair.")

# Every reference of the schema but articles.duplicate_of, of which there is more to say (``articles``).
REFERENCES: Final = {
    ("articles", "agency"): Reference(OF_ARTICLE, "its agency is not among the agencies", AGENCY),
    ("articles", "page_id"): Reference(OF_ARTICLE, "the page it was read from is missing", PAGE),
    ("revisions", "page_id"): Reference(OF_REVISION, "the page of an earlier reading (revision {}) is missing", PAGE),
    ("revisions", "article_id"): Reference(OF_REVISION, "revision {} is of an article that is missing", ORPHAN),
    ("pages", "dictionary_id"): Reference(OF_PAGE, "the dictionary of its page ({}) is missing", DICTIONARY),
    ("ledger", "run_id"): Reference(OF_LEDGER, "the ledger names a run that is missing", RUN),
    ("article_tags", "article_id"): Reference(OF_TAG, "tags are of an article that is missing", NAMES),
    ("article_tags", "tag_id"): Reference(OF_TAG, "one of its tags is missing", NAMES),
    ("article_sections", "article_id"): Reference(OF_SECTION, "sections are of an article that is missing", NAMES),
    ("article_sections", "section_id"): Reference(OF_SECTION, "one of its sections is missing", NAMES),
}


def _find(look: Look) -> Iterator[Finding]:
    for table, row, _, number in look.conn.execute(BAD_REFERENCES):
        column = look.conn.execute(COLUMN, (table, number)).fetchone()
        reference = REFERENCES.get((table, column[0])) if column else None
        if reference is not None:
            owner = look.conn.execute(reference.whose, (row,)).fetchone() or (None, None)
            yield Finding(reference.kind, named(*owner), reference.says.format(row), row)


UNUSED_TAGS: Final = "SELECT NULL, NULL, name FROM tags WHERE id NOT IN (SELECT tag_id FROM article_tags)"
UNUSED_SECTIONS: Final = (
    "SELECT NULL, NULL, name FROM sections WHERE id NOT IN (SELECT section_id FROM article_sections)"
)
FORGET_TAGS: Final = "DELETE FROM tags WHERE id NOT IN (SELECT tag_id FROM article_tags)"
FORGET_SECTIONS: Final = "DELETE FROM sections WHERE id NOT IN (SELECT section_id FROM article_sections)"

KINDS: Final = (AGENCY, PAGE, DICTIONARY, NAMES, ORPHAN, RUN)
CHECKS: Final = (
    Check(name="references", kinds=KINDS, find=_find),
    # An edited article leaves the names that it had: that is no fault.
    asks(
        Kind(name="unused tag", mend=runs(FORGET_TAGS), advice=UNUSED, note=True),
        UNUSED_TAGS,
        "no article has the tag «{}»",
    ),
    asks(
        Kind(name="unused section", mend=runs(FORGET_SECTIONS), advice=UNUSED, note=True),
        UNUSED_SECTIONS,
        "no article has the section «{}»",
    ),
)
