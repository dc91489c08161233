"""Export: CSV and TSV, as spreadsheets and the csv module read them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest
from archives import fill, story
from exports import READERS, read
from hypothesis import given, settings
from hypothesis import strategies as st

from bayegan import open_archive
from bayegan.export.cells import Cells
from bayegan.exporting import Shape, export
from bayegan.search import Filter
from crawler.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bayegan.archive.reader import Archive


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with open_archive(fill(tmp_path_factory.mktemp("archive") / "x.db", [story()])) as opened:
        yield opened


def written(archive: Archive, path: Path, **shape: Any) -> Path:
    export(archive, path, Filter(), shape=Shape(**shape))
    return path


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+98 21", "'+98 21"),
        ("-۳ درجه", "'-۳ درجه"),
        ("@نام", "'@نام"),
        ("\tالف", "'\tالف"),
        ("\rالف", "'\rالف"),
        ("دو = دو", "دو = دو"),
    ],
)
def test_formulas_are_defused_where_that_is_asked_for(title: str, cell: str, tmp_path: Path) -> None:
    with open_archive(fill(tmp_path / "x.db", [story(title=title, tags=(title,))])) as archive:
        plain = read(written(archive, tmp_path / "out.csv"))[0]
        safe = read(written(archive, tmp_path / "safe.tsv", defuse=True))[0]
    assert (plain["title"], plain["tags"]) == (title, title)
    assert (safe["title"], safe["tags"]) == (cell, cell)


def test_the_mark_for_excel_stands_first_where_that_is_asked_for(archive: Archive, tmp_path: Path) -> None:
    assert written(archive, tmp_path / "out.csv", bom=True).read_bytes()[:9] == b"\xef\xbb\xbfagency"
    assert written(archive, tmp_path / "plain.csv").read_bytes()[:6] == b"agency"


@pytest.mark.parametrize("suffix", [suffix for suffix in READERS if suffix not in {".csv", ".tsv"}])
def test_what_is_for_spreadsheets_is_refused_elsewhere(suffix: str, archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"is no table of cells: --defuse and --bom are for \.csv and \.tsv\."):
        written(archive, tmp_path / f"out{suffix}", bom=True)


ANY = st.text(st.characters(codec="utf-8"), max_size=6)


@given(st.lists(st.tuples(ANY, ANY), max_size=4), st.sampled_from(",\t"))
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back_from_its_cell(rows: list[tuple[str, str]], separator: str) -> None:
    cells = Cells(Shape(fields=("title", "lead")), separator)
    columns = {"title": [row[0] for row in rows], "lead": [row[1] for row in rows]}
    text = (cells.head + cells.lines(columns)).decode()
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)) == [
        ["title", "lead"],
        *map(list, rows),
    ]
