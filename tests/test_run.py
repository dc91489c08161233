from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from crawls import AZAR, command

from bayegan.archive.runs import Summary
from bayegan.archive.verdict import verdict

if TYPE_CHECKING:
    from bayegan.example import Example

ROOT = Path(__file__).parent.parent
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


@pytest.mark.parametrize(("blocked", "unchanged", "code"), [(2, 1, 5), (1, 1, 4), (1, 99, 4)])
def test_pages_that_are_as_they_were_were_not_blocked(blocked: int, unchanged: int, code: int) -> None:
    """Of a recheck most pages are unchanged: a single one that was blocked is not most of them."""
    summary = Summary(agency="shabestan", blocked=blocked)
    assert verdict(summary, LISTED, "finished", unchanged=unchanged).exit == code


@pytest.mark.parametrize(("gone", "new", "unchanged", "told"), [(9, 4, 4, True), (9, 4, 6, False), (3, 0, 0, False)])
def test_a_site_that_says_of_most_pages_that_they_are_gone_is_not_taken_at_its_word(
    gone: int, new: int, unchanged: int, *, told: bool
) -> None:
    said = verdict(Summary(agency="shabestan", gone=gone, new=new), LISTED, "finished", unchanged=unchanged)
    assert said.exit == 0
    assert ("Most pages that were asked for are gone" in " ".join(said.reasons)) is told


def test_a_fault_of_our_reader_costs_one_page_and_is_told(
    example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "sitecustomize.py"  # a reader with a fault, in the crawl's own process
    broken.write_text(
        "import crawler.page as page\n"
        "read = page.read_page\n"
        "def fault(html, url=''):\n"
        "    if '1001741' in url:\n"
        "        raise ZeroDivisionError('seven')\n"
        "    return read(html, url)\n"
        "page.read_page = fault\n"
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), str(ROOT)]))
    done = subprocess.run(
        command(example.url, tmp_path / "x.db", *AZAR), capture_output=True, text=True, timeout=60, check=False
    )
    summary = json.loads(done.stdout)
    assert (done.returncode, summary["failed"], summary["held"]) == (4, 1, 38)
    assert "Our reader failed on it (ZeroDivisionError: seven)" in done.stderr
