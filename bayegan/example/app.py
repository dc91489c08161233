"""The running example site: a plain ASGI application around what it answers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import replace
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl, unquote

from bayegan.example.answering import JSON, Request, Response, View, answer, view_of
from bayegan.example.story import Site, State

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

CONTROL = "/_example/"


class Example:
    """A site that is being served: ``publish``, ``edit`` and ``withdraw`` change what it shows from then on.

    The same can be asked for over HTTP: ``POST /_example/publish?n=3``, ``POST /_example/edit`` and
    ``POST /_example/withdraw?code=1001777``. ``requests`` are the paths (with queries, decoded) in the order in which
    they were asked for; ``url`` is '' until the site is served.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self.state = State()
        self.requests: list[str] = []
        self.url = ""
        self._asked: set[str] = set()
        self._lock = Lock()
        self.view: View = view_of(site, self.state)

    def publish(self, count: int = 1) -> None:
        """Publish the next ``count`` stories."""
        with self._lock:
            self._become(replace(self.state, published=self.state.published + count))

    def edit(self) -> None:
        """Make another edition of the stories that change."""
        with self._lock:
            self._become(replace(self.state, edits=self.state.edits + 1))

    def withdraw(self, code: str) -> None:
        """Take a story away: it is listed nowhere any more, and its page is not found."""
        with self._lock:
            self._become(replace(self.state, withdrawn=self.state.withdrawn | {code}))

    def answer(self, request: Request) -> Response:
        """What is answered to a request; sites that misbehave answer something else."""
        return answer(self.view, request)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].startswith(CONTROL):
            await self._send(self._control(scope), send)
            return
        response = self.answer(self._request(scope))
        await asyncio.sleep(response.delay)
        await self.deliver(response, receive, send)

    async def deliver(self, response: Response, receive: Receive, send: Send) -> None:  # noqa: ARG002  an endless body listens
        """Put a response on the wire."""
        await self._send(response, send)

    def _become(self, state: State) -> None:
        self.state, self.view = state, view_of(self.site, state)

    def _request(self, scope: Scope) -> Request:
        path, query = scope["path"], scope["query_string"].decode("ascii")
        again = path in self._asked
        self._asked.add(path)
        self.requests.append(f"{path}?{unquote(query)}" if query else path)
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        return Request(path=path, query=dict(parse_qsl(query)), headers=headers, again=again)

    def _control(self, scope: Scope) -> Response:
        query = dict(parse_qsl(scope["query_string"].decode("ascii")))
        commands: dict[str, Callable[[], None]] = {
            "publish": lambda: self.publish(int(query.get("n", "1"))),
            "edit": self.edit,
            "withdraw": lambda: self.withdraw(query["code"]),
        }
        command = commands.get(scope["path"].removeprefix(CONTROL))
        if command is None or scope["method"] != "POST":
            return _said(404, error="There are POST /_example/publish?n=3, edit and withdraw?code=CODE.")
        try:
            command()
        except (KeyError, ValueError):
            return _said(400, error="publish takes n, a number; withdraw takes code.")
        return _said(200, published=self.state.published, edits=self.state.edits, stories=len(self.view.stories))

    async def _send(self, response: Response, send: Send) -> None:
        headers = [(name.encode(), value.encode("latin-1")) for name, value in response.headers]
        headers.append((b"content-type", response.content_type.encode()))
        headers.append((b"content-length", str(len(response.body)).encode()))
        await send({"type": "http.response.start", "status": response.status, "headers": headers})
        await send({"type": "http.response.body", "body": response.body})


def _said(status: int, **what: object) -> Response:
    return Response(status=status, body=json.dumps(what).encode(), content_type=JSON)
