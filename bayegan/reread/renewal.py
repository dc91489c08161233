"""What today's reading of a kept page makes of the article that is held, field by field."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple
from urllib.parse import urljoin

from crawler.agencies import Agency, all_agencies
from crawler.article_json import article_json
from crawler.dates import from_utc_text, utc_text
from crawler.items import Article
from crawler.urls import Home

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bayegan.archive.renewing import Kept

# changed: another value; filled: one where there was none; emptied: none where there was one; kept: the same, but what
# is held stays.
How = Literal["changed", "filled", "emptied", "kept"]

OURS: Final = ("agency", "news_code", "reader")  # never changed by what a page says, or no field of the page
FIELDS: Final = tuple(each.name for each in fields(Article) if each.name not in OURS)


class Difference(NamedTuple):
    """A field in which two readings differ; values as in the article's JSON."""

    field: str
    how: How
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose pages these are, and where they were fetched from when it was not the agency's own home."""

    agency: Agency
    declared: bool
    homes: tuple[Home, ...]

    def place(self, read: Article, kept: Kept) -> Article:
        """The reading as a crawl would have kept it: under the held agency, code and canonical address.

        Addresses on a mirror that stood in for the agency's home become the agency's own.
        """
        url = self.agency.canonical(kept.url) if self.declared else kept.url
        if read.agency == self.agency.name:
            url = read.url or url
        return replace(
            read,
            agency=kept.row.agency,
            news_code=kept.row.news_code,
            url=self._own(url),
            image=self._own(read.image),
            published=_to_the_second(read.published),
            modified=_to_the_second(read.modified),
        )

    def another(self, read: Article, kept: Kept) -> str | None:
        """Whose article the page says it is, as ``agency/code``, where that is not the one that it is kept for.

        On a site that nobody declared the address alone is the code, whatever number the page shows.
        """
        agency = read.agency if self.declared and read.agency else kept.row.agency
        code = (read.news_code if self.declared else None) or self.agency.code_of(kept.url) or kept.row.news_code
        return None if (agency, code) == (kept.row.agency, kept.row.news_code) else f"{agency}/{code}"

    def _own(self, url: str | None) -> str | None:
        for home in self.homes:
            url = url and home.to_own(url)
        return url


def sender(name: str, url: str, fetched_from: Iterable[str]) -> Sender:
    """The agency of this name; one that no file declares is known by the ``url`` of any of its pages."""
    known = {one.name: one for one in all_agencies()}.get(name)
    agency = known or Agency(name=name, title=name, home=urljoin(url, "/"), family="generic", domains=(name,))
    mirrors = (home for home in fetched_from if not agency.owns(home))
    return Sender(agency, known is not None, tuple(Home(agency.origin, mirror) for mirror in mirrors))


def renewed(held: Article, read: Article, *, allow_empty: bool) -> tuple[Article, tuple[Difference, ...]]:
    """The held article with what the reading says, and wherein the two differ.

    Nothing never takes the place of something, unless ``allow_empty``.
    """
    before, after = article_json(held), article_json(read)
    differences = [
        Difference(name, _how(before[name], after[name], allow_empty), before[name], after[name])
        for name in FIELDS
        if before[name] != after[name]
    ]
    taken = {one.field: getattr(read, one.field) for one in differences if one.how != "kept"}
    return replace(held, **taken), tuple(differences)


def _how(before: Any, after: Any, allow_empty: bool) -> How:  # noqa: FBT001 -- the one caller names it
    if before in (None, []):
        return "filled"
    if after in (None, []):
        return "emptied" if allow_empty else "kept"
    return "changed"


def _to_the_second(moment: datetime | None) -> datetime | None:
    """As the archive keeps it."""
    return moment and from_utc_text(utc_text(moment))
