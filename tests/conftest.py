"""What tests of several rooms share: an example site that is served, and sites that misbehave."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import pytest
from agreement import Contents, contents, held, rows
from archives import Clock
from crawls import crawl_words
from hostile_site import HOSTILE, Twist, Twisted, plain
from killing import run

from bayegan.archive.intake import Intake
from bayegan.archive.writer import Writer
from bayegan.example import Example, Site, default_site, serve, serve_example

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bayegan.example.answering import Request, Response


class Hostile(Protocol):
    """Serves a site of the table by its name, or a site with a twist of the test's own."""

    def __call__(self, name: str = "", *, site: Site | None = None, twist: Twist = plain) -> Twisted: ...


@pytest.fixture
def example() -> Iterator[Example]:
    """The default example site, served; ``example.url`` is its address."""
    with serve_example() as site:
        yield site


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    """Writes a new archive, x.db in the test's folder."""
    with Writer(tmp_path / "x.db") as opened:
        yield opened


@pytest.fixture
def intake(writer: Writer) -> Intake:
    """Takes in what a crawl or an import brings; its clock stands still."""
    return Intake(writer, clock=Clock())


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    """``hostile("a silent site").url``, or ``hostile(site=…, twist=…)``; stopped at the end of the test."""
    with ExitStack() as running:

        def start(name: str = "", *, site: Site | None = None, twist: Twist = plain) -> Twisted:
            there, way = HOSTILE[name] if name else (site or default_site(), twist)
            twisted = Twisted(there, way)
            running.enter_context(serve(twisted))
            return twisted

        yield start


@pytest.fixture(scope="session")
def unhurried() -> Iterator[Twisted]:
    """A site of ninety stories that answers in three milliseconds: its crawl lasts a second or two."""

    def twist(site: Twisted, request: Request) -> Response:
        return replace(site.plain(request), delay=0.003)

    with serve(Twisted(replace(default_site(90), slow_seconds=0.1), twist)) as site:
        yield site  # type: ignore[misc]  # serve answers with what it was given


@pytest.fixture(scope="session")
def crawled(unhurried: Twisted, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of a crawl of that site that nobody disturbed: 89 articles, one being gone. To be copied."""
    folder = tmp_path_factory.mktemp("crawled")
    done = run(folder, *crawl_words(unhurried.url, folder / "x.db"))
    assert done.code == 0, done.said
    assert len(held(folder / "x.db")) == 89
    assert rows(folder / "x.db", "select count(*) > 0 from dictionaries") == [(1,)]  # of its pages, made on the way
    return folder / "x.db"


@pytest.fixture(scope="session")
def undisturbed(crawled: Path) -> Contents:
    """What that archive says."""
    return contents(crawled)
