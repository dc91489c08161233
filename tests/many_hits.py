"""An archive of a hundred and thirty articles that one word finds: more than a page of hits."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from archives import NOON, fill, story

if TYPE_CHECKING:
    from pathlib import Path

HITS = 130  # polars looks at the first hundred for what it is not told


def one(number: int) -> Any:
    """The newest has the lowest code. What is often missing is missing in the first hundred."""
    late = number >= 120
    return story(
        f"{number:03}",
        published=NOON - timedelta(minutes=number),
        modified=NOON if late else None,
        image=f"https://shabestan.news/{number}.jpg" if late else None,
        place="قم" if late else None,
        tags=("كتاب",) if late else (),
        authors=(),
    )


def many(path: Path) -> Path:
    """An archive that holds them."""
    return fill(path, map(one, range(HITS)))
