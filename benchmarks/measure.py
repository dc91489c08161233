"""Timing side by side in one process, so that what else the machine does falls on all alike."""

from __future__ import annotations

import gc
import platform
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


def interleaved(calls: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median CPU seconds of each call: one after the other, round after round, the collector held off."""
    spent: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            gc.collect(0)
            gc.disable()
            began = process_time()
            call()
            spent[name].append(process_time() - began)
            gc.enable()
    return {name: median(times) for name, times in spent.items()}


def show(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], note: str = "CPU time, medians") -> None:
    """Print a table: the first column names, the others are figures; ``note`` says what they are."""
    table = Table(*heads[:1], title=title, title_justify="left")
    for head in heads[1:]:
        table.add_column(head, justify="right")
    for row in rows:
        table.add_row(*row)
    table.caption = f"Python {platform.python_version()}, {platform.machine()}; {note}"
    Console(width=100).print(table)
