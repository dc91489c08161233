"""What is in force, and from where: the one list that ``bayegan config`` shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from bayegan.crawls.limits import AT_ONCE
from bayegan.settings.entries import OF_AGENCY, Entry, entries
from bayegan.settings.masking import masked
from bayegan.settings.reading import Setting
from bayegan.settings.table import OWN
from crawler import agencies
from crawler import settings as built_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bayegan.settings.reading import Settings

DEFAULT: Final = "default"
COMMAND_LINE: Final = "command line"
OF_A_FAMILY: Final = ("delay", "custom_settings")  # what a class says of its pace
NOTHING: Final[tuple[Any, ...]] = ("", [], ())  # how it is written that there is none
NOT_SCRAPYS: Final[Mapping[tuple[str, ...], Any]] = {
    ("archive",): built_in.BAYEGAN_ARCHIVE,
    ("budget", "jobs"): AT_ONCE,
    ("log", "form"): "text",
    ("log", "level"): "WARNING",  # of the command; `scrapy crawl` says more
}


def in_force(given: Settings, agency: str | None = None, commanded: Mapping[str, Any] | None = None) -> list[Setting]:
    """Each setting with its value and source, secrets masked; with an agency, as they are for it.

    ``commanded`` are Scrapy's settings of the command line, which beat all others.
    """
    known = {entry.path: entry for entry in entries()}
    found = {path: _default(entry) for path, entry in known.items()}
    if agency is not None:
        found |= {one.path: one for one in _of_spider(agency)}
    found |= given.given
    for path, setting in given.given.items():
        if path[:OF_AGENCY] == ("agency", agency):
            found[path[OF_AGENCY:]] = replace(setting, path=path[OF_AGENCY:])
            del found[path]
    found |= {one.path: one for one in _of_command(commanded or {}, known.values())}
    return [_shown(setting, known.get(_own(setting.path))) for setting in found.values()]


def _default(entry: Entry) -> Setting:
    value = NOT_SCRAPYS[entry.path] if entry.path in NOT_SCRAPYS else getattr(built_in, entry.scrapy or "", None)
    return Setting(path=entry.path, value=None if value in NOTHING else value, source=DEFAULT)


def _of_spider(agency: str) -> Iterator[Setting]:
    """What the agency's file, or its family, says of its pace."""
    spider = agencies.spider_class(agencies.agency(agency).name)
    sayer = next((one for one in spider.__mro__ if vars(one).get("delay") is not None), None)
    if sayer is not None:
        source = f"spiders/{agency}.py" if sayer is spider else f"family {sayer.__name__}"
        yield Setting(path=("delay",), value=spider.delay, source=source)


def _of_command(commanded: Mapping[str, Any], known: Any) -> Iterator[Setting]:
    paths = {entry.scrapy: entry.path for entry in known if entry.scrapy}
    for name, value in commanded.items():
        path = ("archive",) if OWN.get(name) == "archive" else paths.get(name, ("scrapy", name))
        yield Setting(path=path, value=value, source=COMMAND_LINE)


def _own(path: tuple[str, ...]) -> tuple[str, ...]:
    return path[OF_AGENCY:] if path[0] == "agency" else path


def _shown(setting: Setting, entry: Entry | None) -> Setting:
    address = (
        entry is not None and entry.secret and entry.path != ("proxy",)
    )  # of a proxy, the password alone is secret
    return replace(setting, value=masked(setting.path[-1], setting.value, secret=address))
