"""Small steps from the pieces of a query to its tree."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, cast

from bayegan.querying.tree import All, Any, In, Near, Not, Phrase, Words

if TYPE_CHECKING:
    from bayegan.querying.tree import Column, Node


def within(column: Column, node: Node) -> Node:
    """The same, looked for in one column alone."""
    match node:
        case Words() | Phrase() | Near():
            return In(column, node)
        case All(nodes) | Any(nodes):
            return type(node)(tuple(within(column, one) for one in nodes))
        case Not(inner):
            return Not(within(column, inner))
    return node


def terms(node: Node) -> int:
    """Count the words, phrases and filters."""
    match node:
        case Words(found):
            return len(found)
        case Near(phrases):
            return len(phrases)
        case All(nodes) | Any(nodes):
            return sum(map(terms, nodes))
        case In(text=inner) | Not(inner):
            return terms(inner)
    return 1


def phrases(node: Node) -> tuple[Phrase, ...]:
    """What NEAR stands between."""
    match node:
        case Phrase():
            return (node,)
        case Words(found):
            return tuple(Phrase((word,)) for word in found)
    return ()


def together(nodes: list[Node | None]) -> list[Node | None]:
    """Join the words that stand side by side into one node; a word said twice in a row counts once."""
    joined: list[Node | None] = []
    for is_words, group in groupby((node for node in nodes if node is not None), lambda node: isinstance(node, Words)):
        if is_words:
            found = [word for node in group for word in cast("Words", node).words]
            joined.append(Words(tuple(word for word, _ in groupby(found))))
        else:
            joined.extend(group)
    return joined


def combined(kind: type[All | Any], nodes: list[Node | None]) -> Node | None:
    """Nothing for nothing, a single one as it is, several as one; of its own kind no other is held."""
    found: list[Node] = []
    for node in nodes:
        if node is not None:
            found.extend(node.nodes if isinstance(node, kind) else (node,))
    return found[0] if len(found) == 1 else (kind(tuple(dict.fromkeys(found))) if found else None)
