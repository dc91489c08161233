"""How pages of each family are marked up: one family a file, tried in this order."""

from crawler.markup.nastooh import NASTOOH
from crawler.markup.selectors import Css, Markup, Selectors, alternatives

MARKUPS: tuple[Markup, ...] = (NASTOOH,)

__all__ = ["MARKUPS", "NASTOOH", "Css", "Markup", "Selectors", "alternatives"]
