"""The tables that every archive begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bayegan.archive.header import APPLICATION_ID, FOLD_VERSION

if TYPE_CHECKING:
    from sqlite_utils import Database

# One statement each, since sqlite3's executescript would commit the transaction that a migration stands in.
# The order of an article's tags and sections is the order of their rows.
STATEMENTS: Final = (
    """
    CREATE TABLE agencies (
        name TEXT PRIMARY KEY,
        title TEXT,
        home TEXT,
        family TEXT
    ) STRICT
    """,
    """
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY,
        agency TEXT NOT NULL,
        started TEXT NOT NULL,
        ended TEXT,
        home TEXT,
        window TEXT,
        counts TEXT,
        exit_code INTEGER,
        version TEXT
    ) STRICT
    """,
    "CREATE INDEX runs_agency ON runs (agency, started)",
    """
    CREATE TABLE dictionaries (
        id INTEGER PRIMARY KEY,
        agency TEXT NOT NULL,
        made_at TEXT NOT NULL,
        body BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE pages (
        id INTEGER PRIMARY KEY,
        url TEXT NOT NULL,
        fetched_at TEXT NOT NULL,
        status INTEGER NOT NULL,
        content_type TEXT,
        etag TEXT,
        last_modified TEXT,
        sha256 TEXT NOT NULL,
        dictionary_id INTEGER REFERENCES dictionaries (id),
        body BLOB NOT NULL
    ) STRICT
    """,
    "CREATE INDEX pages_url ON pages (url)",
    """
    CREATE TABLE articles (
        id INTEGER PRIMARY KEY,
        agency TEXT NOT NULL REFERENCES agencies (name),
        news_code TEXT NOT NULL,
        url TEXT,
        title TEXT,
        kicker TEXT,
        lead TEXT,
        body TEXT,
        published TEXT,
        published_jalali TEXT,
        modified TEXT,
        authors TEXT NOT NULL DEFAULT '[]',
        place TEXT,
        image TEXT,
        kind TEXT NOT NULL DEFAULT 'text' CHECK (kind IN ('text', 'photo', 'video')),
        language TEXT,
        content_hash TEXT NOT NULL,
        reader TEXT,
        page_id INTEGER REFERENCES pages (id) ON DELETE SET NULL,
        duplicate_of INTEGER REFERENCES articles (id) ON DELETE SET NULL,
        first_seen TEXT NOT NULL,
        last_seen TEXT NOT NULL,
        UNIQUE (agency, news_code)
    ) STRICT
    """,
    "CREATE INDEX articles_agency_published ON articles (agency, published)",
    "CREATE INDEX articles_published ON articles (published)",
    "CREATE INDEX articles_content_hash ON articles (content_hash)",
    "CREATE INDEX articles_url ON articles (url)",
    "CREATE INDEX articles_page ON articles (page_id)",
    "CREATE INDEX articles_duplicate_of ON articles (duplicate_of) WHERE duplicate_of IS NOT NULL",
    "CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
    """
    CREATE TABLE article_tags (
        article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        tag_id INTEGER NOT NULL REFERENCES tags (id),
        PRIMARY KEY (article_id, tag_id)
    ) STRICT
    """,
    "CREATE INDEX article_tags_tag ON article_tags (tag_id)",
    "CREATE TABLE sections (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
    """
    CREATE TABLE article_sections (
        article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        section_id INTEGER NOT NULL REFERENCES sections (id),
        PRIMARY KEY (article_id, section_id)
    ) STRICT
    """,
    "CREATE INDEX article_sections_section ON article_sections (section_id)",
    """
    CREATE TABLE revisions (
        id INTEGER PRIMARY KEY,
        article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        seen_at TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        title TEXT,
        kicker TEXT,
        lead TEXT,
        body TEXT,
        tags TEXT NOT NULL DEFAULT '[]',
        page_id INTEGER REFERENCES pages (id) ON DELETE SET NULL
    ) STRICT
    """,
    "CREATE INDEX revisions_article ON revisions (article_id, seen_at)",
    "CREATE INDEX revisions_page ON revisions (page_id) WHERE page_id IS NOT NULL",
    """
    CREATE TABLE ledger (
        agency TEXT NOT NULL,
        news_code TEXT NOT NULL,
        url TEXT,
        day TEXT,
        listed_at TEXT NOT NULL,
        via TEXT,
        state TEXT NOT NULL DEFAULT 'listed'
            CHECK (state IN ('listed', 'held', 'failed', 'gone', 'blocked', 'refused', 'taken_down')),
        attempts INTEGER NOT NULL DEFAULT 0,
        status INTEGER,
        error TEXT,
        run_id INTEGER REFERENCES runs (id) ON DELETE SET NULL,
        PRIMARY KEY (agency, news_code)
    ) STRICT
    """,
    "CREATE INDEX ledger_state ON ledger (agency, state)",
    "CREATE INDEX ledger_day ON ledger (agency, day, state)",  # coverage reads nothing else
    """
    CREATE TABLE days (
        agency TEXT NOT NULL,
        day TEXT NOT NULL,
        walked_at TEXT,
        listed INTEGER NOT NULL DEFAULT 0,
        complete INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1)),
        PRIMARY KEY (agency, day)
    ) STRICT
    """,
    "CREATE TABLE listings (url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT) STRICT",
    """
    CREATE TABLE tombstones (
        agency TEXT NOT NULL,
        news_code TEXT NOT NULL,
        "when" TEXT NOT NULL,
        why TEXT,
        PRIMARY KEY (agency, news_code)
    ) STRICT
    """,
    # The double quotes in content="articles" are what sqlite-utils and Datasette know a search index by.
    """
    CREATE VIRTUAL TABLE articles_fts USING fts5(
        title, lead, body, content="articles", content_rowid='id',
        tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn'"
    )
    """,
    """
    CREATE VIEW article_list AS
    SELECT id, agency, news_code, url, title, kicker, lead, body, published, published_jalali, modified,
        (SELECT group_concat(name, '، ') FROM (
            SELECT tags.name FROM article_tags JOIN tags ON tags.id = article_tags.tag_id
            WHERE article_tags.article_id = articles.id ORDER BY article_tags.rowid)) AS tags,
        (SELECT group_concat(name, '، ') FROM (
            SELECT sections.name FROM article_sections JOIN sections ON sections.id = article_sections.section_id
            WHERE article_sections.article_id = articles.id ORDER BY article_sections.rowid)) AS sections,
        (SELECT group_concat(value, '، ') FROM json_each(articles.authors)) AS authors,
        place, image, kind, language, reader, duplicate_of, first_seen, last_seen
    FROM articles
    """,
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {FOLD_VERSION}",  # a new index is fed with today's fold from its first row on
)


def first_schema(db: Database) -> None:
    for statement in STATEMENTS:
        db.conn.execute(statement)
