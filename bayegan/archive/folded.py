"""Many short texts folded at once: ten times as fast as one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crawler.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

EDGE: Final = "x"  # a line of its own at either end: the fold would strip an empty one


def lines(texts: Iterable[str]) -> list[str]:
    r"""Fold texts that have no line feed in them.

    >>> lines(["", "كتاب", "می\u200cرود"])
    ['', 'کتاب', 'می رود']
    """
    return fold("\n".join((EDGE, *texts, EDGE))).split("\n")[1:-1]


def glued(names: Iterable[str]) -> list[str]:
    r"""Fold names and join the words of each, as :func:`crawler.text.glued` does.

    >>> glued(["سرمايه گذاري", "سرمایه\u200cگذاری"])
    ['سرمایهگذاری', 'سرمایهگذاری']
    """
    return ["".join(line.split()) for line in lines(" ".join(name.split()) for name in names)]
