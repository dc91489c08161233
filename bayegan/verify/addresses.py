"""Addresses of declared agencies: each names its agency and its article."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from bayegan.verify.checks import Check, Finding, Kind, named, walk
from crawler.agencies import agency_at, all_agencies
from crawler.urls import host_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayegan.verify.checks import Look, Repair
    from crawler.agencies import Agency

ARTICLES: Final = """
    SELECT articles.id, agency, news_code, articles.url, pages.url
    FROM articles LEFT JOIN pages ON pages.id = page_id
    WHERE articles.id > :after ORDER BY articles.id LIMIT :size
"""
ARTICLE_COUNT: Final = "SELECT count(*) FROM articles"
LEDGER: Final = """
    SELECT rowid, agency, news_code, url FROM ledger WHERE rowid > :after ORDER BY rowid LIMIT :size
"""
LEDGER_COUNT: Final = "SELECT count(*) FROM ledger"
# Where address and page name the same article, it is the code that is damaged.
SET_CODE: Final = "UPDATE OR IGNORE articles SET news_code = ? WHERE id = ?"
OF_ARTICLE: Final = """
    SELECT agency, articles.url, pages.url FROM articles JOIN pages ON pages.id = page_id WHERE articles.id = ?
"""
OTHERS_OF_ARTICLE: Final = """
    SELECT agency, news_code, articles.url, ledger.url, pages.url
    FROM articles LEFT JOIN ledger USING (agency, news_code) LEFT JOIN pages ON pages.id = page_id
    WHERE articles.id = ?
"""
OTHERS_OF_ROW: Final = """
    SELECT agency, news_code, ledger.url, articles.url FROM ledger LEFT JOIN articles USING (agency, news_code)
    WHERE ledger.rowid = ?
"""
SET_ARTICLE: Final = "UPDATE articles SET url = ? WHERE id = ?"
SET_ROW: Final = "UPDATE ledger SET url = ? WHERE rowid = ?"
# A page that no revision has, at the article's own address; none where there is no such page.
OWN_PAGE: Final = """
    UPDATE articles SET page_id = (
        SELECT max(pages.id) FROM pages WHERE pages.url = articles.url
        AND pages.id NOT IN (SELECT page_id FROM revisions WHERE page_id IS NOT NULL))
    WHERE id = ?
"""


def _find_articles(look: Look) -> Iterator[Finding]:
    for batch in walk(look, ARTICLES, ARTICLE_COUNT):
        for row, agency, code, url, page in batch:
            if fault := misfit(agency, code, url):
                yield Finding(ADDRESS, named(agency, code), f"its address {url} {fault}", row)
            elif fault := misfit(agency, code, page):
                yield Finding(PAGE, named(agency, code), f"the address of its page, {page}, {fault}", row)


def _find_ledger(look: Look) -> Iterator[Finding]:
    for batch in walk(look, LEDGER, LEDGER_COUNT):
        for row, agency, code, url in batch:
            if fault := misfit(agency, code, url):
                yield Finding(LISTED, named(agency, code), f"its address in the ledger, {url}, {fault}", row)


def misfit(agency: str, code: str, url: str | None) -> str | None:
    """Why this cannot be the address of that article; None where nothing speaks against it.

    >>> misfit("shabestan", "7", "https://shabestan.news/news/8")
    'names article 8'
    """
    ours = _declared().get(agency)
    if url is None or (ours is not None and ours.code_of(url) == code):
        return None
    owner = agency_at(url)
    if owner is None or (ours is None and _is_below(url, agency)):
        return None
    if owner.name != agency:
        return f"is of {owner.name}"
    named_code = owner.code_of(url)
    return None if named_code is None else f"names article {named_code}"


def _is_below(url: str, domain: str) -> bool:
    """Whether an agency that goes by its domain, undeclared when it came in, has this address."""
    return f".{host_of(url)}".endswith(f".{domain}")


def _mend_article(repair: Repair, found: Iterator[Finding]) -> None:
    faults = list(found)
    for finding in faults:
        agency, *written = repair.conn.execute(OF_ARTICLE, (finding.row,)).fetchone() or ("",)
        ours = _declared().get(agency)
        codes = {ours.code_of(url or "") for url in written} if ours else set()
        if len(codes) == 1 and None not in codes:
            repair.conn.execute(SET_CODE, (*codes, finding.row))
    _mend(repair, iter(faults), OTHERS_OF_ARTICLE, SET_ARTICLE)


def _mend_row(repair: Repair, found: Iterator[Finding]) -> None:
    _mend(repair, found, OTHERS_OF_ROW, SET_ROW)


def _mend(repair: Repair, found: Iterator[Finding], others: str, put: str) -> None:
    for finding in list(found):
        agency, code, *written = repair.conn.execute(others, (finding.row,)).fetchone()
        ours = _declared().get(agency)
        known = (*written, ours.address(code)) if ours else ()
        fitting = next((url for url in known if url and ours and ours.code_of(url) == code), None)
        if fitting is not None:
            repair.conn.execute(put, (fitting, finding.row))


def _find_own_page(repair: Repair, found: Iterator[Finding]) -> None:
    repair.conn.executemany(OWN_PAGE, [(finding.row,) for finding in found])


@cache
def _declared() -> dict[str, Agency]:
    return {one.name: one for one in all_agencies()}


BY_HAND: Final = "Run it again with --repair; where no address that fits is known, correct it by hand or let it stand."
ADDRESS: Final = Kind(name="address", mend=_mend_article, advice=BY_HAND)
LISTED: Final = Kind(name="address listed", mend=_mend_row, advice=BY_HAND)
PAGE: Final = Kind(name="page of another", mend=_find_own_page, advice="Run it again with --repair.")

CHECKS: Final = (
    Check(name="addresses", kinds=(ADDRESS, PAGE), find=_find_articles, quick=False),
    Check(name="addresses listed", kinds=(LISTED,), find=_find_ledger, quick=False),
)
