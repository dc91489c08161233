"""Export in a process of its own: killed anywhere, or on a disk with no room, it leaves what was there."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

import pytest
from archives import fill, story
from exports import codes
from killing import Trouble, run

if TYPE_CHECKING:
    from pathlib import Path

KILLED: Final = -signal.SIGKILL
COUNT: Final = 5_000  # three batches
# Rows alone: an export reads no index. Every text is another one, so that no format packs them to nothing.
MULTIPLY: Final = """
    INSERT INTO articles (agency, news_code, title, lead, body, published, published_jalali, content_hash, first_seen,
        last_seen)
    WITH RECURSIVE numbers (n) AS (SELECT 2000 UNION ALL SELECT n + 1 FROM numbers WHERE n < 2000 + :count - 2)
    SELECT agency, n, title, hex(randomblob(40)), body, published, published_jalali, content_hash, first_seen, last_seen
    FROM articles, numbers
"""
GROWS: Final = "it grows larger than a file may be here: raise the limit, or choose another folder."
# While a later batch is read, and an earlier one written: every batch takes three statements.
IN_THE_MIDDLE: Final = Trouble(statement=9, from_on="SELECT articles.id FROM articles")


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = fill(tmp_path_factory.mktemp("killed") / "x.db", [story("1000")])
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute(MULTIPLY, {"count": COUNT})
    return path


@pytest.mark.parametrize("name", ["all.jsonl.zst", "all.parquet", "all.db"])
def test_an_export_that_is_killed_leaves_what_was_there(name: str, db: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / name
    words = ("export", str(path), "--archive", str(db))
    path.write_text("an older export\n")
    assert run(tmp_path, *words, trouble=IN_THE_MIDDLE).code == KILLED
    assert path.read_text() == "an older export\n"
    assert len(list(folder.iterdir())) == 2
    assert run(tmp_path, *words).code == 0
    assert [file.name for file in folder.iterdir()] == [name]
    assert len(set(codes(path))) == COUNT


def test_a_folder_that_is_killed_is_not_there(db: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    words = ("export", str(folder / "parts"), "--partition", "--archive", str(db))
    assert run(tmp_path, *words, trouble=IN_THE_MIDDLE).code == KILLED
    assert [name.name for draft in folder.iterdir() for name in draft.iterdir()] == ["by_agency=shabestan"]
    assert not (folder / "parts").exists()
    assert run(tmp_path, *words).code == 0
    assert [file.name for file in folder.iterdir()] == ["parts"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("all.jsonl.gz", GROWS),
        ("all.parquet", GROWS),
        ("all.arrow", GROWS),
        ("parts", GROWS),
        ("all.db", "Input/output error: choose another place."),  # SQLite says no more
    ],
)
def test_an_export_that_may_not_grow_leaves_nothing(name: str, why: str, db: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    words = ("export", str(folder / name), *(["--partition"] if name == "parts" else []), "--archive", str(db))
    done = run(tmp_path, *words, trouble=Trouble(most_bytes=100_000))
    assert (done.code, done.said) == (1, f"{folder / name} could not be written, {why}\n")
    assert list(folder.iterdir()) == []
