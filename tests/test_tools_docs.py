"""What docs/from-archive-to-tools.md and docs/datasets.md show is run as it stands there, from top to bottom."""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner as ClickRunner
from sqlite_utils.cli import cli as sqlite_utils
from typer.testing import CliRunner

from bayegan.cli import app

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```", re.DOTALL | re.MULTILINE)
# Page by page, what each block shows when it is run: one piece of its output for each block, in their order.
SHOWN = {
    "from-archive-to-tools.md": [
        "1399-09|40",
        "خرم\u200cآباد، فوتبال، والیبال",
        "1399-09",
        "40 articles written to parts.",
        "1399-09-01",
        "mean",
        "published_jalali",
        '"period": "1399-09", "first": "2020-11-21", "last": "2020-12-20", "matches": 7, "articles": 40',
        "1399-09",
        "1399-09",
    ],
    "datasets.md": [
        "40 articles written to news: 35 train, 5 test.",
        "train-00000-of-00001.parquet",
        "0 articles written to update: 0 new, 0 changed, 0 taken down, 0 left out.",
        "train 35 → 35\nvalidation 0 → 0\ntest 5 → 5\n",
        "0 articles written to later.jsonl.zst: 0 new, 0 changed, 0 taken down, 0 left out.",
    ],
}


def blocks(page: str) -> list[tuple[str, str]]:
    return BLOCK.findall((ROOT / "docs" / page).read_text(encoding="utf-8"))


def in_shell(block: str) -> str:
    return "".join(command(line) for line in block.splitlines())


def command(line: str) -> str:
    """What a command says; those written in Python run in this process: their start would be most of the test."""
    name, *words = shlex.split(line)
    if name == "sqlite3":
        return subprocess.run([name, *words], capture_output=True, text=True, timeout=100, check=True).stdout
    done: Any = OURS.invoke(app, words) if name == "bayegan" else THEIRS.invoke(sqlite_utils, words)
    assert done.exit_code == 0, f"{line}\n{done.output}"
    return str(done.output)


def in_python(block: str) -> str:
    with redirect_stdout(io.StringIO()) as written:
        exec(compile(block, "<docs>", "exec"), {"__name__": "__main__"})
    return written.getvalue()


OURS, THEIRS = CliRunner(), ClickRunner()
RUN: dict[str, Callable[[str], str]] = {"sh": in_shell, "python": in_python}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    (folder / "data").mkdir()
    words = [sys.executable, "-m", "bayegan", "demo"]
    subprocess.run(words, cwd=folder, check=True, capture_output=True, timeout=100)
    return folder


@pytest.mark.parametrize("page", SHOWN)
def test_every_block_of_a_page_works_as_pasted(
    page: str, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("sqlite3") is None:
        pytest.skip("the sqlite3 command is not installed")
    monkeypatch.chdir(shutil.copytree(demo, tmp_path / "here"))
    for name in [name for name in os.environ if name.startswith("BAYEGAN")]:
        monkeypatch.delenv(name)
    found = blocks(page)
    assert len(found) == len(SHOWN[page])
    for (language, block), shown in zip(found, SHOWN[page], strict=True):
        assert shown in RUN[language](block), block
