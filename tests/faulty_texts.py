"""Damage to articles and pages: texts, hashes, dates, addresses, names."""

from __future__ import annotations

from faulty_archives import BARE, DOUBLE, A, B, plant

OF_A = "where news_code = '1001741'"
OF_B = "where news_code = '1001773'"
OF_BARE = "where news_code = '9001'"
PAGE_OF_A = f"where id = (select page_id from articles {OF_A})"
PAGE_OF_B = f"where id = (select page_id from articles {OF_B})"
TAGS_OF_A = f"where article_id = (select id from articles {OF_A})"
REVISION = "where id = (select max(id) from revisions)"

TEXTS = (
    plant("a word more", (f"update articles set body = body || ' سپید' {OF_A}",), ("text", A), ("index", A)),
    plant(
        "bytes that are no letters",
        (f"update articles set lead = cast(x'd8ffd8' as text) {OF_A}",),
        ("text", A),
        ("index", A),
    ),
    plant("a body lost", (f"update articles set body = null {OF_A}",), ("text", A), ("index", A)),
    plant(
        "a word more, and no page to read again",
        (f"update articles set title = title || ' سپید' {OF_BARE}",),
        ("text", BARE),
        ("index", BARE),
        left="text",
    ),
    plant("a hash", (f"update articles set content_hash = '0' {OF_A}",), ("text", A)),
    plant("a kicker", (f"update articles set kicker = 'سپید' {OF_A}",), ("text", A)),
    plant(
        "a tag forgotten",
        (f"delete from article_tags where rowid = (select min(rowid) from article_tags {TAGS_OF_A})",),
        ("text", A),
        notes="unused tag",
    ),
    plant("authors", (f"update articles set authors = '[' {OF_A}",), ("authors", A)),
    plant(
        "authors of a text alone",
        (f"update articles set authors = '{{}}' {OF_BARE}",),
        ("authors", BARE),
        left="authors",
    ),
    plant("a revision's text", (f"update revisions set body = body || ' سپید' {REVISION}",), ("revision", B)),
    plant("a revision's tags", (f"update revisions set tags = '{{' {REVISION}",), ("revision", B)),
    plant(
        "a revision's text, and its page lost",
        (f"update revisions set title = 'سپید', page_id = null {REVISION}",),
        ("revision", B),
        left="revision",
        notes="page of nobody",
    ),
    plant("a kind", (f"update articles set kind = 'sound' {OF_A}",), ("kind", A)),
    plant("a link to no original", (f"update articles set duplicate_of = 99999 {OF_A}",), ("duplicate", A)),
    plant("a link lost", ("update articles set duplicate_of = null where news_code = '9002'",), ("duplicate", DOUBLE)),
    plant("the original linked", (f"update articles set duplicate_of = id {OF_BARE}",), ("duplicate", BARE)),
)

DATES = (
    plant("a Jalali day", (f"update articles set published_jalali = '1399-09-31' {OF_A}",), ("published_jalali", A)),
    plant("a date lost", (f"update articles set published = null {OF_A}",), ("published_jalali", A)),
    plant("a date in words", (f"update articles set published = 'دیروز' {OF_A}",), ("date", A)),
    plant("a day that is none", (f"update articles set modified = '2020-02-31T00:00:00Z' {OF_A}",), ("date", A)),
    plant("a date, and no page", (f"update articles set published = '7 Azar' {OF_BARE}",), ("date", BARE), left="date"),
    plant("first seen", (f"update articles set first_seen = '' {OF_A}",), ("date of seeing", A)),
    plant("last seen", (f"update articles set last_seen = '2020' {OF_A}",), ("date of seeing", A)),
    plant(
        "first seen, and no page",
        (f"update articles set first_seen = '' {OF_BARE}",),
        ("date of seeing", BARE),
        left="date of seeing",
    ),
    plant(
        "first seen last",
        (f"update articles set first_seen = '2199-01-01T00:00:00Z' {OF_A}",),
        ("seen backwards", A),
    ),
    plant(
        "a year before all news",
        (f"update articles set published = '1830-01-01T00:00:00Z', published_jalali = '1208-10-11' {OF_A}",),
        ("year", A),
    ),
    plant(
        "a year before all news, and no page",
        (f"update articles set modified = '0001-01-01T00:00:00Z' {OF_BARE}",),
        ("year", BARE),
        left="year",
    ),
    plant(
        "tomorrow's news",
        (f"update articles set published = '2090-01-01T00:00:00Z', published_jalali = '1468-10-12' {OF_A}",),
        ("published later than seen", A),
    ),
    plant(
        "when it was listed",
        (f"update ledger set listed_at = 'now' {OF_A}",),
        ("date of a row", A),
        left="date of a row",
    ),
    plant(
        "a revision's moment",
        (f"update revisions set seen_at = '' {REVISION}",),
        ("date of a row", B),
        left="date of a row",
    ),
    plant(
        "a page's moment",
        (f"update pages set fetched_at = '' {PAGE_OF_A}",),
        ("date of a row", A),
        left="date of a row",
    ),
    plant("a run's begin", ("update runs set started = ''",), ("date of a row", "shabestan"), left="date of a row"),
    plant("a walk", ("update days set walked_at = 'x' where day = '2020-12-07'",), ("date of a walk", "shabestan")),
)

PAGES = (
    plant(
        "half a page",
        (f"update pages set body = substr(body, 1, length(body) / 2) {PAGE_OF_A}",),
        ("page damaged", A),
        left="page damaged",
    ),
    plant("a page's hash", (f"update pages set sha256 = '0' {PAGE_OF_A}",), ("page altered", A), left="page altered"),
    plant(
        "another page's bytes",
        (f"update pages set body = (select body from pages {PAGE_OF_B}) {PAGE_OF_A}",),
        ("page altered", A),
        left="page altered",
    ),
    plant(
        "a dictionary's bytes",
        ("update dictionaries set body = zeroblob(2000)",),
        ("page damaged", A),
        ("page damaged", B),
        ("dictionary broken", None),
        left="page damaged, dictionary broken",
    ),
    plant(
        "a dictionary",
        ("delete from dictionaries",),
        ("dictionary lost", A),
        ("dictionary lost", B),
        left="dictionary lost",
    ),
    plant("a page's row", (f"delete from pages {PAGE_OF_A}",), ("page lost", A)),
    plant(
        "which page it is", (f"update articles set page_id = 99999 {OF_A}",), ("page lost", A), notes="page of nobody"
    ),
    plant(
        "a revision's page",
        (f"update revisions set page_id = 99999 {REVISION}",),
        ("page lost", B),
        notes="page of nobody",
    ),
    plant("a page forgotten", (f"update articles set page_id = null {OF_A}",), notes="page of nobody"),
    plant(
        "another article's page",
        (f"update articles set page_id = (select page_id from articles {OF_B}) {OF_A}",),
        ("page of another", A),
        notes="page of nobody",
    ),
)

ADDRESSES = (
    plant("another agency", (f"update articles set url = 'https://www.tabnak.ir/fa/news/1' {OF_A}",), ("address", A)),
    plant(
        "another article", (f"update articles set url = 'https://shabestan.news/news/7' {OF_BARE}",), ("address", BARE)
    ),
    plant(
        "another agency, listed",
        (f"update ledger set url = 'https://www.tabnak.ir/fa/news/1' {OF_A}",),
        ("address listed", A),
    ),
    plant(
        "a news code",
        (f"update articles set news_code = '7' {OF_A}",),
        ("address", "shabestan/7"),
        ("not in the ledger", "shabestan/7"),
        ("article lost", A),
    ),
    plant(
        "an agency declared nowhere",
        (
            "insert into agencies (name) values ('elsewhere.example')",
            f"update articles set agency = 'elsewhere.example' {OF_BARE}",
            f"update ledger set agency = 'elsewhere.example' {OF_BARE}",
        ),
        ("address", "elsewhere.example/9001"),
        ("address listed", "elsewhere.example/9001"),
        left="address, address listed",
    ),
)
