"""The JSON of an article, there and back."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.article_json import article_from_json, article_json
from crawler.dates import TEHRAN
from crawler.errors import RefusedError
from crawler.items import Article

ARTICLE = Article(
    agency="shabestan",
    news_code="7",
    title="تیتر",
    body="یک\n\nدو",
    tags=("كتاب",),
    published=datetime(2020, 12, 6, 20, 30, tzinfo=UTC),
    modified=datetime(2020, 7, 1, 0, 0, tzinfo=TEHRAN),
    kind="photo",
)
WRITTEN: dict[str, Any] = {
    "agency": "shabestan",
    "news_code": "7",
    "url": None,
    "title": "تیتر",
    "kicker": None,
    "lead": None,
    "body": "یک\n\nدو",
    "tags": ["كتاب"],
    "sections": [],
    "authors": [],
    "place": None,
    "published": "2020-12-07T00:00:00+03:30",
    "published_jalali": "1399-09-17",
    "modified": "2020-07-01T00:00:00+04:30",
    "image": None,
    "kind": "photo",
    "language": None,
    "reader": None,
}


def test_an_article_is_written_in_the_order_of_the_design() -> None:
    assert list(article_json(ARTICLE).items()) == list(WRITTEN.items())


def test_an_article_is_read_back_as_it_was_written() -> None:
    assert article_from_json(json.loads(json.dumps(article_json(ARTICLE)))) == ARTICLE


def test_missing_keys_are_nothing_and_strange_ones_are_ignored() -> None:
    assert article_from_json({"title": "تیتر", "snippet": "…", "id": 3, "tags": None}) == Article(title="تیتر")


def test_a_time_of_any_offset_becomes_tehrans() -> None:
    found = article_from_json({"published": "2020-12-07T12:00:00+01:00"}).published
    assert found == datetime(2020, 12, 7, 12, 0, tzinfo=timezone(timedelta(hours=1)))
    assert found is not None
    assert found.isoformat() == "2020-12-07T14:30:00+03:30"


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ([], "object"),
        (None, "object"),
        ({"title": 7}, "title"),
        ({"news_code": 1001756}, "news_code"),
        ({"body": ["یک", "دو"]}, "body"),
        ({"title": "\ud800"}, "title"),
        ({"tags": "كتاب"}, "tags"),
        ({"tags": ["كتاب", None]}, "tags"),
        ({"authors": [{"name": "مینا"}]}, "authors"),
        ({"kind": "audio"}, "kind"),
        ({"kind": ["text"]}, "kind"),
        ({"published": "2020-12-07T14:30:00"}, "published"),
        ({"published": "۱۷ آذر ۱۳۹۹"}, "published"),
        ({"published": "0001-01-01T00:00:00+14:00"}, "published"),
        ({"modified": 1607338800}, "modified"),
        ({"modified": "x" * 90}, "modified"),
    ],
)
def test_wrong_types_are_refused_by_name(written: object, named: str) -> None:
    with pytest.raises(RefusedError, match=named) as raised:
        article_from_json(written)
    assert str(raised.value).endswith(".")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(WRITTEN)), inner, max_size=6),
    max_leaves=8,
)


@given(json_values)
def test_no_json_fails_otherwise_than_by_refusal(written: object) -> None:
    try:
        article = article_from_json(written)
    except RefusedError:
        return
    assert article_from_json(article_json(article)) == article
