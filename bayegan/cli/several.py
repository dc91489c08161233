"""Several agencies one after the other, each in a process of its own: a Twisted reactor cannot start twice."""

import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bayegan.cli.errors import worst


@dataclass(slots=True)
class Watch:
    """Which crawl is running, and whether we were told to stop.

    Ctrl-C in a terminal reaches the crawl by itself; SIGTERM, which a scheduler sends to us alone, is passed on.
    """

    child: "subprocess.Popen[bytes] | None" = None
    stopped: bool = False

    def stop(self, number: int, _frame: Any) -> None:
        self.stopped = True
        if self.child and number == signal.SIGTERM:
            self.child.terminate()


def crawl_each(names: Sequence[str], options: Sequence[str]) -> int:
    """Crawl the agencies in turn with the same options; the worst of their exit codes.

    Standard output and standard error are theirs. Where we are told to stop, the crawl that is running ends in its
    own good order, no other begins, and KeyboardInterrupt is raised.
    """
    codes = []
    with _watch() as watch:
        for name in names:
            codes.append(_crawl(name, options, watch))
            if watch.stopped:
                raise KeyboardInterrupt
    return worst(codes)


def _crawl(name: str, options: Sequence[str], watch: Watch) -> int:
    command = [sys.executable, "-m", "bayegan", "crawl", name, *options]
    with subprocess.Popen(command) as child:  # noqa: S603 -- ourselves, with options that were checked
        watch.child = child
        if watch.stopped:  # between the start and here
            child.terminate()
        return child.wait()


@contextmanager
def _watch() -> Iterator[Watch]:
    watch = Watch()
    before = {number: signal.signal(number, watch.stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield watch
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
