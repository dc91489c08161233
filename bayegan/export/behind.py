"""Work done in a thread beside the reading: for what lets go of Python meanwhile, such as compressing."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")


@contextmanager
def behind(work: Callable[[T], object]) -> Iterator[Callable[[T], None]]:
    """Give a function that hands on a piece of work and returns at once; one piece is worked on, no other waits.

    What the work raises is raised when the next piece is handed on, or at the end.
    """
    pending: list[Future[object]] = []

    def hand(piece: T) -> None:
        while pending:
            pending.pop().result()
        pending.append(pool.submit(work, piece))

    with ThreadPoolExecutor(1) as pool:
        yield hand
        while pending:
            pending.pop().result()
