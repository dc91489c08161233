"""Captures that the Wayback Machine handed on: whose page it was, when, and the page without what was put into it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

# https://web.archive.org/web/20201207083000id_/http://shabestan.ir/…: when, how it is served, and what.
ADDRESS: Final = re.compile(r"https?://web\.archive\.org(?::\d+)?/web/(\d{1,14})([a-z]{2}_)?/(.+)", re.DOTALL)
AS_SERVED: Final = "id_"  # the only manner in which nothing is put into the page
MOMENT: Final = "%Y%m%d%H%M%S"
DIGITS: Final = 14
SCRIPTS: Final = re.compile(
    rb"<script[^<>]{0,200}?archive\.org/[^<>]{0,200}?>(?:(?!<script).){0,20000}?"
    rb"<!-- End Wayback Rewrite JS Include -->\s?",
    re.DOTALL,
)
TOOLBAR: Final = (b"<!-- BEGIN WAYBACK TOOLBAR INSERT -->", b"<!-- END WAYBACK TOOLBAR INSERT -->")
LINK: Final = re.compile(rb"(?:https?:)?(?://web\.archive\.org)?/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?://)")


class Original(NamedTuple):
    """What was captured: its own address, the time as 14 digits (fewer, where the address says no more)."""

    url: str
    written: str
    as_served: bool


def original(url: str) -> Original | None:
    """What an address of the Wayback Machine stands for; None for any other address.

    >>> original("https://web.archive.org/web/20201207083000id_/http://shabestan.ir/news/7").url
    'http://shabestan.ir/news/7'
    """
    found = ADDRESS.match(url)
    if found is None:
        return None
    target = found[3] if "://" in found[3][:8] else f"http://{found[3]}"
    return Original(target, found[1], found[2] == AS_SERVED)


def moment(capture: Original, headers: Mapping[str, str]) -> datetime | None:
    """When the page was captured, as its address or the Memento header says; None where neither does."""
    try:
        if len(capture.written) == DIGITS:
            return datetime.strptime(capture.written, MOMENT).replace(tzinfo=UTC)
        at = parsedate_to_datetime(headers.get("memento-datetime", ""))
    except (ValueError, OverflowError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)  # «-0000» says UTC, and of no place


def cleaned(body: bytes) -> bytes:
    """The page as the site served it, as nearly as it can be had: no toolbar, and links that lead to the site."""
    return LINK.sub(b"", _without_toolbar(SCRIPTS.sub(b"", body)))


def _without_toolbar(body: bytes) -> bytes:
    """A page has one; looked for by hand, since a pattern would search the whole page again at each beginning."""
    begin, end = TOOLBAR
    before, _, rest = body.partition(begin)
    _, closed, after = rest.partition(end)
    return before + after if closed else body
