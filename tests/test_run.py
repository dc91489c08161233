from __future__ import annotations

from collections import Counter

import pytest

from bayegan.archive.runs import Summary
from pipelines.run import verdict

LISTED = Counter(links=10)


@pytest.mark.parametrize(
    ("counts", "found", "reason", "fault", "code"),
    [
        ({"new": 10}, LISTED, "finished", None, 0),
        ({"new": 9, "gone": 1}, LISTED, "finished", None, 0),
        ({}, Counter(unchanged=2), "finished", None, 0),
        ({"new": 9, "failed": 1}, LISTED, "finished", None, 4),
        ({"new": 9, "refused": 1}, LISTED, "finished", None, 4),
        ({"new": 10}, LISTED + Counter(failed=1), "finished", None, 4),
        ({}, Counter(), "finished", None, 3),
        ({}, Counter(failed=3), "finished", None, 3),
        ({"new": 4, "blocked": 6}, LISTED, "finished", None, 5),
        ({"new": 6, "blocked": 4}, LISTED, "finished", None, 4),
        ({}, Counter(blocked=1), "finished", None, 5),
        ({"failed": 10}, LISTED, "shutdown", None, 1),
        ({"new": 10}, LISTED, "finished", "The disk is full.", 1),
        ({"blocked": 10}, LISTED, "archive", "The disk is full.", 1),
    ],
)
def test_the_exit_code_is_the_worst_that_holds(
    counts: dict[str, int], found: Counter[str], reason: str, fault: str | None, code: int
) -> None:
    said = verdict(Summary(agency="shabestan", **counts), found, reason, fault)  # type: ignore[arg-type]  # counts are ints
    assert said.exit == code
    if code in {1, 3, 5}:
        assert said.reasons
        assert all(reason.endswith((".", ":")) for reason in said.reasons)
