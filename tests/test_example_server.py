from __future__ import annotations

import signal
import subprocess
import sys
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from example_pages import SITE, behaving, fetch, listed
from parsel import Selector

from bayegan.example import Example, PortTakenError, serve_example

if TYPE_CHECKING:
    from conftest import Hostile


def test_the_site_is_served_and_remembers_what_was_asked(example: Example) -> None:
    story = SITE.stories[0]
    assert fetch(example, quote(story.path)).status == 200
    assert fetch(example, "/archive?pi=1&ms=0").status == 200
    assert example.requests == [story.path, "/archive?pi=1&ms=0"]


def test_the_busy_story_is_busy_once_on_a_running_site(example: Example) -> None:
    path = quote(behaving("busy").path)
    answers = [fetch(example, path) for _ in range(2)]
    assert [(response.status, response.headers["retry-after"]) for response in answers] == [(503, "1"), (200, None)]


def test_an_unchanged_listing_costs_nothing_over_the_wire(example: Example) -> None:
    held = fetch(example, "/archive")
    again = fetch(example, "/archive", headers={"If-None-Match": held.headers["etag"]})
    assert (again.status, again.headers["content-length"]) == (304, "0")


def test_an_answer_does_not_wait_for_the_network() -> None:
    with (
        serve_example() as site,
        closing(HTTPConnection(site.url.removeprefix("http://"), timeout=5)) as connection,
    ):
        began = time.monotonic()
        for _ in range(20):
            connection.request("GET", "/rss")
            connection.getresponse().read()
        assert time.monotonic() - began < 0.6  # with Nagle's delay 0.8 at the least


def test_the_server_stops_quickly_even_while_a_client_reads(hostile: Hostile) -> None:
    began = time.monotonic()
    with serve_example() as site, closing(HTTPConnection(site.url.removeprefix("http://"), timeout=5)) as connection:
        connection.request("GET", quote(behaving("slow").path))
    assert time.monotonic() - began < 2
    endless = hostile("an article whose body never ends")
    with closing(HTTPConnection(endless.url.removeprefix("http://"), timeout=5)) as connection:
        connection.request("GET", "/news/1001779")
        assert len(connection.getresponse().read(1 << 20)) == 1 << 20


def test_a_port_that_is_taken_is_said_in_one_sentence(example: Example) -> None:
    port = int(example.url.rpartition(":")[2])
    with pytest.raises(PortTakenError, match=rf"cannot be served at 127\.0\.0\.1:{port} .*choose another"):
        serve_example(port=port).__enter__()  # the with statement would hide where it is raised


def test_the_command_prints_its_address_and_ends_quietly_when_interrupted() -> None:
    command = [sys.executable, "-m", "bayegan.example", "--port", "0", "--stories", "25", "--published", "1"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        with closing(HTTPConnection(address.removeprefix("http://"), timeout=5)) as connection:
            connection.request("GET", "/archive?pi=2")
            found = Selector(connection.getresponse().read().decode())
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=10)
    assert len(listed(found)) == 6
    assert (process.returncode, said) == (0, "")
