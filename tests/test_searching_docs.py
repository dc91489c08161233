"""What docs/searching.md says of a query is what it finds."""

from __future__ import annotations

import re
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from archives import fill, story

from bayegan import open_archive
from bayegan.search import Filter
from crawler.dates import TEHRAN, read_day
from crawler.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayegan.archive.reader import Archive
    from crawler.items import Article

PAGE = Path(__file__).parents[1] / "docs" / "searching.md"
HOMES = {"shabestan": "https://shabestan.news", "mehr": "https://www.mehrnews.com"}


def tables() -> dict[str, list[list[str]]]:
    """The rows of all tables, by the names of their columns."""
    found: dict[str, list[list[str]]] = {}
    for block in re.findall(r"(?:^\|.*\n)+", PAGE.read_text(encoding="utf-8"), re.MULTILINE):
        head, _, *rows = [re.split(r"(?<!\\)\|", line.strip()[1:-1]) for line in block.splitlines()]
        cells = [[cell.strip().strip("`").replace("\\|", "|") for cell in row] for row in rows]
        found.setdefault(" ".join(name.strip() for name in head), []).extend(cells)
    return found


TABLES = tables()
FINDS = [(query, codes.split()) for query, codes, _ in TABLES["query finds because"]]
REFUSED = [(query, told) for query, told in TABLES["query refused with"]]


def article(row: list[str]) -> Article:
    code, agency, day, section, tags, place, title, body = row
    return story(
        code,
        agency=agency,
        url=f"{HOMES[agency]}/news/{code}",
        title=title,
        lead=None,
        body=body,
        place=place or None,
        sections=tuple(filter(None, [section])),
        tags=tuple(filter(None, tags.split("، "))),
        published=datetime.combine(read_day(day), time(12), TEHRAN) if day else None,
    )


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    path = tmp_path_factory.mktemp("docs") / "news.db"
    fill(path, [article(row) for row in TABLES["code agency published section tags place title text"]])
    with open_archive(path) as archive:
        yield archive


def test_the_page_has_its_examples() -> None:
    assert (len(FINDS) > 35, len(REFUSED) > 5) == (True, True)


@pytest.mark.parametrize(("query", "codes"), FINDS)
def test_an_example_finds_what_the_page_says(archive: Archive, query: str, codes: list[str]) -> None:
    assert [row.news_code for row in archive.articles(query)] == codes


@pytest.mark.parametrize(("query", "told"), REFUSED)
def test_an_example_is_refused_as_the_page_says(query: str, told: str) -> None:
    with pytest.raises(UsageError, match=re.escape(told)):
        Filter(query=query)
