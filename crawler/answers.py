"""What a site's answer, or the lack of one, says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scrapy import Selector
from scrapy.spidermiddlewares.httperror import HttpError

if TYPE_CHECKING:
    from scrapy.http import Response, TextResponse
    from twisted.python.failure import Failure

NOT_MODIFIED = 304
BLOCKED_STATUS = frozenset({401, 403, 429})
ABSENT_STATUS = frozenset({404, 410})
REDIRECTS = frozenset({301, 302, 303, 307, 308})

# What Scrapy and Twisted put around their words: the address, which the row has already, and the names of their types.
# Where the page led to is no such address.
_WRAPPING = (
    (re.compile(r"^(?:DownloadCancelledError$|.* larger than download max size ).*$"), "It is larger than is taken"),
    (re.compile(r"^Ignored response .* exceeded DOWNLOAD_MAXSIZE .*$"), "It unpacks to more than is taken"),
    (re.compile(r"<\d+ https?://[^\s>]+>|(?<!away from the site, to )https?://\S+"), "it"),
    (re.compile(r"\[?<twisted\.python\.failure\.Failure [\w.]+: (.*?)>\]?"), r"\1"),
    (re.compile(r"^.*'certificate verify failed'.*$"), "Its certificate is none that this machine trusts"),
    (re.compile(r"\[\('SSL routines', '[^']*', '([^']*)'\)\]"), r"TLS: \1"),
    (re.compile(r"^ResponseDataLossError$"), "The answer broke off before its end"),
)


def status_of(failure: Failure) -> int | None:
    """The status of an answer that was no success; None where there was no answer."""
    return failure.value.response.status if isinstance(failure.value, HttpError) else None


def is_absent(failure: Failure) -> bool:
    return status_of(failure) in ABSENT_STATUS


def why(failure: Failure) -> str:
    """A failure in a few words: the status, or what the network said."""
    if (status := status_of(failure)) is not None:
        return f"HTTP {status}" + (", a redirect that leads to no page" if status in REDIRECTS else "")
    said = " ".join(failure.getErrorMessage().split()) or type(failure.value).__name__
    for wrapping, words in _WRAPPING:
        said = wrapping.sub(words, said)
    return said.rstrip(".")[:200]


def header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def as_html(response: TextResponse) -> Selector:
    """A page as HTML, whatever it calls itself: read as XML, half a letter on it would cost the whole listing."""
    return Selector(response, type="html")


def asking_still(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """The headers that ask whether an answer is still what it was; none where the site does not say."""
    said = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in said.items() if value}


def still(response: Response) -> dict[str, str]:
    return asking_still(header(response, "ETag"), header(response, "Last-Modified"))
