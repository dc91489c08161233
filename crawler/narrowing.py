"""Which of many selectors can match a page at all, by the classes and ids that it holds.

A family's selectors name the boxes of all its themes and years; a page is of one theme. Asking for the others would
cost more than parsing it.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from crawler.markup import Selectors, alternatives

if TYPE_CHECKING:
    from crawler.document import Document
    from crawler.markup import Css

_MANY = 50  # classes and ids, in the selectors of one family
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NAMED = re.compile(r"[.#]((?:\w|-)+)")
_CSS_FIELDS = tuple(one.name for one in fields(Selectors) if one.type == "Css")


def is_worth_narrowing(css: Selectors) -> bool:
    """Whether to ask for all of them costs more than to collect the names on the page."""
    return len(_asked(css)) >= _MANY


def narrowed(css: Selectors, page: Document) -> Selectors:
    """The selectors without those that cannot match; what they find on the page is the same."""
    return _left(css, _asked(css) & page.names)


@lru_cache(maxsize=1024)
def _left(css: Selectors, names: frozenset[str]) -> Selectors:
    """Pages of one theme hold the same of the names that are asked for: narrowed once for all of them."""
    left: dict[str, Any] = {field: _possible(getattr(css, field), names) for field in _CSS_FIELDS}
    return replace(css, **left)


@cache
def _asked(css: Selectors) -> frozenset[str]:
    """Every class and id that the selectors name."""
    each = (one for field in _CSS_FIELDS for one in alternatives(getattr(css, field)))
    return frozenset().union(*(asked for one in each for _, asked in parts(one)))


def _possible(css: Css, names: frozenset[str]) -> tuple[str, ...]:
    left = (", ".join(one for one, asked in parts(each) if asked <= names) for each in alternatives(css))
    return tuple(each for each in left if each)


@cache
def parts(css: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The single selectors of a list, each with the classes and ids that a page must hold for it to match.

    >>> parts("h1.title a, div:not(.x)")
    (('h1.title a', frozenset({'title'})), ('div:not(.x)', frozenset()))
    """
    plain = css
    while (shorter := _BRACKETED.sub(lambda found: " " * len(found[0]), plain)) != plain:
        plain = shorter
    cuts = [-1, *(at for at, letter in enumerate(plain) if letter == ","), len(css)]
    spans = [(a + 1, b) for a, b in pairwise(cuts)]
    return tuple((css[a:b].strip(), frozenset(_NAMED.findall(plain[a:b]))) for a, b in spans)
