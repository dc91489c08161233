"""Tags, sections, agencies and places by their names, whatever the spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bayegan.archive import folded
from crawler.text import glued

if TYPE_CHECKING:
    import sqlite3

    from bayegan.querying.tree import Named

# What stands for a name where articles are asked, and the name. Places are leapt from one to the next in their index.
NAMES: Final[dict[Named, str]] = {
    "tag": "SELECT id, name FROM tags",
    "section": "SELECT id, name FROM sections",
    # «خبرگزاری مهر» is «مهر» to most.
    "agency": """
        SELECT name, name FROM agencies UNION ALL SELECT name, title FROM agencies WHERE title IS NOT NULL
        UNION ALL SELECT name, substr(title, 10) FROM agencies WHERE title LIKE 'خبرگزاری %'
    """,
    "place": """
        WITH RECURSIVE places (name) AS (
            SELECT min(place) FROM articles WHERE place IS NOT NULL
            UNION ALL SELECT (SELECT min(place) FROM articles WHERE place > places.name) FROM places
            WHERE places.name IS NOT NULL
        )
        SELECT name, name FROM places WHERE name IS NOT NULL
    """,
}


def named(conn: sqlite3.Connection, kind: Named, name: str) -> list[int | str]:
    """What stands for all spellings of a name, each once; [] where there is none."""
    wanted = glued(name)
    rows = conn.execute(NAMES[kind]).fetchall()
    names = folded.glued(name for _, name in rows)
    return list(dict.fromkeys(row[0] for row, name in zip(rows, names, strict=True) if name == wanted))
