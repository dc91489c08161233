"""How pages of each family are marked up: one family a file, tried in this order."""

from crawler.markup.alef import ALEF
from crawler.markup.asam import ASAM
from crawler.markup.bbc import BBC
from crawler.markup.euronews import EURONEWS
from crawler.markup.fars import FARS
from crawler.markup.generic import GENERIC
from crawler.markup.hypermedia import HYPERMEDIA
from crawler.markup.iran_samaneh import IRAN_SAMANEH
from crawler.markup.nastooh import NASTOOH
from crawler.markup.news_studio import NEWS_STUDIO
from crawler.markup.pangea import PANGEA
from crawler.markup.selectors import Css, Dated, Markup, Selectors, alternatives
from crawler.markup.tasnim import TASNIM
from crawler.markup.varzesh3 import VARZESH3

MARKUPS: tuple[Markup, ...] = (
    NASTOOH,
    TASNIM,
    IRAN_SAMANEH,
    ASAM,
    NEWS_STUDIO,
    HYPERMEDIA,
    PANGEA,
    VARZESH3,
    FARS,
    BBC,
    EURONEWS,
    ALEF,
    GENERIC,
)

_BY_NAME = {markup.name: markup for markup in MARKUPS}


def markup_of(family: str) -> Markup:
    """The markup of a family by its name, as in ``nastooh``; KeyError for a family that is none."""
    return _BY_NAME[family]


__all__ = ["MARKUPS", "NASTOOH", "Css", "Dated", "Markup", "Selectors", "alternatives", "markup_of"]
