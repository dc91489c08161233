"""What a check is, what it finds, and how that is mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crawler.calendars import YEARS
from crawler.dates import TEHRAN, utc_text

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from bayegan.archive.writer import Writer

Find = Callable[["Look"], Iterator["Finding"]]
Mend = Callable[["Repair", Iterator["Finding"]], None]

BATCH: Final = 500  # rows in memory at a time


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Kind:
    """A kind of fault, by the name it is told under.

    ``mend`` is how; ``advice`` what a person can do where there is no way, or the way failed. A ``note`` is told and
    is no fault.
    """

    name: str
    advice: str
    mend: Mend | None = None
    note: bool = False


class Finding(NamedTuple):
    """One fault: its kind, the article (``agency/code``), agency or nothing it belongs to, what is wrong, its row."""

    kind: Kind
    where: str | None
    what: str
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One row of the table: all ``kinds`` that ``find`` may find. Only the ``quick`` ones read no texts and pages.

    ``broken_off`` is the kind of what breaks the check off, where that can be mended.
    """

    name: str
    kinds: tuple[Kind, ...]
    find: Find
    quick: bool = True
    broken_off: Kind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A connection to look through and the moment of looking; ``step(done, total)`` is told how far a walk came."""

    conn: sqlite3.Connection
    now: datetime
    quick: bool = False
    step: Callable[[int, int], None] = lambda done, total: None  # noqa: ARG005 -- nobody looks on

    @property
    def values(self) -> dict[str, str]:
        """What the statements of checks may ask for."""
        years = YEARS["Gregorian"]
        return {
            "now": utc_text(self.now),
            "today": str(self.now.astimezone(TEHRAN).date()),
            "first_year": str(years.start),
            "last_year": str(years.stop - 1),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """The archive while it is mended, with all agencies locked; one kind of fault is one transaction."""

    writer: Writer
    look: Look

    @property
    def conn(self) -> sqlite3.Connection:
        return self.writer.conn


def asks(kind: Kind, statement: str, says: str) -> Check:
    """A check that is one statement: agency, news code, and what ``says`` puts into its sentence."""

    def find(look: Look) -> Iterator[Finding]:
        for agency, code, *values in look.conn.execute(statement, look.values):
            yield Finding(kind, named(agency, code), says.format(*values))

    return Check(name=kind.name, kinds=(kind,), find=find)


def asks_rows(kind: Kind, statement: str, says: str) -> Check:
    """The same, where each row begins with its id."""

    def find(look: Look) -> Iterator[Finding]:
        for row, agency, code, *values in look.conn.execute(statement, look.values):
            yield Finding(kind, named(agency, code), says.format(*values), row)

    return Check(name=kind.name, kinds=(kind,), find=find)


def runs(*statements: str) -> Mend:
    """A mend that is statements; what was found is found again by them."""

    def mend(repair: Repair, _: Iterator[Finding]) -> None:
        for statement in statements:
            repair.conn.execute(statement, repair.look.values)

    return mend


def walk(look: Look, statement: str, count: str, size: int = BATCH) -> Iterator[list[tuple[Any, ...]]]:
    """Rows in batches: a statement takes ``:after`` and ``:size``, and its rows begin with their ids."""
    done, total = 0, int(look.conn.execute(count).fetchone()[0])
    after = -(1 << 63)
    while rows := look.conn.execute(statement, {"after": after, "size": size}).fetchall():
        yield rows
        done, after = done + len(rows), rows[-1][0]
        look.step(done, total)


def named(agency: str | None, code: str | None) -> str | None:
    return f"{agency}/{code}" if agency and code else agency
