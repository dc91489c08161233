"""Who can be crawled, and whose address is this?

A file in ``spiders/`` is the registration of an agency. Its declarations (plain constants) are read here without
running it, so that reading a page never waits for Scrapy; the class itself is loaded only by who crawls.
"""

from __future__ import annotations

import ast
import difflib
import importlib
import pkgutil
import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urljoin, urlsplit

from crawler.address_days import day_in_path
from crawler.errors import UsageError
from crawler.markup import markup_of
from crawler.urls import host_of, is_web, path_of

if TYPE_CHECKING:
    from datetime import date

    from crawler.markup import Selectors
    from crawler.urls import Scheme

# What can have been seen at an agency itself, in the order in which it is told.
Fact = Literal["address", "feed", "recent_sitemap", "sitemaps", "archive"]

_DECLARED = frozenset({"name", "title", "home", "domains", "addresses", "topics", "day_in_code", "proven"})
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


# Other languages' editions count their codes anew: en.mehrnews.com/news/7 is not www.mehrnews.com/news/7.
_EDITION = re.compile(r"(?:ar|az|bn|cn|cz|de|en|es|fr|he|hi|id|it|ja|ku|ps|pt|ru|sw|tg|tr|ur|zh)\.")


@dataclass(frozen=True, slots=True)
class Place:
    """A host and its sub-domains, but no other language's edition; ``path`` is the part of it that is the agency's."""

    host: str
    path: str = ""

    def holds(self, host: str, path: str) -> bool:
        if host != self.host and (not host.endswith("." + self.host) or _EDITION.match(host)):
            return False
        return not self.path or path == self.path or path.startswith(self.path + "/")


@dataclass(frozen=True, kw_only=True)
class Agency:
    """One agency as its spider file declares it.

    ``domains`` are hosts that were or are its own beside its home's, each with the path that is the agency's where the
    rest of the host is somebody else's (as in ``bbc.co.uk/persian``, and as the home's own path); ``addresses`` are
    patterns of article paths that its family does not know, each naming a ``code``, which begins with the article's day
    where ``day_in_code``. ``proven`` is what was seen at the agency itself, not only at others of its family; ``note``
    one sentence on what surprises. ``own_markup`` says that the file keeps something elsewhere than its family.
    """

    name: str
    title: str
    home: str
    family: str
    domains: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    topics: str = ""
    day_in_code: bool = False
    proven: tuple[Fact, ...] = ()
    note: str = ""
    own_markup: bool = False

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return tuple(
            Place(host_of(url), path_of(url).rstrip("/")) for url in (self.home, *(f"//{one}" for one in self.domains))
        )

    @property
    def hosts(self) -> tuple[str, ...]:
        return tuple(place.host for place in self.places)

    @cached_property
    def origin(self) -> str:
        """The home's scheme and host alone, on which addresses are built."""
        return urljoin(self.home, "/").rstrip("/")

    @property
    def scheme(self) -> Scheme:
        return markup_of(self.family).scheme

    def owns(self, url: str) -> bool:
        host, path = host_of(url), path_of(url)
        return any(place.holds(host, path) for place in self.places)

    def code_of(self, url: str) -> str | None:
        """The news code in an address of this agency, None where the address names no article."""
        found = self._article(url)
        return found["code"] if found else None

    def day_of(self, url: str) -> date | None:
        """Tehran's day in an address of this agency; None where it names none."""
        found = self._article(url)
        if found is None:
            return None
        return day_in_path(found.groupdict().get("day") or (found["code"][:8] if self.day_in_code else ""))

    def address(self, code: str) -> str:
        """The canonical address of a code of which nothing else is known."""
        return self._whole(self.scheme.path(code))

    def canonical(self, url: str) -> str:
        """One address for all spellings of it: the agency's home, readable slug, no query, no anchor.

        An address of the agency that names no article, or of somebody else, only loses its anchor.
        """
        path = self.scheme.canonical(path_of(url), self.addresses) if self.owns(url) else None
        return url.partition("#")[0] if path is None else self._whole(path)

    def _whole(self, path: str) -> str:
        """A family may have a host for short links; a path that begins with two slashes names no other host."""
        return path if is_web(path) else self.origin + path

    def _article(self, url: str) -> re.Match[str] | None:
        return self.scheme.match(path_of(url), self.addresses) if self.owns(url) else None

    @property
    def page(self) -> Selectors | None:
        """The selectors that the file itself keeps; None where the family's serve (the common case)."""
        return spider_class(self.name).page if self.own_markup else None


@cache
def all_agencies() -> tuple[Agency, ...]:
    """Every agency of ``spiders/``, by name. Raises UsageError for a file that declares none."""
    return tuple(_declared(name) for name in _names())


def agency(name: str) -> Agency:
    """The agency of this name; raises UsageError with near names where there is none."""
    if name in _names():
        return _declared(name)
    called = {host.partition(".")[0]: one.name for one in all_agencies() for host in one.hosts}
    called |= {one: one for one in _names()}
    near = dict.fromkeys(called[one] for one in difflib.get_close_matches(name, called, n=3, cutoff=0.7))
    hint = f"did you mean {' or '.join(near)}?" if near else "`bayegan agencies` lists them."
    raise UsageError(f"No agency is called «{name}»: {hint}")


def agency_at(url: str) -> Agency | None:
    """Whose address this is; None for nobody's that we know.

    >>> agency_at("http://fars.shabestan.ir/detail/News/1001756").name
    'shabestan'
    """
    host, path = host_of(url), path_of(url)
    labels = host.split(".")
    owners = _owners()
    known = (owned for i in range(len(labels)) for owned in owners.get(".".join(labels[i:]), ()))
    return next((owner for place, owner in known if place.holds(host, path)), None)


def spider_class(name: str) -> Any:
    """The spider itself, loaded now: ``spiders/<name>.py`` holds one class with that name."""
    module = importlib.import_module(f"spiders.{name}")
    return next(
        value
        for value in vars(module).values()
        if isinstance(value, type) and value.__module__ == module.__name__ and getattr(value, "name", None) == name
    )


@cache
def _owners() -> dict[str, tuple[tuple[Place, Agency], ...]]:
    """The places on each host; the deeper path first."""
    places = sorted(
        ((place, one) for one in all_agencies() for place in one.places),
        key=lambda owned: len(owned[0].path),
        reverse=True,
    )
    owners: dict[str, tuple[tuple[Place, Agency], ...]] = {}
    for place, one in places:
        owners[place.host] = (*owners.get(place.host, ()), (place, one))
    return owners


@cache
def spiders_folder() -> Path:
    spec = find_spec("spiders")
    if spec is None or not spec.submodule_search_locations:
        raise UsageError("The package «spiders» is missing: install bayegan again.")
    return Path(spec.submodule_search_locations[0])


@cache
def _names() -> tuple[str, ...]:
    """A file's name is its agency's; the files may lie in a zipped egg, as Scrapyd has them."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules([str(spiders_folder())])))


@cache
def _declared(name: str) -> Agency:
    """The agency that a spider file declares, read as text."""
    path = spiders_folder() / f"{name}.py"
    for node in ast.parse(_read(path)).body:
        if isinstance(node, ast.ClassDef) and isinstance(node.bases[0], ast.Name):
            return _agency(node, node.bases[0].id)
    raise UsageError(f"{path} declares no agency: see any other file in spiders/ for how it is done.")


def _read(path: Path) -> bytes:
    """As whoever loads the package reads it, from a folder or an egg."""
    loader: Any = getattr(find_spec("spiders"), "loader", None)
    content: bytes = loader.get_data(str(path))
    return content


def _agency(node: ast.ClassDef, family: str) -> Agency:
    values = {
        target.id: assigned.value
        for assigned in node.body
        if isinstance(assigned, ast.Assign)
        for target in assigned.targets
        if isinstance(target, ast.Name)
    }
    plain = {key: ast.literal_eval(value) for key, value in values.items() if key in _DECLARED}
    slug = _CAMEL.sub("_", family).lower()
    return Agency(family=slug, own_markup="page" in values, note=ast.get_docstring(node) or "", **plain)


def home_url(written: str) -> str:
    """A ``--home`` as given, checked: http or https, a host, no query, nothing secret. Raises UsageError."""
    try:
        parts = urlsplit(written)
        fine = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.query and (parts.port or 1) > 0
    except ValueError:
        fine = False
    if not fine:
        raise UsageError(f"«{written}» is no home: give an address such as http://127.0.0.1:8000")
    if "@" in parts.netloc:
        raise UsageError("A home is written into the archive: give its address without a name and a password.")
    return written.rstrip("/")
