"""The JSON of an article: what the command line prints, what export writes and import reads."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any, get_args

from crawler.calendars import YEARS
from crawler.dates import TEHRAN, jalali
from crawler.errors import RefusedError
from crawler.items import Article, Kind

_LISTS = ("tags", "sections", "authors")
_MOMENTS = ("published", "modified")
_WORDS = tuple(field.name for field in fields(Article) if field.name not in {*_LISTS, *_MOMENTS, "kind"})
_SHOWN = 40  # letters of a wrong value that fit in a sentence
_KINDS: tuple[Kind, ...] = get_args(Kind)


def article_json(article: Article) -> dict[str, Any]:
    """The article under the names and in the order of its JSON; what is missing is None or [].

    ``published`` and ``modified`` are ISO 8601 with Tehran's offset; ``published_jalali`` is Tehran's day.
    """
    shown: dict[str, Any] = {}
    for field in fields(Article):
        value = getattr(article, field.name)
        shown[field.name] = _plain(value)
        if field.name == "published":
            shown["published_jalali"] = None if value is None else jalali(value)
    return shown


def article_from_json(written: object) -> Article:
    """The article that ``article_json`` wrote; keys that are not an article's are ignored, missing ones are None or ().

    Raises RefusedError for what is no such JSON, in one sentence that names the key.
    """
    if not isinstance(written, dict):
        raise RefusedError(f"An article is a JSON object, this is {_kind_of(written)}.")
    kind = written.get("kind") or "text"
    if kind not in _KINDS:
        raise RefusedError(f"The article's kind is one of {', '.join(_KINDS)}, not {_short(kind)}.")
    read: dict[str, Any] = {"kind": kind}
    for reader, keys in ((_text, _WORDS), (_names, _LISTS), (_moment, _MOMENTS)):
        read |= {key: reader(key, written.get(key)) for key in keys}
    return Article(**read)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(TEHRAN).isoformat()
    return list(value) if isinstance(value, tuple) else value


def _text(key: str, value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise RefusedError(f"The article's {key} is text or null in its JSON, not {_kind_of(value)}.")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise RefusedError(f"The article's {key} holds half a character, which no file can hold.") from error
    return value


def _names(key: str, value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise RefusedError(f"The article's {key} are a list of texts in its JSON, not {_kind_of(value)}.")
    names = tuple(_text(f"{key} entry", one) for one in value)
    if None in names:
        raise RefusedError(f"The article's {key} are a list of texts in its JSON, without null.")
    return tuple(name for name in names if name is not None)


def _moment(key: str, value: object) -> datetime | None:
    text = _text(key, value)
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None and moment.year in YEARS["Gregorian"]:
            return moment.astimezone(TEHRAN)
    except (ValueError, OverflowError):
        pass
    raise RefusedError(f"The article's {key} is a time like 2020-12-07T14:30:00+03:30 in its JSON, not {_short(text)}.")


def _kind_of(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "text", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), "null")


def _short(value: object) -> str:
    text = str(value)
    return f"«{text}»" if len(text) <= _SHOWN else f"«{text[:_SHOWN]}…»"
