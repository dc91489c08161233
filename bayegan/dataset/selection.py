"""Which articles and which fields of them, as a manifest tells it and an update takes it up again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from bayegan.export.fields import USUAL
from bayegan.export.narrowing import WHOLE, Narrowing
from bayegan.search import Filter

EVERYTHING: Final = Filter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What decides whether an article is written, and what of it."""

    filters: Filter = EVERYTHING
    narrowing: Narrowing = WHOLE
    fields: tuple[str, ...] = USUAL

    @property
    def has_texts(self) -> bool:
        return "body" in self.fields


def told(selection: Selection) -> dict[str, Any]:
    """The selection as JSON takes it."""
    filters = asdict(selection.filters)
    filters.pop("after")
    days = {name: filters[name] and filters[name].isoformat() for name in ("since", "until")}
    return {
        "filters": filters | days,
        "narrowing": asdict(selection.narrowing),
        "fields": list(selection.fields),
    }


def understood(told: dict[str, Any]) -> Selection:
    """The selection that :func:`told` made this of; raises KeyError, TypeError, ValueError for anything else."""
    filters = dict(told["filters"])
    days = {name: filters[name] and date.fromisoformat(filters[name]) for name in ("since", "until")}
    return Selection(
        filters=Filter(**filters | days), narrowing=Narrowing(**told["narrowing"]), fields=tuple(told["fields"])
    )


def options(selection: Selection) -> dict[str, str]:
    """What was asked for and is not the usual, by the option that asks for it."""
    filters, narrowing = selection.filters, selection.narrowing
    given = {
        "--query": filters.query or None,
        "--agency": filters.agency,
        "--from": filters.since,
        "--to": filters.until,
        "--tag": filters.tag,
        "--section": filters.section,
        "--sort": None if filters.sort == EVERYTHING.sort else filters.sort,
        "--limit": filters.limit,
        "--coverage-at-least": narrowing.coverage,
        "--distinct": "" if narrowing.distinct or filters.distinct else None,
        "--sample": narrowing.sample,
        "--seed": narrowing.seed or None,
        "--fields": None if selection.fields == USUAL else ",".join(selection.fields),
    }
    return {option: str(value) for option, value in given.items() if value is not None}
