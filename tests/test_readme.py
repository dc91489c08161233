"""What the README shows is run as it stands there, on the archive that ``make demo`` makes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
QUERIES = [line for line in README.splitlines() if line.startswith(("sqlite3 data", ".venv/bin/sqlite-utils"))]
PYTHON = re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo's archive and the environment of these tests where the README says they are."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / "data").mkdir()
    (folder / ".venv").mkdir()
    (folder / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    demo = [sys.executable, "-m", "bayegan", "demo"]
    subprocess.run(demo, cwd=folder, check=True, capture_output=True, timeout=100)
    return folder


def test_the_first_three_lines_are_crawl_search_and_export() -> None:
    first = README.splitlines()[:3]
    assert [line.split()[1] for line in first] == ["crawl", "search", "export"]


def test_there_are_five_queries() -> None:
    assert len(QUERIES) == 5


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_works_as_pasted(query: str, checkout: Path) -> None:
    if query.startswith("sqlite3") and shutil.which("sqlite3") is None:
        pytest.skip("the sqlite3 command is not installed")
    done = subprocess.run(query, shell=True, cwd=checkout, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize("script", PYTHON)
def test_a_python_example_works_as_pasted(script: str, checkout: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", script]
    done = subprocess.run(
        command, cwd=checkout, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "1399-09" in done.stdout
