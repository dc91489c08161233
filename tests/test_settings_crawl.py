"""What bayegan.toml says reaches the crawls: whom, at what pace, through which proxy, how much, and where to."""

from __future__ import annotations

import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from agreement import rows
from killing import Ended, Trouble, run
from many_crawls import SMALL, summaries
from scrapy import Request as Asking
from scrapy.downloadermiddlewares.httpproxy import HttpProxyMiddleware
from scrapy.settings import Settings
from typer.testing import CliRunner

from bayegan.cli import app, crawled
from bayegan.settings import read
from bayegan.settings.applying import apply
from crawler.proxies import OwnProxy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hostile_site import Twisted

    from bayegan.example.answering import Request, Response
    from conftest import Hostile

HASTE = """
delay = 0
scrapy.AUTOTHROTTLE_ENABLED = false
scrapy.BAYEGAN_BACKOFF = 0.05
scrapy.RETRY_TIMES = 0
"""


class Proxy(ThreadingHTTPServer):
    """It answers 502, and remembers what was asked of it, and with what password."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Passing)
        self.asked: list[tuple[str, str]] = []


class Passing(BaseHTTPRequestHandler):
    server: Proxy

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("Proxy-Authorization", "")))
        self.send_error(502)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    with Proxy() as served:
        Thread(target=served.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield served
        served.shutdown()


def crawl(folder: Path, text: str, *words: str, homes: dict[str, str]) -> Ended:
    file = folder / "bayegan.toml"
    file.write_text(text, encoding="utf-8")
    return run(folder, "crawl", "--config", str(file), *words, trouble=Trouble(homes=tuple(homes.items())))


def test_a_crawl_without_names_goes_by_the_file(hostile: Hostile, proxy: Proxy, tmp_path: Path) -> None:
    heard: list[tuple[str, str]] = []

    def noted(site: Twisted, request: Request) -> Response:
        heard.append((request.headers["user-agent"], request.headers["accept-language"]))
        return site.plain(request)

    homes = {"shabestan": hostile(site=SMALL, twist=noted).url, "irna": "http://irna.example"}
    (tmp_path / "there").mkdir()
    text = f"""{HASTE}
        archive = "there/news.db"
        agencies = ["shabestan", "irna"]
        contact = "me@example.org"
        budget.jobs = 2
        scrapy.DEFAULT_REQUEST_HEADERS = {{Accept-Language = "en"}}
        agency.irna.proxy = "http://me:word@127.0.0.1:{proxy.server_port}"
        agency.irna.scrapy.ROBOTSTXT_OBEY = false
    """
    done = crawl(tmp_path, text, homes=homes)
    assert done.code == 3, done.said
    assert done.out.splitlines()[-1].startswith("2 agencies: 6 listed, 6 held, 6 new; ")
    assert rows(tmp_path / "there" / "news.db", "select count(*) from articles") == [(6,)]
    assert {one for one, _ in heard} == {"bayegan/0.1.0 (news archive) contact: me@example.org"}
    assert {language for _, language in heard} == {"en"}
    assert proxy.asked
    assert {(path.startswith("http://irna.example/"), password) for path, password in proxy.asked} == {
        (True, "Basic bWU6d29yZA==")
    }
    assert not any("robots.txt" in path for path, _ in proxy.asked)


def asked_through(proxy: str, machines: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """The proxy that Scrapy will ask, for an agency with one of its own on a machine that has some."""
    monkeypatch.setattr("scrapy.downloadermiddlewares.httpproxy.getproxies", lambda: machines)
    request = Asking("https://shabestan.news/news/1")
    if proxy:
        OwnProxy(proxy).process_request(request)
    HttpProxyMiddleware().process_request(request)
    return request.meta.get("proxy")


@pytest.mark.parametrize(
    ("own", "asked"),
    [("", "http://machines:1"), ("http://me:word@own:2", "http://own:2"), ("direct", None)],
)
def test_an_agencys_own_proxy_beats_the_machines_and_so_does_none(
    own: str, asked: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert asked_through(own, {"https": "http://machines:1"}, monkeypatch) == asked


@pytest.mark.parametrize(
    ("words", "environ", "found"),
    [
        ((), {}, (3, 2700.0, 50)),
        ((), {"JOBS": "5", "TIME_LIMIT": "1h", "MAX_PAGES": "7"}, (5, 3600.0, 7)),
        (("--jobs", "1", "--time-limit", "10s", "--max-pages", "2"), {"JOBS": "5"}, (1, 10.0, 2)),
    ],
)
def test_budgets_of_the_file_are_beaten_by_the_environment_and_both_by_the_command_line(
    words: tuple[str, ...],
    environ: dict[str, str],
    found: tuple[int, float, int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Any] = []

    def one(request: Any, **_: Any) -> crawled.Told:
        asked.append(request)
        return crawled.Told(0, "")

    monkeypatch.setattr(crawled, "one", one)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bayegan.toml").write_text('[budget]\njobs = 3\ntime_limit = "45m"\nmax_pages = 50\n')
    variables = {f"BAYEGAN_BUDGET_{name}": value for name, value in environ.items()}
    done = CliRunner().invoke(app, ["crawl", "shabestan", *words], env=variables)
    assert done.exit_code == 0, done.output
    assert [(one.limits.jobs, one.limits.seconds, one.limits.pages) for one in asked] == [found]


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        (
            "scrapy.DOWNLOAD_TIMEOUT = 'soon'",
            (),
            "DOWNLOAD_TIMEOUT=soon ({file}:1) cannot be used: could not convert string to float: 'soon'.\n",
        ),
        (
            "scrapy.DOWNLOAD_TIMEOUT = 'soon'",
            ("--set", "DOWNLOAD_TIMEOUT=later"),
            "DOWNLOAD_TIMEOUT=later (--set) cannot be used: could not convert string to float: 'later'.\n",
        ),
        (
            "scrapy.EXTENSIONS = 'x'",
            (),
            "EXTENSIONS=x ({file}:1) cannot be used: Expecting value: line 1 column 1 (char 0).\n",
        ),
        (
            "scrapy.MY_TOKEN = 'geheim'\nscrapy.HTTPCACHE_ENABLED = 'often'",
            (),
            "MY_TOKEN=… ({file}:1) or HTTPCACHE_ENABLED=often ({file}:2) cannot be used.\n",
        ),
    ],
)
def test_a_setting_that_only_scrapy_finds_wrong_is_told_with_its_place(
    text: str, words: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    homes = {"shabestan": "http://127.0.0.1:9"}
    done = crawl(tmp_path, text, "shabestan", "--archive", str(tmp_path / "x.db"), *words, homes=homes)
    assert (done.code, done.said) == (2, said.format(file=tmp_path / "bayegan.toml"))


def test_a_setting_that_is_wrong_for_one_agency_harms_no_other(hostile: Hostile, tmp_path: Path) -> None:
    homes = {name: hostile(site=SMALL).url for name in ("irna", "shabestan")}
    text = f"{HASTE}\nagency.irna.scrapy.DOWNLOAD_TIMEOUT = 'soon'"
    done = crawl(tmp_path, text, *homes, "--archive", str(tmp_path / "x.db"), "--json", homes=homes)
    assert {name: (one["exit"], one["held"]) for name, one in summaries(done).items()} == {
        "irna": (2, 0),
        "shabestan": (0, 6),
    }
    assert "irna: DOWNLOAD_TIMEOUT=soon (" in done.said
    assert done.code == 2


def test_what_is_set_stands_above_an_agencys_own_file_and_below_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "bayegan.toml"
    file.write_text("delay = 2\nscrapy.DEFAULT_REQUEST_HEADERS = {Accept-Language = 'en'}\n", encoding="utf-8")
    settings = Settings({"DEFAULT_REQUEST_HEADERS": {"Accept": "*/*", "Accept-Language": "fa"}}, priority="project")
    settings.set("DOWNLOAD_DELAY", 4.0, priority="spider")  # as an agency's file does
    apply(read(file, {}), settings, "irna")
    assert settings.getfloat("DOWNLOAD_DELAY") == 2.0
    assert dict(settings["DEFAULT_REQUEST_HEADERS"]) == {"Accept": "*/*", "Accept-Language": "en"}
    settings.set("DOWNLOAD_DELAY", "1", priority="cmdline")
    assert settings.getfloat("DOWNLOAD_DELAY") == 1.0


def test_scrapys_own_command_goes_by_the_same_file(hostile: Hostile, tmp_path: Path) -> None:
    (tmp_path / "bayegan.toml").write_text(f"archive = 'news.db'\n{HASTE}", encoding="utf-8")
    words = [sys.executable, "-m", "scrapy", "crawl", "shabestan", "-a", f"home={hostile(site=SMALL).url}"]
    environ = os.environ | {"SCRAPY_SETTINGS_MODULE": "crawler.settings"}
    done = subprocess.run(words, cwd=tmp_path, env=environ, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert rows(tmp_path / "news.db", "select count(*) from articles") == [(6,)]
