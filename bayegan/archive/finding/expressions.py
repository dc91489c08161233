"""What a query says of the text, as FTS5 takes it: every word in all its spellings, multiplied out within a bound."""

from __future__ import annotations

import re
from itertools import islice, product
from math import prod
from typing import TYPE_CHECKING, Final

from bayegan.querying import forms
from bayegan.querying.tree import All, Any, In, Near, Node, Not, Phrase, Text, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bayegan.querying.forms import Vocabulary
    from bayegan.querying.joints import Parts
    from bayegan.querying.tree import Word

Group = tuple[int, int, list["Parts"]]

MOST_PHRASES: Final = 64  # that one phrase of the query may become
MOST_NEAR: Final = 36
MOST_CUTS: Final = 16  # ways of seeing several words as fewer
OPERATOR: Final = re.compile(" (?:AND|OR|NOT) ")  # no folded text has capitals


def says_text(node: Node) -> bool:
    """Whether the node says what is to be found in the text, and nothing else but what is not."""
    match node:
        case Words() | Phrase() | Near() | In():
            return True
        case Any(nodes):
            return all(map(says_text, nodes))
        case All(nodes):
            wanted = [one for one in nodes if not isinstance(one, Not)]
            return bool(wanted) and all(says_text(one.node if isinstance(one, Not) else one) for one in nodes)
    return False


def expression(node: Node, words: Vocabulary) -> str:
    """The node, of which :func:`says_text` holds, as an expression of FTS5."""
    match node:
        case Words() | Phrase() | Near():
            return _text(node, words)
        case In(column, text):
            return f"{{{column}}} : ({_text(text, words)})"
        case Any(nodes):
            return any_of(expression(one, words) for one in nodes)
        case All(nodes):
            return _all_of(nodes, words)
    raise TypeError(f"{type(node).__name__} says nothing of the text")


def shown(node: Node, words: Vocabulary) -> Iterator[str]:
    """Every word and phrase that is to be found, each an expression of its own."""
    match node:
        case Words() | Phrase() | Near() | In():
            yield expression(node, words)
        case All(nodes) | Any(nodes):
            for one in nodes:
                yield from shown(one, words)


def _text(node: Text, words: Vocabulary) -> str:
    match node:
        case Words(found):
            return _words(found, words)
        case Phrase():
            return any_of(_quoted(parts, star=node.star) for parts in _phrase(node, words, MOST_PHRASES))
    each = max(1, int(MOST_NEAR ** (1 / len(node.phrases))))
    ways = product(*([_quoted(parts, star=one.star) for parts in _phrase(one, words, each)] for one in node.phrases))
    return any_of(f"NEAR({' '.join(way)}, {node.distance})" for way in ways)


def _words(found: Sequence[Word], words: Vocabulary) -> str:
    """All of them, wherever; where some may be one word, that word does as well."""
    ways = [forms.forms(word, words) for word in found]
    groups = list(_more(forms.groups(found, words), ways))
    each = [any_of(map(_quoted, one)) for one in ways]
    clauses = []
    for start, end in _clusters(len(found), groups):
        inside = [group for group in groups if start <= group[0] and group[1] <= end]
        clauses.append(any_of(_cut(cut, each) for cut in islice(_cuts(start, end, inside), MOST_CUTS)))
    return _join(" AND ", clauses)


def _more(groups: Iterable[Group], ways: Sequence[list[Parts]]) -> Iterator[Group]:
    """Those ways of writing several words as one in which not each of them is found by itself."""
    for start, end, together in groups:
        apart = set(map(_flat, product(*ways[start:end])))
        if more := [parts for parts in together if parts not in apart]:
            yield start, end, more


def _cut(cut: Sequence[Group | int], each: Sequence[str]) -> str:
    """Words seen as fewer: those that stay alone by their place, the others by how they are written as one."""
    return _join(" AND ", [each[one] if isinstance(one, int) else any_of(map(_quoted, one[2])) for one in cut])


def _phrase(phrase: Phrase, words: Vocabulary, most: int) -> list[Parts]:
    """Every way of writing a phrase, as typed first."""
    groups = [] if phrase.star else forms.groups(phrase.words, words)
    *rest, last = phrase.words
    each = [forms.forms(word, words) for word in rest]
    each.append(forms.beginnings(last, words) if phrase.star else forms.forms(last, words))
    cuts = list(islice(_cuts(0, len(phrase.words), groups), min(MOST_CUTS, most)))
    slots = ([each[one] if isinstance(one, int) else one[2] for one in cut] for cut in cuts)
    ways = (way for cut in slots for way in product(*_fewer(cut, most // len(cuts))))
    return list(dict.fromkeys(map(_flat, ways)))


def _fewer(slots: list[list[Parts]], most: int) -> list[list[Parts]]:
    """Leave out the last spellings of whichever word has the most, until no more phrases come out than ``most``."""
    kept = [list(slot) for slot in slots]
    while prod(map(len, kept)) > max(most, 1):
        max(kept, key=len).pop()
    return kept


def _clusters(count: int, groups: Sequence[Group]) -> Iterator[tuple[int, int]]:
    """Cut the words between groups that touch nothing of each other."""
    start = 0
    for end in range(1, count + 1):
        if not any(group[0] < end < group[1] for group in groups):
            yield start, end
            start = end


def _cuts(start: int, end: int, groups: Sequence[Group]) -> Iterator[tuple[Group | int, ...]]:
    """Every way of going from word to word, alone or a group at a time; all alone comes first."""
    if start == end:
        yield ()
        return
    for rest in _cuts(start + 1, end, groups):
        yield (start, *rest)
    for group in groups:
        if group[0] == start and group[1] <= end:
            for rest in _cuts(group[1], end, groups):
                yield (group, *rest)


def _all_of(nodes: Iterable[Node], words: Vocabulary) -> str:
    wanted = [expression(one, words) for one in nodes if not isinstance(one, Not)]
    unwanted = [expression(one.node, words) for one in nodes if isinstance(one, Not)]
    every = _join(" AND ", wanted)
    return f"({every}) NOT ({any_of(unwanted)})" if unwanted else every


def _flat(way: Iterable[Parts]) -> Parts:
    return tuple(part for parts in way for part in parts)


def any_of(ways: Iterable[str]) -> str:
    return _join(" OR ", list(ways))


def _join(operator: str, found: Sequence[str]) -> str:
    return found[0] if len(found) == 1 else operator.join(f"({one})" if OPERATOR.search(one) else one for one in found)


def _quoted(parts: Parts, *, star: bool = False) -> str:
    return f'"{" ".join(parts)}"{" *" if star else ""}'
