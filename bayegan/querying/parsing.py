"""The query language: a small parser by hand, so that everything typed is answered, or refused where it goes wrong.

query    one of several with OR (or |) between, each of them things that must all hold, AND between or nothing
thing    - or NOT before it, or not; then a word, a beginning*, a "phrase", a field:value, ( a query )
nearness a NEAR b, a NEAR/5 b, between words, beginnings and phrases
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, cast

from bayegan.querying.days import READ, read_days
from bayegan.querying.shaping import combined, phrases, terms, together, within
from bayegan.querying.tokens import NEAR, Token, bare, tokens, words
from bayegan.querying.tree import All, Any, Column, Name, Named, Near, Node, Not, Phrase, Words
from crawler.errors import UnreadableDateError, UsageError

MOST_TERMS: Final = 100  # words, phrases and filters of a query
MOST_WORDS: Final = 100  # of a phrase
DEEPEST: Final = 6  # parentheses in each other: FTS5 gives up at twenty
NEAR_BY: Final = 10  # words, as FTS5 has it
FARTHEST: Final = 1000
SHORTEST_START: Final = 2  # letters of a beginning*: one would be a tenth of all words
SHOWN: Final = 60
COLUMNS: Final = ("title", "lead")


@lru_cache(maxsize=64)
def parse(query: str) -> Node | None:
    """Read a query; None where it is empty. Raises UsageError, in one sentence that shows where it goes wrong."""
    if not query.strip():
        return None
    parser = _Parser(query)
    node = parser.whole()
    if node is None:
        shown = " ".join(query.split())
        shown = shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}…"
        raise UsageError(f"There is no letter and no digit in «{shown}»: search for a word.")
    if (count := terms(node)) > MOST_TERMS:
        raise UsageError(f"The query has {count} words and phrases: {MOST_TERMS} can be searched for at once.")
    return node


class _Parser:
    """Goes through the pieces once. A piece without a letter or digit is passed over: it is None as a node."""

    def __init__(self, query: str) -> None:
        self._tokens = [*tokens(query), Token("end", "", len(query) + 1)]
        self._next = 0
        self._deep = 0
        self._column: Column | None = None

    def whole(self) -> Node | None:
        node = self._any()
        if self._peek().kind == ")":
            raise self._peek().refused("closes nothing: take it away, or put it between quotation marks")
        return node

    def _peek(self) -> Token:
        return self._tokens[self._next]

    def _take(self) -> Token:
        self._next += 1
        return self._tokens[self._next - 1]

    def _any(self) -> Node | None:
        nodes = [self._all()]
        while self._peek().kind == "OR":
            self._operator()
            nodes.append(self._all())
        return combined(Any, nodes)

    def _all(self) -> Node | None:
        """Things that must all hold; words side by side stay together."""
        runs: list[list[Node | None]] = [[]]
        while self._peek().kind not in {"OR", ")", "end"}:
            if self._peek().kind == "AND":
                self._operator()
                runs.append([])
            runs[-1].append(self._thing())
        return combined(All, [node for run in runs for node in together(run)])

    def _operator(self) -> None:
        """Take one that needs something on either side."""
        before, operator = self._tokens[self._next - 1] if self._next else None, self._take()
        if before is None or before.kind in {"(", "OR", "AND", "NOT", "-", "NEAR", "field"}:
            raise operator.refused("has nothing before it; between quotation marks it is a word")
        if self._peek().kind in {"end", ")", "OR", "AND", "NEAR"}:
            raise operator.refused("has nothing behind it; between quotation marks it is a word")

    def _thing(self) -> Node | None:
        unwanted = False
        while self._peek().kind in {"-", "NOT"}:
            sign = self._take()
            unwanted = not unwanted
            if self._peek().kind in {"end", ")", "OR", "AND", "NEAR"}:
                raise sign.refused("has nothing behind it; between quotation marks it is a word")
        node = self._nearness()
        return Not(node) if unwanted and node is not None else node

    def _nearness(self) -> Node | None:
        first = self._peek()
        nodes, distance = [self._one()], 0
        while self._peek().kind == "NEAR":
            near = self._peek()
            self._operator()
            distance = max(distance, _distance(near))
            if first.kind not in {"word", "quoted"} or self._peek().kind not in {"word", "quoted"}:
                raise near.refused("must stand between two words or phrases")
            nodes.append(self._one())
        if len(nodes) == 1:
            return nodes[0]
        found = tuple(phrase for node in nodes if node is not None for phrase in phrases(node))
        return Near(found, distance) if len(found) > 1 else next(iter(found), None)

    def _one(self) -> Node | None:
        token = self._take()
        match token.kind:
            case "word" | "quoted":
                return self._text(token)
            case "(":
                return self._group(token)
            case "field":
                return self._field(token)
        raise token.refused("has nothing before it; between quotation marks it is a word")

    def _group(self, opened: Token) -> Node | None:
        self._deep += 1
        if self._deep > DEEPEST:
            raise opened.refused(f"is the {DEEPEST + 1}th parenthesis inside another: {DEEPEST} are enough")
        node = self._any()
        if self._peek().kind != ")":
            raise opened.refused("is never closed: write ) where it ends, or put it between quotation marks")
        self._take()
        self._deep -= 1
        return node

    def _text(self, token: Token) -> Node | None:
        star = token.text.endswith("*")
        found = words(token.text)
        _refuse_star(token, found, star=star)
        if not found:
            return None
        if len(found) > MOST_WORDS:
            raise token.refused(f"has {len(found)} words: a phrase may have {MOST_WORDS}")
        single = token.kind == "word" and len(found) == 1 and not star
        return Words(found) if single else Phrase(found, star)

    def _field(self, token: Token) -> Node | None:
        name = token.text[:-1].lower()
        if self._peek().kind not in {"word", "quoted", "("} or (self._peek().kind == "(" and name not in COLUMNS):
            raise token.refused('needs a value behind it, such as tag:قم or tag:"سازمان ملل"')
        if self._column:
            raise token.refused(f"cannot stand inside {self._column}:( )")
        if name in COLUMNS:
            return self._in(cast("Column", name))
        return self._days(name) if name in READ else self._name(cast("Named", name))

    def _in(self, column: Column) -> Node | None:
        self._column = column
        node = self._nearness()
        self._column = None
        return node and within(column, node)

    def _days(self, name: str) -> Node:
        value = self._take()
        written = _value(value)
        try:
            return read_days(name, written)
        except (UnreadableDateError, ValueError, OverflowError) as fault:
            raise value.refused(
                "is no day, month or year of either calendar: write 1399-09-17, 2020-12-07, 1399-09, 1399,"
                " or two of them with .. between"
            ) from fault

    def _name(self, name: Named) -> Node:
        value = self._take()
        written = _value(value)
        if not words(written):
            raise value.refused(f"has no letter and no digit that {name}: could have")
        return Name(name, written)


def _value(token: Token) -> str:
    text = token.text[1:-1] if token.kind == "quoted" and not token.text.endswith("*") else token.text
    return text.encode("utf-8", "ignore").decode()


def _refuse_star(token: Token, found: tuple[tuple[str, ...], ...], *, star: bool) -> None:
    if token.kind == "word" and "*" in token.text.rstrip("*"):
        raise token.refused("has a star inside: one may stand at the end of a word, or of a phrase")
    if star and (not found or len("".join(found[-1])) < SHORTEST_START):
        raise token.refused(f"is too short: {SHORTEST_START} letters or more must stand before a star")


def _distance(token: Token) -> int:
    found = NEAR.fullmatch(bare(token.text))
    distance = int(found[1]) if found and found[1] else NEAR_BY
    if distance > FARTHEST:
        raise token.refused(f"is too far: {FARTHEST} words are the most")
    return distance
