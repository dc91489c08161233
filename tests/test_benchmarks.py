"""The archive that the benchmarks measure is one that a crawl could have written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from bayegan import open_archive
from bayegan.verify.looking import Inspection, look
from bayegan.verify.table import CHECKS
from benchmarks import million, synthetic
from benchmarks.synthetic import NOW, Recipe

if TYPE_CHECKING:
    from pathlib import Path

RECIPE = Recipe(articles=300, vocabulary=5_000)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return million.archive(RECIPE, tmp_path_factory.mktemp("synthetic"))


def one(archive: Path, statement: str) -> Any:
    with closing(sqlite3.connect(archive)) as conn:
        return conn.execute(statement).fetchone()


def test_verify_finds_no_fault_in_it(archive: Path) -> None:
    seen = look(Inspection(path=archive, checks=CHECKS, quick=False, now=NOW, report=lambda *_: None))
    assert {kind.name: count for kind, count in seen.counts.items() if not kind.note} == {}


def test_it_holds_what_was_listed_but_for_what_could_not_be_had(archive: Path) -> None:
    states = one(archive, "SELECT sum(state = 'held'), sum(state IN ('failed', 'gone')), count(*) FROM ledger")
    assert states[0] + states[1] == states[2] == 300
    with open_archive(archive) as opened:
        assert opened.stats().articles == states[0]
        assert {run.exit_code for run in opened.runs()} == {0}


def test_ids_follow_no_order_of_publication(archive: Path) -> None:
    ages = "SELECT id, rank() OVER (ORDER BY published DESC) AS age FROM articles"
    assert one(archive, f"SELECT age BETWEEN 50 AND 250 FROM ({ages}) ORDER BY id LIMIT 1") == (1,)
    assert one(archive, f"SELECT age < 60 FROM ({ages}) ORDER BY id DESC LIMIT 1") == (1,)


def test_a_word_is_written_in_several_ways_by_several_agencies(archive: Path) -> None:
    with open_archive(archive) as opened:
        bodies = "\n".join(article.body or "" for article in opened.articles())
    assert [spelling in bodies for spelling in ("می\u200cکند", "می کند", "میکند")].count(True) > 1


def test_the_same_recipe_gives_the_same_articles() -> None:
    first, again = (list(synthetic.articles(Recipe(articles=30, vocabulary=2_000))) for _ in range(2))
    assert first == again
    assert len({article.url for article in first}) == 30


def test_some_of_what_is_followed_was_copied_from_another_agency() -> None:
    leads = [article.lead or "" for article in synthetic.articles(RECIPE)]
    assert 3 <= sum("به نقل از" in lead for lead in leads) <= 60


def test_a_file_is_used_again_until_the_recipe_changes(tmp_path: Path) -> None:
    tiny = Recipe(articles=20, vocabulary=2_000)
    path = million.archive(tiny, tmp_path)
    first = path.stat().st_ino, path.stat().st_mtime_ns
    assert million.archive(tiny, tmp_path) == path
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == first
    million.archive(Recipe(articles=20, vocabulary=2_000, seed=7), tmp_path)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) != first
