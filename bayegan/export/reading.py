"""Articles read out of the archive a batch at a time, column by column: what every format is made of.

Rows as values (``ArticleRow``) cost more than all the rest of an export; so here are bare columns.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from bayegan.export.fields import kind_of
from bayegan.export.narrowing import batches

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    # By field: a text or None, a written moment (UTC) or None, or a list of names, of each article.
    Columns = Mapping[str, Sequence[Any]]

# As bytes a text costs a quarter: nobody has to read its letters who writes them as they are.
AS_TEXT: Final = "{}"
AS_BYTES: Final = "CAST({} AS BLOB)"
ROWS: Final = """
    SELECT articles.id{columns}
    FROM json_each(:ids) AS wanted CROSS JOIN articles ON articles.id = wanted.value
"""
NAMES: Final = {
    "tags": """
        SELECT wanted.key, {name}
        FROM json_each(:ids) AS wanted CROSS JOIN article_tags ON article_tags.article_id = wanted.value
        JOIN tags ON tags.id = article_tags.tag_id
        ORDER BY wanted.key, article_tags.rowid
    """,
    "sections": """
        SELECT wanted.key, {name}
        FROM json_each(:ids) AS wanted CROSS JOIN article_sections ON article_sections.article_id = wanted.value
        JOIN sections ON sections.id = article_sections.section_id
        ORDER BY wanted.key, article_sections.rowid
    """,
}


def columns(
    conn: sqlite3.Connection, ids: Iterable[int], fields: Sequence[str], *, as_bytes: bool = False
) -> Iterator[Columns]:
    """The fields of these articles, in their order, 2,000 articles a time; texts as UTF-8 where that is asked for."""
    form = AS_BYTES if as_bytes else AS_TEXT
    stored = [field for field in fields if field not in NAMES]
    rows = ROWS.format(columns="".join(f", {form.format(f'articles.{field}')}" for field in stored))
    names = {field: NAMES[field].format(name=form.format(f"{field}.name")) for field in fields if field in NAMES}
    for batch in batches(ids):
        wanted = json.dumps(batch)
        read = _stored(conn, rows, stored, batch, wanted)
        read |= {field: _joined(conn, statement, wanted, len(batch)) for field, statement in names.items()}
        yield {field: read[field] for field in fields}


def _stored(
    conn: sqlite3.Connection, statement: str, fields: Sequence[str], batch: Sequence[int], wanted: str
) -> dict[str, Sequence[Any]]:
    found = {row[0]: row for row in conn.execute(statement, {"ids": wanted})}
    _, *read = zip(*(found[article_id] for article_id in batch), strict=True)
    return {
        field: [_names(written) for written in column] if kind_of(field) == "names" else column
        for field, column in zip(fields, read, strict=True)
    }


def _joined(conn: sqlite3.Connection, statement: str, wanted: str, count: int) -> list[list[Any]]:
    names: list[list[Any]] = [[] for _ in range(count)]
    for place, name in conn.execute(statement, {"ids": wanted}):
        names[place].append(name)
    return names


@lru_cache(maxsize=10_000)
def _names(written: str | bytes) -> list[str]:
    """The same authors write again and again; nobody changes these lists."""
    names: list[str] = json.loads(written)
    return names
