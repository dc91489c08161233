"""The pages that say which test shows what: every test that they name is there, what they tell people to type works."""

from __future__ import annotations

import ast
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from archives import fill, story

from bayegan.archive.pages.packing import pack
from bayegan.verifying import verify

ROOT = Path(__file__).parent.parent
RELIABILITY = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
PAGES = {"docs/reliability.md": RELIABILITY} | {
    "docs/threat-model.md": (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
}
FUNCTION = ast.FunctionDef
NAMED = re.compile(r"\b(test_\w+\.py)(?:::(test_\w+))?")
ROWS = [row.split(" | ") for row in re.findall(r"(?m)^\| (?!what is promised)(.+) \|$", RELIABILITY)]
PARTS = (
    "Nothing lost",
    "Edits and deletions",
    "Every field can be made again",
    "Verify",
    "In and out",
    "Takedown",
    "Hostile sites",
    "Fuzzing",
    "Supply chain and secrets",
)


def names_in(file: str) -> set[str]:
    """The tests of a file, and "", which stands for the whole of it; nothing where there is no such file."""
    path = ROOT / "tests" / file
    if not path.exists():
        return set()
    return {"", *(one.name for one in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(one, FUNCTION))}


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_is_named_exists(page: str) -> None:
    named = NAMED.findall(PAGES[page])
    there = {file: names_in(file) for file, _ in named}
    assert [f"{file}::{name}" for file, name in named if name not in there[file]] == []
    assert named


@pytest.mark.parametrize("part", PARTS)
def test_each_part_has_promises(part: str) -> None:
    section = RELIABILITY.partition(f"\n## {part}\n")[2].partition("\n## ")[0]
    assert section.count("::test_") > 1


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:60])
def test_each_promise_has_a_test_and_a_figure(row: list[str]) -> None:
    promised, shown, figure = row
    assert promised
    assert figure
    assert NAMED.search(shown)


def test_the_threat_model_names_modules_that_are_there() -> None:
    rows = [line for line in PAGES["docs/threat-model.md"].splitlines() if line.startswith("| ")][1:]
    paths = [path for row in rows for path in re.findall(r"`([\w./-]+)`", row.split(" | ")[3])]
    assert len(paths) > 15
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_pages_and_dictionaries_come_back_from_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the very statements that the page tells people to type."""
    archive = fill(tmp_path / "x.db", [story(str(code)) for code in range(101, 106)])
    with closing(sqlite3.connect(archive, isolation_level=None)) as conn:
        (body,) = conn.execute("SELECT body FROM pages WHERE id = 1").fetchone()
        html = "<html>سه کتابخانه تازه در شهر 103</html>".encode()
        conn.execute("INSERT INTO dictionaries VALUES (1, 'shabestan', '2020-12-07T00:00:00Z', ?, NULL)", (html,))
        conn.execute("UPDATE pages SET dictionary_id = 1, body = ? WHERE id = 3", (pack(html, html),))
    assert verify(archive).exit_code == 0
    shutil.copy(archive, tmp_path / "copy.db")
    with closing(sqlite3.connect(archive, isolation_level=None)) as conn:
        conn.execute("DELETE FROM dictionaries")
        conn.execute("UPDATE pages SET body = zeroblob(40) WHERE id = 1")
        conn.execute("UPDATE pages SET sha256 = 'x' WHERE id = 2")
    assert set(verify(archive).found) == {"dictionary lost", "page damaged", "page altered"}
    monkeypatch.chdir(tmp_path)
    (statements,) = re.findall(r"(?s)```sql\n(.+?)```", RELIABILITY)
    with closing(sqlite3.connect(archive, isolation_level=None)) as conn:
        conn.executescript(statements)
        assert conn.execute("SELECT body FROM pages WHERE id = 1").fetchone() == (body,)
    assert verify(archive).exit_code == 0
