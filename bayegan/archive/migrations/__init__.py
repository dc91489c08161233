"""How an older archive becomes a newer one: a module a step, in the order of STEPS.

A step runs inside the writer's transaction; its name is never changed or removed once it has been released.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bayegan.archive.migrations.copies import find_copies
from bayegan.archive.migrations.dictionary_ratio import dictionary_ratio
from bayegan.archive.migrations.first_schema import first_schema
from bayegan.archive.migrations.joined_words import gather_joined_words
from bayegan.archive.migrations.search_indexes import search_indexes
from bayegan.archive.migrations.tallies import tally_common_words
from bayegan.archive.migrations.what_is_due import what_is_due

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database

STEPS: Final[tuple[tuple[str, Callable[[Database], None]], ...]] = (
    ("0001_first_schema", first_schema),
    ("0002_dictionary_ratio", dictionary_ratio),
    ("0003_joined_words", gather_joined_words),
    ("0004_copies", find_copies),
    ("0005_search_indexes", search_indexes),
    ("0006_tallies", tally_common_words),
    ("0007_what_is_due", what_is_due),
)
