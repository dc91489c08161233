"""A page of hits in Python: as a list, and as a frame of pandas and polars."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pandas as pd
import polars as pl
import pytest
from archives import NOON
from many_hits import many

from bayegan import open_archive
from bayegan.archive.rows import Hit
from crawler.dates import TEHRAN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bayegan.archive.reader import Archive


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return many(tmp_path_factory.mktemp("answers") / "news.db")


@pytest.fixture(scope="module")
def archive(path: Path) -> Iterator[Archive]:
    with open_archive(path) as archive:
        yield archive


def test_hits_are_a_list_that_knows_more(archive: Archive) -> None:
    hits = archive.search("كتابخانه", limit=3)
    assert isinstance(hits, list)
    assert [hit.news_code for hit in hits] == ["000", "001", "002"]
    assert all(isinstance(hit, Hit) for hit in hits)
    assert (len(hits), hits.total) == (3, 130)
    assert hits.facets().month == {"1399-09": 130}
    assert [hit.news_code for hit in archive.search("كتابخانه", limit=2, after=hits.next)] == ["003", "004"]


def test_twenty_if_not_told(archive: Archive) -> None:
    assert len(archive.search("کتابخانه")) == 20
    assert len(archive.similar("shabestan", "000")) == 20


def test_nothing_found_is_an_empty_page(archive: Archive) -> None:
    hits = archive.search("زرافه")
    assert (list(hits), hits.total, hits.next, hits.facets().agency) == ([], 0, None, {})


def test_pandas_takes_hits_and_articles_in_one_line(archive: Archive) -> None:
    hits = pd.DataFrame(archive.search("کتابخانه", limit=None))
    articles = pd.DataFrame(list(archive.articles("کتابخانه")))
    assert (len(hits), len(articles)) == (130, 130)
    assert list(hits["news_code"][:2]) == ["000", "001"]
    assert hits["published"][0] == datetime(2020, 12, 7, 12, 0, tzinfo=TEHRAN)
    assert str(articles["published"].dtype) == "datetime64[us, Asia/Tehran]"
    assert hits["tags"][129] == ("كتاب",)
    assert "«کتابخانه»" in hits["marked_title"][0]
    assert "snippet" not in articles


def test_polars_takes_hits_and_articles_in_one_line(archive: Archive) -> None:
    hits = pl.DataFrame(archive.search("کتابخانه", limit=None))
    articles = pl.DataFrame(archive.articles("کتابخانه"))
    assert (hits.height, articles.height) == (130, 130)
    for frame in (hits, articles):
        assert {name: str(kind) for name, kind in frame.schema.items() if str(kind) not in {"String", "Int64"}} == {
            "published": "Datetime(time_unit='us', time_zone='Asia/Tehran')",
            "modified": "Datetime(time_unit='us', time_zone=None)",
            "first_seen": "Datetime(time_unit='us', time_zone='Asia/Tehran')",
            "last_seen": "Datetime(time_unit='us', time_zone='Asia/Tehran')",
            "authors": "List(String)",
            "tags": "List(String)",
            "sections": "List(String)",
        }
        assert frame["published"][0] == datetime(2020, 12, 7, 12, 0, tzinfo=TEHRAN)
        assert frame["modified"][129] == NOON.astimezone(UTC).replace(tzinfo=None)
        assert frame["tags"][129].to_list() == ["كتاب"]
        assert (frame["image"].null_count(), frame["place"].null_count()) == (120, 120)


def test_frames_take_what_else_the_archive_tells(archive: Archive) -> None:
    assert pd.DataFrame(archive.coverage())["held"].sum() == 130
    assert pl.DataFrame(archive.coverage())["held"].sum() == 130
    assert pl.DataFrame(archive.similar("shabestan", "000")).height == 20
