"""Serves an example site over loopback, in a thread, for as long as a ``with`` block lasts."""

from __future__ import annotations

import socket
import time
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

import uvicorn

from bayegan.example.app import Example
from bayegan.example.corpus import default_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayegan.example.story import Site

_START_SECONDS = 10.0
_STOP_SECONDS = 10.0


class PortTakenError(OSError):
    """The example site cannot be served where it was to be: something else listens there, or nothing can."""


@contextmanager
def serve_example(site: Site | None = None, *, port: int = 0, host: str = "127.0.0.1") -> Iterator[Example]:
    """Serve a site (the default one of 40 stories) and yield it; ``url`` is its address without a final slash.

    Port 0 takes any that is free. Raises PortTakenError.
    """
    with serve(Example(default_site() if site is None else site), port=port, host=host) as running:
        yield running


@contextmanager
def serve(example: Example, *, port: int = 0, host: str = "127.0.0.1") -> Iterator[Example]:
    """The same for an application that is there already."""
    listener = _listen(host, port)
    example.url = f"http://{host}:{listener.getsockname()[1]}"
    server = uvicorn.Server(
        uvicorn.Config(
            example,
            http="h11",
            loop="asyncio",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
    )
    thread = Thread(target=server.run, args=([listener],), name="example site", daemon=True)
    thread.start()
    try:
        _await_start(server, thread)
        yield example
    finally:
        # A client may hold an answer half read: it is not waited for.
        server.should_exit = server.force_exit = True
        thread.join(_STOP_SECONDS)


def _listen(host: str, port: int) -> socket.socket:
    # With its protocol named: asyncio turns Nagle's delay off (40 ms an answer) only for sockets that say they are TCP.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:  # the second where the port is no number of a port
        listener.close()
        reason = getattr(error, "strerror", None) or error
        raise PortTakenError(
            f"The example site cannot be served at {host}:{port} ({reason}); choose another --port."
        ) from error
    return listener


def _await_start(server: uvicorn.Server, thread: Thread) -> None:
    patience = time.monotonic() + _START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > patience:
            raise RuntimeError("The example site did not start.")
        time.sleep(0.005)
