"""The entries of the table: what each is called in the file, in the environment and by Scrapy, and what it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bayegan.settings.table import Everything

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PREFIX: Final = "BAYEGAN_"
LIST: Final = "a list of texts"
KINDS: Final = {"integer": "a whole number", "number": "a number", "array": LIST, "object": "a table"}
MANY: Final = ("scrapy", "agency")  # tables whose names are whoever writes them's
OF_AGENCY: Final = 2  # steps above an agency's own settings: ("agency", its name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One setting; ``path`` is where it stands in the file, and ``kind`` what it takes, in words."""

    path: tuple[str, ...]
    about: str
    kind: str
    scrapy: str | None = None
    secret: bool = False
    file: bool = False
    example: Any = None

    @property
    def name(self) -> str:
        return ".".join(self.path)

    @property
    def variable(self) -> str:
        """Its name in the environment.

        >>> Entry(path=("budget", "time_limit"), about="", kind="").variable
        'BAYEGAN_BUDGET_TIME_LIMIT'
        """
        return PREFIX + "_".join(self.path).upper()


def entries() -> tuple[Entry, ...]:
    """Every setting but those whose names are not ours (of Scrapy, of agencies), in the order of the table."""
    schema = Everything.model_json_schema()
    return tuple(_under((), schema["properties"], schema["$defs"]))


def _under(above: tuple[str, ...], properties: Mapping[str, Any], tables: Mapping[str, Any]) -> Iterator[Entry]:
    for name, said in properties.items():
        taken = next(one for one in said["anyOf"] if one.get("type") != "null")
        if "$ref" in taken:
            yield from _under((*above, name), tables[taken["$ref"].rpartition("/")[2]]["properties"], tables)
        elif name not in MANY:
            known = {key: said[key] for key in ("scrapy", "secret", "file", "example") if key in said}
            yield Entry(path=(*above, name), about=said["description"], kind=_kind(taken), **known)


def _kind(taken: Mapping[str, Any]) -> str:
    """What a value has to be: «a whole number from 1 to 256»."""
    if "enum" in taken:
        return " or ".join(f"`{one}`" for one in taken["enum"])
    ends = [f"{word} {taken[end]:g}" for end, word in (("minimum", "from"), ("maximum", "to")) if end in taken]
    return " ".join([KINDS.get(taken["type"], "a text"), *ends])
