"""The stories written by hand, read from their file."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from bayegan.example.story import Text


def written() -> tuple[Text, ...]:
    """The stories that the site has from the beginning."""
    return tuple(map(_text, _file()["story"]))


def written_later() -> tuple[Text, ...]:
    """The stories that it publishes later, in their order."""
    return tuple(map(_text, _file()["later"]))


def _text(entry: dict[str, Any]) -> Text:
    given: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
    body: str = given.pop("body").strip()
    given["table"] = tuple(map(tuple, given.get("table", ())))
    return Text(**given, paragraphs=tuple(body.split("\n\n")) if body else ())


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(files("bayegan.example").joinpath("texts/written.toml").read_text(encoding="utf-8"))
