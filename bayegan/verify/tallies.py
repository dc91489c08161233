"""The tallies of common words against the index: each is what FTS5 counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bayegan.archive.finding import tallies
from bayegan.verify.checks import Check, Finding, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayegan.verify.checks import Look, Repair

TALLIES: Final = "SELECT expression, block, articles FROM tallies"
ARTICLES: Final = "SELECT count(*) FROM articles WHERE id BETWEEN ? AND ?"
WRONG: Final = "{} tallies of common words are not what the search index counts"


def _find(look: Look) -> Iterator[Finding]:
    """One finding for all of them: none belongs to an article, and all are mended at once."""
    rows = look.conn.execute(TALLIES).fetchall()
    wrong = 0
    for done, (expression, block, articles) in enumerate(rows):
        bounds = tallies.bounds(block)
        counted = tallies.matches(look.conn, expression, bounds) if expression else _articles(look, bounds)
        wrong += counted != articles
        look.step(done, len(rows))
    if wrong:
        yield Finding(TALLY, None, WRONG.format(wrong))


def _articles(look: Look, bounds: tuple[int, int]) -> int:
    return int(look.conn.execute(ARTICLES, bounds).fetchone()[0])


def _rebuild(repair: Repair, _: Iterator[Finding]) -> None:
    tallies.rebuild(repair.conn)


TALLY: Final = Kind(name="tally", mend=_rebuild, advice="Run it again with --repair: they are counted anew.")

CHECKS: Final = (Check(name="tallies", kinds=(TALLY,), find=_find, quick=False, broken_off=TALLY),)
