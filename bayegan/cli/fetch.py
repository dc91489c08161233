"""One page from the net, for ``bayegan read``: politely, over http or https alone, and not without end."""

from http.client import HTTPException
from typing import Final
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import (
    BaseHandler,
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from crawler.errors import BayeganError
from crawler.settings import DOWNLOAD_MAXSIZE, DOWNLOAD_TIMEOUT, USER_AGENT

HANDLERS: Final[tuple[type[BaseHandler], ...]] = (
    ProxyHandler,
    HTTPHandler,
    HTTPSHandler,
    HTTPRedirectHandler,
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    UnknownHandler,
)


def fetch(url: str) -> tuple[bytes, str]:
    """The bytes that an http or https address serves, and where redirects led; BayeganError where it cannot be had."""
    try:
        with _opener().open(_request(url), timeout=DOWNLOAD_TIMEOUT) as answered:
            body, address = answered.read(DOWNLOAD_MAXSIZE + 1), answered.url
    except HTTPError as error:
        error.close()
        raise BayeganError(f"{url} answered {error.code} ({error.reason}): check the address.") from error
    except (OSError, HTTPException, ValueError) as error:
        cause = getattr(error, "reason", error)
        reason = getattr(cause, "strerror", None) or cause
        raise BayeganError(f"{url} could not be fetched ({reason}): check the address and the network.") from error
    if len(body) > DOWNLOAD_MAXSIZE:
        raise BayeganError(f"{url} is larger than {DOWNLOAD_MAXSIZE >> 20} MB: no article is.")
    return body, address


def _request(url: str) -> Request:
    """The address with its Persian letters escaped; those that are escaped already stay."""
    headers = {"User-Agent": USER_AGENT, "Accept": "text/html,application/xhtml+xml", "Accept-Encoding": "identity"}
    return Request(quote(url, safe="%/:=&?~#+!$,;'@()*[]"), headers=headers)  # noqa: S310 -- the opener knows http(s) alone


def _opener() -> OpenerDirector:
    """An opener that knows no ``file:`` and no ``ftp:``, not even by a redirect."""
    opener = OpenerDirector()
    for handler in HANDLERS:
        opener.add_handler(handler())
    return opener
