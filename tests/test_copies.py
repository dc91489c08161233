"""What is a copy and what is none, however it was edited, and in which order copies are told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from archives import fill
from copied_texts import ADDED, BRIDGE, SCHOOL, WEATHER, copies, report, reworded

from bayegan import open_archive
from bayegan.archive.copies.shingles import Shared, pieces_of, shared

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@pytest.mark.parametrize(
    ("edited", "found"),
    [
        pytest.param(BRIDGE, [("isna/2", 1.0, 1.0)], id="word for word"),
        pytest.param(reworded(BRIDGE, every=9), [("isna/2", 0.7297, 0.7297)], id="every ninth word another"),
        pytest.param([*BRIDGE, ADDED], [("isna/2", 0.8043, 1.0)], id="a paragraph added"),
        pytest.param([ADDED, *BRIDGE[1:]], [("isna/2", 0.7692, 0.8108)], id="another opening"),
        pytest.param(list(reversed(BRIDGE)), [("isna/2", 0.9279, 0.9279)], id="its paragraphs in another order"),
        pytest.param(BRIDGE[1:3], [("isna/2", 1.0, 0.3694)], id="two paragraphs of five kept"),
        pytest.param([*SCHOOL, BRIDGE[3]], [], id="one paragraph of five in another text"),
        pytest.param(SCHOOL, [], id="another text"),
    ],
)
def test_a_copy_is_found_however_it_was_edited(
    tmp_path: Path, edited: Sequence[str], found: list[tuple[str, float, float]]
) -> None:
    texts = [report("mehr", "1", *BRIDGE, title="پل"), report("isna", "2", *edited, title="پل", hours=2)]
    assert copies(fill(tmp_path / "x.db", texts), "mehr/1") == found


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        pytest.param(
            ["به گزارش خبرگزاری مهر از ساری به نقل از روابط عمومی استانداری مازندران، باران آمد. انتهای پیام/ ۱۲"],
            ["به گزارش خبرگزاری مهر از ساری به نقل از روابط عمومی استانداری مازندران، برف رفت. انتهای پیام/ ۱۲"],
            None,
            id="what every report says is not compared",
        ),
        pytest.param(
            [WEATHER.format(2, 14, 30, 5, 61)],
            [WEATHER.format(3, 17, 22, 8, 55)],
            None,
            id="the same words with other numbers are one pattern, not one text",
        ),
        pytest.param(
            [WEATHER.format(2, 14, 30, 5, 61)],
            [WEATHER.format("۲", "۱۴", "۳۰", "۵", "۶۱")],
            Shared(1.0, 1.0),
            id="the same numbers in other digits are the same",
        ),
        pytest.param(
            ["نمایی از پل تازه رودخانه در شمال استان پس از گشایش"],
            ["نمايي از پل تازه رودخانه در شمال استان پس از گشايش"],
            Shared(1.0, 1.0),
            id="a caption word for word, whatever its letters",
        ),
        pytest.param(
            ["نمایی از پل تازه رودخانه در شمال استان پس از گشایش"],
            ["نمایی از پل تازه رودخانه در شمال استان پیش از گشایش"],
            None,
            id="a caption but for a word: it has too few to tell",
        ),
        pytest.param(
            [ADDED], [ADDED.replace("نوشته", "نگاشته")], Shared(0.88, 0.88), id="a short text but for a word of it"
        ),
        pytest.param(
            [ADDED],
            [f"گفتنی است این گزارش را خبرنگار ما از کنار {SCHOOL[0]}"],
            None,
            id="short texts that share a quarter of few pieces",
        ),
        pytest.param(["گزارش تصویری"], ["گزارش تصویری"], None, id="two words say nothing"),
        pytest.param([], [], None, id="no text at all"),
    ],
)
def test_what_is_a_copy_and_what_is_none(one: list[str], other: list[str], found: Shared | None) -> None:
    assert shared(pieces_of(one), pieces_of(other)) == found


def test_the_first_the_later_and_the_undated_stand_in_their_order(tmp_path: Path) -> None:
    path = fill(
        tmp_path / "x.db",
        [
            report("isna", "1", *BRIDGE, hours=26.5),
            report("mehr", "2", *BRIDGE, hours=1),
            report("tabnak", "3", "به گزارش تابناک به نقل از خبرگزاری مهر، پل آماده است.", *BRIDGE, hours=None),
        ],
    )
    with open_archive(path) as archive:
        of_isna, of_mehr = archive.copies("isna", "1"), archive.copies("mehr", "2")
    told = [(one.agency, one.first, one.delay, one.source, one.source_agency) for one in of_isna]
    assert told == [
        ("mehr", True, -timedelta(hours=25, minutes=30), None, None),
        ("tabnak", False, None, "خبرگزاری مهر", "mehr"),
    ]
    assert [(one.agency, one.first, one.delay) for one in of_mehr] == [
        ("isna", False, timedelta(hours=25, minutes=30)),
        ("tabnak", False, None),
    ]
    assert {one.same for one in (*of_isna, *of_mehr)} == {True}


def test_what_is_not_held_has_no_copies(tmp_path: Path) -> None:
    with open_archive(fill(tmp_path / "x.db", [report("mehr", "1", *BRIDGE)])) as archive:
        assert archive.copies("mehr", "1") == archive.copies("mehr", "2") == []
