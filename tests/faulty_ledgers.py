"""Damage to the ledger, days, runs and references, to the search index, and to the database itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faulty_archives import BARE, DOUBLE, A, B, plant

from bayegan.archive import index
from crawler.text import fold

if TYPE_CHECKING:
    import sqlite3

OF_A = "where news_code = '1001741'"
OF_B = "where news_code = '1001773'"
TAG_OF_A = f"select min(article_tags.rowid) from article_tags join articles on articles.id = article_id {OF_A}"
SECTION_OF_A = f"select min(rowid) from article_sections where article_id = (select id from articles {OF_A})"
HELD_FIVE = "('shabestan', '5', '2020-12-07T08:30:00Z', 'held')"
TOMBSTONE = "select agency, news_code, '2020-12-07T08:30:00Z', null from ledger"
GONE = "where state = 'gone'"
GONE_DAY = f"where day = (select day from ledger {GONE})"
SHABESTAN = "shabestan"
TO_COME = "'shabestan', '2199-01-01', '2020-12-07T08:30:00Z', 0, 1"

LEDGER = (
    plant(
        "held without article",
        (f"insert into ledger (agency, news_code, listed_at, state) values {HELD_FIVE}",),
        ("article lost", "shabestan/5"),
    ),
    plant("a row lost", (f"delete from ledger {OF_B}",), ("not in the ledger", B), ("day's count", SHABESTAN)),
    plant("held, and refused", (f"update ledger set state = 'refused' {OF_A}",), ("ledger state", A)),
    plant(
        "held, and to be fetched",
        (f"update ledger set state = 'listed' {OF_A}",),
        ("ledger state", A),
        ("day's completeness", SHABESTAN),
    ),
    plant(
        "a tombstone for what is held",
        ("insert into tombstones values ('shabestan', '1001741', '2020-12-07T08:30:00Z', null)",),
        ("held though taken down", A),
        ("due though taken down", A),
        left="held though taken down",
    ),
    plant(
        "a tombstone for what is open",
        (f"insert into tombstones {TOMBSTONE} {GONE}",),
        ("due though taken down", "shabestan/1001747"),
    ),
    plant(
        "a tombstone lost",
        (f"update ledger set state = 'taken_down' {GONE}",),
        ("tombstone lost", "shabestan/1001747"),
    ),
    plant("a state", (f"update ledger set state = 'lost' {OF_A}",), ("ledger state", A)),
    plant(
        "a day neither complete nor not",
        (f"update days set complete = 2 {GONE_DAY}",),
        ("day's completeness", SHABESTAN),
    ),
    plant("attempts", (f"update ledger set attempts = -3 {OF_A}",), ("attempts", A)),
    plant("a day that lists too much", (f"update days set listed = 50 {GONE_DAY}",), ("day's count", SHABESTAN)),
    plant("a day that lists too little", (f"update days set listed = 0 {GONE_DAY}",), ("day's count", SHABESTAN)),
    plant("a row open again", (f"update ledger set state = 'listed' {GONE}",), ("day's completeness", SHABESTAN)),
    plant(
        "a row open again in a run that was killed",
        (f"update ledger set state = 'listed' {GONE}", "update runs set ended = null"),
        notes="run never ended",
    ),
    plant(
        "a day never walked",
        ("insert into days (agency, day, complete) values ('shabestan', '2020-01-01', 1)",),
        ("day's completeness", SHABESTAN),
    ),
    plant(
        "a day to come",
        (f"insert into days (agency, day, walked_at, listed, complete) values ({TO_COME})",),
        ("day's completeness", SHABESTAN),
    ),
    plant("a run killed", ("update runs set ended = null",), notes="run never ended"),
    plant("a run's counts", ("update runs set counts = '[1'",), ("run's counts", SHABESTAN)),
)

REFERENCES = (
    plant("an agency", ("delete from agencies",), ("agency", "*")),
    plant("a run", ("delete from runs",), ("run lost", "*")),
    plant(
        "a tag that every article names",
        (f"update article_tags set tag_id = 99999 where rowid = ({TAG_OF_A})",),
        ("names", A),
        ("text", A),
        notes="unused tag",
    ),
    plant("tags of nothing", ("insert into article_tags select 99999, min(id) from tags",), ("names", None)),
    plant(
        "a section",
        (f"update article_sections set section_id = 99999 where rowid = ({SECTION_OF_A})",),
        ("names", A),
    ),
    plant(
        "sections of nothing", ("insert into article_sections select 99999, min(id) from sections",), ("names", None)
    ),
    plant(
        "a revision of nothing",
        ("update revisions set article_id = 99999",),
        ("revision without article", None),
        left="revision without article",
    ),
    plant("a tag of nothing", ("insert into tags (name) values ('سپید')",), notes="unused tag"),
    plant("a section of nothing", ("insert into sections (name) values ('سپید')",), notes="unused section"),
)


def texts(conn: sqlite3.Connection, code: str) -> tuple[int, str, str, str]:
    """Row and folded texts."""
    row, *texts = conn.execute("select id, title, lead, body from articles where news_code = ?", (code,)).fetchone()
    title, lead, body = (fold(text or "") for text in texts)
    return row, title, lead, body


def forget(conn: sqlite3.Connection) -> None:
    conn.execute(index.DELETE, texts(conn, "1001741"))


def invent(conn: sqlite3.Connection) -> None:
    conn.execute(index.INSERT, (99999, "سپید", "", ""))


def mistake(conn: sqlite3.Connection) -> None:
    """Feed the text as published, as others' tools would."""
    forget(conn)
    conn.execute(
        "insert into articles_fts (rowid, title, lead, body) select id, title, lead, body from articles " + OF_A
    )


def shuffle(conn: sqlite3.Connection) -> None:
    """As many words as before, two of them in each other's places."""
    row, title, lead, body = texts(conn, "9001")
    first, second, *rest = body.split()
    conn.execute(index.DELETE, (row, title, lead, body))
    conn.execute(index.INSERT, (row, title, lead, " ".join((second, first, *rest))))


def swap(conn: sqlite3.Connection) -> None:
    one, other = texts(conn, "1001741"), texts(conn, "1001773")
    for given in (one, other):
        conn.execute(index.DELETE, given)
    conn.execute(index.INSERT, (one[0], *other[1:]))
    conn.execute(index.INSERT, (other[0], *one[1:]))


INDEX = (
    plant("an article not indexed", forget, ("not in the index", A)),
    plant("a row of nothing indexed", invent, ("index row of nothing", None)),
    plant("unfolded text indexed", mistake, ("index", A)),
    plant("two words in each other's places", shuffle, ("index", BARE)),
    plant("two articles in each other's rows", swap, ("index", A), ("index", B)),
    plant(
        "the sizes alone",
        (f"update articles_fts_docsize set sz = x'010101' where id = (select id from articles {OF_A})",),
        ("index", A),
    ),
    plant("a block of the index", ("update articles_fts_data set block = x'00ff' where id > 10",), ("index", None)),
    plant("a joined word lost", ("delete from joined_words where glued = 'کتابخانهها'",), ("joined words", None)),
    plant(
        "a joined word of nothing",
        ("insert into joined_words (glued, parts, articles) values ('سپیدها', 'سپید ها', 0)",),
        ("joined words", None),
    ),
    plant("joined words miscounted", ("update joined_words set articles = articles + 1",), ("joined words", None)),
    plant("the fold", ("pragma user_version = 0",), ("fold", None)),
)


def detach_row(conn: sqlite3.Connection) -> None:
    """Change a row behind the back of an index."""
    conn.execute("pragma writable_schema = on")
    saved = conn.execute("select * from sqlite_master where name = 'articles_url'").fetchone()
    conn.execute("delete from sqlite_master where name = 'articles_url'")
    conn.execute("pragma writable_schema = reset")
    conn.execute("update articles set url = url || '/' where news_code = '9002'")
    conn.execute("pragma writable_schema = on")
    conn.execute("insert into sqlite_master values (?, ?, ?, ?, ?)", saved)
    conn.execute("pragma writable_schema = reset")


DATABASE = (
    plant("an index of SQLite's", detach_row, ("database", DOUBLE)),
    plant("an index dropped", ("drop index articles_url",), ("schema", None)),
    plant("the view dropped", ("drop view article_list",), ("schema", None)),
    plant("a table dropped", ("drop table listings",), ("table lost", None), left="table lost"),
    plant(
        "a table altered",
        ("alter table listings add column more text",),
        ("schema altered", None),
        left="schema altered",
    ),
    plant("a table of somebody's own", ("create table mine (n)",)),
    plant(
        "an older schema",
        ("alter table dictionaries drop column ratio", "delete from _sqlite_migrations where name like '0002%'"),
        ("migration", None),
    ),
)
