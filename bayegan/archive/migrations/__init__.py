"""How an older archive becomes a newer one: a module a step, in the order of STEPS.

A step runs inside the writer's transaction; its name is never changed or removed once it has been released.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bayegan.archive.migrations.dictionary_ratio import dictionary_ratio
from bayegan.archive.migrations.first_schema import first_schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database

STEPS: Final[tuple[tuple[str, Callable[[Database], None]], ...]] = (
    ("0001_first_schema", first_schema),
    ("0002_dictionary_ratio", dictionary_ratio),
)
