"""Commands in processes of their own, to be killed in the middle or to meet with trouble.

The processes are forked from one that has imported everything, so that the whole of a process's life is its work.
"""

from __future__ import annotations

import faulthandler
import json
import multiprocessing
import os
import resource
import signal
import sqlite3
import sys
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from itertools import count
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.context import ForkServerProcess
    from pathlib import Path

LONGEST: Final = 60.0  # seconds: none of our commands takes longer
LOST: Final = 10.0  # seconds after which a signal was not heeded
os.environ["TLDEXTRACT_CACHE"] = os.devnull  # as on a new machine: what was fetched once would hide that it is fetched
_FORKS: Final = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(
    [
        "bayegan.cli.app",
        "bayegan.exporting",
        "bayegan.importing",
        "bayegan.settings.entries",
        "crawler.manners",
        "crawler.proxies",
        "crawler.public_names",
        "crawler.spider",
        "pipelines.check",
        "pipelines.alerts",
        "pipelines.configured",
        "pipelines.duplicates",
        "pipelines.floor",
        "pipelines.gate",
        "pipelines.live_metrics",
        "pipelines.revisions",
        "pipelines.store",
        "pyarrow.parquet",
        "scrapy.core.downloader.handlers.http11",
        "scrapy.core.engine",
        "scrapy.crawler",
        "scrapy.downloadermiddlewares.cookies",
        "scrapy.downloadermiddlewares.httpcache",
        "scrapy.downloadermiddlewares.httpcompression",
        "scrapy.downloadermiddlewares.robotstxt",
        "scrapy.extensions.feedexport",
        "scrapy.extensions.remote_control",
        "scrapy.extensions.telnet",
        "scrapy.robotstxt",
        "scrapy.squeues",
        "spiders.shabestan",
        "tldextract",
    ]
)


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """What befalls a process from within.

    SIGKILL before its so many-th ``statement`` of SQL, counted ``from_on`` the first that begins like this; files that
    cannot grow beyond ``most_bytes``; a clock that is ``ahead`` by so many seconds, until ``put_right`` after as many
    looks at it; a database that is waited for no longer than ``patience`` seconds; ``homes`` that stand in for those of
    agencies, by name.
    """

    statement: int = 0
    from_on: str = ""
    most_bytes: int = 0
    ahead: float = 0
    put_right: int = 0
    patience: float = 0
    homes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Ended:
    code: int  # below zero: minus the signal
    out: str
    said: str


class Command:
    """A running command of ours; ``words`` are those of its command line."""

    def __init__(self, words: tuple[str, ...], folder: Path, trouble: Trouble | None = None) -> None:
        self._files = folder / "out.txt", folder / "said.txt"
        target: Any = _live
        self.process: ForkServerProcess = _FORKS.Process(
            target=target, args=(words, *self._files, trouble or Trouble())
        )
        self.process.start()

    def send(self, number: signal.Signals) -> None:
        if self.process.is_alive() and self.process.pid:
            os.kill(self.process.pid, number)

    def stop(self, number: signal.Signals) -> Ended:
        """Send the signal, and again where it is not heeded.

        Python loses an interrupt that falls into a callback of its own ("Exception ignored in …"): rare, and not ours.
        """
        self.send(number)
        self.process.join(LOST)
        self.send(number)
        return self.end()

    def end(self, seconds: float = LONGEST) -> Ended:
        """How it ended; what has not by then is killed, says where it was, and is a failure of the test."""
        self.process.join(seconds)
        if self.process.is_alive():
            self.send(signal.SIGABRT)
            self.process.join(1)
            self.process.kill()
            self.process.join()
            raise TimeoutError(f"It did not end in {seconds} s; it said: {self._files[1].read_text()}")
        code = self.process.exitcode
        self.process.close()
        out, said = (file.read_text() if file.exists() else "" for file in self._files)
        return Ended(1 if code is None else code, out, said)


def run(folder: Path, *words: str, trouble: Trouble | None = None) -> Ended:
    return Command(words, folder, trouble).end()


def statements(folder: Path, *words: str) -> int:
    """How many statements of SQL a command makes when nobody disturbs it."""
    done = run(folder, *words, trouble=Trouble(statement=-1))
    assert done.code == 0, done.said
    return int(done.said.rsplit("statements: ", 1)[1])


def _live(words: tuple[str, ...], out: Path, said: Path, trouble: Trouble) -> None:
    for number, file in ((1, out), (2, said)):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    faulthandler.enable(2)
    if trouble.most_bytes:
        resource.setrlimit(resource.RLIMIT_FSIZE, (trouble.most_bytes, trouble.most_bytes))
    if trouble.statement:
        _count_statements(trouble.statement, trouble.from_on)
    if trouble.patience:
        _hurry(trouble.patience)
    if trouble.ahead:
        _turn_the_clock(trouble)
    if trouble.homes:
        _stand_in(dict(trouble.homes))
    from bayegan.cli import main  # noqa: PLC0415 -- in the new process alone

    sys.argv = ["bayegan", *words]
    main()


def _count_statements(last: int, from_on: str) -> None:
    """Have every connection count; where ``last`` is never reached, the sum is said at the end."""
    made = 0
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def step(sql: str) -> None:
        nonlocal made
        made += bool(made) or sql.lstrip().startswith(from_on)
        if made == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def connected(*given: Any, **named: Any) -> sqlite3.Connection:
        conn = connect(*given, **named)
        conn.set_trace_callback(step)
        return conn

    sqlite3.connect = connected  # type: ignore[assignment]  # in this process alone
    multiprocessing.util.Finalize(None, lambda: os.write(2, f"statements: {made}\n".encode()), exitpriority=1)


def _hurry(patience: float) -> None:
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect
    # In this process alone, like all that is done to it.
    sqlite3.connect = lambda *given, **named: connect(*given, **named | {"timeout": patience})  # type: ignore[assignment]


def _turn_the_clock(trouble: Trouble) -> None:
    """Every clock that a crawl looks at; what ``datetime`` is otherwise stays."""
    looks = count(1)

    class Turned(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            right = trouble.put_right and next(looks) > trouble.put_right
            return datetime.now(tz) + timedelta(seconds=0 if right else trouble.ahead)

    for room in ("crawler.spider", "pipelines.gate", "pipelines.run"):
        vars(import_module(room))["datetime"] = Turned


def _stand_in(homes: dict[str, str]) -> None:
    """What ``--home`` does for a single agency, for several."""
    spider = import_module("crawler.spider").AgencySpider
    begin = spider.__init__

    def begun(self: Any, home: str | None = None, **arguments: Any) -> None:
        begin(self, home or homes.get(self.name), **arguments)

    spider.__init__ = begun


def wait_for(holds: Callable[[], bool], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "It never came to that."
        time.sleep(0.005)


def summary(done: Ended) -> dict[str, Any]:
    """The one document of ``crawl --json``."""
    read: dict[str, Any] = json.loads(done.out)
    return read
