"""What is promised of every reader: no error but its named ones, and no input on which it takes over a second."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

TESTS: Final = Path(__file__).parent.parent
MOST_SECONDS: Final = 1.0  # of the processor's time: what others do on the machine does not count


class TooSlowError(AssertionError):
    """A reader took more than its second, twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A reader under test: ``read`` checks what comes out, and may raise the ``named`` errors alone."""

    name: str
    read: Callable[[bytes], object]
    seeds: Callable[[], list[bytes]]
    named: tuple[type[Exception], ...] = ()
    words: tuple[str, ...] = ()


def hold(target: Target, data: bytes) -> None:
    """Read, and raise what breaks the promise; who seems slow is measured again, alone."""
    if seconds(target, data) > MOST_SECONDS and (took := alone(target, data)) > MOST_SECONDS:
        raise TooSlowError(f"{target.name}: {took:.1f} s of processor time for {len(data)} bytes")


def seconds(target: Target, data: bytes) -> float:
    began = time.process_time()
    with suppress(*target.named):
        target.read(data)
    return time.process_time() - began


def alone(target: Target, data: bytes) -> float:
    """The seconds in a process of its own: no coverage is counted there, and no cache knows the answer."""
    place = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    place["PYTHONPATH"] = f"{TESTS}{os.pathsep}{place.get('PYTHONPATH', '')}"
    with NamedTemporaryFile() as file:
        Path(file.name).write_bytes(data)
        words = [sys.executable, "-m", "fuzz", "--again", target.name, file.name]
        return float(subprocess.check_output(words, env=place))
