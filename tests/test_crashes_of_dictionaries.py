"""SIGKILL while an import makes a dictionary for its pages: every page that is kept can be unpacked, then and later.

Where none was made, the next import or crawl that brings pages makes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from agreement import contents, held, lost, rows
from interrupted import a_warc_file
from killing import Trouble, run

from bayegan.verifying import verify

if TYPE_CHECKING:
    from pathlib import Path

MAKING = "INSERT INTO dictionaries"
MOMENTS = {2: 0, 3: 1}  # statements from that one on, the killed one among them, and what is there then


@pytest.mark.parametrize("statement", MOMENTS)
def test_an_import_that_is_killed_while_it_makes_a_dictionary_is_made_up_by_the_same_command(
    statement: int, crawled: Path, tmp_path: Path
) -> None:
    words, db = a_warc_file(tmp_path, crawled), tmp_path / "x.db"
    assert run(tmp_path, *words, trouble=Trouble(statement=statement, from_on=MAKING)).code == -9
    acknowledged = held(db)
    assert rows(db, "select count(*) from dictionaries") == [(MOMENTS[statement],)]
    assert acknowledged
    assert [fault for fault in verify(db).faults if not fault.note] == []
    assert run(tmp_path, *words).code == 0
    assert lost(acknowledged, held(db)) == {}
    assert held(db) == held(crawled)
    assert contents(db)["pages"] == contents(crawled)["pages"]
    assert verify(db).faults == ()
