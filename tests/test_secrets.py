"""What a machine tells a crawl in confidence stays between the two: passwords of proxies, and of addresses."""

from __future__ import annotations

import base64
import os
import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from crawls import AZAR, command
from typer.testing import CliRunner

from bayegan.cli import app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PASSWORD = "geheimwort-7"
CODED = base64.b64encode(f"user:{PASSWORD}".encode()).decode()


class Proxy(BaseHTTPRequestHandler):
    heard: list[str]

    def do_GET(self) -> None:
        self.heard.append(self.headers.get("Proxy-Authorization", ""))
        self.send_response(502)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def proxy() -> Iterator[str]:
    Proxy.heard = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as server:
        thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"http://user:{PASSWORD}@127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join(5)


def test_the_password_of_a_proxy_is_told_to_the_proxy_alone(proxy: str, tmp_path: Path) -> None:
    """Not to whoever reads the log, however much it says, nor to the archive."""
    words = command(
        "http://site.example", tmp_path / "x.db", *AZAR, "--set", "LOG_LEVEL=DEBUG", "--set", "RETRY_TIMES=0"
    )
    done = subprocess.run(words, capture_output=True, env=os.environ | {"http_proxy": proxy}, timeout=60, check=False)
    assert (done.returncode, set(Proxy.heard)) == (3, {f"Basic {CODED}"})
    assert b"DEBUG" in done.stderr
    kept = [done.stdout, done.stderr, *(file.read_bytes() for file in tmp_path.glob("*x.db*"))]
    assert [secret for secret in (PASSWORD, CODED) for said in kept if secret.encode() in said] == []


@pytest.mark.parametrize("home", [f"http://user:{PASSWORD}@127.0.0.1:8000", f"https://{PASSWORD}@mirror.example/"])
def test_a_home_with_a_password_is_refused_and_not_repeated(home: str, tmp_path: Path) -> None:
    """It would stand in the archive's list of runs for ever."""
    done = CliRunner().invoke(app, ["crawl", "shabestan", "--home", home, "--archive", str(tmp_path / "x.db")])
    assert (done.exit_code, done.output) == (
        2,
        "A home is written into the archive: give its address without a name and a password.\n",
    )
    assert list(tmp_path.iterdir()) == []
