"""Selectors that cannot match a page are left out, and nothing is found otherwise than with all of them."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from crawler.document import parse, select
from crawler.markup import MARKUPS, Markup, Selectors
from crawler.narrowing import narrowed, parts

PAGES = sorted((Path(__file__).parent / "pages").glob("*/*.html"))
CSS = [one.name for one in fields(Selectors) if one.type == "Css"]


@pytest.mark.parametrize("markup", MARKUPS, ids=lambda markup: markup.name)
def test_what_is_found_is_the_same(markup: Markup) -> None:
    for path in PAGES:
        page = parse(path.read_bytes())
        left = narrowed(markup.page, page)
        differ = [
            name
            for name in CSS
            if select(page.root, getattr(markup.page, name)) != select(page.root, getattr(left, name))
        ]
        assert not differ, path


def test_a_theme_keeps_its_own_selectors() -> None:
    page = parse('<div id="a" class="b c"></div>')
    assert page.names == {"a", "b", "c"}
    css = Selectors(title=("h1.x, div.c", "h1"), body=".d", lead="#a > p:not(.e)", kicker="p[class='f.g']")
    left = narrowed(css, page)
    assert (left.title, left.body, left.lead) == (("div.c", "h1"), (), ("#a > p:not(.e)",))
    assert left.kicker == ("p[class='f.g']",)


@pytest.mark.parametrize(
    ("css", "found"),
    [
        ("h1", [("h1", set())]),
        ("a.b.c #d, e", [("a.b.c #d", {"b", "c", "d"}), ("e", set())]),
        ("p:has(> .x, .y).z", [("p:has(> .x, .y).z", {"z"})]),
        ("img[src*='/a.b,c']", [("img[src*='/a.b,c']", set())]),
    ],
)
def test_a_list_of_selectors_is_parted_with_the_names_that_each_asks_for(
    css: str, found: list[tuple[str, set[str]]]
) -> None:
    assert [(one, set(asked)) for one, asked in parts(css)] == found
