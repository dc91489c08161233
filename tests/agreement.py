"""What must hold of an archive whatever happened to it, and what two archives of the same articles have in common."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from bayegan.archive.pages.packing import unpack
from crawler.text import fold

if TYPE_CHECKING:
    from pathlib import Path

Contents = dict[str, set[tuple[Any, ...]]]
CONTENTS: Final = {
    "articles": """
        select agency, news_code, url, title, kicker, lead, body, tags, sections, authors, published, kind, image
        from article_list
    """,
    "doubles": "select count(*) from articles where duplicate_of is not null",
    "revisions": "select news_code, r.content_hash, r.tags from revisions r join articles a on a.id = r.article_id",
    "pages": "select url, sha256, status from pages",
    "ledger": "select agency, news_code, url, day, via, state from ledger",
    "days": "select agency, day, listed, complete from days",
    "agencies": "select name, title, home, family from agencies",
    "tombstones": "select agency, news_code, why from tombstones",
}
# Each finds nothing in an archive whose tables agree.
FAULTS: Final = {
    "a held row without its article": """
        select l.news_code from ledger l left join articles a using (agency, news_code)
        where l.state = 'held' and a.id is null
    """,
    "an article whose row is not held": """
        select a.news_code from articles a left join ledger l using (agency, news_code) where l.state is not 'held'
    """,
    "an article kept twice": "select url from articles group by url having count(*) > 1",
    "a crawled article without its page": """
        select a.news_code from articles a join ledger l using (agency, news_code)
        where a.page_id is null and l.via <> 'import'
    """,
    "a page that is nobody's": """
        select id from pages where id not in (select page_id from articles where page_id is not null)
        and id not in (select page_id from revisions where page_id is not null)
    """,
    "a complete day with open rows": """
        select day from days where complete and day in (select day from ledger where state in ('listed', 'blocked'))
    """,
}
INDEXED: Final = """
    create virtual table temp.told using fts5vocab(main, articles_fts, instance);
    create virtual table temp.fresh using fts5(
        title, lead, body, tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn'");
    create virtual table temp.due using fts5vocab(temp, fresh, instance);
"""
DIFFERENT: Final = "select * from (select * from {} except select * from {}) limit 5"


def rows(archive: Path, sql: str) -> list[tuple[Any, ...]]:
    """What a reader sees, as any other program would read the file; nothing where there is none yet."""
    try:
        with closing(sqlite3.connect(f"file:{archive}?mode=ro", uri=True)) as conn:
            return conn.execute(sql).fetchall()
    except sqlite3.OperationalError as error:
        if "unable to open" in str(error) or "no such table" in str(error):
            return []
        raise


def held(archive: Path) -> dict[str, str]:
    """Codes of the articles that the archive acknowledges, with the hash of what each says."""
    return dict(rows(archive, "select news_code, content_hash from articles"))


def lost(before: dict[str, str], after: dict[str, str]) -> dict[str, str]:
    """What was acknowledged and is not there any more, or says something else."""
    return {code: said for code, said in before.items() if after.get(code) != said}


def disagreements(archive: Path) -> list[str]:
    """Whatever in the archive does not agree with the rest: database, references, ledger, pages, index."""
    with closing(sqlite3.connect(archive)) as conn:
        said = [f"integrity: {row}" for (row,) in conn.execute("pragma integrity_check") if row != "ok"]
        said += [f"reference: {row}" for row in conn.execute("pragma foreign_key_check")]
        for fault, sql in FAULTS.items():
            said += [f"{fault}: {row}" for row in conn.execute(sql)]
        return said + _damaged_pages(conn) + _index_faults(conn)


def _damaged_pages(conn: sqlite3.Connection) -> list[str]:
    pages = conn.execute(
        "select p.id, p.sha256, p.body, d.body from pages p left join dictionaries d on d.id = p.dictionary_id"
    )
    return [f"a damaged page: {page}" for page, digest, *body in pages if sha256(unpack(*body)).hexdigest() != digest]


def _index_faults(conn: sqlite3.Connection) -> list[str]:
    """The index against one that is fed anew with the articles as they are."""
    conn.execute("insert into articles_fts (articles_fts) values ('integrity-check')")
    conn.executescript(INDEXED)
    articles = conn.execute("select id, title, lead, body from articles").fetchall()
    folded = [(number, *(fold(text or "") for text in texts)) for number, *texts in articles]
    conn.executemany("insert into temp.fresh (rowid, title, lead, body) values (?, ?, ?, ?)", folded)
    pairs = (("in the index alone", "temp.told", "temp.due"), ("not in the index", "temp.due", "temp.told"))
    return [f"{what}: {row}" for what, one, other in pairs for row in conn.execute(DIFFERENT.format(one, other))]


def contents(archive: Path) -> Contents:
    """All that two archives of the same articles have in common: everything but numbers of rows and moments of runs."""
    return {name: set(rows(archive, sql)) for name, sql in CONTENTS.items()}
