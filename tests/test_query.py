"""The query language: what each of its signs finds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from archives import fill
from queries import STORIES, found

from bayegan import open_archive
from bayegan.archive.finding import selecting
from bayegan.search import Filter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bayegan.archive.reader import Archive


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with open_archive(fill(tmp_path_factory.mktemp("query") / "news.db", STORIES)) as archive:
        yield archive


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        # words and phrases
        ("زلزله", "12"),
        ("زلزله سیل", "2"),
        ("زلزله AND سیل", "2"),
        ('"سازمان ملل"', "2"),
        ("«سازمان ملل»", "2"),
        ("سازمان ملل", "23"),
        ('"زلزله در قم"', "1"),
        # either
        ("زلزله OR کتاب", "123"),
        ("زلزله | کتاب", "123"),
        ("زلزله|کتاب", "123"),
        ("زلزله سیل OR ناشران", "23"),  # words side by side hold together more than OR does
        ("(زلزله OR ناشران) شهر", "13"),
        ("or", ""),  # a word, where it is not in capitals
        # not
        ("زلزله -سیل", "1"),
        ("زلزله NOT سیل", "1"),
        ("-زلزله", "34"),
        ("-زلزله -کتابخانه", "3"),
        ("--زلزله", "12"),
        ('کتاب -"سازمان ملل"', "3"),
        ("شهر -(قم OR زلزله)", "4"),
        ("-(زلزله OR کتاب)", "4"),
        ("-tag:سیل", "134"),
        ("زلزله -tag:سیل", "1"),
        ("زلزله - سیل", "2"),  # a dash is none
        # beginnings
        ("کتاب*", "234"),
        ("کتاب", "23"),
        ('"سازمان مل"*', "2"),
        ("-کتاب*", "1"),
        # columns
        ("title:کتاب", "3"),
        ("title:(قم OR شیراز)", "12"),
        ("title:(قم -شیراز)", "1"),
        ('title:"زلزله در"', "1"),
        ("title:کتا*", "3"),
        ("-title:زلزله زلزله", "2"),
        ("lead:کتاب", "3"),
        ("title: کتاب", "3"),
        ("TITLE:کتاب", "3"),
        # names
        ("tag:سیل", "2"),
        ('tag:"سازمان ملل"', "2"),
        ("tag:سازمانملل", "2"),
        ("section:حوادث", "12"),
        ("agency:example.ir", "3"),
        ("-agency:example.ir", "124"),
        ("place:قم", "14"),
        ("place:شیراز", "2"),
        ("-place:قم", "23"),
        ("tag:هیچ", ""),
        ("agency:example.ir OR tag:سیل", "23"),
        ("زلزله (tag:سیل OR place:قم)", "12"),
        ("کتاب OR place:قم", "1234"),
        ("(کتاب tag:سیل) OR (place:قم -زلزله)", "24"),
        # days
        ("date:1399", "12"),
        ("date:1399-09", "1"),
        ("on:1399-09-15", "1"),
        ("on:۱۳۹۹/۹/۱۵", "1"),
        ("on:2020-12-05", "1"),
        ("date:2020", "12"),
        ("date:2020-12", "12"),
        ("from:1399-10", "23"),
        ("from:1399-10 to:1399-12", "2"),
        ("to:1399", "12"),
        ("to:2020-12-20", "1"),
        ("date:1399-09..1399-10", "12"),
        ("date:1399-10-01..", "23"),
        ("date:..2020-12-05", "1"),
        ("-date:1399", "34"),  # what has no date is not of that year
        ("کتاب from:1400", "3"),
        ("from:1400 OR tag:زلزله", "13"),
        # nearness
        ("زلزله NEAR امداد", "1"),
        ("زلزله NEAR/1 امداد", ""),
        ("زلزله NEAR/2 امداد", "1"),
        ("امداد NEAR/2 زلزله", "1"),
        ('"سازمان ملل" NEAR زلزله', "2"),
        ("سازمان NEAR/3 ملل", "23"),
        ("سازمان NEAR/2 ملل", "2"),
        ("زلزله NEAR دیروز NEAR امداد", "1"),
        ("-(زلزله NEAR امداد)", "234"),
        # what is no sign
        ("زلزله!", "12"),
        ("زلزله، قم", "1"),
        ("(زلزله) قم", "1"),
        ("'زلزله'", "12"),
        ('زلزله "', "12"),
        ("زلزله «قم", "1"),
        ("زلزله -!", "12"),
        ("زلزله OR ؟", "12"),
        ("\u200fزلزله\u200f \u200fOR\u200f \u200fناشران\u200f", "123"),
        ('"OR"', ""),
        ("http://زلزله", ""),
    ],
)
def test_a_query_finds_what_it_says(archive: Archive, query: str, codes: str) -> None:
    assert found(archive, query) == codes
    assert archive.count(Filter(query=query)) == len(codes)
    assert len(archive.search(query)) == len(codes)
    assert len(archive.search(query, sort="relevance")) == len(codes)


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("زلزله", '"زلزله"'),
        ("زلزله -سیل", '"زلزله"'),
        ("زلزله tag:سیل", '"زلزله"'),
        ("-زلزله", None),
        ("tag:سیل", None),
        ("", None),
        ("title:زلزله OR tag:سیل", '{title} : ("زلزله")'),
        ("زلزله قم", '"زلزله" AND "قم"'),
        ('"در قم" OR سیل', '"در قم" OR "سیل"'),
    ],
)
def test_only_what_is_looked_for_is_marked(archive: Archive, query: str, marked: str | None) -> None:
    assert selecting.match(archive.db.conn, Filter(query=query)) == marked


def test_an_agency_is_known_by_its_name_and_its_title(tmp_path: Path) -> None:
    path = fill(tmp_path / "x.db", STORIES)
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("update agencies set title = 'خبرگزاری نمونه' where name = 'example.ir'")
        conn.commit()
    with open_archive(path) as archive:
        titles = ("agency:نمونه", 'agency:"خبرگزاري نمونه"', "agency:Example.ir")
        assert [found(archive, title) for title in titles] == ["3", "3", "3"]
        assert found(archive, "agency:خبرگزاری") == ""


def test_the_options_hold_beside_the_language(archive: Archive) -> None:
    rows = archive.articles("زلزله OR کتاب", agency="shabestan", until="1399-12-30")
    assert [row.news_code for row in rows] == ["2", "1"]
    assert [row.news_code for row in archive.articles("-سیل", tag="زلزله")] == ["1"]
