"""A new agency: what is known of it, and its file in ``spiders/``."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayegan.drafts import written_beside
from crawler import agencies
from crawler.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.agencies import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """A new agency as its file will declare it; ``evidence`` and ``titled`` say what that was seen in.

    ``feeds`` are those that the page names; ``declared`` those of them that the family would not ask for by itself;
    ``proven`` what was seen at the site and not only at others of its family.
    """

    name: str
    title: str
    titled: str
    home: str
    family: str
    evidence: str
    feeds: tuple[str, ...] = ()
    declared: tuple[str, ...] = ()
    proven: tuple[Fact, ...] = ()

    @property
    def source(self) -> str:
        """The whole file, in the form of all others in ``spiders/``."""
        family = camel(self.family)
        own = camel(self.name)
        values = {"name": self.name, "title": self.title, "home": self.home}
        return "\n".join(
            (
                f"from crawler.families import {family}",
                "",
                "",
                f"class {own + 'News' if own == family else own}({family}):",
                *(f"    {key} = {quoted(value)}" for key, value in values.items()),
                *((f"    feeds = {listed(self.declared)}",) if self.declared else ()),
                *((f"    proven = {listed(self.proven)}",) if self.proven else ()),
                "",
            )
        )


def folder(into: Path | None) -> Path:
    """Where agencies' files go: the folder that is named, else ``spiders`` of the checkout that we run from.

    Raises UsageError where there is no such folder, or no checkout.
    """
    if into is not None:
        if not into.is_dir():
            raise UsageError(f"There is no folder {into}: make it, or name another with --into.")
        return into
    spiders = agencies.spiders_folder()
    if not (spiders.parent / "scrapy.cfg").is_file() or not os.access(spiders, os.W_OK):
        raise UsageError(f"{spiders} is no checkout that can be written: name a folder for the file with --into.")
    return spiders


def write(found: Newcomer, into: Path) -> Path:
    """Write the agency's file; what is there already is never overwritten (UsageError)."""
    path = into / f"{found.name}.py"
    if path.exists():
        raise UsageError(f"{path} is there already: choose another --name, or change that file.")
    with written_beside(path) as draft:
        draft.write(found.source.encode("utf-8"))
    return path


def camel(name: str) -> str:
    """The name of a class, as in IranSamaneh for iran_samaneh."""
    return "".join(part.capitalize() for part in name.split("_"))


def quoted(value: str) -> str:
    """A text as Python writes it, in double quotes."""
    return json.dumps(value, ensure_ascii=False)


def listed(values: tuple[str, ...]) -> str:
    """A tuple as Python writes it.

    >>> listed(("feed",)), listed(("address", "feed"))
    ('("feed",)', '("address", "feed")')
    """
    return f"({', '.join(map(quoted, values))}{',' if len(values) == 1 else ''})"
