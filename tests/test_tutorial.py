"""The notebook of the documentation, run from its first cell to its last against an archive that it makes itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from nbclient import NotebookClient

if TYPE_CHECKING:
    from collections.abc import Mapping

TUTORIAL = Path(__file__).parent.parent / "docs" / "tutorial.ipynb"


def read() -> Any:
    return nbformat.read(TUTORIAL, as_version=4)  # type: ignore[no-untyped-call]


def test_no_output_is_kept_in_the_file() -> None:
    code = [cell for cell in read().cells if cell.cell_type == "code"]
    assert [(cell.id, cell.outputs, cell.execution_count) for cell in code] == [(cell.id, [], None) for cell in code]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """What each cell gave, as text, by the cell's name; a cell that fails fails them all."""
    folder = tmp_path_factory.mktemp("tutorial")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "TMPDIR"):
            place = folder / name.lower()
            place.mkdir()
            patch.setenv(name, str(place))
        notebook = read()
        NotebookClient(notebook, timeout=100, resources={"metadata": {"path": str(folder)}}).execute()
    return {cell.id: shown(cell) for cell in notebook.cells if cell.cell_type == "code"}


def shown(cell: Any) -> str:
    return "\n".join(given.get("text") or " ".join((*given.data, given.data["text/plain"])) for given in cell.outputs)


@pytest.mark.parametrize(
    ("cell", "holds"),
    [
        ("make", []),
        ("open", ["agency='shabestan', articles=40"]),
        ("coverage", ["text/html", "2020-12-20       3     3        0    1.0      True"]),
        ("search", ["1399-09-30 shabestan 1001775", "«مسجد»"]),
        ("pandas", ["بیمارستان    5"]),
        ("polars", ["shape: (5, 4)", "published_jalali"]),
        ("trend", ["1399-08-24      NaN       NaN", "1399-09-15      3.0      15.0  0.200000        7     7"]),
        ("picture", ["image/png"]),
        ("words", ["مسجد     29        0", "بیمارستان      0       16"]),
        ("periods", ["گرگان"]),
        ("sql", ["بوشهر"]),
    ],
)
def test_a_cell_shows_what_the_text_says(ran: Mapping[str, str], cell: str, holds: list[str]) -> None:
    assert [piece for piece in holds if piece not in ran[cell]] == []


def test_no_cell_warns_and_none_is_left_out(ran: Mapping[str, str]) -> None:
    assert sorted(ran) == sorted(
        [
            "make",
            "open",
            "coverage",
            "search",
            "pandas",
            "polars",
            "trend",
            "picture",
            "words",
            "periods",
            "sql",
            "close",
        ]
    )
    assert not [name for name, text in ran.items() if "Warning" in text]
