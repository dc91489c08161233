"""Who can be crawled, and whose address is this?

A file in ``spiders/`` is the registration of an agency. Its declarations (plain constants) are read here without
running it, so that reading a page never waits for Scrapy; the class itself is loaded only by who crawls.
"""

from __future__ import annotations

import ast
import difflib
import importlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from crawler.errors import UsageError
from crawler.markup import markup_of
from crawler.urls import Scheme, host_of, path_of, readable_path

if TYPE_CHECKING:
    from crawler.markup import Selectors

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """One agency as its spider file declares it.

    ``domains`` are hosts that were or are its own beside its home's; ``addresses`` are patterns of older article
    paths, each naming a ``code``. ``own_markup`` says that the file keeps something elsewhere than its family.
    """

    name: str
    title: str
    home: str
    family: str
    domains: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    own_markup: bool = False

    @property
    def hosts(self) -> tuple[str, ...]:
        return (host_of(self.home), *self.domains)

    @property
    def scheme(self) -> Scheme:
        return markup_of(self.family).scheme

    def owns(self, url: str) -> bool:
        host = host_of(url)
        return any(host == own or host.endswith("." + own) for own in self.hosts)

    def code_of(self, url: str) -> str | None:
        """The news code in an address of this agency, None where the address names no article."""
        found = self.scheme.match(path_of(url), self.addresses) if self.owns(url) else None
        return found["code"] if found else None

    def address(self, code: str) -> str:
        """The canonical address of a code whose slug is not known."""
        return f"{self.home.rstrip('/')}/{self.scheme.folders[0]}/{code}"

    def canonical(self, url: str) -> str:
        """One address for all spellings of it: the agency's home, readable slug, no query, no anchor.

        An address of the agency that names no article, or of somebody else, only loses its anchor.
        """
        found = self.scheme.match(path_of(url), self.addresses) if self.owns(url) else None
        if found is None:
            return url.partition("#")[0]
        named = found.groupdict()
        folder = named.get("folder")
        base = f"{self.home.rstrip('/')}/{folder if folder in self.scheme.folders else self.scheme.folders[0]}"
        slug = readable_path(named.get("slug") or "")
        return f"{base}/{named['code']}/{slug}" if slug else f"{base}/{named['code']}"

    @property
    def page(self) -> Selectors | None:
        """The selectors that the file itself keeps; None where the family's serve (the common case)."""
        return spider_class(self.name).page if self.own_markup else None


@cache
def all_agencies() -> tuple[Agency, ...]:
    """Every agency of ``spiders/``, by name. Raises UsageError for a file that declares none."""
    return tuple(_declared(path) for path in sorted(_folder().glob("[!_]*.py")))


def agency(name: str) -> Agency:
    """The agency of this name; raises UsageError with near names where there is none."""
    known = {one.name: one for one in all_agencies()}
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "`bayegan agencies` lists them."
    raise UsageError(f"No agency is called «{name}»: {hint}")


def agency_at(url: str) -> Agency | None:
    """Whose address this is; None for nobody's that we know.

    >>> agency_at("http://fars.shabestan.ir/detail/News/1001756").name
    'shabestan'
    """
    labels = host_of(url).split(".")
    owners = _owners()
    return next((owners[host] for i in range(len(labels)) if (host := ".".join(labels[i:])) in owners), None)


def spider_class(name: str) -> Any:
    """The spider itself, loaded now: ``spiders/<name>.py`` holds one class with that name."""
    module = importlib.import_module(f"spiders.{name}")
    return next(
        value
        for value in vars(module).values()
        if isinstance(value, type) and value.__module__ == module.__name__ and getattr(value, "name", None) == name
    )


@cache
def _owners() -> dict[str, Agency]:
    return {host: one for one in all_agencies() for host in one.hosts}


def _folder() -> Path:
    spec = find_spec("spiders")
    if spec is None or not spec.submodule_search_locations:
        raise UsageError("The package «spiders» is missing: install bayegan again.")
    return Path(spec.submodule_search_locations[0])


def _declared(path: Path) -> Agency:
    """The agency that a spider file declares, read as text."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef) and isinstance(node.bases[0], ast.Name):
            return _agency(node, node.bases[0].id)
    raise UsageError(f"{path} declares no agency: see any other file in spiders/ for how it is done.")


def _agency(node: ast.ClassDef, family: str) -> Agency:
    values = {
        target.id: assigned.value
        for assigned in node.body
        if isinstance(assigned, ast.Assign)
        for target in assigned.targets
        if isinstance(target, ast.Name)
    }
    plain = {
        key: ast.literal_eval(value)
        for key, value in values.items()
        if key in {"name", "title", "home", "domains", "addresses"}
    }
    slug = _CAMEL.sub("_", family).lower()
    return Agency(family=slug, own_markup="page" in values, **plain)


def home_url(written: str) -> str:
    """A ``--home`` as given, checked: http or https, a host, no query. Raises UsageError."""
    try:
        parts = urlsplit(written)
        fine = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.query and (parts.port or 1) > 0
    except ValueError:
        fine = False
    if not fine:
        raise UsageError(f"«{written}» is no home: give an address such as http://127.0.0.1:8000")
    return written.rstrip("/")
