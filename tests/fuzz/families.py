"""Pages in the markup of one family, made of the very elements that its selectors name."""

from __future__ import annotations

import re
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from crawler.markup import MARKUPS, Markup, Selectors, alternatives

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_SIMPLE: Final = re.compile(r"([a-z][a-z0-9]*)?((?:[.#][\w-]+)*)")
PLAIN: Final = ("p", "div", "a", "span", "ul", "li", "table", "tr", "td", "figure", "time", "h1", "h2", "br", "title")
TEXTS: Final = (
    *(
        "",
        "x",
        "یک دو سه",
        "کد خبر: ۱۲۳۴۵",
        "۱۷ آذر ۱۳۹۹ - ۱۴:۳۰",
        "7th of December 2020 at 99",
        "۴ روز قبل",
        "<!---->",
    ),
    *("بیشتر بخوانید:", "انتهای پیام/", "به گزارش خبرنگار مهر از یزد، ", "نمایشگاه کتاب در باغ شهر برپا شد. " * 3),
    *("صفحه مورد نظر یافت نشد", "\u200c\u200c", "e\u0316\u0301", '<a href="/x">بخوانید</a>', "{", "//"),
)
MOST_TIMES: Final = 150  # of an element in itself; what stands in a page beside each other may be more


@cache
def elements(markup: Markup) -> tuple[tuple[str, str], ...]:
    """(name, attributes) of every element that a family looks for, and of plain ones."""
    names = (field.name for field in fields(Selectors) if field.type == "Css")
    css = (one for name in names for one in alternatives(getattr(markup.page, name)))
    parts = (_SIMPLE.match(part) for one in (*css, *alternatives(markup.marks)) for part in re.split(r"[\s,>]+", one))
    named = {(part[1] or "div", _attributes(part[2])) for part in parts if part and part[0]}
    return (*sorted(named), *((name, "") for name in PLAIN))


def _attributes(written: str) -> str:
    classes, ids = re.findall(r"\.([\w-]+)", written), re.findall(r"#([\w-]+)", written)
    said = f' class="{" ".join(classes)}"' if classes else ""
    return f'{said} id="{ids[0]}"' if ids else said


def pages(markup: Markup, most: int) -> SearchStrategy[str]:
    """A head that the family is known by, elements in elements, and a row of others as often as there is room."""
    element = st.sampled_from(elements(markup))
    nested = st.lists(st.tuples(element, st.integers(1, MOST_TIMES)), max_size=3)
    row = st.lists(st.tuples(element, st.sampled_from(TEXTS)), min_size=1, max_size=4)
    return st.builds(_page, st.just(_head(markup)), nested, row, st.integers(1, most))


def _head(markup: Markup) -> str:
    said = f'<meta name="generator" content="{markup.generator}">' if markup.generator else ""
    said += f'<meta property="{markup.prefix}code" content="12345">' if markup.prefix else ""
    return f"<html><head>{said}<title>نمایشگاه کتاب برپا شد</title></head>"


def _page(
    head: str, nested: list[tuple[tuple[str, str], int]], row: list[tuple[tuple[str, str], str]], size: int
) -> str:
    opened = "".join(f"<{name}{said}>" * times for (name, said), times in nested)
    one = "".join(f"<{name}{said}>{text}</{name}>" for (name, said), text in row)
    return f"{head}<body>{opened}{one * max(1, size // len(one))}"


FAMILIES: Final = {markup.name: markup for markup in MARKUPS}
