"""What an export would write that an earlier one did not hold, or held otherwise; and who has gone since."""

from __future__ import annotations

from collections import Counter
from itertools import compress
from typing import TYPE_CHECKING, Final

from bayegan.dataset import listing

if TYPE_CHECKING:
    import sqlite3

    from bayegan.export.reading import Columns

TOMBSTONES: Final = 'SELECT agency, news_code, "when" FROM tombstones'
LAST_RUN: Final = "SELECT max(ended) FROM runs"
NEW, CHANGED = "new", "changed"


class Held:
    """Takes down what an export holds, and lets through what there is to write: all, or what is not in ``before``."""

    def __init__(self, before: dict[bytes, bytes] | None = None) -> None:
        self.entries: list[bytes] = []
        self.counts: Counter[str] = Counter()
        self.last_seen: str | None = None
        self._before = before

    def news(self, columns: Columns, fields: tuple[str, ...], split: str = "") -> Columns:
        """The articles of these that are to be written; the columns may have none."""
        found = listing.entries(columns, fields, split)
        self.entries.extend(found)
        self.last_seen = max((self.last_seen or "", *columns["last_seen"]))
        if self._before is None:
            return columns
        wanted = [self._is_news(self._before, entry) for entry in found]
        return {name: list(compress(column, wanted)) for name, column in columns.items()}

    def as_of(self, conn: sqlite3.Connection) -> str | None:
        """When the archive was last at its sites: the last run's end, or when the newest of the articles was seen."""
        (ended,) = conn.execute(LAST_RUN).fetchone()
        return max(filter(None, (ended, self.last_seen)), default=None)

    def gone(self, conn: sqlite3.Connection) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
        """Whom the earlier export held and this one does not: those taken down, and those no longer selected."""
        buried = {(agency, code): when for agency, code, when in conn.execute(TOMBSTONES)}
        left = [listing.key_of(key) for key in sorted(self._before or ())]
        taken = [
            {"agency": agency, "news_code": code, "when": buried[agency, code]}
            for agency, code in left
            if (agency, code) in buried
        ]
        return taken, [{"agency": agency, "news_code": code} for agency, code in left if (agency, code) not in buried]

    def _is_news(self, before: dict[bytes, bytes], entry: bytes) -> bool:
        """What was found again is forgotten: what remains has gone."""
        key, told = listing.parted(entry)
        known = before.pop(key, None)
        if known == told:
            return False
        self.counts[NEW if known is None else CHANGED] += 1
        return True
