"""How many pages may still be asked for, by all crawls that share the number."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Budget:
    """``most`` pages in all, listings among them; without it, as many as there are.

    >>> budget = Budget(2)
    >>> budget.take(), budget.take(), budget.take(), budget.spent
    (True, True, False, True)
    """

    most: int | None = None
    taken: int = 0

    @property
    def spent(self) -> bool:
        return self.most is not None and self.taken >= self.most

    def take(self) -> bool:
        """Whether one page more may be asked for; it is counted."""
        if self.spent:
            return False
        self.taken += 1
        return True
