"""The archive's own joined words: which they are, and that they follow the texts through every kind of write."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import example_pages
import pytest
from archives import NOON, Clock, fetched, fill, story, take
from imports import WHOLE, lines
from rereads import again, plant, take_page

from bayegan import open_archive
from bayegan.archive.finding import joined_words
from bayegan.archive.intake import Intake
from bayegan.archive.writer import Writer
from bayegan.importing import import_file
from bayegan.merging import merge
from bayegan.takedown import take_down
from bayegan.verifying import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from crawler.items import Article

BODY = "گزارشی از کتاب‌نامه‌های کهن، که می‌خوانند. " * 3
KNOWN = [("تازهیاب", "تازه یاب", 1)]


def said(code: str = "7", body: str = f"{BODY} تازه‌یاب") -> Article:
    return story(code, title="خبر", lead=None, body=body)


def held(path: Path) -> list[tuple[str, str, int]]:
    with closing(sqlite3.connect(path)) as conn:
        return conn.execute(f"{joined_words.ALL} ORDER BY glued, parts").fetchall()


def of(path: Path, glued: str) -> list[tuple[str, str, int]]:
    return [row for row in held(path) if row[0] == glued]


def gathered(path: Path) -> list[tuple[str, str, int]]:
    """What the texts say, gathered anew."""
    with closing(sqlite3.connect(path)) as conn:
        words = joined_words.gathered(conn.execute("select title, lead, body from articles"))
    return sorted((parts.replace(" ", ""), parts, articles) for parts, articles in words.items())


def codes(path: Path, query: str) -> list[str]:
    with open_archive(path) as archive:
        return [row.news_code for row in archive.articles(query)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("می\u200cرود", ["می رود"]),
        ("مي\u200cرود، «می\u200cرود»!", ["می رود"]),
        ("کتاب\u200cهای\u200cشان", ["کتاب های شان"]),
        ("سرمایه\u200eگذاری بین¬المللی", ["بین المللی", "سرمایه گذاری"]),
        ("می\u200c\u200cشود \u200cشد\u200c", ["می شود"]),
        ("\u200fتهران\u200f، قم", []),
        ("کتاب\u200cها/خانه\u200cها", ["خانه ها", "کتاب ها"]),
        ("کووید\u200c۱۹", ["کووید 19"]),
        ("سوء\u200cاستفاده", ["سو استفاده"]),
        ("با هم\nبا\u200cهم", ["با هم"]),
        ("\u200c".join("الف" for _ in range(6)), []),
        ("\u200c".join(["د" * 40, "ر" * 40]), []),
        ("", []),
    ],
)
def test_a_joined_word_is_what_an_unseen_mark_parts(text: str, words: list[str]) -> None:
    assert sorted(joined_words.joined((None, None, text))) == words
    assert sorted(joined_words.joined((text, text, ""))) == words


def by_crawl(folder: Path) -> Path:
    """What every crawl hands its articles to."""
    return fill(folder / "x.db", [said("1", "بی هیچ"), said()])


def by_revision(folder: Path) -> Path:
    path = fill(folder / "x.db", [said("7", "پیشین‌گفتار")])
    with Writer(path) as writer:
        intake = Intake(writer, clock=Clock())
        assert take(intake, fetched(said())) == "revised"
        intake.flush()
    return path


def by_import(folder: Path) -> Path:
    records = lines(folder / "in.jsonl", WHOLE | {"news_code": "7", "url": None, "body": f"{BODY} تازه‌یاب"})
    with Writer(folder / "x.db") as writer:
        import_file(writer, records, clock=Clock())
    return folder / "x.db"


def by_merge(folder: Path) -> Path:
    theirs = fill(folder / "theirs.db", [said()])
    with Writer(fill(folder / "x.db", [said("1", "بی هیچ")])) as writer:
        merge(writer, theirs, clock=Clock())
    return folder / "x.db"


def by_rebuild(folder: Path) -> Path:
    """An older fold: the next writer feeds the index anew."""
    path = fill(folder / "x.db", [said()])
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("DELETE FROM joined_words")
        conn.execute("PRAGMA user_version = 0")
    Writer(path).close()
    return path


def by_migration(folder: Path) -> Path:
    """An archive from before there were joined words."""
    path = fill(folder / "x.db", [said()])
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("DROP TABLE joined_words")
        conn.execute("DROP INDEX articles_place")
        conn.execute("DELETE FROM _sqlite_migrations WHERE name = '0003_joined_words'")
        conn.commit()
    Writer(path).close()
    return path


def by_repair(folder: Path) -> Path:
    path = fill(folder / "x.db", [said()])
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("UPDATE joined_words SET articles = 9")
        conn.commit()
    assert verify(path, repair=True).exit_code == 0
    return path


def by_takedown(folder: Path) -> Path:
    """Of another article that has the word, and of one that has another."""
    path = fill(folder / "x.db", [said(), said("8"), said("9", "نهان‌گفتار")])
    with Writer(path) as writer:
        for code in ("8", "9"):
            take_down(writer, ("shabestan", code), clock=Clock())
    return path


WRITES = [by_crawl, by_revision, by_import, by_merge, by_rebuild, by_migration, by_repair, by_takedown]


@pytest.mark.parametrize("write", WRITES, ids=lambda write: write.__name__)
def test_every_spelling_is_found_after_every_kind_of_write(write: Callable[[Path], Path], tmp_path: Path) -> None:
    path = write(tmp_path)
    assert of(path, "تازهیاب") == KNOWN
    assert held(path) == gathered(path)
    assert {query: codes(path, query) for query in ("تازهیاب", "تازه یاب", "تازه\u200cیاب", '"کهن که میخوانند"')} == {
        "تازهیاب": ["7"],
        "تازه یاب": ["7"],
        "تازه\u200cیاب": ["7"],
        '"کهن که میخوانند"': ["7"],
    }


def test_what_is_read_again_brings_the_words_of_the_page(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    page = example_pages.ask(f"/news/{example_pages.FIRST}")
    take_page(path, f"https://shabestan.news/news/{example_pages.FIRST}", page.body, NOON)
    before = held(path)
    assert len(before) > 5
    plant(path, example_pages.FIRST, title="خبر", lead=None, body="پیشین‌گفتار")
    assert [glued for glued, *_ in held(path)] == ["پیشینگفتار"]
    again(path)
    assert held(path) == before == gathered(path)


def test_a_takedown_leaves_no_word_that_no_other_article_has(tmp_path: Path) -> None:
    path = by_takedown(tmp_path)
    assert of(path, "نهانگفتار") == []
    assert "نهانگفتار".encode() not in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    with Writer(path) as writer:
        take_down(writer, ("shabestan", "7"), clock=Clock())
    assert held(path) == []
