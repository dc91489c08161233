"""Which reader reads a page, under which selectors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler import agencies
from crawler.document import parse
from crawler.markup import markup_of
from crawler.moments import published
from crawler.narrowing import is_worth_narrowing, narrowed
from crawler.reading import reading
from crawler.recognition import Known, recognise

if TYPE_CHECKING:
    from datetime import date

    from crawler.agencies import Agency
    from crawler.document import Document
    from crawler.markup import Markup, Selectors
    from crawler.reading import Reading

_GENERIC = "generic"


@dataclass(frozen=True, slots=True)
class Opened:
    """A page with whose it is, the addresses that are known of it (served, stated), and the family that it bears.

    ``known`` is None where no family's markup was recognised.
    """

    page: Document
    agency: Agency | None
    addresses: tuple[str, str]
    known: Known | None

    def reading(self) -> Reading | None:
        """The page under the selectors of its family, else of its agency's; None where there is neither."""
        markup = self.known.markup if self.known else self._declared()
        return self._under(markup, _selectors(markup, self.agency)) if markup else None

    def _declared(self) -> Markup | None:
        family = self.agency.family if self.agency else _GENERIC
        return None if family == _GENERIC else markup_of(family)

    def _under(self, markup: Markup, css: Selectors) -> Reading:
        """Under the selectors of the page's day, where the family or the agency has earlier ones."""
        likely = narrowed(css, self.page) if is_worth_narrowing(css) else css
        now = reading(self.page, markup, likely, self.addresses)
        if not css.past:
            return now
        then = [(one.until, reading(self.page, markup, one.page, self.addresses)) for one in css.past]
        day = self._day_of_address() or _day_of([now, *(old for _, old in then)])
        fitting = [(until, old) for until, old in then if day is not None and day <= until]
        return min(fitting, key=lambda one: one[0])[1] if fitting else now

    def _day_of_address(self) -> date | None:
        if self.agency is None:
            return None
        return next((day for one in self.addresses if (day := self.agency.day_of(one))), None)


def open_page(html: str | bytes, url: str = "") -> Opened:
    """Parse a page and find whose it is. Raises EmptyPageError where nothing was served."""
    page = parse(html)
    stated = page.link("canonical") or page.meta("og:url") or ""
    agency = agencies.agency_at(url or stated)
    return Opened(page, agency, (url, stated), recognise(page, agency.family if agency else None))


def _selectors(markup: Markup, agency: Agency | None) -> Selectors:
    """The family's, or the agency's own; where a site has moved to another family, that family's."""
    own = agency.page if agency is not None and agency.family == markup.name else None
    return own or markup.page


def _day_of(readings: list[Reading]) -> date | None:
    """Tehran's day of the page, as the first of these readings can tell."""
    return next((moment.date() for r in readings if (moment := published(r))), None)
