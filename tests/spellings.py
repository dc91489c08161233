"""An archive of a few words, again and again, and what a query finds in it: the index alone, without a file."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from bayegan.archive.finding import joined_words
from bayegan.archive.finding.compiling import compiled
from bayegan.querying.parsing import parse
from crawler.text import fold, tidy_block

if TYPE_CHECKING:
    from collections.abc import Sequence

INDEX: Final = """
    create virtual table articles_fts using fts5(
        body, title, lead, tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn'")
"""


class Texts:
    """Holds bodies, stored and indexed as the archive does; each is known by its place."""

    def __init__(self) -> None:
        self._conn = sqlite3.connect(":memory:", isolation_level=None)
        self._conn.execute(INDEX)
        self._conn.execute(joined_words.CREATE)

    def put(self, texts: Sequence[str]) -> None:
        stored = [tidy_block(text) for text in texts]
        self._conn.execute("delete from articles_fts")
        self._conn.execute("delete from joined_words")
        rows = [(place, fold(text)) for place, text in enumerate(stored)]
        self._conn.executemany("insert into articles_fts (rowid, body) values (?, ?)", rows)
        joined_words.write(self._conn, joined_words.gathered((None, None, text) for text in stored))

    def found(self, query: str) -> list[int]:
        match = compiled(self._conn, parse(query)).match
        found = self._conn.execute("select rowid from articles_fts where articles_fts match ? order by rowid", (match,))
        return [place for (place,) in found]

    def close(self) -> None:
        self._conn.close()
