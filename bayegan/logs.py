"""What a crawl says on standard error: lines for people, or one JSON document a line for machines.

JSON is written by python-json-logger: which attributes of a record are its own, how a traceback and a value that
JSON does not know are written, are settled there.
"""

from __future__ import annotations

import logging
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scrapy.settings import BaseSettings

Form = Literal["text", "json"]

OURS: Final = "bayegan"
FOR_PEOPLE: Final = "%(asctime)s %(levelname)s %(message)s"
FOR_A_TERMINAL: Final = "%(asctime)s %(message)s"
CLOCK: Final = {True: "%H:%M:%S", False: "%Y-%m-%d %H:%M:%S"}
HANDED_OVER: Final = ("spider", "crawler", "taskName")  # by Scrapy and asyncio, with every record


@dataclass(slots=True)
class Manner:
    """How this process speaks."""

    form: Form = "text"


SPEAKING: Final = Manner()


class Now:
    """Standard error as it is now: a bar that is drawn there puts itself in between, and lines go above it."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def line(sentence: str, level: int = logging.WARNING, more: Mapping[str, Any] | None = None) -> str:
    """One sentence of ours as a document; ``more`` are further fields."""
    record = logging.LogRecord(OURS, level, "", 0, sentence, None, None)
    record.__dict__.update(more or {})
    return _json().format(record)


@contextmanager
def kept(settings: BaseSettings) -> Iterator[None]:
    """While a crawl runs, its log goes where Scrapy's LOG_ settings say, in the form that this process speaks."""
    handler = _handler(settings)
    root, level = logging.getLogger(), logging.getLogger().level
    root.setLevel(logging.NOTSET)
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        handler.close()


def _handler(settings: BaseSettings) -> logging.Handler:
    file = settings.get("LOG_FILE")
    handler: logging.Handler = logging.StreamHandler(Now())
    if file:
        mode = "a" if settings.getbool("LOG_FILE_APPEND") else "w"
        handler = logging.FileHandler(file, mode=mode, encoding="utf-8", delay=True)
    handler.setFormatter(_json() if SPEAKING.form == "json" else _text(terminal=not file and sys.stderr.isatty()))
    handler.setLevel(settings["LOG_LEVEL"] if settings.getbool("LOG_ENABLED") else logging.CRITICAL + 1)
    return handler


def _text(*, terminal: bool) -> logging.Formatter:
    return logging.Formatter(FOR_A_TERMINAL if terminal else FOR_PEOPLE, CLOCK[terminal])


def _json() -> logging.Formatter:
    from pythonjsonlogger.core import RESERVED_ATTRS  # noqa: PLC0415 -- only who asks for JSON pays
    from pythonjsonlogger.json import JsonFormatter  # noqa: PLC0415

    class Document(JsonFormatter):
        def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
            log_data["time"] = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
            super().add_fields(log_data, record, message_dict)
            if spider := getattr(record, "spider", None):
                log_data.setdefault("agency", spider.name)

    return Document(
        ("levelname", "name", "message"),
        rename_fields={"levelname": "level", "name": "logger", "exc_info": "traceback"},
        reserved_attrs=[*RESERVED_ATTRS, *HANDED_OVER],
        json_ensure_ascii=False,
    )
