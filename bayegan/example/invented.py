"""Stories made of templates and word lists: any number of them, the same ones every time."""

from __future__ import annotations

import tomllib
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

from bayegan.example.calendar import persian
from bayegan.example.story import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayegan.example.story import Shape

T = TypeVar("T")

_SHAPES: tuple[Shape, ...] = ("p", "p", "p", "div", "br", "legacy", "li", "bare", "boxed")
_FEWEST_SENTENCES, _MORE_SENTENCES = 6, 5
_SIGNED_EVERY = 4
_CLOSED_EVERY = 3


def invented(number: int) -> Text:
    """The ``number``-th invented story; the same number gives the same story on every machine."""
    words = _words()
    desk = _pick(words["desk"], number, "desk")
    slots = _slots(desk, words, number)
    end = (f"پایان پیام/{persian(100 + number % 900)}",) if number % _CLOSED_EVERY == 0 else ()
    return Text(
        title=_fill(desk, "title", slots, number),
        kicker=_fill(desk, "kicker", slots, number),
        lead=_fill(desk, "lead", slots, number),
        paragraphs=(_fill(desk, "opener", slots, number), *_paragraphs(desk["sentence"], slots, number), *end),
        tags=(slots["place"], *_some(desk["tags"], 1 + _draw(3, number, "tags"), number)),
        sections=tuple(desk["sections"]),
        place=slots["place"],
        author=_name(words, number, "author") if number % _SIGNED_EVERY == 0 else "",
        shape=_pick(_SHAPES, number, "shape"),
    )


def _slots(desk: dict[str, Any], words: dict[str, Any], number: int) -> dict[str, str]:
    slots = {
        "place": _pick(words["places"], number, "place"),
        "thing": _pick(desk["things"], number, "thing"),
        "person": _name(words, number, "person"),
        "n": persian(2 + _draw(17, number, "n")),
        "m": persian(110 + _draw(880, number, "m")),
        "k": persian(1100 + _draw(8800, number, "k")),
        "pct": persian(10 + _draw(80, number, "pct")),
    }
    return slots | {"role": _pick(desk["role"], number, "role").format_map(slots)}


def _fill(desk: dict[str, Any], part: str, slots: dict[str, str], number: int) -> str:
    pattern: str = _pick(desk[part], number, part)
    return pattern.format_map(slots)


def _paragraphs(sentences: Sequence[str], slots: dict[str, str], number: int) -> list[str]:
    """Two sentences a paragraph; figures differ from sentence to sentence, as they do in news."""
    chosen = _some(sentences, _FEWEST_SENTENCES + _draw(_MORE_SENTENCES, number, "length"), number)
    written = []
    for order, sentence in enumerate(chosen):
        figures = {
            "n": persian(2 + _draw(40, number, f"n{order}")),
            "m": persian(100 + _draw(890, number, f"m{order}")),
        }
        written.append(sentence.format_map(slots | figures))
    return [" ".join(written[start : start + 2]) for start in range(0, len(written), 2)]


def _name(words: dict[str, Any], number: int, part: str) -> str:
    return f"{_pick(words['given'], number, part)} {_pick(words['family'], number, part + ' family')}"


def _some(table: Sequence[str], count: int, number: int) -> list[str]:
    """``count`` different entries, in an order of their own."""
    return sorted(table, key=lambda entry: _draw(1 << 30, number, entry))[:count]


def _pick(table: Sequence[T], number: int, part: str) -> T:
    return table[_draw(len(table), number, part)]


def _draw(below: int, number: int, part: str) -> int:
    """A number that looks drawn but is a function of its arguments on every machine and Python."""
    digest = blake2b(f"{number}/{part}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % below


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("bayegan.example").joinpath("texts/desks.toml").read_text(encoding="utf-8"))
