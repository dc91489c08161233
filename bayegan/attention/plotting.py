"""Pictures with Persian labels: letters joined, lines from right to left, numbers in Persian digits.

matplotlib shapes the letters itself (since 3.11), in DejaVu Sans, which comes with it and has all of Persian; so a
picture looks alike on every machine. It draws without a window and without matplotlib's global state.
"""

from __future__ import annotations

from contextlib import contextmanager
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from bayegan.drafts import written_beside
from crawler.errors import BayeganError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SUFFIXES: Final = (".png", ".svg")
PERSIAN: Final = str.maketrans("0123456789.", "۰۱۲۳۴۵۶۷۸۹٫")
RIGHT_TO_LEFT: Final = "\u200f"  # a label that begins with a Latin word or a number is a Persian line all the same
# Okabe and Ito's colours, without the yellow: told apart by colour-blind eyes and in grey print.
COLOURS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
INK, FAINT, GAP = "#333333", "#d9d9d9", "#eeeeee"
STYLE: Final[Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 12,
    "axes.titlelocation": "right",
    "axes.titlepad": 12,
    "axes.axisbelow": True,
    "grid.color": FAINT,
    "grid.linewidth": 0.6,
    "legend.frameon": False,
    "text.color": INK,
    "text.parse_math": False,  # a dollar sign is a dollar sign
    "xtick.color": INK,
    "ytick.color": INK,
    "svg.hashsalt": "bayegan",  # names in the file that do not differ from run to run
}
INCHES: Final = (8.0, 4.0)
DOTS_AN_INCH: Final = 160


def check_installed() -> None:
    """Raises BayeganError, which says what to install, where matplotlib is missing."""
    if find_spec("matplotlib") is None:
        raise BayeganError("Pictures need matplotlib: install it with `pip install 'bayegan[datasets]'`.")


@contextmanager
def drawing(title: str) -> Iterator[tuple[Figure, Axes]]:
    """Give a figure and its axes, to be drawn on in our style; raises BayeganError without matplotlib."""
    check_installed()
    import matplotlib as mpl  # noqa: PLC0415 -- half a second, and an extra
    from matplotlib.figure import Figure  # noqa: PLC0415

    with mpl.rc_context(STYLE):
        figure = Figure(figsize=INCHES, layout="constrained")
        axes = figure.subplots()
        axes.set_title(label(title))
        yield figure, axes


def write(figure: Figure, path: Path) -> None:
    """Write the picture, PNG or SVG by its suffix, whole or not at all; the same figure gives the same bytes."""
    import matplotlib as mpl  # noqa: PLC0415 -- it drew the figure, and is loaded

    form = check_suffix(path)
    dated = {"Date": None} if form == "svg" else {}
    with mpl.rc_context(STYLE), written_beside(path) as stream:
        figure.savefig(stream, format=form, dpi=DOTS_AN_INCH, metadata=dated)


def png(figure: Figure) -> bytes:
    """The picture as the bytes of a PNG file; the same figure gives the same."""
    import matplotlib as mpl  # noqa: PLC0415 -- it drew the figure, and is loaded

    written = BytesIO()
    with mpl.rc_context(STYLE):
        figure.savefig(written, format="png", dpi=DOTS_AN_INCH)
    return written.getvalue()


def check_suffix(path: Path) -> str:
    """The form that a file's name asks for; raises UsageError where it asks for none of ours."""
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(f"«{path.name}» does not say a form of picture: let it end in {' or '.join(SUFFIXES)}.")
    return path.suffix.lower().removeprefix(".")


def label(text: str) -> str:
    """A text as a label: a line of Persian, whatever it begins with."""
    return RIGHT_TO_LEFT + text.replace("ۀ", "ه\u0654")  # the one letter that the font lacks, as two


def persian(number: float, places: int = 0) -> str:
    """A number as Persian writes it.

    >>> persian(1399), persian(12.25, 1)
    ('۱۳۹۹', '۱۲٫۲')
    """
    return f"{number:.{places}f}".translate(PERSIAN)
