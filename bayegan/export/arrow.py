"""Parquet and Arrow files, through pyarrow: lists are lists, and moments are moments (UTC)."""

from __future__ import annotations

from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, BinaryIO, Final

from bayegan.drafts import ExportError
from bayegan.export.behind import behind
from bayegan.export.fields import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pyarrow as pa

    from bayegan.export.fields import Shape
    from bayegan.export.reading import Columns

    Put = Callable[[Columns], None]

# A group of rows is what a reader takes at once, and what is held here; whichever is reached first.
GROUP_ROWS: Final = 20_000
GROUP_BYTES: Final = 32 << 20
LEVEL: Final = 1  # of zstd: 3 makes it a tenth smaller, in a third more time (measured)
# Columns of few different values; others would be gathered in a dictionary only to be thrown away.
REPEATED: Final = ("agency", "tags", "sections", "authors", "place", "kind", "language", "reader", "published_jalali")
# What queries compare, so that they pass over groups of rows; the least and greatest text would help nobody.
COMPARED: Final = ("agency", "news_code", "published", "published_jalali", "modified", "first_seen", "last_seen")
MISSING: Final = "{} takes pyarrow: install it with `pip install 'bayegan[datasets]'`, or choose .jsonl.zst."


def check_installed(name: str) -> None:
    """Raises ExportError, which says what to install, where pyarrow is missing."""
    if find_spec("pyarrow") is None:
        raise ExportError(MISSING.format(name))


def schema(fields: tuple[str, ...]) -> pa.Schema:
    """The types of an export's columns."""
    import pyarrow as pa  # noqa: PLC0415 -- the extra "datasets", and a third of a second

    types = {"text": pa.string(), "names": pa.list_(pa.string()), "moment": pa.timestamp("us", "UTC")}
    return pa.schema([(field, types[kind_of(field)]) for field in fields])


@contextmanager
def parquet(stream: BinaryIO, shape: Shape) -> Iterator[Put]:
    """Write groups of rows, compressed, into the file of this stream."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    columns = schema(shape.fields)
    repeated = [f"{field}.list.element" if kind_of(field) == "names" else field for field in REPEATED]
    with (
        pa.OSFile(stream.name, "wb") as file,  # a stream of Python's would have to wait for the reading, page by page
        pq.ParquetWriter(
            file,
            columns,
            compression="zstd",
            compression_level=LEVEL,
            use_dictionary=repeated,
            write_statistics=list(COMPARED),
        ) as writer,
        _grouped(columns, writer.write_table) as put,
    ):
        yield put


@contextmanager
def arrow(stream: BinaryIO, shape: Shape) -> Iterator[Put]:
    """Write record batches as they are in memory, so that a reader can map the file instead of reading it."""
    import pyarrow as pa  # noqa: PLC0415

    columns = schema(shape.fields)
    with (
        pa.OSFile(stream.name, "wb") as file,
        pa.ipc.new_file(file, columns) as writer,
        _grouped(columns, writer.write_table) as put,
    ):
        yield put


@contextmanager
def _grouped(columns: pa.Schema, write: Callable[[pa.Table], object]) -> Iterator[Put]:
    """Hand groups of rows on, to be looked through and written beside the reading."""
    import pyarrow as pa  # noqa: PLC0415

    # To see whether bytes are UTF-8 takes as long as all the rest of making columns of them.
    types = {"text": pa.binary(), "names": pa.list_(pa.binary()), "moment": pa.string()}
    raw = pa.schema([(field, types[kind_of(field)]) for field in columns.names])
    held: list[pa.RecordBatch] = []

    def finish(group: pa.Table) -> None:
        write(group.cast(columns))

    with behind(finish) as hand:

        def flush() -> None:
            hand(pa.Table.from_batches(held, schema=raw))
            held.clear()

        def put(read: Columns) -> None:
            held.append(pa.record_batch([pa.array(read[field.name], field.type) for field in raw], schema=raw))
            if sum(one.num_rows for one in held) >= GROUP_ROWS or sum(one.nbytes for one in held) >= GROUP_BYTES:
                flush()

        yield put
        if held:
            flush()
