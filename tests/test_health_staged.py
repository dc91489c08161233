"""Each kind of trouble on the example site: a past of sound nights, and one real crawl of a site that has changed."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hostile_site import INTERSTITIAL, Twisted, articles, fixed, pages, plain
from pasts import TONIGHT, crawl_by_night, nights, rows, write

from bayegan.archive.ledger import Ledger
from bayegan.archive.writer import Writer
from bayegan.doctoring import accept, examine
from bayegan.example import default_site, serve
from bayegan.example.answering import Request, Response
from bayegan.health import history
from bayegan.health.keeping import keep_page
from bayegan.takedown import take_down
from bayegan.verifying import verify
from crawler.items import Link, Missed, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hostile_site import Twist

HELD, NEW = 20, 8
MENU = "<ul>" + "".join(f"<li><a href='/{n}'>بخش {n} از روزنامه</a></li>" for n in range(9)) + "</ul>"


def changed(change: Callable[[str], str]) -> Twist:
    """Every article's page is served otherwise."""

    def twist(site: Twisted, request: Request) -> Response:
        answer = site.plain(request)
        return replace(answer, body=change(answer.body.decode()).encode()) if articles(request) else answer

    return twist


def one_without_text(site: Twisted, request: Request) -> Response:
    newest = f"/{site.view.stories[0].code}/" in request.path
    return changed(without_text)(site, request) if newest else site.plain(request)


def without_tags(page: str) -> str:
    return re.sub(r'<section class="[^"]*tags.*?</section>|<meta name="keywords"[^>]*>', "", page, flags=re.DOTALL)


def without_text(page: str) -> str:
    """The box of the text is there, and a script fills it in the browser."""
    emptied = re.sub(r"(item-text[^>]*>).*?(<footer|<section)", r"\1</div>\2", page, flags=re.DOTALL)
    return re.sub(r"<p>[^<]*</p>|<div>[^<]*</div>", "", emptied)


def another_theme(_page: str) -> str:
    words = " ".join(["کتابخانه\u200cهای شهر از فردا تا پایان هفته برای همه باز هستند و کتاب امانت می\u200cدهند."] * 4)
    return (
        f'<!DOCTYPE html><html lang="fa"><head><title>خبر</title></head><body>{MENU}<main>'
        '<h1>کتابخانه\u200cها باز شدند</h1><time datetime="2020-12-20T10:00:00+03:30"></time>'
        f"<div><p>{words}</p><p>{words}</p></div></main></body></html>"
    )


def a_shell(_page: str) -> str:
    head = "<head><title>روزنامه</title></head>"
    return f'<!DOCTYPE html><html lang="fa">{head}<body>{MENU}<div id="app"></div></body></html>'


def silent(site: Twisted, request: Request) -> Response:
    """Its listings, feed and sitemaps are there, and name nothing."""
    answer = site.plain(request)
    return answer if articles(request) else replace(answer, body=b"<html><body></body></html>")


@pytest.fixture(scope="module")
def site() -> Iterator[Twisted]:
    """Twenty stories, of which the archive below holds all; every test gives it a twist of its own."""
    with serve(Twisted(replace(default_site(HELD, gone=False), slow_seconds=0.0), plain)) as served:
        yield served  # type: ignore[misc]  # serve answers with what it was given


@pytest.fixture(scope="module")
def seasoned(site: Twisted, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of that site, crawled on twelve nights, then eight stories are published."""
    archive = tmp_path_factory.mktemp("seasoned") / "x.db"
    assert crawl_by_night(site.url, archive, "--from", "1399-09-01", "--to", "1399-09-30").held == HELD
    site.publish(NEW)
    return write(archive, nights())


@pytest.fixture
def db(seasoned: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(seasoned, tmp_path / "x.db"))


ALL = ("family", "title", "lead", "body", "published", "tags")


@pytest.mark.parametrize(
    ("name", "twist", "code", "kinds", "new", "apart", "lacks"),
    [
        ("a sound night, with one article that has no text", one_without_text, 0, (), NEW, 0, None),
        ("tags are gone", changed(without_tags), 6, ("emptied",), NEW, 0, ("tags",)),
        ("texts are gone", changed(without_text), 6, ("redesigned",), 0, NEW, ("body",)),
        ("another theme", changed(another_theme), 6, ("redesigned",), NEW, 0, ("family", "lead", "tags")),
        ("pages that a script fills", changed(a_shell), 6, ("redesigned",), 0, NEW, ALL),
        ("listings without a name", silent, 3, ("silent",), 0, 0, None),
        ("a block page everywhere", fixed(Response(body=INTERSTITIAL.encode()), pages), 5, ("blocked",), 0, 0, None),
        ("articles that cannot be had", fixed(Response(status=500), articles), 4, ("missing",), 0, 0, None),
    ],
)
def test_a_trouble_has_its_code_its_sentence_and_its_diagnosis(  # noqa: PLR0913 -- one row of the table
    site: Twisted,
    db: Path,
    *,
    name: str,
    twist: Twist,
    code: int,
    kinds: tuple[str, ...],
    new: int,
    apart: int,
    lacks: tuple[str, ...] | None,
) -> None:
    site.twist = twist
    done = crawl_by_night(site.url, db, "--set", "RETRY_TIMES=0")
    (found,) = examine(db, now=TONIGHT)
    assert (done.code, done.new, done.refused) == (code, new, apart), (name, done.said)
    assert tuple(one.kind for one in found.troubles) == kinds, name
    assert (found.state, found.apart, found.exit) == ("faulty" if kinds else "healthy", apart, code)
    assert (found.example and found.example.lacks) == lacks
    assert rows(db, "select count(*) from articles where kind = 'text' and body is null") == [(int(not kinds),)]
    assert all(one.sentence in done.said for one in found.troubles if one.kind != "blocked"), done.said
    if name == "texts are gone" and found.example:
        assert found.example.url.startswith("https://shabestan.news/news/10017")
        assert (found.example.found["title"], "body" in found.example.found) == ("h1.title", False)
        assert (found.example.refused or "").startswith("Kept apart: it was read without its text")


def test_what_a_broken_reader_read_is_kept_apart_and_fetched_again_when_it_is_well(site: Twisted, db: Path) -> None:
    site.twist = changed(without_text)
    assert crawl_by_night(site.url, db).code == 6
    states = "select state, count(*) from ledger group by state order by state"
    assert rows(db, states) == [("held", HELD), ("refused", NEW)]
    assert rows(db, "select count(*) from articles where body is null and kind = 'text'") == [(0,)]
    kept = "select count(distinct pages.url), count(*) from ledger join pages using (url) where state = 'refused'"
    assert rows(db, kept) == [(NEW, NEW)]
    with Writer(db) as writer:
        history.list_again(writer, "shabestan")
    assert crawl_by_night(site.url, db).refused == NEW
    assert rows(db, kept) == [(NEW, NEW)]  # of each the later page
    assert verify(db, quick=True).notes == {}  # their pages are kept to be looked at: no pages of nobody
    site.twist = plain
    well = crawl_by_night(site.url, db, "--recheck", "9000", nights_later=1)
    assert (well.new, well.revised, rows(db, states)) == (0, 0, [("held", HELD), ("listed", NEW)])
    assert "The site is read well again: 8 that were kept apart are fetched again by the next run." in well.said
    assert crawl_by_night(site.url, db, nights_later=2).new == NEW
    assert rows(db, states) == [("held", HELD + NEW)]


READINGS = "select news_code, title, lead, body, reader, published from articles order by news_code"


def test_what_is_held_is_not_revised_to_less_by_a_broken_reader(site: Twisted, db: Path) -> None:
    held = rows(db, READINGS)
    for change, said in (
        (without_text, "It is held with its text, and was read without: what is held stays as it is."),
        (without_tags, "Kept apart: it was read without its tags, as are most pages of this run"),
    ):
        site.twist = changed(change)
        done = crawl_by_night(site.url, db, "--recheck", "9000")
        assert (done.code, done.revised) == (6, 0), done.said
        assert said in done.said
        assert set(held) <= set(rows(db, READINGS))
        assert rows(db, "select count(*) from revisions") == [(0,)]


def test_listings_that_stand_still_and_listings_that_name_far_less_are_told(site: Twisted, db: Path) -> None:
    site.twist = plain
    write(db, nights(20, fresh=60))
    less = crawl_by_night(site.url, db)
    assert (less.code, less.new) == (3, NEW)
    assert "Far less is listed than usual: 8 new articles in 24 hours, where a working day has about 60" in less.said
    still = crawl_by_night(site.url, db, nights_later=1)
    assert (still.code, still.new) == (3, 0)
    assert "The listings stand still" in still.said
    (found,) = examine(db, now=TONIGHT)
    assert [one.kind for one in found.troubles] == ["stale"]  # and not silent, though the run ended with 3


def test_what_was_kept_apart_is_taken_down_with_its_page(seasoned: Path, tmp_path: Path) -> None:
    db = Path(shutil.copy(seasoned, tmp_path / "x.db"))
    link = Link(url="https://shabestan.news/news/7/خبر", news_code="7")
    page = Page(url=link.url, fetched_at=TONIGHT, body=b"<html>")
    with Writer(db) as writer:
        ledger = Ledger(writer, "shabestan")
        ledger.note([link], TONIGHT)
        ledger.missed(Missed(link=link, state="refused", reason="Kept apart.", page=page), TONIGHT)
        keep_page(writer, ("shabestan", "7"), page)
        assert rows(db, "select count(*) from pages where url like '%/7/%'") == [(1,)]
        take_down(writer, ("shabestan", "7"))
        assert rows(db, "select count(*) from pages where url like '%/7/%'") == [(0,)]
        keep_page(writer, ("shabestan", "7"), page)  # and it is not kept again
        assert rows(db, "select count(*) from pages where url like '%/7/%'") == [(0,)]


def test_a_site_that_stays_so_is_accepted_and_what_was_kept_apart_is_fetched(site: Twisted, db: Path) -> None:
    site.twist = changed(without_text)
    assert crawl_by_night(site.url, db).code == 6
    assert accept(db, ["shabestan"]) == NEW
    (found,) = examine(db, now=TONIGHT)
    assert (found.state, found.apart) == ("too early to say", 0)
    assert rows(db, "select state, count(*) from ledger group by state order by state") == [("held", 20), ("listed", 8)]
