"""Export: what others open the files with gives back what was written.

Each reader is one that people have; where one is not installed, its test is left out and says so.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import pytest
from archives import LONG_TEXT, fill, story

from bayegan import open_archive
from bayegan.exporting import export, export_partitions
from bayegan.search import Filter
from crawler.dates import TEHRAN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

# Quotes of both kinds, separators, paragraphs, a formula, and what breaks lines where it must not.
HARD: Final = "=گفت: \"می\u200cآییم\", و\t'رفت';\n\nبند دوم\x1e\x0b\u2028و\x85پایان"
STORIES: Final = (
    story("101", agency="shabestan"),
    story("102", agency="tabnak", title=HARD, body=HARD, tags=("نفت|گاز", '"آب"'), lead=None),
    story("103", agency="tabnak", published=datetime(2021, 3, 21, 1, 0, tzinfo=TEHRAN), tags=()),
    story("104", agency="tabnak", published=None),
)
# News code, body, tags, published (UTC, whole seconds), published_jalali.
TOLD: Final = {
    "101": (LONG_TEXT, ["كتاب", "شورای شهر"], "2020-12-07T08:00:00", "1399-09-17"),
    "102": (HARD, ["نفت|گاز", '"آب"'], "2020-12-07T08:00:00", "1399-09-17"),
    "103": (LONG_TEXT, [], "2021-03-20T21:30:00", "1400-01-01"),
    "104": (LONG_TEXT, ["كتاب", "شورای شهر"], None, None),
}
PLACES: Final = {"101": ("shabestan", 1399), "102": ("tabnak", 1399), "103": ("tabnak", 1400), "104": ("tabnak", 0)}
SQL: Final = "news_code, body, tags, strftime(published AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S'), published_jalali"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file of each format, and a partitioned folder."""
    made = tmp_path_factory.mktemp("exports")
    with open_archive(fill(made / "x.db", STORIES)) as archive:
        for suffix in (".parquet", ".arrow", ".csv", ".tsv", ".jsonl", ".jsonl.gz", ".jsonl.zst", ".db"):
            export(archive, made / f"out{suffix}", Filter())
        export_partitions(archive, made / "parts", Filter())
    return made


def told(rows: Iterable[Any]) -> dict[str, tuple[Any, ...]]:
    """Rows of the five columns as they stand in TOLD."""
    return {code: (body, list(tags), _second(at), jalali or None) for code, body, tags, at, jalali in rows}


def _second(at: Any) -> str | None:
    if at is None or at != at or at == "":  # noqa: PLR0124 -- what pandas takes for no time is not itself
        return None
    return at if isinstance(at, str) else f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"


def of_pandas(frame: Any) -> dict[str, tuple[Any, ...]]:
    columns = ("news_code", "body", "tags", "published", "published_jalali")
    rows = frame.astype(object).where(frame.notna(), None)[list(columns)].itertuples(index=False)
    return told((code, body, tags, at, jalali) for code, body, tags, at, jalali in rows)


def test_pandas_reads_parquet_arrow_and_json_lines(folder: Path) -> None:
    pandas = pytest.importorskip("pandas")
    assert of_pandas(pandas.read_parquet(folder / "out.parquet")) == TOLD
    assert of_pandas(pandas.read_feather(folder / "out.arrow")) == TOLD
    for suffix in (".jsonl", ".jsonl.gz", ".jsonl.zst"):
        frame = pandas.read_json(folder / f"out{suffix}", lines=True, dtype={"news_code": str})
        assert dict(zip(frame["news_code"], frame["body"], strict=True)) == {code: row[0] for code, row in TOLD.items()}


@pytest.mark.parametrize(("suffix", "separator"), [(".csv", ","), (".tsv", "\t")])
def test_pandas_reads_cells(suffix: str, separator: str, folder: Path) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_csv(folder / f"out{suffix}", sep=separator, dtype=str, keep_default_na=False)
    assert dict(zip(frame["news_code"], frame["body"], strict=True)) == {code: row[0] for code, row in TOLD.items()}
    assert dict(zip(frame["news_code"], frame["tags"], strict=True))["102"] == 'نفت\\|گاز|"آب"'


def test_polars_reads_what_it_knows(folder: Path) -> None:
    polars = pytest.importorskip("polars")
    columns = ("news_code", "body", "tags", "published", "published_jalali")
    for read, name in ((polars.read_parquet, "out.parquet"), (polars.read_ipc, "out.arrow")):
        assert told(read(folder / name).select(columns).rows()) == TOLD
    frame = polars.read_csv(folder / "out.csv", infer_schema=False)
    assert dict(frame.select("news_code", "body").rows()) == {code: row[0] for code, row in TOLD.items()}
    frame = polars.read_ndjson(folder / "out.jsonl")
    assert dict(frame.select("news_code", "body").rows()) == {code: row[0] for code, row in TOLD.items()}


def test_duckdb_reads_what_it_knows(folder: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as conn:
        assert told(conn.execute(f"SELECT {SQL} FROM '{folder}/out.parquet'").fetchall()) == TOLD
        for source in (
            f"read_csv('{folder}/out.csv', all_varchar = true)",
            f"read_csv('{folder}/out.tsv', all_varchar = true)",
            f"read_json('{folder}/out.jsonl')",
            f"read_json('{folder}/out.jsonl.gz')",
            f"read_json('{folder}/out.jsonl.zst')",
        ):
            rows = conn.execute(f"SELECT news_code, body FROM {source}").fetchall()
            assert dict(rows) == {code: row[0] for code, row in TOLD.items()}, source


def test_sqlite_reads_the_slim_database(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "out.db")) as conn:
        rows = conn.execute("""
            SELECT news_code, body, (
                SELECT json_group_array(name) FROM (
                    SELECT tags.name FROM article_tags JOIN tags ON tags.id = tag_id
                    WHERE article_id = articles.id ORDER BY article_tags.rowid)),
                replace(published, 'Z', ''), published_jalali
            FROM articles
        """).fetchall()
    assert told((code, body, json.loads(tags), at, jalali) for code, body, tags, at, jalali in rows) == TOLD


def parts_of_pandas(folder: Path) -> dict[str, tuple[str, int]]:
    frame = pytest.importorskip("pandas").read_parquet(folder)
    assert of_pandas(frame) == TOLD
    return {
        code: (str(agency), int(year))
        for code, agency, year in zip(frame["news_code"], frame["by_agency"], frame["by_year"], strict=True)
    }


def parts_of_polars(folder: Path) -> dict[str, tuple[str, int]]:
    frame = pytest.importorskip("polars").read_parquet(folder)
    return {code: (agency, year) for code, agency, year in frame.select("news_code", "by_agency", "by_year").rows()}


def parts_of_duckdb(folder: Path) -> dict[str, tuple[str, int]]:
    with pytest.importorskip("duckdb").connect() as conn:
        source = f"read_parquet('{folder}/**/*.parquet', hive_partitioning = true)"
        assert told(conn.execute(f"SELECT {SQL} FROM {source}").fetchall()) == TOLD
        rows = conn.execute(f"SELECT news_code, by_agency, by_year FROM {source}").fetchall()
    return {code: (agency, year) for code, agency, year in rows}


def parts_of_pyarrow(folder: Path) -> dict[str, tuple[str, int]]:
    dataset = pytest.importorskip("pyarrow.dataset").dataset(folder, partitioning="hive")
    rows = dataset.to_table(columns=["news_code", "by_agency", "by_year"]).to_pylist()
    return {row["news_code"]: (row["by_agency"], row["by_year"]) for row in rows}


@pytest.mark.parametrize("read", [parts_of_pandas, parts_of_polars, parts_of_duckdb, parts_of_pyarrow])
def test_a_partitioned_folder_is_read_with_its_folders_as_columns(
    read: Callable[[Path], dict[str, tuple[str, int]]], folder: Path
) -> None:
    assert read(folder / "parts") == PLACES


def test_a_partitioned_folder_has_a_file_for_each_agency_and_year(folder: Path) -> None:
    files = sorted(str(path.relative_to(folder / "parts")) for path in (folder / "parts").rglob("*.*"))
    assert files == [
        "by_agency=shabestan/by_year=1399/articles.parquet",
        "by_agency=tabnak/by_year=0/articles.parquet",
        "by_agency=tabnak/by_year=1399/articles.parquet",
        "by_agency=tabnak/by_year=1400/articles.parquet",
    ]


@pytest.mark.parametrize(
    ("kind", "name"),
    [("parquet", "parts"), ("parquet", "out.parquet"), ("json", "out.jsonl.gz"), ("arrow", "out.arrow")],
)
def test_hugging_face_datasets_loads_it(
    kind: str, name: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    datasets = pytest.importorskip("datasets")
    datasets.disable_progress_bars()
    place = {"data_dir": str(folder / name)} if name == "parts" else {"data_files": str(folder / name)}
    loaded = datasets.load_dataset(kind, split="train", cache_dir=str(tmp_path), **place)
    assert {row["news_code"]: (row["agency"], row["body"], row["tags"]) for row in loaded} == {
        code: (PLACES[code][0], *row[:2]) for code, row in TOLD.items()
    }


def test_spark_reads_a_partitioned_folder(folder: Path) -> None:
    """It is half a gigabyte and needs Java: who has it runs this."""
    spark = pytest.importorskip("pyspark.sql").SparkSession.builder.master("local[1]").getOrCreate()
    try:
        rows = spark.read.parquet(str(folder / "parts")).collect()
    finally:
        spark.stop()
    assert {row.news_code: (row.by_agency, row.by_year) for row in rows} == PLACES
    assert {row.news_code: row.body for row in rows} == {code: row[0] for code, row in TOLD.items()}
