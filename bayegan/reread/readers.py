"""Pages read on all cores: packed bytes go to processes of their own, articles come back in the order asked."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

from bayegan.archive.pages.packing import unpack
from crawler.errors import (
    ArchiveError,
    BayeganError,
    EmptyPageError,
    InterstitialError,
    NotAnArticleError,
    SoftNotFoundError,
)
from crawler.page import read_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

    from crawler.items import Article

    Read = list["Article | Fault"]  # of one batch, in its order
    ReadAll = Callable[[Iterable["Batch"]], Iterator[Read]]

# How a page that gives no article is counted; the first that fits.
KINDS: Final[tuple[tuple[type[Exception], str], ...]] = (
    (InterstitialError, "interstitial"),
    (SoftNotFoundError, "not found"),
    (EmptyPageError, "empty page"),
    (NotAnArticleError, "no article"),
    (ArchiveError, "damaged page"),
    (Exception, "reader failed"),
)
AHEAD: Final = 2  # batches a process has waiting, so that it never waits itself


class Fault(NamedTuple):
    """Why a reading is not taken: a kind to count it by, and a sentence."""

    kind: str
    reason: str


class PackedPage(NamedTuple):
    url: str
    body: bytes  # zstd
    dictionary_id: int | None


class Batch(NamedTuple):
    """Pages, and the dictionaries that they are unpacked with."""

    pages: tuple[PackedPage, ...]
    dictionaries: dict[int, bytes]


def cores() -> int:
    """How many processes may run at the same time here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_batch(batch: Batch) -> Read:
    """Every page's article, or why there is none."""
    return [_read(page, batch.dictionaries) for page in batch.pages]


def _read(page: PackedPage, dictionaries: dict[int, bytes]) -> Article | Fault:
    try:
        return read_page(unpack(page.body, _dictionary(page, dictionaries)), page.url)
    except Exception as error:  # noqa: BLE001 -- a fault of our reader on one page costs that page alone, and is told
        kind = next(kind for cause, kind in KINDS if isinstance(error, cause))
        return Fault(kind, str(error) if isinstance(error, BayeganError) else f"{type(error).__name__}: {error}")


def _dictionary(page: PackedPage, dictionaries: dict[int, bytes]) -> bytes | None:
    if page.dictionary_id is not None and page.dictionary_id not in dictionaries:
        raise ArchiveError(f"Dictionary {page.dictionary_id} is missing: check the archive with `bayegan verify`.")
    return None if page.dictionary_id is None else dictionaries[page.dictionary_id]


@contextmanager
def reading(jobs: int) -> Iterator[ReadAll]:
    """Give what reads batches, one answer for each and in their order; with one job, in this process.

    No more batches are taken than the processes can be kept busy with. Raises BayeganError where one of them dies.
    """
    if jobs == 1:
        yield lambda batches: map(read_batch, batches)
        return
    # Spawned, not forked: a fork would take the archive's connection and locks along.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin)
    try:
        yield lambda batches: _stream(pool, batches, jobs * AHEAD)
    except BrokenProcessPool as error:
        raise BayeganError(
            "A process that was reading pages was killed (out of memory?): run it again with a smaller --jobs."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _stream(pool: ProcessPoolExecutor, batches: Iterable[Batch], ahead: int) -> Iterator[Read]:
    waiting: deque[Future[Read]] = deque()
    for batch in batches:
        waiting.append(pool.submit(read_batch, batch))
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _begin() -> None:
    """A reading process: Ctrl-C is its parent's affair, and where that is killed nobody is left to read for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)
