"""The pictures of a dataset's card: what is written on them is Persian, and what is not known looks like it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from archives import fill, story

from bayegan import open_archive
from bayegan.archive.writer import Writer
from bayegan.attention import plotting
from bayegan.dataset import pictures
from bayegan.dataset.selection import Selection
from bayegan.dataset.splits import Splitting
from bayegan.dataset.writing import export_dataset
from bayegan.search import Filter
from crawler.dates import TEHRAN

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure

FIRST = datetime(2020, 11, 30, 9, 0, tzinfo=TEHRAN)  # 1399-09-10
NAMES = {"shabestan": "خبرگزاری شبستان", "mehr": "خبرگزاری مهر"}
UNKNOWN = "ماهی که هیچ روزش کامل دیده نشده است"
# Of shabestan two days were walked to the end, and one article of two is missing; of mehr nothing was.
LISTED = """
    INSERT INTO ledger (agency, news_code, day, listed_at, via, state)
        VALUES ('shabestan', '999', '2020-11-30', '2020-12-07T08:30:00Z', 'feed', 'failed');
    INSERT INTO days (agency, day, walked_at, listed, complete) VALUES
        ('shabestan', '2020-11-30', '2020-12-07T08:30:00Z', 2, 1)
"""


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight agencies: of each of six an article, of shabestan three and of mehr two, in three Jalali months."""
    many = ["shabestan", "shabestan", "shabestan", "mehr", "mehr", *("alef", "fars", "ilna", "irna", "isna", "yjc")]
    articles = [
        story(
            str(number),
            agency=agency,
            url=f"https://{agency}.example/{number}",
            body=" ".join(f"{number}واژه{place}" for place in range(10 * (number + 1))),
            published=FIRST + timedelta(days=30 * (number % 3)),
        )
        for number, agency in enumerate(many)
    ]
    path = fill(tmp_path_factory.mktemp("pictures") / "x.db", articles)
    with Writer(path) as writer, writer.transaction() as conn:
        for statement in LISTED.split(";"):
            conn.execute(statement)
        conn.executemany(
            "UPDATE agencies SET title = ? WHERE name = ?", [(title, name) for name, title in NAMES.items()]
        )
    return path


def drawn(db: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, selection: Selection) -> dict[str, Figure]:
    """The pictures of a dataset, by their names, instead of their bytes."""
    figures: list[Figure] = []

    def keep(figure: Figure) -> bytes:
        figures.append(figure)
        return b""

    monkeypatch.setattr(plotting, "png", keep)
    with open_archive(db) as archive:
        export_dataset(archive, folder / "news", selection, Splitting())
    return dict(zip((pictures.MONTHS, pictures.COVERAGE, pictures.LENGTHS), figures, strict=True))


def texts(figure: Figure) -> set[str]:
    """All that is written on a picture; every line but a number begins with the mark of its direction."""
    from matplotlib.text import Text  # noqa: PLC0415 -- only where it is installed

    figure.draw_without_rendering()
    written = [one.get_text() for one in figure.findobj(Text) if isinstance(one, Text) and one.get_visible()]
    assert [text for text in written if text and text[0] != plotting.RIGHT_TO_LEFT and not text[0].isdecimal()] == []
    assert [text for text in written if set(text) & set("0123456789,")] == []
    return {text.removeprefix(plotting.RIGHT_TO_LEFT) for text in written if text}


def test_what_is_written_on_them_is_persian(db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {name: texts(figure) for name, figure in drawn(db, tmp_path, monkeypatch, Selection()).items()}
    months = {"آذر ۱۳۹۹", "دی ۱۳۹۹", "بهمن ۱۳۹۹"}
    assert found["pictures/months.png"] >= {"خبرها در هر ماه", "شمار خبرها", "دیگران", *NAMES.values(), *months}
    assert found["pictures/coverage.png"] >= {
        "سهم خبرهای نگه‌داشته از خبرهای فهرست‌شده", UNKNOWN, "۱۰۰٪", "۰٪", *NAMES.values(), *months
    }  # fmt: skip
    assert found["pictures/lengths.png"] >= {"درازای متن خبرها", "شمار نویسه‌های متن", "میانه: ۴۶۹ نویسه", "۱۰۰", "۵۰۰"}


def test_the_heat_map_holds_what_is_known_and_a_hole_where_nothing_is(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Selection(filters=Filter(agency="shabestan"))
    figure = drawn(db, tmp_path, monkeypatch, asked)["pictures/coverage.png"]
    (shares,) = figure.axes[0].images[0].get_array().tolist()  # type: ignore[union-attr]  # it has one image
    assert shares == [0.5, None, None]


def test_where_there_is_no_text_the_lengths_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = fill(tmp_path / "x.db", [story("101", body=None, kind="photo")])
    figures = drawn(bare, tmp_path, monkeypatch, Selection())
    assert "متنی نیست" in texts(figures["pictures/lengths.png"])
