"""An agency for a site that no file in ``spiders/`` declares."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from crawler import agencies
from crawler.agencies import Agency
from crawler.errors import UsageError
from crawler.urls import split

if TYPE_CHECKING:
    from tldextract import TLDExtract

_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*|[0-9a-f:.]+")  # a name, also in Persian letters, or an IPv6 address


def undeclared(url: str) -> Agency:
    """The agency of an address that is nobody's that we know: its name and title are its registrable domain.

    A site that is declared is its own agency. Raises UsageError for what is no address on the web.

    >>> undeclared("https://www.example.co.ir/news/7").name
    'example.co.ir'
    """
    parts = _parts(url)
    home = f"{parts.scheme}://{parts.netloc}"
    if (known := agencies.agency_at(url) or agencies.agency_at(home)) is not None:
        return known
    domain = registrable(parts.hostname or "")
    return Agency(name=domain, title=domain, home=home, family="generic", domains=(domain,))


def _parts(url: str) -> SplitResult:
    try:
        parts = split(url.partition("?")[0].partition("#")[0])
        parts = urlsplit(agencies.home_url(parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()))
    except (UsageError, ValueError):
        parts = urlsplit("")
    if not _HOST.fullmatch(parts.hostname or ""):
        raise UsageError(f"«{url}» is no address of a site: give one such as https://example.ir")
    return parts


def registrable(host: str) -> str:
    """The part of a host that somebody registered; the host itself where nobody can (an IP address, localhost).

    >>> registrable("fa.example.test"), registrable("127.0.0.1")
    ('example.test', '127.0.0.1')
    """
    known = _extract()(host).top_domain_under_public_suffix
    labels = host.split(".")
    # Under a top-level domain that is on no list one label is registered (publicsuffix.org).
    return known or (host if labels[-1].isdigit() or ":" in host else ".".join(labels[-2:]))


@cache
def _extract() -> TLDExtract:
    from tldextract import TLDExtract  # noqa: PLC0415 -- a tenth of a second, that only an undeclared site costs

    return TLDExtract(suffix_list_urls=(), cache_dir=None)  # the list that came with it: no network
