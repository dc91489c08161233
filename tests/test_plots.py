"""Pictures: Persian in its letters and order, what was missed shown as missing, whole files or none."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date
from typing import TYPE_CHECKING

import pytest
from archives import fill, story
from typer.testing import CliRunner

from bayegan.attention import plotting
from bayegan.attention.picture import trend_figure, written_day
from bayegan.attention.trending import Period
from bayegan.cli import app
from crawler.errors import BayeganError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure

    from bayegan.attention.periods import By, Calendar

PNG = b"\x89PNG\r\n\x1a\n"
GAP, PARTLY = "دوره‌ای که هیچ روزش کامل دیده نشده است", "دوره‌ای که برخی روزهایش کامل دیده نشده‌اند"


def period(month: int, share: float | None, counted: int = 30) -> Period:
    return Period(
        name=f"2020-{month:02}", first=date(2020, month, 1), last=date(2020, month, 28), matches=None, articles=None,
        share=share, days=30, counted=counted, coverage=None,
    )  # fmt: skip


PERIODS = [period(1, 0.25), period(2, None, counted=0), period(3, 0.5, counted=12)]


def texts(figure: Figure) -> list[str]:
    """All that is written on the picture, without the mark of direction before it."""
    from matplotlib.text import Text  # noqa: PLC0415 -- only where it is installed

    figure.draw_without_rendering()
    drawn = [one.get_text() for one in figure.findobj(Text) if isinstance(one, Text) and one.get_visible()]
    assert not [text for text in drawn if text and text[0] != plotting.RIGHT_TO_LEFT and not text[0].isdecimal()]
    return [text.removeprefix(plotting.RIGHT_TO_LEFT) for text in drawn if text]


def test_the_picture_speaks_persian() -> None:
    written = texts(trend_figure("AI هوش $مصنوعی$", {"": PERIODS}, calendar="gregorian"))
    assert "سهم خبرهای «AI هوش $مصنوعی$»" in written
    assert {"سهم از همهٔ خبرها", "ژانویه ۲۰۲۰", "فوریه ۲۰۲۰", "مارس ۲۰۲۰", "۵۰٪", "۰٪"} <= set(written)


@pytest.mark.parametrize(
    ("periods", "explained"),
    [(PERIODS, {GAP, PARTLY}), (PERIODS[:1], set()), (PERIODS[:2], {GAP}), (PERIODS[::2], {PARTLY})],
)
def test_gaps_and_partly_known_periods_are_explained_where_there_are_any(
    periods: list[Period], explained: set[str]
) -> None:
    assert {GAP, PARTLY} & set(texts(trend_figure("کتاب", {"": periods}))) == explained


def test_a_line_breaks_at_a_gap_and_each_series_has_its_name() -> None:
    figure = trend_figure("کتاب", {"isna": PERIODS, "irna": PERIODS[:1]}, calendar="gregorian")
    line = figure.axes[0].lines[0]
    assert [str(share) for share in line.get_ydata()] == ["0.25", "nan", "0.5"]  # type: ignore[union-attr]
    assert {"isna", "irna"} <= set(texts(figure))
    assert len(figure.axes[0].patches) == 1


@pytest.mark.parametrize(
    ("by", "calendar", "written"),
    [
        ("month", "jalali", "آذر ۱۳۹۹"),
        ("week", "jalali", "۱۷ آذر ۱۳۹۹"),
        ("month", "gregorian", "دسامبر ۲۰۲۰"),
        ("day", "gregorian", "۷ دسامبر ۲۰۲۰"),
    ],
)
def test_days_are_written_in_words(by: By, calendar: Calendar, written: str) -> None:
    assert written_day(date(2020, 12, 7), by, calendar) == written


def test_no_letter_is_missing_in_the_font() -> None:
    from matplotlib.font_manager import findfont, get_font  # noqa: PLC0415 -- only where it is installed

    font = get_font(findfont(plotting.STYLE["font.family"]))
    letters = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیئءأؤيكة۰۱۲۳۴۵۶۷۸۹٫٪«»،؛؟ًٔ\u200c\u200f"
    assert [letter for letter in letters if not font.get_char_index(ord(letter))] == []


def test_the_letter_that_the_font_lacks_is_written_as_two() -> None:
    assert plotting.label("خانۀ ما") == "\u200fخانه\u0654 ما"


def test_letters_are_joined_and_set_from_right_to_left() -> None:
    """«سلام» in four letters is as wide as its joined forms, and narrower than the four by themselves."""
    with plotting.drawing("") as (figure, axes):
        joined, single = (axes.text(0, 0, text) for text in ("سلام", "س ل ا م".replace(" ", "\u200c")))
    assert joined.get_window_extent().width < 0.9 * single.get_window_extent().width
    assert figure.axes == [axes]


@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_the_same_figure_gives_the_same_file(tmp_path: Path, suffix: str) -> None:
    written = []
    for name in ("one", "two"):
        path = (tmp_path / name).with_suffix(suffix)
        plotting.write(trend_figure("کتاب", {"": PERIODS}), path)
        written.append(path.read_bytes())
    assert written[0] == written[1]
    if suffix == ".png":
        assert written[0].startswith(PNG)
    else:
        assert ET.fromstring(written[0]).tag == "{http://www.w3.org/2000/svg}svg"


def test_a_file_of_another_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"«x\.gif» does not say a form of picture: let it end in"):
        plotting.write(trend_figure("کتاب", {"": PERIODS}), tmp_path / "x.gif")


def test_the_command_draws_beside_what_it_tells(tmp_path: Path) -> None:
    path, picture = fill(tmp_path / "news.db", [story()]), tmp_path / "trend.png"
    words = ["trend", "کتابخانه", "--every-day", "--plot", str(picture), "--archive", str(path)]
    done = CliRunner().invoke(app, words, prog_name="bayegan")
    assert (done.exit_code, done.stderr) == (0, f"The picture is in {picture}.\n")
    assert done.stdout.startswith("period")
    assert picture.read_bytes().startswith(PNG)


def test_without_matplotlib_one_is_told_to_install_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(BayeganError) as told:
        trend_figure("کتاب", {"": PERIODS})
    assert str(told.value) == "Pictures need matplotlib: install it with `pip install 'bayegan[datasets]'`."
    words = ["trend", "کتاب", "--plot", str(tmp_path / "x.png"), "--archive", str(fill(tmp_path / "x.db", [story()]))]
    done = CliRunner().invoke(app, words, prog_name="bayegan")
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"{told.value}\n")


LOADED = """
import sys
import bayegan
with bayegan.open_archive(sys.argv[1]) as archive:
    archive.trend("کتابخانه"), archive.words("کتابخانه")
print(sorted({"matplotlib", "numpy", "pandas", "polars", "sqlite_utils"} & set(sys.modules)))
import bayegan.archive.writer
print(sorted({"matplotlib", "numpy", "pandas", "sqlite_utils"} & set(sys.modules)))
import numpy
print(numpy.arange(3).sum())
"""


def test_counting_and_writing_load_no_library_of_pictures_or_frames(tmp_path: Path) -> None:
    path = fill(tmp_path / "news.db", [story()])
    ran = subprocess.run([sys.executable, "-c", LOADED, str(path)], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["[]", "['sqlite_utils']", "3"]
