"""Real crawls of a site that is well: what a window holds, what a second crawl asks for, and how one is interrupted."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import time
from typing import TYPE_CHECKING

import pytest
from agreement import rows
from crawls import AZAR, command, crawl
from killing import Trouble, run

from bayegan import open_archive
from bayegan.archive.lock import agency_lock
from bayegan.example import default_site

if TYPE_CHECKING:
    from pathlib import Path

    from bayegan.example import Example

# Of the forty stories of the default site one is listed but deleted.
STORIES, DELETED = 40, 1


def pages(example: Example) -> list[str]:
    return [path for path in example.requests if path.startswith(("/news/", "/photo/", "/video/"))]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "x.db"


def test_a_window_is_held_whole_and_a_second_crawl_fetches_no_article(example: Example, db: Path) -> None:
    first = crawl(example.url, db, *AZAR)
    assert (first.code, first.listed, first.held, first.gone, first.failed) == (0, 40, 39, 1, 0)
    assert (first.summary["from"], first.to) == ("2020-11-21", "2020-12-20")
    before = len(pages(example))
    second = crawl(example.url, db, *AZAR)
    assert (second.code, second.listed, second.held, second.new) == (0, 40, 39, 0)
    assert len(pages(example)) == before
    example.publish(3)
    third = crawl(example.url, db, *AZAR)
    assert (third.code, third.listed, third.new) == (0, 43, 3)
    assert len(pages(example)) == before + 3


def test_what_is_held_is_what_the_site_published(example: Example, db: Path) -> None:
    crawl(example.url, db, *AZAR)
    with open_archive(db) as archive:
        for story in example.view.stories:
            if story.manner == "gone":
                continue
            article = archive.article("shabestan", story.code)
            assert article is not None, story.code
            assert article.title == story.title
            assert article.published == story.published
            assert (article.lead or "") == story.lead
            assert tuple(article.tags) == story.tags
        assert archive.coverage()[0].complete is not None
    assert rows(db, "select count(*) from articles_fts where articles_fts match 'xyzzy'") == [(0,)]


def test_ledger_pages_and_runs_hold_the_agencys_own_address_and_the_run_the_mirrors(example: Example, db: Path) -> None:
    crawl(example.url, db, *AZAR)
    foreign = "not like 'https://shabestan.news/%'"
    for table in ("ledger", "pages", "articles"):
        assert rows(db, f"select count(*) from {table} where url {foreign}") == [(0,)], table
    assert rows(db, f"select count(*) from articles where image is not null and image {foreign}") == [(0,)]
    assert rows(db, "select home from runs") == [(example.url,)]


def test_without_dates_the_newest_come_first_and_then_only_what_is_new(example: Example, db: Path) -> None:
    first = crawl(example.url, db)
    assert first.code == 0
    assert first.held + first.gone == first.listed == 30  # the first page of the archive, the feed, the news sitemap
    again = crawl(example.url, db)
    assert (again.code, again.new) == (0, 0)
    silent = crawl(example.url, db)
    assert (silent.code, silent.new, silent.requests) == (0, 0, 4)  # robots.txt, and three answers 304
    example.publish(2)
    assert crawl(example.url, db).new == 2


def test_killed_in_the_middle_the_same_command_ends_what_was_begun(example: Example, db: Path) -> None:
    running = subprocess.Popen(command(example.url, db, *AZAR, "--set", "BAYEGAN_BATCH=3"))
    deadline = time.monotonic() + 30
    while len(pages(example)) < 15 and time.monotonic() < deadline:
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert rows(db, "select count(*) > 0 from ledger where state = 'listed'") == [(1,)]
    held = rows(db, "select count(*) from articles")[0][0]
    assert isinstance(held, int)
    assert 0 < held < STORIES - DELETED
    again = crawl(example.url, db, *AZAR)
    assert (again.code, again.listed, again.held) == (0, 40, 39)
    assert rows(db, "select count(*), count(distinct news_code) from articles") == [(39, 39)]
    assert rows(db, "pragma integrity_check") == [("ok",)]


def test_a_termination_ends_cleanly_with_the_run_written_down(example: Example, db: Path) -> None:
    running = subprocess.Popen(
        command(example.url, db, *AZAR, "--set", "DOWNLOAD_DELAY=0.2"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 30
    while len(pages(example)) < 4 and time.monotonic() < deadline:
        time.sleep(0.01)
    running.send_signal(signal.SIGTERM)
    running.communicate(timeout=30)
    assert running.returncode == 1
    assert rows(db, "select exit_code, ended is not null from runs") == [(1, 1)]
    assert crawl(example.url, db, *AZAR).held == STORIES - DELETED


def test_an_article_that_changes_makes_a_revision_when_it_is_visited_again(example: Example, db: Path) -> None:
    crawl(example.url, db, *AZAR)
    example.edit()
    unchanged = crawl(example.url, db, *AZAR)
    assert (unchanged.revised, unchanged.new) == (0, 0)
    recheck = crawl(example.url, db, "--recheck", "10000")
    assert (recheck.code, recheck.revised, recheck.new) == (0, 1, 0)
    assert rows(db, "select count(*) from revisions") == [(1,)]
    assert rows(db, "select count(*) from pages") == [(STORIES - DELETED + 1,)]


def test_the_same_text_under_another_code_is_kept_and_linked(example: Example, db: Path) -> None:
    crawl(example.url, db, *AZAR)
    doubles = rows(
        db,
        "select a.title = b.title, a.news_code <> b.news_code from articles a join articles b on a.duplicate_of = b.id",
    )
    assert doubles == [(1, 1)]


def test_a_limit_leaves_the_rest_listed(example: Example, db: Path) -> None:
    some = crawl(example.url, db, *AZAR, "--limit", "5")
    assert (some.code, some.new) == (0, 5)
    assert len(set(pages(example))) == 5
    rest = crawl(example.url, db, *AZAR)
    assert rest.held == STORIES - DELETED


def test_a_dry_run_says_what_is_due_and_writes_nothing(example: Example, db: Path) -> None:
    dry = crawl(example.url, db, *AZAR, "--dry-run")
    assert (dry.code, dry.listed, dry.new) == (0, 40, 0)
    assert "ERROR" not in dry.said
    assert pages(example) == []
    assert not db.exists()


def test_an_empty_window_is_complete_and_no_failure(example: Example, db: Path) -> None:
    quiet = crawl(example.url, db, "--from", "2020-12-18", "--to", "2020-12-18")
    assert (quiet.code, quiet.listed) == (0, 0)
    assert rows(db, "select listed, complete from days") == [(0, 1)]


def test_another_run_that_holds_the_agency_is_not_disturbed(example: Example, db: Path) -> None:
    with agency_lock(db, "shabestan"):
        done = crawl(example.url, db, *AZAR)
    assert done.code == 75
    assert "Another run holds shabestan" in done.said
    assert example.requests == []


def test_a_locked_archive_ends_the_crawl_with_a_sentence(example: Example, db: Path) -> None:
    crawl(example.url, db, "--from", "2020-12-20", "--to", "2020-12-20")
    with sqlite3.connect(db, isolation_level=None) as conn:
        conn.execute("begin immediate")
        done = run(db.parent, *command(example.url, db, *AZAR)[3:], trouble=Trouble(patience=0.5))
    assert done.code == 1
    assert "Traceback" not in done.said
    assert crawl(example.url, db, *AZAR).held == STORIES - DELETED


def test_the_default_site_is_what_these_tests_count_on() -> None:
    stories = default_site().stories
    assert len(stories) == STORIES
    assert sum(story.manner == "gone" for story in stories) == DELETED
