"""JSON lines: an article a line, in the shape that import reads."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from bayegan.export.fields import kind_of
from crawler.dates import from_utc_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayegan.export.fields import Shape
    from bayegan.export.reading import Columns

# Some readers of text take these for the end of a line; written as \\uXXXX they are the same JSON.
LINE_ENDS: Final = {end: f"\\u{ord(end):04x}" for end in "\u0085\u2028\u2029"}
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False)


def json_line(value: Mapping[str, Any]) -> bytes:
    r"""One document as one line of UTF-8, Persian letters as they are.

    >>> json_line({"title": "خبر\u2028", "tags": []}).decode()
    '{"title": "خبر\\u2028", "tags": []}\n'
    """
    return _lines([_ENCODER.encode(value)])


class JsonLines:
    """Articles as JSON lines."""

    def __init__(self, shape: Shape) -> None:
        self.head = b""
        self._fields = shape.fields

    def lines(self, columns: Columns) -> bytes:
        rows = zip(*on_tehrans_clock(columns).values(), strict=True)
        return _lines([_ENCODER.encode(dict(zip(self._fields, row, strict=True))) for row in rows])


def on_tehrans_clock(columns: Columns) -> dict[str, Sequence[Any]]:
    """The same with moments in ISO 8601, with Tehran's offset."""
    return {
        field: [moment and _tehran(moment) for moment in column] if kind_of(field) == "moment" else column
        for field, column in columns.items()
    }


@lru_cache(maxsize=10_000)
def _tehran(moment: str) -> str:
    return from_utc_text(moment).isoformat()


def _lines(documents: list[str]) -> bytes:
    lines = "\n".join((*documents, ""))
    for end, written in LINE_ENDS.items():
        lines = lines.replace(end, written)  # in letters it is found ten times as fast as in bytes (measured)
    return lines.encode()
