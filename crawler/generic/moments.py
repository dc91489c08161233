"""When an article of an unknown site was published and changed."""

from __future__ import annotations

import re
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from crawler.dates import read_datetime
from crawler.document import short_line
from crawler.errors import UnreadableDateError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from lxml.etree import _Element as Element

    from crawler.generic.view import View

    # Where something stands, and what is said there.
    Told = Iterable[tuple[str, str]]

PUBLISHED_METAS = (
    *("article:published_time", "og:article:published_time", "datepublished", "og:published_time", "dc.date.issued"),
    *("dcterms.created", "publish-date", "publish_date", "publishdate", "pubdate", "parsely-pub-date", "sailthru.date"),
)
MODIFIED_METAS = (
    "article:modified_time",
    "og:article:modified_time",
    "datemodified",
    "og:updated_time",
    "last-modified",
)
_LONGEST_DATE = 60
_MOST = 100  # places that are looked at
_DATE_LABEL = re.compile(r"[^\d:]{2,40}:\s*(?=\d)")
_PUBLISHED_LABEL = re.compile(r"(?:تاریخ|زمان)[\s\u200c]+(?:انتشار|درج)")


def published(view: View) -> tuple[str, datetime] | None:
    """What the page states, else what it shows.

    What it shows is better where the page states the day alone, and where both have the same clock in other zones.
    """
    stated = _first_moment([*_of_json(view, "datePublished"), *_of_metas(view, PUBLISHED_METAS), *_itemprops(view)])
    shown = _first_moment(_shown(view))
    if stated and shown and (_is_day_of(stated[1], shown[1]) or _utc_clock(stated[1]) == shown[1].replace(tzinfo=None)):
        return shown
    return stated or shown or _first_moment(_labelled(view))


def modified(view: View) -> tuple[str, datetime] | None:
    return _first_moment([*_of_json(view, "dateModified"), *_of_metas(view, MODIFIED_METAS)])


def _of_json(view: View, key: str) -> Told:
    return ((f"JSON-LD {key}", said) for said in view.stated.texts(key))


def _of_metas(view: View, names: Iterable[str]) -> Told:
    return ((f"meta {name}", said) for name in names if (said := view.page.meta(name)))


def _itemprops(view: View) -> Told:
    for node in view.region.iter("meta", "time", "span", "div"):
        if node.get("itemprop", "").lower() == "datepublished":
            yield (
                "[itemprop=datePublished]",
                node.get("content") or node.get("datetime") or short_line(node, _LONGEST_DATE),
            )


def _shown(view: View) -> Told:
    """Times beside the title and the text: to machines first, then what is named for it."""
    inside = view.text.box if view.text else None
    for node in view.region.iter("time"):
        if inside is None or inside not in node.iterancestors():
            yield "time[datetime]", node.get("datetime", "")
            yield "<time>", short_line(node, _LONGEST_DATE)
    nodes = list(view.having("date"))
    for one, two in pairwise(nodes):
        if one.getparent() is two.getparent():  # the day and its clock
            yield f"{_name(one)}, {_name(two)}", f"{short_line(one, _LONGEST_DATE)} {short_line(two, _LONGEST_DATE)}"
    for node in nodes:
        yield _name(node), short_line(node, _LONGEST_DATE)
        yield _name(node), _DATE_LABEL.sub("", short_line(node, _LONGEST_DATE), count=1)


def _labelled(view: View) -> Told:
    """A time that is called the article's, wherever it stands."""
    for node in view.named.inside(view.page.root, "date"):
        said = short_line(node, _LONGEST_DATE)
        if _PUBLISHED_LABEL.match(said):
            yield _name(node), _DATE_LABEL.sub("", said, count=1)


def _name(node: Element) -> str:
    return f".{node.get('class') or node.get('id')}"


def _is_day_of(day: datetime, moment: datetime) -> bool:
    return not (day.hour or day.minute) and day.date() == moment.date()


def _first_moment(told: Told) -> tuple[str, datetime] | None:
    """The first that can be read; one with a clock before one without."""
    found = [(where, moment) for where, said in islice(told, _MOST) if (moment := _moment(said))]
    timed = (one for one in found if one[1].hour or one[1].minute)
    return next(timed, found[0] if found else None)


def _moment(said: str) -> datetime | None:
    if not said or len(said) > _LONGEST_DATE:
        return None
    try:
        return read_datetime(said)
    except UnreadableDateError:
        return None


def _utc_clock(moment: datetime) -> datetime:
    """What the clock of UTC showed: sites write Tehran's time and call it so."""
    offset = moment.utcoffset()
    wall = moment.replace(tzinfo=None)
    return wall - offset if offset else wall
