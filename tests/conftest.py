"""What tests of several rooms share: an example site that is served, and sites that misbehave."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Protocol

import pytest
from hostile_site import HOSTILE, Twist, Twisted, plain

from bayegan.example import Example, Site, default_site, serve, serve_example

if TYPE_CHECKING:
    from collections.abc import Iterator


class Hostile(Protocol):
    """Serves a site of the table by its name, or a site with a twist of the test's own."""

    def __call__(self, name: str = "", *, site: Site | None = None, twist: Twist = plain) -> Twisted: ...


@pytest.fixture
def example() -> Iterator[Example]:
    """The default example site, served; ``example.url`` is its address."""
    with serve_example() as site:
        yield site


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
