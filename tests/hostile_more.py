"""More ways for a site to misbehave: bombs, answers that break off, listings of poison.

Twists for ``hostile_site.Twisted``, and ``Wire``: a server that puts bytes on the wire which no honest server would.
"""

from __future__ import annotations

import asyncio
import gzip
import re
import socket
import struct
from contextlib import contextmanager
from dataclasses import dataclass, replace
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qsl, unquote

import brotli
from hostile_site import Twist, Twisted, listings

from bayegan.example.answering import HTML, XML, Request, Response

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayegan.example import Example, Site
    from bayegan.example.app import Receive, Send

_BOMB = 100 * 1024 * 1024  # bytes; on the wire they are a few hundred thousand, or a few hundred


@dataclass(frozen=True, slots=True, kw_only=True)
class Dripping(Response):
    """An answer that sends a byte now and then, forever."""


class Dripper(Twisted):
    async def deliver(self, response: Response, receive: Receive, send: Send) -> None:
        if not isinstance(response, Dripping):
            await super().deliver(response, receive, send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
        for _ in range(600):
            await send({"type": "http.response.body", "body": b" ", "more_body": True})
            await asyncio.sleep(0.1)


def _squeezed_by_brotli() -> bytes:
    press = brotli.Compressor(quality=1)
    pressed = [press.process(b"\0" * 1024 * 1024) for _ in range(_BOMB // 1024 // 1024)]
    return b"".join((*pressed, press.finish()))


def _encoded(coding: str, body: bytes) -> Response:
    return Response(body=body, headers=(("content-encoding", coding),))


def by_code(responses: dict[str, Response]) -> Twist:
    """Each of these articles answers in its own way."""

    def twist(site: Twisted, request: Request) -> Response:
        code = request.path.split("/")[2] if request.path.count("/") > 1 else ""
        if code in responses and request.path.startswith("/news/"):
            return responses[code]
        return circle(request) if code == CIRCLE else site.plain(request)

    return twist


CIRCLE = "1001715"


def circle(request: Request) -> Response:
    """A redirect to itself that sets another cookie each time: no client ever has the right one."""
    had = int(request.headers.get("cookie", "round=0").partition("round=")[2] or "0")
    return Response(status=302, headers=(("location", f"/news/{CIRCLE}/a"), ("set-cookie", f"round={had + 1}; Path=/")))


def bombs() -> Twist:
    return by_code(
        {
            "1001701": _encoded("gzip", gzip.compress(b"\0" * _BOMB, 1)),
            "1001703": _encoded("br", _squeezed_by_brotli()),
            "1001705": _encoded("gzip", gzip.compress(gzip.compress(b"\0" * _BOMB, 1))),
            "1001707": _encoded("gzip", b"this is no gzip"),
            "1001709": Dripping(),
            "1001711": Response(status=302, headers=(("location", "/news/1001713/b"),)),
        }
    )


_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
_ENTITIES = f'<!DOCTYPE x [<!ENTITY l0 "ha">{_LAUGHS}<!ENTITY file SYSTEM "file:///etc/hostname">'
_OUTSIDE = '<!ENTITY net SYSTEM "{home}/news/666"><!ENTITY % dtd SYSTEM "{home}/news/667"> %dtd;]>'


def poisoned(where: dict[str, str]) -> Twist:
    """What these paths answer gets a document type full of entities and, before the first ``where``, uses of them."""

    def twist(site: Twisted, request: Request) -> Response:
        response = site.plain(request)
        if request.path not in where:
            return response
        head, _, rest = response.body.decode().partition("?>")
        use = "<item><link>&file;&net;{0}</link></item><url><loc>&file;&net;{0}</loc></url>".format("&l11;")
        rest = rest.replace(where[request.path], use + where[request.path], 1)
        types = _ENTITIES + _OUTSIDE.format(home=request.home)
        return replace(response, body=f"{head}?>{types}{rest}".encode())

    return twist


def foreign(count: int) -> Twist:
    """No archive, and a sitemap index that names this many leaves of other sites, some of them broken addresses."""

    def twist(site: Twisted, request: Request) -> Response:
        response = site.plain(request)
        if listings(request):
            return Response(status=404)
        if not request.path.startswith("/sitemap/"):
            return response
        tag = "sitemap" if b"<sitemapindex" in response.body else "url"
        rows = "".join(
            f"<{tag}><loc>https://h{n}.example/news/{n}/x</loc></{tag}>"
            for n in range(count if tag == "sitemap" else 100)
        )
        rows += f"<{tag}><loc>http://[::1/news/5/x</loc></{tag}><{tag}><loc>https://10.0.0.1/news/6</loc></{tag}>"
        body = response.body.replace(f"<{tag}>".encode(), f"{rows}<{tag}>".encode(), 1)
        return replace(response, body=body)

    return twist


def heavy(count: int, *, coded: bool) -> Twist:
    """The sitemap of the newest begins with this many addresses of other sites, packed: as it travels, or as a file."""

    def twist(site: Twisted, request: Request) -> Response:
        response = site.plain(request)
        if request.path != "/sitemap/news/sitemap.xml":
            return response
        rows = "".join(f"<url><loc>https://h{n}.example/news/{n}/x</loc></url>" for n in range(count))
        body = gzip.compress(response.body.replace(b"<url>", rows.encode() + b"<url>", 1), 1)
        return replace(response, body=body, headers=(("content-encoding", "gzip"),) if coded else ())

    return twist


def listed_as(hrefs: dict[str, str]) -> Twist:
    """The archive names these codes by other addresses."""

    def twist(site: Twisted, request: Request) -> Response:
        response = site.plain(request)
        if request.path != "/archive":
            return response
        body = response.body.decode()
        for code, href in hrefs.items():
            body = re.sub(rf'href="/\w+/{code}/[^"]*"', lambda _, href=href: f'href="{href}"', body)  # type: ignore[misc]
        return replace(response, body=body.encode())

    return twist


class Wire:
    """An example site behind a socket of our own; ``raw`` are the bytes for some codes, ``heard`` all headers."""

    def __init__(self, site: Example, raw: dict[str, bytes], more: bytes = b"") -> None:
        self.site, self.raw, self.more = site, raw, more
        self.heard: list[dict[str, str]] = []
        self.paths: list[str] = []

    def answer(self, target: str, headers: dict[str, str]) -> bytes:
        path, _, query = target.partition("?")
        self.heard.append(headers)
        self.paths.append(target)
        code = path.split("/")[2] if path.startswith("/news/") else ""
        if code in self.raw:
            return self.raw[code]
        request = Request(path=unquote(path), query=dict(parse_qsl(query)), headers=headers, again=True)
        return self._bytes(self.site.answer(request))

    def _bytes(self, response: Response) -> bytes:
        named = "".join(f"{name}: {value}\r\n" for name, value in response.headers if name != "etag")
        head = f"HTTP/1.1 {response.status} X\r\nContent-Type: {response.content_type}\r\n{named}"
        return head.encode("latin-1") + self.more + b"Content-Length: %d\r\n\r\n" % len(response.body) + response.body


class _Handler(StreamRequestHandler):
    def handle(self) -> None:
        wire = cast("_Server", self.server).wire
        target = self.rfile.readline().decode("latin-1").split(" ")[1]
        headers = {}
        while line := self.rfile.readline().decode("latin-1").strip("\r\n"):
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        said = wire.answer(target, headers)
        if said.endswith(RESET):
            self.wfile.write(said.removesuffix(RESET))
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return
        self.wfile.write(said)


RESET = b"\0reset\0"  # at the end of what is sent: the connection is reset there
TOO_LONG = f"HTTP/1.1 200 OK\r\nContent-Type: {HTML}\r\nContent-Length: 100000\r\n\r\n<html>".encode()
BROKEN_OFF = TOO_LONG + RESET
NO_HTTP = b"SSH-2.0-OpenSSH_9.6\r\n"
NOT_A_LENGTH = f"HTTP/1.1 200 OK\r\nContent-Type: {HTML}\r\nContent-Length: many\r\n\r\n<html>".encode()
TWO_LENGTHS = f"HTTP/1.1 200 OK\r\nContent-Type: {XML}\r\nContent-Length: 1\r\nContent-Length: 7\r\n\r\n<html>".encode()


class _Server(ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    wire: Wire

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no news."""


@contextmanager
def on_the_wire(wire: Wire) -> Iterator[str]:
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.wire = wire
        thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join(5)


def entitled(site: Site, titles: dict[str, str]) -> Site:
    """The same site, with these titles."""
    return replace(
        site, stories=tuple(replace(s, title=titles[s.code]) if s.code in titles else s for s in site.stories)
    )
