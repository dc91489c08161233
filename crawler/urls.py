"""Addresses: the news code in one, its canonical form, and a mirror that stands in for an agency's home."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urljoin, urlsplit

if TYPE_CHECKING:
    from urllib.parse import SplitResult

# What may stand in the path of a canonical address beside letters: Persian slugs are shown as written, so that
# the raw and the percent-encoded form of one slug are one address.
_UNSAFE = re.compile(r"[\x00-\x20\x7f\"<>\\^`{|}%?#\u2028\u2029]")

_ENCODED = {letter: quote(letter, safe="") for letter in map(chr, range(0x202A)) if _UNSAFE.match(letter)}
_SLASH = re.compile("%2F", re.IGNORECASE)
# Python checks what a host is in every spelling of its letters, in a time that grows with the square of their marks.
# No host is so long, whatever its letters: else an address would lose its host with the first letter that is decoded.
_LONG_HOST = re.compile(r"[^/?#]*/[\t\r\n]*/[^/?#]{300}")
# Of a path that may name an article: servers and browsers take hardly more (RFC 9110, 4.1), and every pattern is tried.
_MOST_LETTERS = 8_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """How a family writes the address of an article.

    ``patterns`` match a path and name its ``code`` and, where the address says more, its ``folder`` and ``slug``.
    ``folders`` are those of canonical addresses (``/<folder>/<code>/<slug>``), the first where a pattern names none of
    them; without folders the canonical path is the one that was written. ``alone`` is the path of a code of which
    nothing else is known, as in ``/a/{code}.html``; by default ``/<first folder>/{code}``. It may be a whole address,
    for who has a host for short links.
    """

    patterns: tuple[str, ...]
    folders: tuple[str, ...] = ()
    alone: str = ""

    def match(self, path: str, more: tuple[str, ...] = ()) -> re.Match[str] | None:
        """``more`` are an agency's own patterns: they beat the family's. All are matched with letters as written."""
        written = readable_path(path) if _UNSAFE.search(path) else path
        if len(written) > _MOST_LETTERS:
            return None
        return next((m for pattern in (*more, *self.patterns) if (m := _compiled(pattern).match(written))), None)

    def path(self, code: str) -> str:
        """The canonical path of a code of which nothing else is known."""
        folder = f"/{self.folders[0]}/" if self.folders else "/"
        return (self.alone or folder + "{code}").format(code=code.lstrip("/"))

    def canonical(self, path: str, more: tuple[str, ...] = ()) -> str | None:
        """The canonical path of an article's; None where the path names no article, or would be too long to name it."""
        found = self.match(path, more)
        written = self._canonical(found, path, more) if found else None
        return written if written and len(written) <= _MOST_LETTERS else None

    def _canonical(self, found: re.Match[str], path: str, more: tuple[str, ...]) -> str:
        if not self.folders:
            return self.path(found["code"]) if self.alone and found.re.pattern in more else readable_path(path)
        named = found.groupdict()
        folder = named.get("folder") if named.get("folder") in self.folders else self.folders[0]
        slug = readable_path(named.get("slug") or "")
        return f"/{folder}/{named['code']}/{slug}" if slug else f"/{folder}/{named['code']}"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def readable_path(path: str) -> str:
    """A path with its letters as written and everything that would change its meaning still encoded.

    >>> readable_path("/news/7/%D8%B4%DB%8C%D8%B1%D8%A7%D8%B2-%3F")
    '/news/7/شیراز-%3F'
    """
    parts = _SLASH.split(path)  # an encoded slash is a letter of its slug
    return "%2F".join(_UNSAFE.sub(lambda found: _ENCODED[found[0]], unquote(part, errors="replace")) for part in parts)


def host_of(url: str) -> str:
    """The host of an address in lower case, without ``www.``; '' where there is none or the address is broken."""
    try:
        host = split(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def path_of(url: str) -> str:
    """The path alone: no query, no anchor. '' where the address is broken."""
    try:
        return split(url).path
    except ValueError:
        return ""


def split(url: str) -> SplitResult:
    """The parts of an address; raises ValueError for a broken one."""
    if _LONG_HOST.match(url):
        raise ValueError("no host is so long")
    return urlsplit(url)


def joined(page: str, link: str) -> str:
    """The whole address of a link on a page; raises ValueError for a broken one, or one with half letters."""
    split(page)
    split(link)
    whole = urljoin(page, link)
    whole.encode()
    return whole


def is_web(url: str) -> bool:
    return url.lower().startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class Home:
    """An agency's own home, and the mirror (or test site) that stands in for it, if any."""

    own: str
    stand_in: str | None = None

    @property
    def base(self) -> str:
        """Where requests go, without a slash at the end."""
        return (self.stand_in or self.own).rstrip("/")

    def to_fetch(self, url: str) -> str:
        """The address to ask for an address of the agency.

        >>> Home("https://shabestan.news", "http://127.0.0.1:8000").to_fetch("https://shabestan.news/news/7")
        'http://127.0.0.1:8000/news/7'
        """
        if self.stand_in is None:
            return url
        return self.base + _after_host(url).partition("#")[0]

    def to_own(self, url: str) -> str:
        """The agency's own address for one that names the mirror; any other address is left alone."""
        if self.stand_in is None or not _same_place(url, self.stand_in):
            return url
        return self.own.rstrip("/") + _after_host(url)

    def join(self, link: str, page: str = "") -> str:
        """The agency's own absolute address for a link found on ``page`` (an own address or the mirror's).

        '' for a broken one: it costs its own article, not the whole listing.
        """
        try:
            return self.to_own(joined(page or self.base + "/", link.strip()))
        except ValueError:  # http://[::1/news/7
            return ""


def _same_place(url: str, home: str) -> bool:
    """Whether both name the same host and the same port."""
    try:
        return split(url).netloc.lower() == split(home).netloc.lower()
    except ValueError:
        return False


def _after_host(url: str) -> str:
    """Path, query and anchor as they stand there: a path may begin with two slashes, and is no host then."""
    parts = split(url)
    query = f"?{parts.query}" if parts.query else ""
    return parts.path + query + (f"#{parts.fragment}" if parts.fragment else "")
