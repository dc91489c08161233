"""What the suffix of a file's name says about what is put into it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol

from bayegan.export import arrow, packing, slim
from bayegan.export.cells import Cells
from bayegan.export.jsonl import JsonLines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from bayegan.export.fields import Shape
    from bayegan.export.packing import Out
    from bayegan.export.reading import Columns

    Put = Callable[[Columns], None]


class Lines(Protocol):
    """A kind of text: how a file begins, and what articles are in it."""

    @property
    def head(self) -> bytes: ...

    def lines(self, columns: Columns) -> bytes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How articles are put into a file: ``opened`` gives what they are put in with."""

    opened: Callable[[BinaryIO, Shape], AbstractContextManager[Put]]
    cells: bool = False  # what a spreadsheet opens
    arrow: bool = False  # what takes pyarrow, and texts as bytes


@contextmanager
def _text(
    kind: Callable[[Shape], Lines],
    packed: Callable[[BinaryIO], AbstractContextManager[Out]],
    stream: BinaryIO,
    shape: Shape,
) -> Iterator[Put]:
    made = kind(shape)
    with packed(stream) as out:
        out(made.head)

        def put(columns: Columns) -> None:
            out(made.lines(columns))

        yield put


FORMATS: Final = {
    ".jsonl": Format(opened=partial(_text, JsonLines, packing.plain)),
    ".jsonl.gz": Format(opened=partial(_text, JsonLines, packing.gz)),
    ".jsonl.zst": Format(opened=partial(_text, JsonLines, packing.zst)),
    ".csv": Format(opened=partial(_text, partial(Cells, separator=","), packing.plain), cells=True),
    ".tsv": Format(opened=partial(_text, partial(Cells, separator="\t"), packing.plain), cells=True),
    ".parquet": Format(opened=arrow.parquet, arrow=True),
    ".arrow": Format(opened=arrow.arrow, arrow=True),
    ".db": Format(opened=slim.slim),
}


def format_of(name: str) -> Format | None:
    """The format of a file of this name; None where it does not say one."""
    written = name.lower()
    return next((one for suffix, one in FORMATS.items() if written.endswith(suffix) and written != suffix), None)
