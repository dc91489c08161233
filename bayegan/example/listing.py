"""The archive's listing: its date is an upper bound, newest first, and paging runs on into earlier days."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bayegan.example.calendar import gregorian, persian
from bayegan.example.markup import item, plain_page, template

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from bayegan.example.story import Site, Story

_DATE_FIELDS = ("dy", "mn", "yr")
_NEIGHBOURS = 2  # numbered pages shown on either side


def upper_bound(query: Mapping[str, str]) -> date | None:
    """The day that ``dy``, ``mn`` and ``yr`` name; None where they are not given or name no day."""
    given = [query.get(name, "") for name in _DATE_FIELDS]
    if not all(text.isdecimal() for text in given):
        return None
    day, month, year = map(int, given)
    return gregorian(year, month, day)


def page_number(query: Mapping[str, str]) -> int:
    """``pi`` counts from 1, and so does anything that is no number."""
    text = query.get("pi", "")
    return max(int(text), 1) if text.isdecimal() else 1


def up_to(stories: Sequence[Story], last: date | None) -> Sequence[Story]:
    """The stories, newest first, of this day and all the days before it; a large site is not gone through for them."""
    if last is None:
        return stories
    return stories[bisect_left(stories, -last.toordinal(), key=lambda story: -story.day.toordinal()) :]


def listing_page(
    site: Site, shown: Sequence[Story], query: Mapping[str, str], host: str, *, path: str, pages: int, boxes: str
) -> bytes:
    """The page with these stories, one of ``pages``; ``path`` is the form the pager goes on with."""
    main = template("listing").substitute(
        items="\n".join(item(story, site.clock, whole=True) for story in shown),
        pager=pager(query, path=path, pages=pages) if shown and pages > 1 else "",
        boxes=boxes,
        **{
            name: persian(query[field]) if query.get(field, "").isdecimal() else ""
            for name, field in zip(("day", "month", "year"), _DATE_FIELDS, strict=True)
        },
    )
    return plain_page(site, host, title="آرشیو خبرها", page_type="archive", main=main)


def pager(query: Mapping[str, str], *, path: str, pages: int) -> str:
    """Numbered links between «قبلی» and «بعدی», which are dead at the ends."""
    here = page_number(query)
    near = range(max(1, here - _NEIGHBOURS), min(pages, here + _NEIGHBOURS) + 1)
    numbers = sorted({1, pages, *near})
    links = [_step("قبلی", here - 1, query, path, alive=here > 1)]
    links += [_step(persian(number), number, query, path, here=number == here) for number in numbers]
    links.append(_step("بعدی", here + 1, query, path, alive=here < pages))
    return template("pager").substitute(links="\n".join(links))


def _step(
    text: str, number: int, query: Mapping[str, str], path: str, *, alive: bool = True, here: bool = False
) -> str:
    indent = " " * 20
    if here or not alive:
        state = "active" if here else "disabled"
        return f'{indent}<li class="page-item {state}"><span class="page-link">{text}</span></li>'
    wide = {"wide": "0"} if path.endswith(".xhtml") else {}
    kept = {name: value for name, value in query.items() if name not in {"pi", "ms", "wide"}}
    address = f"{path}?{urlencode(wide | {'ms': '0', 'pi': str(number)} | kept)}".replace("&", "&amp;")
    link = f'<a href="{address}" rel="noindex next" class="page-link">{text}</a>'
    return f'{indent}<li class="page-item ">{link}\n{indent}</li>'
