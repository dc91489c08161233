"""A watch that raises the alarm when it hears nothing (Healthchecks and its like): told when a crawl begins and ends.

The addresses are those of https://healthchecks.io/docs/http_api/: ``/start`` before, ``/<exit code>`` after, of which 0
is success and all others failure; what is sent along is what the crawl has to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING, Final
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from bayegan import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE: Final = 10.0  # seconds: a watch that is down must not hold a crawl up
MOST: Final = 10_000  # bytes that are sent along, as many as Healthchecks keeps by default


@dataclass(frozen=True, slots=True)
class Watch:
    """``url`` is the address of the check; ``say`` hears why it could not be told, which is no failure of a crawl."""

    url: str
    say: Callable[[str], None]
    patience: float = PATIENCE

    def begins(self) -> None:
        self._tell("start", "")

    def ended(self, code: int, said: str = "") -> None:
        self._tell(str(code), said)

    def _tell(self, step: str, said: str) -> None:
        body = said.encode()[:MOST].decode(errors="ignore").encode()  # no half letter
        parts = urlsplit(self.url)
        url = parts._replace(path=f"{parts.path.rstrip('/')}/{step}").geturl()
        request = Request(url, body, {"User-Agent": f"bayegan/{__version__}"})  # noqa: S310 -- http alone: the settings say so
        try:
            with urlopen(request, timeout=self.patience) as answer:  # noqa: S310
                answer.read(1)
        except (OSError, HTTPException, ValueError) as error:
            self.say(f"The watch at {parts.hostname} could not be told of the crawl: {_why(error)}.")


def _why(error: Exception) -> str:
    if isinstance(error, HTTPError):
        error.close()
        return f"HTTP {error.code}"
    reason = getattr(error, "reason", None) or error
    return getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
