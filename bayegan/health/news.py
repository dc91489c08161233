"""What is worth an alert: a change of an agency's state. The same trouble every night is told once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayegan.health.judging import judge
from bayegan.health.past import ENDED_EARLY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayegan.health.past import Record
    from bayegan.health.troubles import Trouble


@dataclass(frozen=True, slots=True)
class Alert:
    """One message; ``recovered`` where it says that a trouble is over."""

    title: str
    body: str
    recovered: bool = False


def alert(agency: str, now: Record, troubles: Sequence[Trouble], before: Sequence[Record]) -> Alert | None:
    """What to tell of a run and its troubles, by the runs ``before`` it, the newest first; None where nothing changed.

    A run of named days, or one that was ended early, says nothing of how the agency is.
    """
    if not _tells(now):
        return None
    known = _told(before)
    if {one.state for one in troubles} == {one.state for one in known}:
        return None
    if not troubles:
        over = ", ".join(one.kind for one in known)
        return Alert(f"bayegan: {agency} is healthy again", f"Run {now.id} found nothing wrong; over: {over}.", True)  # noqa: FBT003 -- its name stands above
    kinds = ", ".join(one.kind for one in troubles)
    said = "\n".join(one.sentence for one in troubles)
    return Alert(f"bayegan: {agency}: {kinds}", f"{said}\nRun {now.id}, exit code {now.exit}.")


def _told(before: Sequence[Record]) -> tuple[Trouble, ...]:
    """The troubles that were told last: those of the last run whose alert, if it needed one, was delivered."""
    for place, run in enumerate(before):
        if _tells(run) and not run.measures.untold:
            return judge(run, before[place + 1 :])
    return ()


def _tells(run: Record) -> bool:
    return run.plain and run.exit != ENDED_EARLY
