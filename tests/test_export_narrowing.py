"""Export: samples, one of each set of copies, well-covered days."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from archives import fill
from copied_texts import BRIDGE, SCHOOL, report
from exports import codes

from bayegan import open_archive
from bayegan.exporting import Narrowing, export, export_pages, export_partitions
from bayegan.search import Filter
from crawler.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES = (
    report("isna", "i1", *BRIDGE, hours=3),
    report("irna", "r1", *BRIDGE, hours=2),
    report("tabnak", "t1", *BRIDGE, hours=9),
    report("tabnak", "t2", *BRIDGE, hours=None),
    report("irna", "r2", *SCHOOL, hours=8),
    report("isna", "i2", *SCHOOL, hours=5),
    report("ilna", "l1", "ساخت پل دیگری در جنوب استان از امروز آغاز شد.", hours=4),
    report("mehr", "m1", *BRIDGE, hours=1),
    report("mehr", "m2", "نخستین برف زمستان بر بلندی‌های شمال نشست.", hours=24),
)
# Of mehr's first day another article could not be had, and a third one is gone; that day is half covered.
NOT_HAD = """
    INSERT INTO ledger (agency, news_code, day, listed_at, state)
    VALUES ('mehr', 'm3', '2020-12-07', '2020-12-07T09:00:00Z', 'failed'),
        ('mehr', 'm4', '2020-12-07', '2020-12-07T09:00:00Z', 'gone')
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = fill(tmp_path_factory.mktemp("narrowing") / "x.db", ARTICLES)
    with closing(sqlite3.connect(made)) as conn, conn:
        conn.execute(NOT_HAD)
    return made


def exported(path: Path, folder: Path, narrowing: Narrowing, **filters: Any) -> list[str]:
    with open_archive(path) as archive:
        count = export(archive, folder / "out.jsonl", Filter(**filters), narrowing=narrowing)
    found = codes(folder / "out.jsonl")
    assert len(found) == count
    return found


@pytest.mark.parametrize(
    ("narrowing", "filters", "expected"),
    [
        pytest.param({}, {}, ["m2", "t1", "r2", "i2", "l1", "i1", "r1", "m1", "t2"], id="nothing"),
        pytest.param({"distinct": True}, {}, ["m2", "i2", "l1", "m1"], id="one of each"),
        pytest.param({"distinct": True}, {"agency": "tabnak"}, ["t1"], id="one of those that are meant"),
        pytest.param({"distinct": True}, {"query": "پل"}, ["l1", "m1"], id="one of those with a word"),
        pytest.param({"distinct": True}, {"limit": 3}, ["m2", "i2", "l1"], id="the limit comes last"),
        pytest.param({"distinct": True}, {"sort": "relevance", "query": "پل"}, ["m1", "l1"], id="by relevance"),
        pytest.param({"coverage": 0.95}, {}, ["m2", "t1", "r2", "i2", "l1", "i1", "r1"], id="covered days"),
        pytest.param({"coverage": 0.5}, {"agency": "mehr"}, ["m2", "m1"], id="a day half covered is enough"),
        pytest.param({"coverage": 0.51}, {"agency": "mehr"}, ["m2"], id="a day half covered is not enough"),
        pytest.param({"coverage": 1, "distinct": True}, {}, ["m2", "i2", "l1", "r1"], id="of covered days one of each"),
        pytest.param({"sample": 100}, {"agency": "irna"}, ["r2", "r1"], id="a sample of more than there are"),
        pytest.param({"distinct": True, "sample": 4}, {}, ["m2", "i2", "l1", "m1"], id="a sample of one of each"),
        pytest.param({"sample": 3}, {}, ["t1", "r2", "r1"], id="a sample, in the order of all"),
        pytest.param({"sample": 3}, {"limit": 2}, ["t1", "r2"], id="the first of a sample"),
        pytest.param({"sample": 3, "seed": 7}, {}, ["r2", "r1", "m1"], id="another sample"),
        pytest.param({"sample": 4}, {}, ["t1", "r2", "l1", "r1"], id="a larger sample holds the smaller"),
    ],
)
def test_fewer_are_written(
    narrowing: dict[str, Any], filters: dict[str, Any], expected: list[str], path: Path, tmp_path: Path
) -> None:
    assert exported(path, tmp_path, Narrowing(**narrowing), **filters) == expected


def test_a_sample_does_not_depend_on_the_order_in_which_articles_came(path: Path, tmp_path: Path) -> None:
    other = fill(tmp_path / "y.db", reversed(ARTICLES))
    for seed in range(5):
        narrowing = Narrowing(sample=4, seed=seed)
        assert exported(other, tmp_path, narrowing) == exported(path, tmp_path, narrowing)


def test_seeds_draw_everybody_alike(path: Path, tmp_path: Path) -> None:
    drawn = [code for seed in range(60) for code in exported(path, tmp_path, Narrowing(sample=3, seed=seed))]
    times = {code: drawn.count(code) for code in sorted(set(drawn))}
    assert len(times) == 9
    assert min(times.values()) > 8  # of 20 that are to be expected


def test_pages_and_folders_are_narrowed_alike(path: Path, tmp_path: Path) -> None:
    with open_archive(path) as archive:
        narrowing = Narrowing(distinct=True, sample=2, seed=1)
        at = datetime(2025, 1, 1, tzinfo=UTC)
        assert export_pages(archive, tmp_path / "x.warc.gz", Filter(), at=at, narrowing=narrowing).articles == 2
        assert export_partitions(archive, tmp_path / "parts", Filter(), narrowing=narrowing) == 2


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"coverage": 95}, "A coverage of 95 cannot be: give a share from 0 to 1, such as 0.95."),
        ({"coverage": -0.1}, "A coverage of -0.1 cannot be: give a share from 0 to 1, such as 0.95."),
        ({"sample": 0}, "A sample of 0 holds nothing: give 1 or more."),
    ],
)
def test_what_makes_no_sense_is_told(given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        Narrowing(**given)
    assert str(caught.value) == sentence
