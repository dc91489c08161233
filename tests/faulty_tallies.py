"""Tallies that are not what the index counts; no archive as small as this one has any of its own."""

from __future__ import annotations

from faulty_archives import plant

WRONG = ("tally", None)

TALLIES = (
    plant("a tally", ("insert into tallies values ('\"کتاب\"', 0, 7)",), WRONG),
    plant("a tally of no expression", ("insert into tallies values ('\"', 0, 7)",), WRONG),
    plant("a block that was not tallied", ("insert into tallies values ('', 0, 7)",), WRONG),
)
