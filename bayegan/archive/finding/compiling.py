"""A query into what SQLite is asked: one expression of FTS5 for the words, conditions on ``articles`` for the rest."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bayegan.archive.finding import expressions
from bayegan.archive.finding.naming import named
from bayegan.archive.finding.vocabulary import ArchiveWords
from bayegan.querying.days import bounds
from bayegan.querying.tree import All, Any, Days, Name, Node, Not

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from bayegan.querying.forms import Vocabulary

# None of them is ever NULL, so that what is not meant can be said with NOT.
CONDITIONS: Final = {
    "text": "articles.id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH :{})",
    "agency": "articles.agency IN (SELECT value FROM json_each(:{}))",
    "one agency": "articles.agency = :{}",  # lets its articles be walked by date
    "place": "(articles.place IS NOT NULL AND articles.place IN (SELECT value FROM json_each(:{})))",
    "tag": """articles.id IN (
        SELECT article_id FROM article_tags WHERE tag_id IN (SELECT value FROM json_each(:{})))""",
    "section": """articles.id IN (
        SELECT article_id FROM article_sections WHERE section_id IN (SELECT value FROM json_each(:{})))""",
    "since": "(articles.published IS NOT NULL AND articles.published >= :{})",
    "until": "(articles.published IS NOT NULL AND articles.published < :{})",
}


@dataclass(frozen=True, slots=True)
class Compiled:
    """``match`` is what all articles meant must match, None where nothing of the text must be; beside it ``clauses``.

    ``shown`` is what to mark in them.
    """

    match: str | None = None
    shown: str | None = None
    clauses: tuple[str, ...] = ()
    values: dict[str, str] = field(default_factory=dict)


def compiled(conn: sqlite3.Connection, node: Node | None) -> Compiled:
    """Compile a query for this archive, whose own joined words tell how else a word is written in it."""
    if node is None:
        return Compiled()
    words = ArchiveWords(conn)
    match, rest = divided(node)
    conditions = _Conditions(conn, words)
    clauses = tuple(map(conditions.of, rest))
    marks = tuple(dict.fromkeys(expressions.shown(node, words)))
    return Compiled(
        match=expressions.expression(match, words) if match else None,
        shown=expressions.any_of(marks) if marks else None,
        clauses=clauses,
        values=conditions.values,
    )


def divided(node: Node) -> tuple[Node | None, tuple[Node, ...]]:
    """What is said of the text (with what must not be in it), and the rest; all of both must hold."""
    nodes = node.nodes if isinstance(node, All) else (node,)
    text = tuple(one for one in nodes if expressions.says_text(one))
    without = tuple(one for one in nodes if isinstance(one, Not) and expressions.says_text(one.node))
    if not text:
        return None, nodes
    together = All((*text, *without)) if len(text) + len(without) > 1 else text[0]
    return together, tuple(one for one in nodes if one not in text and one not in without)


class _Conditions:
    """Writes the WHERE clause of a query and collects what is bound in it."""

    def __init__(self, conn: sqlite3.Connection, words: Vocabulary) -> None:
        self._conn = conn
        self._words = words
        self.values: dict[str, str] = {}

    def of(self, node: Node) -> str:
        if expressions.says_text(node):
            return self._bound("text", expressions.expression(node, self._words))
        match node:
            case Not(inner):
                return f"NOT {self.of(inner)}"
            case All(nodes):
                return self._several(All, " AND ", nodes)
            case Any(nodes):
                return self._several(Any, " OR ", nodes)
            case Name():
                return self._named(node)
            case Days(first, last):
                moments = bounds(first, last)
                return f"({' AND '.join([self._bound(*moment) for moment in moments.items()] or ['1'])})"
        raise TypeError(f"{type(node).__name__} is no condition")

    def _named(self, name: Name) -> str:
        found = named(self._conn, name.kind, name.value)
        if name.kind == "agency" and len(found) == 1:
            return self._bound("one agency", str(found[0]))
        return self._bound(name.kind, json.dumps(found))

    def _several(self, kind: type[All | Any], operator: str, nodes: Sequence[Node]) -> str:
        """What is said of the text is asked at once."""
        return f"({operator.join(map(self.of, _gathered(kind, nodes)))})"

    def _bound(self, condition: str, value: str) -> str:
        name = f"asked{len(self.values)}"
        self.values[name] = value
        return CONDITIONS[condition].format(name)


def _gathered(kind: type[All | Any], nodes: Sequence[Node]) -> Iterator[Node]:
    text = tuple(node for node in nodes if expressions.says_text(node))
    if text:
        yield kind(text) if len(text) > 1 else text[0]
    yield from (node for node in nodes if node not in text)
