"""Every check, in the order in which faults are told and mended: what others rest upon comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bayegan.verify import addresses, articles, copies, database, frontier, index, moments, pages, references, tallies

if TYPE_CHECKING:
    from bayegan.verify.checks import Check

CHECKS: Final[tuple[Check, ...]] = (
    *database.CHECKS,
    *references.CHECKS,
    *pages.CHECKS,
    *articles.CHECKS,
    *moments.CHECKS,
    *addresses.CHECKS,
    *frontier.CHECKS,
    *index.CHECKS,
    *copies.CHECKS,
    *tallies.CHECKS,
)
