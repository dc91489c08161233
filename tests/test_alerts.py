"""Alerts: one message when an agency's state changes, to a webhook on loopback; what does not arrive is a warning."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from hostile_site import INTERSTITIAL, Twisted, fixed, pages
from pasts import crawl_by_night, night, nights, rows, write

from bayegan.archive.writer import Writer
from bayegan.example import Site, serve, stories
from bayegan.example.answering import Response
from bayegan.health.judging import judge
from bayegan.health.news import Alert, alert
from bayegan.watch.alerting import addresses, deliver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bayegan.health.past import Record

# Apprise looks for a module of Python's that Python is giving up.
pytestmark = pytest.mark.filterwarnings("ignore:.*imghdr.*:DeprecationWarning")

MESSAGE = Alert("bayegan: shabestan: emptied", "A field has run empty.")
TOKEN = "geheimwort-7"


class Hook(ThreadingHTTPServer):
    """A webhook that remembers what it was told, and may be out of order."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Listening)
        self.heard: list[dict[str, Any]] = []
        self.status = 200

    @property
    def address(self) -> str:
        return f"json://127.0.0.1:{self.server_port}/{TOKEN}"


class Listening(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        self.server.heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def hook() -> Iterator[Hook]:
    with Hook() as served:
        Thread(target=served.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield served
        served.shutdown()


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (None, ()),
        ("", ()),
        ([], ()),
        (["json://a/b", " tgram://c/d "], ("json://a/b", "tgram://c/d")),
        ("json://a/b", ("json://a/b",)),
        ("json://a/b,tgram://c/d", ("json://a/b", "tgram://c/d")),
        ("json://a/b\n  mailto://u:p@c.example?to=x,y,\n", ("json://a/b", "mailto://u:p@c.example?to=x,y")),
    ],
)
def test_addresses_are_a_list_or_a_text(given: Any, found: tuple[str, ...]) -> None:
    assert addresses(given) == found


def of(now: Record, before: list[Record]) -> str | None:
    """The title of the alert for a run."""
    message = alert("shabestan", now, judge(now, before), before)
    return message.title if message else None


ILL, WELL = "bayegan: shabestan: emptied", "bayegan: shabestan is healthy again"


@pytest.mark.parametrize(
    ("name", "now", "before", "title"),
    [
        ("well as ever", night(0), nights(), None),
        ("falls ill", night(0, 6, tags=0), nights(), ILL),
        ("is still ill", night(0, 6, tags=0), [night(1, 6, tags=0), *nights()[1:]], None),
        ("is well again", night(0), [night(1, 6, tags=0), *nights()[1:]], WELL),
        ("ill otherwise", night(0, 6, lead=0), [night(1, 6, tags=0), *nights()[1:]], ILL),
        ("blocked now", night(0, 5, read=0), [night(1, 6, tags=0), *nights()[1:]], "bayegan: shabestan: blocked"),
        ("nobody was told", night(0, 6, tags=0), [night(1, 6, tags=0, untold=1), *nights()[1:]], ILL),
        ("nobody was told, and it is over", night(0), [night(1, 6, tags=0, untold=1), *nights()[1:]], None),
        ("ended early", night(0, 1), [night(1, 6, tags=0), *nights()[1:]], None),
        ("named days", night(0, 6, plain=False, tags=0), nights(), None),
        ("ended early before", night(0, 6, tags=0), [night(1, 1), night(2, 6, tags=0), *nights()[2:]], None),
        ("the first run of all", night(0), [], None),
    ],
)
def test_only_a_change_of_state_is_told(name: str, now: Record, before: list[Record], title: str | None) -> None:
    assert of(now, before) == title, name


def test_a_message_says_what_is_the_matter(hook: Hook) -> None:
    assert deliver([hook.address], MESSAGE) == []
    assert deliver([hook.address], replace(MESSAGE, recovered=True)) == []
    told = [(one["title"], one["message"], one["type"]) for one in hook.heard]
    assert told == [(MESSAGE.title, MESSAGE.body, "warning"), (MESSAGE.title, MESSAGE.body, "success")]


def test_an_address_that_cannot_be_reached_is_said_without_its_secrets(hook: Hook) -> None:
    hook.status = 500
    said = deliver([hook.address, f"nope://{TOKEN}@127.0.0.1/{TOKEN}", f"json://127.0.0.1:9/{TOKEN}"], MESSAGE)
    assert [one.partition("(")[0] for one in said] == [
        "The alert could not be delivered to address 1 ",
        "BAYEGAN_ALERTS: address 2 ",
        "The alert could not be delivered to address 3 ",
    ]
    assert TOKEN not in " ".join(said)
    assert len(hook.heard) == 1


def test_a_crawl_tells_of_a_trouble_and_again_where_nobody_heard_of_it_and_fails_for_no_alert(
    hook: Hook, tmp_path: Path
) -> None:
    with Writer(tmp_path / "x.db"):
        pass
    db = write(tmp_path / "x.db", nights())
    block = fixed(Response(body=INTERSTITIAL.encode()), pages)
    ways = ("--set", f"BAYEGAN_ALERTS={hook.address}", "--set", "RETRY_TIMES=0")
    site = Twisted(Site(stories=stories(6)), block)
    with serve(site):
        seen = []
        for later, hook.status in enumerate((500, 200)):
            done = crawl_by_night(site.url, db, *ways, nights_later=later)
            assert TOKEN not in done.said
            failed = "could not be delivered to address 1 (json)" in done.said
            seen.append((done.code, failed, [one["title"].removeprefix("bayegan: ") for one in hook.heard]))
            hook.heard.clear()
    assert seen == [
        (5, True, ["shabestan: blocked"]),
        (5, False, ["shabestan: blocked"]),  # again, since nobody heard of it
    ]
    assert rows(db, "select id from runs where json_extract(counts, '$.untold')") == [(1000,)]


def test_without_apprise_an_alert_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    assert deliver(["json://127.0.0.1:9/x"], MESSAGE) == [
        (
            "An alert could not be sent, since Apprise is not installed: "
            "install bayegan with its extra «monitor», or empty BAYEGAN_ALERTS."
        )
    ]
