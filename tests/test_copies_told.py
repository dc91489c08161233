"""`bayegan copies`, and whom a text names as its source."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from archives import fill
from copied_texts import BRIDGE, SCHOOL, report
from typer.testing import CliRunner

from bayegan.archive.copies.sources import source_of
from bayegan.cli import app

if TYPE_CHECKING:
    from pathlib import Path

NAMING = "به گزارش تابناک به نقل از خبرگزاری مهر، پل آماده است."
TABLE = """\
             article   published                      delay      of it in this  of this in it  source              title
       first mehr/m1   1399-09-17 08:00 (2020-12-07)  -02:30     100%           97%            –                   پل
       this  tabnak/t1 1399-09-17 10:30 (2020-12-07)  –          –              –              خبرگزاری مهر (mehr) پل
             isna/i1   1399-09-18 11:05 (2020-12-08)  +1d 00:35  100%           36%            –                   پل
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    articles = [
        report("tabnak", "t1", NAMING, *BRIDGE, hours=2.5, title="پل"),
        report("mehr", "m1", *BRIDGE, title="پل"),
        report("isna", "i1", *BRIDGE[1:3], hours=27 + 5 / 60, title="پل"),
        report("irna", "r1", *SCHOOL),
    ]
    return fill(tmp_path_factory.mktemp("told") / "x.db", articles)


def bayegan(path: Path, *words: str) -> Any:
    return CliRunner().invoke(app, [*words, "--archive", str(path)])


def test_the_table_tells_who_was_first_who_copied_when_and_how_much(path: Path) -> None:
    shown = bayegan(path, "copies", "tabnak/t1")
    assert shown.exit_code == 0
    assert [line.split() for line in shown.stdout.splitlines()] == [line.split() for line in TABLE.splitlines()]


def test_the_json_is_one_document(path: Path) -> None:
    told = json.loads(bayegan(path, "copies", "tabnak/t1", "--json").stdout)
    copies = told.pop("copies")
    assert told == {
        "agency": "tabnak",
        "news_code": "t1",
        "url": "https://tabnak.example/news/t1",
        "title": "پل",
        "published": "2020-12-07T10:30:00+03:30",
        "source": "خبرگزاری مهر",
        "source_agency": "mehr",
        "first": False,
    }
    assert copies[0] == {
        "agency": "mehr",
        "news_code": "m1",
        "url": "https://mehr.example/news/m1",
        "title": "پل",
        "published": "2020-12-07T08:00:00+03:30",
        "delay": -9000.0,
        "share_of_copy": 1.0,
        "share_of_article": 0.9737,
        "source": None,
        "source_agency": None,
        "first": True,
        "same": True,
    }
    assert [(one["news_code"], one["delay"], one["same"]) for one in copies[1:]] == [("i1", 88500.0, False)]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["irna/r1"], 0, "Nothing that the archive holds shares its text with irna/r1.\n"),
        (["irna/9"], 1, "The archive holds no article irna/9: `bayegan search` finds those it holds.\n"),
        (["irna"], 2, "«irna» is no article: write its agency and its news code, such as shabestan/1001756.\n"),
    ],
)
def test_what_has_no_copies_and_what_is_not_held_is_said(path: Path, words: list[str], code: int, said: str) -> None:
    shown = bayegan(path, "copies", *words)
    assert (shown.exit_code, shown.stdout, shown.stderr) == (code, "", said)
    if code == 0:
        assert json.loads(bayegan(path, "copies", *words, "--json").stdout)["copies"] == []


@pytest.mark.parametrize(
    ("agency", "lead", "body", "source"),
    [
        pytest.param("tabnak", None, "به گزارش ایسنا، باران آمد.", ("ایسنا", "isna"), id="a report of another"),
        pytest.param("isna", None, "به گزارش ایسنا، باران آمد.", None, id="its own"),
        pytest.param("isna", None, "به گزارش خبرنگار ایسنا از ساری، باران آمد.", None, id="its own reporter"),
        pytest.param("tabnak", None, "به گزارش خبرنگار ما، باران آمد.", None, id="a reporter"),
        pytest.param(
            "isna", None, "به گزارش ایسنا به نقل از روابط عمومی شهرداری، باران آمد.", ("روابط عمومی شهرداری", None),
            id="a source that is no agency",
        ),
        pytest.param(
            "snn", "به نقل از خبرگزاری صدا و سیما، باران آمد.", None, ("خبرگزاری صدا و سیما", "iribnews"), id="a lead"
        ),
        pytest.param("snn", None, "به\u200cنقل از ایرنا؛ باران آمد.", ("ایرنا", "irna"), id="a non-joiner between"),
        pytest.param(
            "snn", None, "به نقل از روزنامه جمهوری اسلامی، باران آمد.", ("روزنامه جمهوری اسلامی", None),
            id="a newspaper with the words of an agency's name",
        ),
        pytest.param("snn", None, "به نقل از خبرگزاری کار، باران آمد.", ("خبرگزاری کار", "ilna"), id="in full"),
        pytest.param("snn", None, "باران آمد.\n\nمنبع: خبرآنلاین", ("خبرآنلاین", "khabaronline"), id="the signature"),
        pytest.param("snn", None, "به گزارش رسانه‌ها، باران آمد.", None, id="a report of nobody by name"),
        pytest.param("snn", None, "منابع آب: باران آمد.", None, id="a word that begins like a signature"),
        pytest.param("snn", None, None, None, id="no text"),
    ],
)  # fmt: skip
def test_the_source_that_a_text_names(agency: str, lead: str | None, body: str | None, source: Any) -> None:
    assert source_of(agency, lead, body) == source
