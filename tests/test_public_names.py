"""Names that resolve to private addresses: what the resolver says is put into its cache, nobody is asked."""

from __future__ import annotations

import json
import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from crawls import Crawled, command
from scrapy import Request
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.resolver import dnscache
from scrapy.settings import Settings
from twisted.internet.error import DNSLookupError

from crawler.public_names import REFUSED, PrivateNames, PublicNames, is_public

if TYPE_CHECKING:
    from pathlib import Path

    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase

    from bayegan.example import Example

PRIVATE = ("10.0.0.1", "10.10.34.35", "127.0.0.1", "169.254.169.254", "172.16.0.1", "192.168.1.1", "0.0.0.0")


def spider(stand_in: str | None) -> Any:
    return SimpleNamespace(site=SimpleNamespace(stand_in=stand_in))


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> PublicNames:
    monkeypatch.setattr("crawler.public_names.getproxies", lambda: {"http": "http://proxy.test:3128"})
    monkeypatch.setattr("crawler.public_names.REFUSED", {})
    process = SimpleNamespace(
        settings=Settings(),
        crawlers=[
            SimpleNamespace(spider=spider("http://Mirror.test:8000"), settings=Settings()),
            SimpleNamespace(
                spider=spider(None), settings=Settings({"BAYEGAN_PROXY": "http://me:word@own-proxy.test:8080"})
            ),
            SimpleNamespace(spider=None, settings=Settings({"BAYEGAN_PROXY": "direct"})),  # it is being built
        ],
    )
    return PublicNames.from_crawler(cast("Crawler", process), cast("ReactorBase", None))


def resolve(resolver: PublicNames, name: str, address: str) -> Any:
    dnscache[name] = address
    said: list[Any] = []
    try:
        resolver.getHostByName(name).addBoth(said.append)
    finally:
        del dnscache[name]
    return said[0]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_leads_to_a_private_address_is_refused_with_the_address(
    resolver: PublicNames, address: str
) -> None:
    failure = resolve(resolver, "shabestan.news", address)
    assert failure.check(DNSLookupError)
    assert f"shabestan.news resolves to the private address {address}" in failure.getErrorMessage()


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("shabestan.news", "93.184.215.14"),
        ("mirror.test", "192.168.1.7"),
        ("proxy.test", "10.0.0.3"),
        ("own-proxy.test", "10.0.0.4"),
    ],
)
def test_public_names_the_stand_in_the_machines_proxy_and_an_agencys_own_resolve(
    resolver: PublicNames, name: str, address: str
) -> None:
    assert resolve(resolver, name, address) == address


@pytest.mark.parametrize("name", ["sub.mirror.test", "mirror.test.shabestan.news", "localhost"])
def test_a_name_like_the_stand_in_is_no_exception(resolver: PublicNames, name: str) -> None:
    assert resolve(resolver, name, "127.0.0.1").check(DNSLookupError)


@pytest.mark.parametrize("address", ["::1", "fe80::1", "fc00::1", "224.0.0.1", "ff02::1"])
def test_addresses_of_the_sixth_version_and_of_many_are_not_public(address: str) -> None:
    assert not is_public(address)


def test_a_refused_name_is_no_fault_that_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(REFUSED, "shabestan.news", "10.0.0.1")
    request, error = Request("https://shabestan.news/news/1"), CannotResolveHostError("not found")
    with pytest.raises(IgnoreRequest, match=r"shabestan\.news resolves to the private address 10\.0\.0\.1"):
        PrivateNames().process_exception(request, error)
    PrivateNames().process_exception(request.replace(url="https://elsewhere.example/"), error)
    PrivateNames().process_exception(request, TimeoutError())


def named(home: str, archive: Path) -> Crawled:
    """A crawl in which every name resolves to this machine, without a question to anybody."""
    code = "import socket; socket.gethostbyname = lambda name: '127.0.0.1'; from bayegan.cli import main; main()"
    words = command(home, archive)[3:]
    if not home:
        place = words.index("--home")
        del words[place : place + 2]
    asked = [sys.executable, "-c", code, *words]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False)
    return Crawled(done.returncode, json.loads(done.stdout) if done.stdout.strip() else {}, done.stderr)


def test_a_crawl_asks_its_home_under_a_private_name_and_no_agency_there(example: Example, tmp_path: Path) -> None:
    mirror = named(example.url.replace("127.0.0.1", "mirror.test"), tmp_path / "x.db")
    assert (mirror.code, mirror.held > 0) == (0, True), mirror.said
    before = len(example.requests)
    refused = named("", tmp_path / "y.db")
    assert refused.code == 3
    assert "shabestan.news resolves to the private address 127.0.0.1" in refused.said
    assert "Traceback" not in refused.said
    assert len(example.requests) == before
