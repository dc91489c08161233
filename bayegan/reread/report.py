"""What a re-reading changes: counted by agency and field, with an example each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bayegan.reread.readers import Fault
    from bayegan.reread.renewal import Difference, How

Became = Literal["changed", "unchanged", "kept", "failed", "meanwhile"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyReread:
    """One agency: ``pages`` of articles are kept, ``due`` of them were to be read, ``read`` is how many were.

    Of those read, ``changed`` articles differ, ``unchanged`` do not, ``kept`` have only lost what was not taken from
    them, ``failed`` gave no reading that could be taken, and ``meanwhile`` were changed by somebody else.
    ``busy``: another run holds the agency, nothing was read.
    """

    agency: str
    pages: int
    due: int
    read: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0
    failed: int = 0
    meanwhile: int = 0
    busy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldReread:
    """In how many articles a field became another, with the first of them as an example (values as in its JSON)."""

    agency: str
    field: str
    how: How
    count: int
    news_code: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultReread:
    """How many pages gave no reading that could be taken, by kind, with the first of them as an example."""

    agency: str
    kind: str
    count: int
    news_code: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RereadSummary:
    """What was changed; after a dry run, what would be."""

    dry_run: bool
    agencies: tuple[AgencyReread, ...] = ()
    fields: tuple[FieldReread, ...] = ()
    faults: tuple[FaultReread, ...] = ()
    jobs: int
    seconds: float

    @property
    def read(self) -> int:
        return sum(one.read for one in self.agencies)

    @property
    def busy(self) -> tuple[str, ...]:
        return tuple(one.agency for one in self.agencies if one.busy)


@dataclass(slots=True)
class Tally:
    """Counts while pages are read."""

    became: Counter[tuple[str, Became]] = field(default_factory=Counter)
    fields: Counter[tuple[str, str, How]] = field(default_factory=Counter)
    faults: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, ...], tuple[str, Any, Any]] = field(default_factory=dict)
    reasons: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def renewed(self, agency: str, code: str, differences: Iterable[Difference]) -> None:
        hows = set()
        for one in differences:
            key = (agency, one.field, one.how)
            hows.add(one.how)
            self.fields[key] += 1
            self.examples.setdefault(key, (code, one.before, one.after))
        self.became[agency, "unchanged" if not hows else "kept" if hows == {"kept"} else "changed"] += 1

    def failed(self, agency: str, code: str, fault: Fault) -> None:
        self.became[agency, "failed"] += 1
        self.faults[agency, fault.kind] += 1
        self.reasons.setdefault((agency, fault.kind), (code, fault.reason))

    def meanwhile(self, agency: str) -> None:
        self.became[agency, "meanwhile"] += 1

    def agency(self, name: str, pages: int, due: int, *, busy: bool) -> AgencyReread:
        counts = {what: count for (agency, what), count in self.became.items() if agency == name}
        return AgencyReread(agency=name, pages=pages, due=due, read=sum(counts.values()), busy=busy, **counts)

    def by_field(self) -> tuple[FieldReread, ...]:
        """By agency; the fields that change most often first."""
        found = sorted(self.fields.items(), key=lambda one: (one[0][0], -one[1], one[0]))
        return tuple(_field(key, count, self.examples[key]) for key, count in found)

    def by_kind(self) -> tuple[FaultReread, ...]:
        found = sorted(self.faults.items(), key=lambda one: (one[0][0], -one[1], one[0]))
        return tuple(_fault(key, count, self.reasons[key]) for key, count in found)


def _field(key: tuple[str, str, How], count: int, example: tuple[str, Any, Any]) -> FieldReread:
    agency, name, how = key
    code, before, after = example
    return FieldReread(agency=agency, field=name, how=how, count=count, news_code=code, before=before, after=after)


def _fault(key: tuple[str, str], count: int, example: tuple[str, str]) -> FaultReread:
    return FaultReread(agency=key[0], kind=key[1], count=count, news_code=example[0], reason=example[1])
