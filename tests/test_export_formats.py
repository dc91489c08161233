"""Export: every format holds the same articles, whatever stands in them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from archives import LONG_TEXT, fill, story
from exports import IMPORTED, READERS, WITH_LISTS, codes, read

from bayegan import open_archive
from bayegan.archive.writer import Writer
from bayegan.export import arrow, reading
from bayegan.export.fields import ALL, USUAL, chosen
from bayegan.exporting import ExportError, Shape, export, export_partitions
from bayegan.importing import import_file
from bayegan.search import Filter
from crawler.article_json import article_json
from crawler.dates import TEHRAN
from crawler.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bayegan.archive.reader import Archive

SUMMER = datetime(2019, 7, 1, 9, 5, 7, tzinfo=TEHRAN)  # when Iran's clock was an hour ahead
STORIES = (
    story("101"),
    story(
        "102",
        kicker=None,
        lead=None,
        title='گفت: "می\u200cآییم"، و، آمد',
        body="بند نخست, با ویرگول.\n\nبند دوم.",
        tags=("نفت|گاز", "راست\\چپ", "آب"),
        sections=(),
        authors=(),
        place=None,
        published=SUMMER,
        modified=SUMMER,
        kind="photo",
    ),
    story("103", published=None, tags=(), authors=("علی, رضایی", 'م. "کاوه"')),
)
# Every control character that JSON, CSV or a terminal might stumble over, and what some take for the end of a line.
CONTROLS = "".join(map(chr, range(32))) + "\x7f\x85\u2028\u2029"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with open_archive(fill(tmp_path_factory.mktemp("archive") / "x.db", STORIES)) as opened:
        yield opened


def written(archive: Archive, path: Path, **shape: Any) -> Path:
    export(archive, path, Filter(), shape=Shape(**shape))
    return path


@pytest.mark.parametrize("suffix", WITH_LISTS)
def test_an_article_stands_in_the_file_as_in_its_json(suffix: str, archive: Archive, tmp_path: Path) -> None:
    expected = [article_json(row.article) for row in archive.articles()]
    rows = read(written(archive, tmp_path / f"out{suffix}"))
    assert rows == expected
    assert [list(row) for row in rows] == [list(USUAL)] * 3
    assert [row["published"] for row in rows] == ["2020-12-07T11:30:00+03:30", "2019-07-01T09:05:07+04:30", None]
    assert [row["tags"] for row in rows] == [["كتاب", "شورای شهر"], ["نفت|گاز", "راست\\چپ", "آب"], []]


@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
def test_cells_hold_the_same_with_lists_joined(suffix: str, archive: Archive, tmp_path: Path) -> None:
    rows = read(written(archive, tmp_path / f"out{suffix}"))
    assert [(row["news_code"], row["tags"], row["authors"], row["published"], row["kind"]) for row in rows] == [
        ("101", "كتاب|شورای شهر", "مریم رضایی", "2020-12-07T11:30:00+03:30", "text"),
        ("102", "نفت\\|گاز|راست\\\\چپ|آب", "", "2019-07-01T09:05:07+04:30", "photo"),
        ("103", "", 'علی, رضایی|م. "کاوه"', "", "text"),
    ]
    assert [row["body"] for row in rows] == [LONG_TEXT, "بند نخست, با ویرگول.\n\nبند دوم.", LONG_TEXT]


def test_parquet_says_what_its_columns_are(archive: Archive, tmp_path: Path) -> None:
    schema = pq.read_schema(written(archive, tmp_path / "out.parquet"))
    assert schema.field("published").type == pa.timestamp("us", "UTC")
    assert schema.field("published_jalali").type == pa.string()
    assert schema.field("tags").type == pa.list_(pa.string())
    published = pq.read_table(tmp_path / "out.parquet").column("published").to_pylist()
    assert published == [datetime(2020, 12, 7, 8, tzinfo=UTC), datetime(2019, 7, 1, 4, 35, 7, tzinfo=UTC), None]


def test_groups_of_rows_are_no_larger_than_they_may_be(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrow, "GROUP_ROWS", 2)
    monkeypatch.setattr(reading, "batches", lambda ids: ([one] for one in ids))
    expected = [article_json(row.article) for row in archive.articles()]
    assert pq.ParquetFile(written(archive, tmp_path / "out.parquet")).num_row_groups == 2
    assert [read(tmp_path / "out.parquet"), read(written(archive, tmp_path / "out.arrow"))] == [expected, expected]


def test_a_slim_database_has_the_tables_of_the_archive_without_the_pages(archive: Archive, tmp_path: Path) -> None:
    with closing(sqlite3.connect(written(archive, tmp_path / "out.db"))) as conn:
        names = conn.execute("SELECT name FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'index'").fetchall()
        assert sorted(name for (name,) in names) == [
            "article_list", "article_sections", "article_tags", "articles", "sections", "tags",
        ]  # fmt: skip
        assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
        shown = "SELECT news_code, tags, sections, authors, published, published_jalali FROM article_list ORDER BY id"
        assert conn.execute(shown).fetchall() == [
            ("101", "كتاب، شورای شهر", "فرهنگی", '["مریم رضایی"]', "2020-12-07T08:00:00Z", "1399-09-17"),
            ("102", "نفت|گاز، راست\\چپ، آب", None, "[]", "2019-07-01T04:35:07Z", "1398-04-10"),
            ("103", None, "فرهنگی", '["علی, رضایی", "م. \\"کاوه\\""]', None, None),
        ]


@pytest.mark.parametrize("suffix", READERS)
def test_only_the_fields_that_were_asked_for_are_written_in_their_order(
    suffix: str, archive: Archive, tmp_path: Path
) -> None:
    rows = read(written(archive, tmp_path / f"out{suffix}", fields=("title", "news_code")))
    own = [{name: value for name, value in row.items() if name != "id"} for row in rows]
    assert [list(row) for row in own] == 3 * [["title", "news_code"]]
    assert own[0] == {"title": "سه کتابخانه تازه در شهر 101", "news_code": "101"}


@pytest.mark.parametrize("suffix", READERS)
def test_each_field_can_stand_alone(suffix: str, archive: Archive, tmp_path: Path) -> None:
    counted = {field: len(read(written(archive, tmp_path / f"out{suffix}", fields=(field,)))) for field in ALL}
    assert counted == dict.fromkeys(ALL, 3)


def test_without_texts_the_hash_of_them_is_written(archive: Archive, tmp_path: Path) -> None:
    fields = chosen(without_texts=True)
    assert fields == (
        "agency", "news_code", "url", "title", "kicker", "tags", "sections", "authors", "place", "published",
        "published_jalali", "modified", "image", "kind", "language", "reader", "content_hash",
    )  # fmt: skip
    rows = read(written(archive, tmp_path / "out.parquet", fields=fields))
    assert [row["content_hash"] for row in rows] == [row.content_hash for row in archive.articles()]
    assert "شورای شهر در نشست".encode() not in written(archive, tmp_path / "out.jsonl", fields=fields).read_bytes()


@pytest.mark.parametrize(
    ("names", "without_texts", "sentence"),
    [
        (["titel"], False, "«titel» is no field of an article: choose from agency, news_code, "),
        ([""], False, "«» is no field of an article: "),
        (["title", "title"], False, "A field is named twice: name each once."),
        (["title", "body"], True, "body cannot be written without texts: leave them out, or --no-body."),
    ],
)
def test_fields_that_make_no_sense_are_told(names: list[str], without_texts: bool, sentence: str) -> None:  # noqa: FBT001 -- a table
    with pytest.raises(UsageError) as caught:
        chosen(names, without_texts=without_texts)
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize("suffix", READERS)
def test_control_characters_come_back_and_break_no_line(suffix: str, tmp_path: Path) -> None:
    body = f"یک{CONTROLS}دو"
    with open_archive(fill(tmp_path / "x.db", [story("101", body=body), story("102")])) as archive:
        rows = read(written(archive, tmp_path / f"out{suffix}"))
    assert [(row["news_code"], row["body"]) for row in rows] == [("102", LONG_TEXT), ("101", body)]


@pytest.mark.parametrize("suffix", IMPORTED)
def test_what_was_exported_can_be_imported_as_the_same_archive(suffix: str, archive: Archive, tmp_path: Path) -> None:
    path = written(archive, tmp_path / f"out{suffix}")
    with Writer(tmp_path / "y.db") as writer:
        assert import_file(writer, path).new == 3
        assert import_file(writer, path).unchanged == 3
    with open_archive(tmp_path / "y.db") as other:
        assert [row.article for row in other.articles()] == [row.article for row in archive.articles()]
        assert written(other, tmp_path / f"again{suffix}").read_bytes() == path.read_bytes()


@pytest.mark.parametrize("suffix", READERS)
def test_the_same_export_is_the_same_bytes(suffix: str, archive: Archive, tmp_path: Path) -> None:
    first = written(archive, tmp_path / f"one{suffix}").read_bytes()
    assert written(archive, tmp_path / f"two{suffix}").read_bytes() == first


@pytest.mark.parametrize("suffix", READERS)
def test_an_export_of_nothing_can_be_read(suffix: str, archive: Archive, tmp_path: Path) -> None:
    assert export(archive, tmp_path / f"out{suffix}", Filter(agency="nobody")) == 0
    assert codes(tmp_path / f"out{suffix}") == []


@pytest.mark.parametrize("name", ["out.parquet", "out.arrow", "folder"])
def test_without_pyarrow_it_is_said_how_to_get_it(
    name: str, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrow, "find_spec", lambda _name: None)
    write = export_partitions if name == "folder" else export
    with pytest.raises(ExportError) as caught:
        write(archive, tmp_path / name, Filter())
    assert str(caught.value) == (
        f"{name} takes pyarrow: install it with `pip install 'bayegan[datasets]'`, or choose .jsonl.zst."
    )
    assert not (tmp_path / name).exists()


def test_json_lines_keep_to_one_line_each(tmp_path: Path) -> None:
    with open_archive(fill(tmp_path / "x.db", [story(title=f"الف{CONTROLS}ب")])) as archive:
        lines = written(archive, tmp_path / "out.jsonl").read_bytes().decode().splitlines()
    assert [json.loads(line)["title"] for line in lines] == [f"الف{CONTROLS}ب"]
