"""A folder of Parquet files, one for each agency and Jalali year.

The folders' names are columns to whoever knows them (Hive's way: DuckDB, Spark, polars, pandas). They are not called
like a field, since readers disagree about a field that is told twice, and the files hold all fields for those who do
not know them (Hugging Face's ``datasets``).
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from bayegan.export import arrow, reading
from bayegan.export.narrowing import batches

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from bayegan.export.fields import Shape
    from bayegan.export.reading import Columns

NO_YEAR: Final = 0  # of an article without a date: pandas cannot read Hive's own sign for it
PLACE: Final = "by_agency={}/by_year={}/articles.parquet"
PARTS: Final = """
    SELECT articles.agency, coalesce(substr(articles.published_jalali, 1, 4), 0)
    FROM json_each(?) AS wanted CROSS JOIN articles ON articles.id = wanted.value ORDER BY wanted.key
"""


def write(
    conn: sqlite3.Connection, folder: Path, ids: Iterable[int], shape: Shape, passed: Callable[[Columns], None]
) -> None:
    """Write one file after the other: none waits open, however many there are. ``passed`` sees all of them."""
    for (agency, year), held in sorted(_parts(conn, ids).items()):
        path = folder / PLACE.format(quote(agency, safe=""), year)
        path.parent.mkdir(parents=True)
        with path.open("xb") as stream, arrow.parquet(stream, shape) as put:
            for columns in reading.columns(conn, held, shape.fields, as_bytes=True):
                put(columns)
                passed(columns)


def _parts(conn: sqlite3.Connection, ids: Iterable[int]) -> dict[tuple[str, int], array[int]]:
    parts: dict[tuple[str, int], array[int]] = defaultdict(lambda: array("q"))
    for batch in batches(ids):
        for article_id, (agency, year) in zip(batch, conn.execute(PARTS, (json.dumps(batch),)), strict=True):
            parts[agency, int(year)].append(article_id)
    return parts
