"""What comes from outside is bound: no word of it ever stands in a statement of SQL.

ruff's S608 knows statements that are put together in one place; it does not see those that are
joined over several functions. So every statement is heard here while commands are given hostile words.
"""

from __future__ import annotations

import ast
import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from archives import fill, story
from imports import WHOLE, lines
from typer.testing import CliRunner

from bayegan.cli import app

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
EVIL = "evil'\"); DROP TABLE articles; --"
PHRASE = '"evil\'); DROP TABLE articles; --"'
FIELDS = ("title", "kicker", "lead", "place", "image")
RECORD = (
    WHOLE
    | dict.fromkeys(FIELDS, EVIL)
    | {
        "news_code": EVIL,
        "url": f"https://shabestan.news/news/{EVIL}",
        "tags": [EVIL],
        "sections": [EVIL],
        "authors": [EVIL],
        "body": f"{EVIL} {WHOLE['body']}",
    }
)
# Where statements are put together of more than constants, each looked at, and heard by the test above.
LOOKED_AT = {
    "bayegan/archive/finding/facets.py": "a statement of selecting",
    "bayegan/archive/finding/selecting.py": "clauses, of a table of constants",
    "bayegan/export/slim.py": "the names of an article's fields, and question marks",
}
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|PRAGMA|WHERE|ORDER BY|VALUES|CREATE|DROP|ATTACH)\b")


HEARD: list[str] = []


class Cursor(sqlite3.Cursor):
    """Hears every statement as it is handed over, before anything is bound."""

    def execute(self, sql: str, *values: Any) -> Any:
        HEARD.append(sql)
        return super().execute(sql, *values)

    def executemany(self, sql: str, *values: Any) -> Any:
        HEARD.append(sql)
        return super().executemany(sql, *values)

    def executescript(self, sql: str) -> Any:
        HEARD.append(sql)
        return super().executescript(sql)


class Connection(sqlite3.Connection):
    def cursor(self, *_: Any) -> Any:
        return super().cursor(Cursor)

    def execute(self, *given: Any) -> Any:
        return self.cursor().execute(*given)

    def executemany(self, *given: Any) -> Any:
        return self.cursor().executemany(*given)

    def executescript(self, *given: Any) -> Any:
        return self.cursor().executescript(*given)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *given, **named: connect(*given, **named | {"factory": Connection}))
    HEARD.clear()
    return HEARD


COMMANDS = {
    "import": "{evil.jsonl}",
    "search": "{PHRASE} --tag {EVIL} --section {EVIL} --json",
    "search by relevance": "{PHRASE} --sort relevance --limit 5 --json",
    "search for one of many": "{PHRASE} --tag {EVIL} --distinct --json",
    "search for facets": "{PHRASE} --section {EVIL} --facets --json",
    "search for the like": "--similar shabestan/{EVIL} --json",
    "search and count": "{PHRASE} --tag {EVIL} --count --json",
    "show": "shabestan/{EVIL} --json",
    "show what changed": "shabestan/{EVIL} --revisions --diff --json",
    "copies": "shabestan/{EVIL} --json",
    "words": "{PHRASE} --section {EVIL} --against-tag {EVIL} --least 1 --json",
    "maintain": "",
    "trend": "{PHRASE} --tag {EVIL} --section {EVIL} --json",
    "coverage": "--json",
    "stats": "--json",
    "export": "{out.csv} --tag {EVIL}",
    "merge": "{other.db}",
    "reread": "--jobs 1",
    "verify": "--repair",
    "takedown": "shabestan/{EVIL} --yes --why {EVIL}",
}


def test_no_word_from_outside_stands_in_a_statement(heard: list[str], tmp_path: Path) -> None:
    archive = fill(tmp_path / "x.db", [story("101", title=EVIL, tags=(EVIL,))])
    fill(tmp_path / "other.db", [story("102", title=EVIL, tags=(EVIL,))])
    lines(tmp_path / "evil.jsonl", RECORD)
    given = {name: str(tmp_path / name) for name in ("evil.jsonl", "out.csv", "other.db")} | {"PHRASE": PHRASE}
    for name, written in COMMANDS.items():
        words = [given.get(word.strip("{}"), word.replace("{EVIL}", EVIL)) for word in written.split()]
        before = len(heard)
        done = CliRunner().invoke(app, [name.split(maxsplit=1)[0], *words, "--archive", str(archive)])
        assert (done.exit_code, name) == (0, name), done.output
        assert len(heard) > before, name
    assert [sql for sql in heard if "evil" in sql] == []
    with sqlite3.connect(archive) as conn:
        assert conn.execute("SELECT count(*) FROM articles").fetchone() == (2,)  # of three, one was taken down


def put_together(tree: ast.AST) -> Iterator[ast.JoinedStr]:
    """The f-strings that look like SQL."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            plain = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
            if SQL.search(plain):
                yield node


@pytest.mark.parametrize("package", ["bayegan", "crawler", "pipelines", "spiders"])
def test_a_statement_is_put_together_of_constants_alone(package: str) -> None:
    """An f-string of SQL may name constants, which are written in capitals; what else it names was looked at."""
    found = []
    for path in sorted((ROOT / package).rglob("*.py")):
        for node in put_together(ast.parse(path.read_text(encoding="utf-8"))):
            values = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
            constant = all(isinstance(value, ast.Name) and value.id.isupper() for value in values)
            if not constant and str(path.relative_to(ROOT)) not in LOOKED_AT:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}")
    assert found == []
