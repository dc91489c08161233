"""The command `maintain`: what keeps an archive quick and small over the years."""

import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from bayegan.cli import options, output
from bayegan.cli.bar import bar
from bayegan.cli.options import DEFAULT_ARCHIVE

if TYPE_CHECKING:
    from bayegan.maintaining import Maintained


def maintain(as_json: options.Json = False, archive: options.ArchiveFile = DEFAULT_ARCHIVE) -> None:
    """Merge the search index, clear the log, and give free room back where it is worth it; crawls may go on.

    What cannot be done now is said, and done by a later one. No article is touched.
    """
    from bayegan import maintaining  # noqa: PLC0415 -- a third of a second of sqlite-utils

    with ExitStack() as showing:
        given: dict[str, Any] = {"report": bar(showing)} if sys.stderr.isatty() else {}
        done = maintaining.maintain(archive, **given)
    for sentence in done.put_off:
        output.say(sentence)
    if as_json:
        output.document(output.record(done))
    else:
        output.show(_told(done))


def _told(done: "Maintained") -> str:
    before, after = done.segments
    index = f"{after}" if before == after else f"{before} → {after}"
    file = f"{_change(done.size)}{', written anew' if done.vacuumed else ''}"
    return f"{done.path}: {file}; log {_change(done.log)}; segments of the index {index}; {done.seconds:.1f} s."


def _change(sizes: tuple[int, int]) -> str:
    before, after = map(output.size, sizes)
    return after if before == after else f"{before} → {after}"
