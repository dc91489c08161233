"""Every kind of file that export writes, and what it says, read back without Bayegan's help."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sqlite3
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from crawler.dates import TEHRAN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Rows = list[dict[str, Any]]
MOMENTS = ("published", "modified", "first_seen", "last_seen")


def of_lines(written: bytes) -> Rows:
    return [json.loads(line) for line in written.splitlines()]


def of_cells(path: Path, delimiter: str) -> Rows:
    """Lists as they are joined, and "" for what is missing."""
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def of_arrow(table: pa.Table) -> Rows:
    return [
        {
            name: value.astimezone(TEHRAN).isoformat() if isinstance(value, datetime) else value
            for name, value in row.items()
        }
        for row in table.to_pylist()
    ]


def of_database(path: Path) -> Rows:
    """The articles alone, moments as the archive writes them."""
    with closing(sqlite3.connect(path)) as conn:
        conn.row_factory = sqlite3.Row
        return [dict(row) for row in conn.execute("SELECT * FROM articles ORDER BY id")]


def of_arrow_file(path: Path) -> Rows:
    with pa.ipc.open_file(path) as reader:
        return of_arrow(reader.read_all())


READERS: dict[str, Callable[[Path], Rows]] = {
    ".jsonl": lambda path: of_lines(path.read_bytes()),
    ".jsonl.gz": lambda path: of_lines(gzip.decompress(path.read_bytes())),
    ".jsonl.zst": lambda path: of_lines(zstandard.ZstdDecompressor().stream_reader(path.read_bytes()).readall()),
    ".csv": lambda path: of_cells(path, ","),
    ".tsv": lambda path: of_cells(path, "\t"),
    ".parquet": lambda path: of_arrow(pq.read_table(path)),
    ".arrow": of_arrow_file,
    ".db": of_database,
}
WITH_LISTS = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet", ".arrow")
"""Those that hold an article as its JSON does."""
IMPORTED = (".jsonl", ".jsonl.gz", ".jsonl.zst")


def read(path: Path) -> Rows:
    return READERS["".join(path.suffixes)](path)


def codes(path: Path) -> list[str]:
    return [row["news_code"] for row in read(path)]
