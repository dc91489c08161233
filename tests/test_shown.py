"""What pages say is shown as text: it drives no terminal, and turns nothing around but itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from archives import LONG_TEXT, fill, story
from typer.testing import CliRunner

from bayegan.cli import app
from bayegan.cli.output import plain

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("می\u200cرود\u200e و \u200fباز می\u200cآید", "می\u200cرود\u200e و \u200fباز می\u200cآید"),
        ("پیش \u202eفقع", "پیش فقع"),
        ("پیش \u202bمیان\u202c پس", "پیش \u202bمیان\u202c پس"),
        ("پیش \u2067میان\u2069 پس", "پیش \u2067میان\u2069 پس"),
        ("\u202b\u2066a\u2069\u202c", "\u202b\u2066a\u2069\u202c"),
        ("\u202b\u2066a\u202c\u2069", "a"),
        ("پیش\u202c \u2066پس", "پیش پس"),
        ("یک \u202eدو\nسه\u202c چهار\nپنج \u2066a\u2069", "یک دو\nسه چهار\nپنج \u2066a\u2069"),
        ("\u2068" * 3 + "a" + "\u2069" * 2, "a"),
        ("\x1b[31mسرخ\x9b\x00\x7f", "[31mسرخ"),
    ],
)
def test_a_mark_that_turns_the_direction_stays_only_where_its_line_ends_it(written: str, shown: str) -> None:
    assert plain(written) == shown


@pytest.mark.parametrize(
    "words", ["show shabestan/101", "search شورای", "search کتابخانه", "show shabestan/101 --diff --revisions", "stats"]
)
def test_no_command_lets_a_title_turn_the_line_around(words: str, tmp_path: Path) -> None:
    turning = {name: f"\u202e{name} \u2066 کتابخانه" for name in ("title", "kicker", "lead", "place")}
    articles = [story("101", **turning, tags=("\u202etag",)), story("101", body=f"\u202e{LONG_TEXT}", tags=())]
    archive = fill(tmp_path / "x.db", articles)
    done = CliRunner().invoke(app, [*words.split(), "--archive", str(archive)])
    assert done.exit_code == 0
    assert "shabestan" in done.output or "کتابخانه" in done.output
    assert [mark for mark in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069" if mark in done.output] == []
