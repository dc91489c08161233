"""How pages of each family are marked up: one family a file, tried in this order."""

from crawler.markup.nastooh import NASTOOH
from crawler.markup.selectors import Css, Markup, Selectors, alternatives

MARKUPS: tuple[Markup, ...] = (NASTOOH,)

_BY_NAME = {markup.name: markup for markup in MARKUPS}


def markup_of(family: str) -> Markup:
    """The markup of a family by its name, as in ``nastooh``; KeyError for a family that is none."""
    return _BY_NAME[family]


__all__ = ["MARKUPS", "NASTOOH", "Css", "Markup", "Selectors", "alternatives", "markup_of"]
