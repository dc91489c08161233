"""Held articles whose page says something else: gone, blocked, empty. The article stays, and comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from agreement import rows
from archives import NOON
from crawls import AZAR, crawl
from hostile_site import INTERSTITIAL, SOFT_NOT_FOUND

from bayegan.archive.ledger import MOST_ATTEMPTS, Ledger, held_since
from bayegan.archive.writer import Writer
from bayegan.example import default_site
from bayegan.example.answering import Request, Response
from bayegan.verifying import verify
from crawler.items import Link, Missed

if TYPE_CHECKING:
    from pathlib import Path

    from hostile_site import Twisted

    from conftest import Hostile

RECHECK = ("--recheck", "10000", "--set", "RETRY_TIMES=0")
SMALL = default_site(5, gone=False)
A, B, C, D, E = (story.code for story in SMALL.stories)
SAID = {
    A: (SOFT_NOT_FOUND, "gone", "The site says that this page does not exist, though it was served as if it did."),
    B: (INTERSTITIAL, "held", "A block page of ArvanCloud stands in front of the page: try again later, and slower."),
    C: ("", "held", "The page is empty: nothing was served."),
}


@dataclass
class Saying:
    """A site that answers for some articles, by code, what it is told to."""

    says: dict[str, Response] = field(default_factory=dict)

    def __call__(self, site: Twisted, request: Request) -> Response:
        code = request.path.split("/")[2] if request.path.startswith(("/news/", "/photo/", "/video/")) else ""
        return self.says.get(code) or site.plain(request)


def ledger(archive: Path) -> dict[str, tuple[Any, ...]]:
    found = rows(archive, "select news_code, state, status, error from ledger order by news_code")
    return {row[0]: row[1:] for row in found}


def test_a_held_article_whose_page_says_something_else_stays_and_comes_back(hostile: Hostile, tmp_path: Path) -> None:
    twist, db = Saying(), tmp_path / "x.db"
    site = hostile(site=SMALL, twist=twist)
    crawl(site.url, db, *AZAR)
    kept = "select news_code, title, body, page_id from articles order by news_code"
    before = rows(db, kept)
    twist.says = {code: Response(body=body.encode()) for code, (body, *_) in SAID.items()}
    done = crawl(site.url, db, *RECHECK)
    assert (done.code, done.gone, done.blocked, done.failed, done.new, done.revised) == (4, 1, 1, 1, 0, 0)
    held = ("held", 200, None)
    assert ledger(db) == {code: (state, 200, why) for code, (_, state, why) in SAID.items()} | {D: held, E: held}
    assert rows(db, kept) == before
    assert verify(db).faults == ()
    twist.says = {}
    back = crawl(site.url, db, *RECHECK)
    assert (back.code, ledger(db)) == (0, dict.fromkeys((A, B, C, D, E), held))
    assert rows(db, kept) == before


def test_what_failed_too_often_is_tried_again_with_the_days_it_is_of(tmp_path: Path) -> None:
    link = Link(url="https://shabestan.news/news/103", news_code="103", day=NOON.date())
    with Writer(tmp_path / "x.db") as writer:
        ledger_of = Ledger(writer, "shabestan")
        assert ledger_of.note([link], NOON) == {"103"}
        for _ in range(MOST_ATTEMPTS):
            ledger_of.missed(Missed(link=link, state="failed", reason="HTTP 500", status=500), NOON)
        assert ledger_of.note([link], NOON) == set()
        assert ledger_of.note([link], NOON, NOON.date() + timedelta(days=1)) == set()
        assert ledger_of.note([link], NOON, NOON.date()) == {"103"}
        assert [one.news_code for one in held_since(writer.conn, "shabestan", NOON.date())] == ["103"]


def test_a_site_in_trouble_that_denies_all_its_articles_is_told_of_and_asked_again(
    hostile: Hostile, tmp_path: Path
) -> None:
    """What was never held is not given up either."""
    twist, db = Saying(dict.fromkeys((A, B, C, D), Response(status=404))), tmp_path / "x.db"
    site = hostile(site=SMALL, twist=twist)
    first = crawl(site.url, db, *AZAR)
    assert (first.code, first.gone, first.held) == (0, 4, 1)
    assert first.said.startswith("Most pages that were asked for are gone, says the site: if it was in trouble, visit")
    twist.says = {}
    again = crawl(site.url, db, *RECHECK)
    assert (again.code, again.new, again.said) == (0, 4, "")
    assert verify(db).faults == ()
