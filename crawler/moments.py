"""When an article was published and changed: in the head, or as the page shows it.

A page shows a time in one element or two, behind a label, with the same day in other calendars after it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING

from crawler.dates import read_datetime, read_day
from crawler.document import select, short_line
from crawler.errors import UnreadableDateError
from crawler.markup import alternatives
from crawler.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element as Element

    from crawler.markup import Css
    from crawler.reading import Reading

_LONGEST = 60
_LONGEST_LABELLED = 300
_MOST_TIMES = 100
_SECONDS = re.compile(r"[0-9]{9,10}")
_BETWEEN = re.compile(r"\s+[-–|]\s+")
_LABEL = re.compile(r"[^\d:]{2,40}:\s*(?=\d)")
# «۱۵ دی ۱۴۰۴ - ۰۹:۲۲ - 05 January 2026»: the clock is told, and what follows it is the same day again.
_SAME_DAY = re.compile(r"(?<=\d:\d\d)\s*[-–|]?\s*(?:\d{1,2}\s+[A-Za-z]+|[A-Za-z]+\s+\d{1,2},?)\s+\d{4}$")


def published(r: Reading) -> datetime | None:
    """The meta (UTC), else a local time in the article, else the time as shown; never the time of rendering."""
    inner = (node.get("content", "") for node in select(r.box, "meta[itemprop=datePublished]", r.body))
    head = (r.page.meta(name) or "" for name in ("article:published_time", "datepublished"))
    return _first(written for source in (head, inner, _shown(r, r.css.date)) for written in source)


def modified(r: Reading) -> datetime | None:
    """The meta, else the time as shown."""
    head = (r.page.meta(name) or "" for name in ("article:modified_time", "article:modified", "datemodified"))
    return _first(written for source in (head, _shown(r, r.css.changed)) for written in source)


def _shown(r: Reading, css: Css) -> Iterator[str]:
    return (written for one in alternatives(css) for written in _times(r.boxes(one)) if written)


def _times(nodes: Sequence[Element]) -> Iterator[str]:
    """What elements say of a time, the likeliest to be read first: to machines, then to people."""
    if len(nodes) == 2:  # noqa: PLR2004 -- a day and its clock
        yield " ".join(short_line(node, _LONGEST) for node in nodes)
    yield from chain.from_iterable(map(_forms, nodes[:_MOST_TIMES]))


def _forms(node: Element) -> Iterator[str]:
    yield node.get("datetime", "")
    yield _of_seconds(node.get("data-seconds", ""))
    text = short_line(node, _LONGEST_LABELLED)
    yield text
    yield tidy(node.text or "")  # of a box that was never closed the first words are the time
    yield tidy(" ".join((node.text or "", *(child.tail or "" for child in node))))  # without labels and other calendars
    yield _LABEL.sub("", _SAME_DAY.sub("", text), count=1)
    yield _of_both_calendars(text)


def _of_seconds(written: str) -> str:
    """A moment that is counted in seconds of Unix, with the digits of these decades."""
    return datetime.fromtimestamp(int(written), UTC).isoformat() if _SECONDS.fullmatch(written) else ""


def _of_both_calendars(text: str) -> str:
    """The first half of «۱ مهر ۱۳۹۶ - ۲۳ سپتامبر ۲۰۱۷», where both name the same day."""
    halves = _BETWEEN.split(text)
    if len(halves) != 2 or len(text) > _LONGEST:  # noqa: PLR2004 -- a day in two calendars
        return ""
    try:
        return halves[0] if read_day(halves[0]) == read_day(halves[1]) else ""
    except UnreadableDateError:
        return ""


def _first(written: Iterable[str]) -> datetime | None:
    for one in written:
        if not one or len(one) > _LONGEST:
            continue
        try:
            return read_datetime(one)
        except UnreadableDateError:
            continue
    return None
