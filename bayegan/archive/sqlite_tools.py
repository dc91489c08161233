"""sqlite-utils, imported without the pandas and numpy that may stand beside it.

It would load both, for columns of a kind that no archive has: measured, 1.7 s of every crawl and import where
pandas is installed, 0.3 s where only numpy is, which every plotting library brings.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Database", "Migrations"]

NOT_NEEDED: Final = ("numpy", "pandas")


@contextmanager
def _not_found(names: tuple[str, ...]) -> Iterator[None]:
    """Let these modules seem not to be installed, but for those that are loaded already."""
    loaded: Any = sys.modules
    hidden = [name for name in names if name not in loaded]
    loaded.update(dict.fromkeys(hidden))  # None is what the import system takes for «not to be found»
    try:
        yield
    finally:
        for name in hidden:
            del loaded[name]


with _not_found(NOT_NEEDED):
    from sqlite_utils import Database, Migrations
