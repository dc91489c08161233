"""The watch that is told of a crawl: when it begins, how it ended, and nothing of it may harm the crawl."""

from __future__ import annotations

from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from signal import SIGTERM
from threading import Thread
from typing import TYPE_CHECKING
from urllib.error import URLError

import pytest
from crawls import AZAR
from hostile_site import Twisted, fixed
from killing import Command, Ended, Trouble, run, wait_for
from many_crawls import SMALL, slow, words

from bayegan import __version__
from bayegan.archive.lock import agency_lock
from bayegan.example.answering import Response
from bayegan.watch.ping import MOST, Watch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hostile_site import Twist

    from conftest import Hostile


@dataclass
class Heard:
    """(step, what was sent along) of each call, with who called last, and how it is answered."""

    url: str = ""
    told: list[tuple[str, str]] = field(default_factory=list)
    agent: str = ""
    status: int = 200

    @property
    def steps(self) -> list[str]:
        return [step for step, _ in self.told]


@pytest.fixture
def watch() -> Iterator[Heard]:
    heard = Heard()

    class Listening(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = self.rfile.read(int(self.headers["Content-Length"])).decode()
            heard.told.append((self.path, said))
            heard.agent = self.headers["User-Agent"]
            self.send_response(heard.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Listening) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        heard.url = f"http://127.0.0.1:{server.server_port}/geheim"
        yield heard
        server.shutdown()


def settings(folder: Path, url: str) -> str:
    file = folder / "bayegan.toml"
    file.write_text(f'ping.url = "{url}"\n', encoding="utf-8")
    return str(file)


def crawl(home: str, folder: Path, url: str, *options: str) -> Ended:
    every = words(folder / "x.db", "shabestan", options=(*AZAR, "--config", settings(folder, url), *options))
    return run(folder, *every, trouble=Trouble(homes=(("shabestan", home),)))


@pytest.mark.parametrize(
    ("twist", "code", "said"),
    [
        (Twisted.plain, 0, "shabestan: 6 listed, 6 held, 6 new; "),
        (fixed(Response(status=404)), 3, "Nothing was listed: the site is silent, redesigned or cannot be reached."),
    ],
)
def test_a_watch_is_told_when_a_crawl_begins_and_how_it_ended(
    twist: Twist, code: int, said: str, hostile: Hostile, watch: Heard, tmp_path: Path
) -> None:
    done = crawl(hostile(site=SMALL, twist=twist).url, tmp_path, watch.url)
    assert done.code == code
    assert watch.steps == ["/geheim/start", f"/geheim/{code}"]
    assert said in watch.told[1][1]
    assert watch.agent == f"bayegan/{__version__}"


def test_of_a_crawl_that_cannot_begin_the_watch_hears_why(watch: Heard, tmp_path: Path) -> None:
    with agency_lock(tmp_path / "x.db", "shabestan"):
        done = crawl("http://127.0.0.1:9", tmp_path, watch.url)
    assert (done.code, watch.steps) == (75, ["/geheim/start", "/geheim/75"])
    assert watch.told[1][1] == done.said.strip()


def test_a_dry_run_tells_nobody(hostile: Hostile, watch: Heard, tmp_path: Path) -> None:
    assert crawl(hostile(site=SMALL).url, tmp_path, watch.url, "--dry-run").code == 0
    assert watch.told == []


def test_a_crawl_that_is_told_to_stop_is_told_of(hostile: Hostile, watch: Heard, tmp_path: Path) -> None:
    site = hostile(site=SMALL, twist=slow)
    every = words(tmp_path / "x.db", "shabestan", options=(*AZAR, "--config", settings(tmp_path, watch.url)))
    crawling = Command(every, tmp_path, Trouble(homes=(("shabestan", site.url),)))
    wait_for(lambda: any("/news/" in path for path in site.requests))
    crawling.send(SIGTERM)
    assert crawling.end().code == 1
    assert watch.steps == ["/geheim/start", "/geheim/1"]


@pytest.mark.parametrize(
    ("status", "url", "why"),
    [
        (500, "", "HTTP 500"),
        (404, "", "HTTP 404"),
        (200, "http://127.0.0.1:9/geheim", "Connection refused"),
        (200, "http://no-such-host.invalid/geheim", "…"),
    ],
)
def test_a_watch_that_cannot_be_told_is_said_without_its_secret(
    status: int, url: str, why: str, watch: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(*_: object, **__: object) -> None:
        raise URLError("…")  # no question to anybody's name server

    if "invalid" in url:
        monkeypatch.setattr("bayegan.watch.ping.urlopen", nowhere)
    watch.status = status
    said: list[str] = []
    Watch(url or watch.url, said.append).ended(0)
    host = "no-such-host.invalid" if "invalid" in url else "127.0.0.1"
    assert said == [f"The watch at {host} could not be told of the crawl: {why}."]


def test_a_watch_that_does_not_answer_holds_nobody_up(hostile: Hostile) -> None:
    silent = hostile(twist=lambda *_: Response(delay=30.0))
    said: list[str] = []
    Watch(f"{silent.url}/geheim", said.append, patience=0.05).begins()
    assert said == ["The watch at 127.0.0.1 could not be told of the crawl: timed out."]


def test_a_watch_out_of_order_fails_no_crawl(hostile: Hostile, watch: Heard, tmp_path: Path) -> None:
    watch.status = 500
    done = crawl(hostile(site=SMALL).url, tmp_path, watch.url)
    assert done.code == 0
    assert done.said.splitlines() == ["The watch at 127.0.0.1 could not be told of the crawl: HTTP 500."] * 2


@pytest.mark.parametrize(
    ("behind", "path"),
    [("", "/geheim/start"), ("/", "/geheim/start"), ("/slug?create=1", "/geheim/slug/start?create=1")],
)
def test_the_step_stands_behind_the_path(behind: str, path: str, watch: Heard) -> None:
    said: list[str] = []
    Watch(watch.url + behind, said.append).begins()
    assert (watch.steps, said) == ([path], [])


def test_no_more_is_sent_along_than_a_watch_keeps(watch: Heard) -> None:
    Watch(f"{watch.url}/", lambda _: None).ended(4, "a" + "خ" * MOST)
    ((step, said),) = watch.told
    assert step == "/geheim/4"
    assert said == "a" + "خ" * 4999  # of ten thousand bytes the last would be half a letter
