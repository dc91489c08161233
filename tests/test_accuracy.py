from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from bayegan.example import Example, Site, stories
from bayegan.example.answering import Request
from benchmarks import accuracy
from benchmarks.readers import readers
from benchmarks.samples import Sample, own_samples, real_samples
from benchmarks.scoring import FIGURES, Score, comparable, difference, mean, scores, token_f1

if TYPE_CHECKING:
    from pathlib import Path

STORY = stories(1)[0]
PAGE = Example(Site(stories=stories(1))).answer(Request(path=STORY.path, headers={"host": "example.invalid"})).body
READ = {"title": "کتاب", "kicker": None, "body": "یک دو\n\nسه", "published": "2024-10-30T11:24:12+03:30"}


def sample(truth: dict[str, Any], name: str = "one", *, joined: bool = True) -> Sample:
    return Sample(name=name, agency="mehr", url="", html=b"", truth=truth, joined=joined)


def score(figure: str, value: float, name: str = "one") -> Score:
    return Score(sample=sample({}, name), figure=figure, value=value, expected="", got="")


@pytest.mark.parametrize(
    ("expected", "got", "f1"),
    [
        ("", "", 1.0),
        ("یک", "", 0.0),
        ("", "یک", 0.0),
        ("یک دو سه", "یک دو سه", 1.0),
        ("یک دو سه", "سه دو یک", 1.0),
        ("یک دو", "یک", 2 / 3),
        ("یک", "یک یک یک", 0.5),
        ("یک دو سه چهار", "یک دو پنج شش", 0.5),
        ("می\u200cرود", "می رود", 0.0),
        ("یک\u200cدو سه", "یکدو سه", 0.5),
    ],
)
def test_f1_counts_the_words_that_both_texts_hold(expected: str, got: str, f1: float) -> None:
    assert token_f1(expected, got) == pytest.approx(f1)


@pytest.mark.parametrize(
    ("field", "value", "compared"),
    [
        ("body", ["یک  دو", "سه"], "یک دو سه"),
        ("body", "یک دو\n\nسه", "یک دو سه"),
        ("body", [], ""),
        ("body", None, ""),
        ("lead", "علي\u00a0كتاب على", "علی کتاب علی"),
        ("body", "ربّ\u064e", "ربَ\u0651"),
        ("title", " می\u200cرود ", "می\u200cرود"),
        ("tags", ["تيم ملي", "", "جام  حذفي"], ["تيم ملي", "جام حذفي"]),
        ("tags", [], []),
        ("sections", "استان\u200cها > فارس", ["استان\u200cها", "فارس"]),
        ("authors", "نسرین کاویانی", ["نسرین کاویانی"]),
        ("authors", None, []),
        ("news_code", "1787201", "1787201"),
        ("image", None, ""),
        ("refused", True, True),
        ("published", None, ""),
        ("published", "no time", "no time"),
    ],
)
def test_a_value_is_compared_without_what_says_nothing(field: str, value: object, compared: object) -> None:
    assert comparable(field, value) == compared


def test_non_joiners_do_not_count_where_the_copy_lost_them() -> None:
    assert comparable("tags", ["پیش\u200cبینی"], joined=False) == ["پیشبینی"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2019-05-30T00:20:37+04:30", "2019-05-29T19:50:02Z", True),
        ("2024-10-30T11:24:00+03:30", "2024-10-30T11:25:00+03:30", False),
        ("2024-10-30T11:24", "2024-10-30T11:24:12+03:30", True),
        ("2024-10-30", "2024-10-30T11:24:12+03:30", False),
    ],
)
def test_times_are_the_same_to_the_minute_whatever_their_offset(one: str, other: str, *, same: bool) -> None:
    assert (comparable("published", one) == comparable("published", other)) is same


@pytest.mark.parametrize(
    ("truth", "figures"),
    [
        ({"title": "كتاب"}, {"title": 1.0}),
        ({"title": "دفتر", "kicker": None}, {"title": 0.0, "kicker": 1.0}),
        ({"kicker": "خبر"}, {"kicker": 0.0}),
        ({"body": ["یک دو", "سه"]}, {"body_f1": 1.0, "body_exact": 1.0}),
        ({"body": ["سه", "یک دو"]}, {"body_f1": 1.0, "body_exact": 0.0}),
        ({"published": "2024-10-30T11:24:50+03:30"}, {"published": 1.0}),
        ({"news_code": "7", "tags": ["کتاب"]}, {}),
    ],
)
def test_only_what_is_known_and_spoken_of_is_scored(truth: dict[str, Any], figures: dict[str, float]) -> None:
    assert {one.figure: one.value for one in scores(sample(truth), READ)} == figures


def test_the_mean_of_nothing_is_no_figure() -> None:
    assert mean([]) is None
    assert mean([score("title", 1), score("title", 0)]) == 0.5


def test_a_difference_is_shown_with_a_word_before_and_after() -> None:
    found = scores(sample({"title": "یک دو سه چهار پنج"}), {"title": "یک دو شش چهار پنج"})
    assert difference(found[0]) == "- دو ⟦ سه ⟧ چهار\n+ دو ⟦ شش ⟧ چهار"
    assert difference(scores(sample({"tags": ["یک"]}), {"tags": []})[0]) == "- ['یک']\n+ []"


def real_page(folder: Path, name: str, truth: dict[str, Any], html: bytes = b"") -> None:
    for part, suffix, content in (("truth", "json", json.dumps(truth).encode()), ("pages", "html", html)):
        folder.joinpath(part).mkdir(exist_ok=True)
        folder.joinpath(part, f"{name}.{suffix}").write_bytes(content)


def test_of_a_fragment_only_what_it_holds_is_known(tmp_path: Path) -> None:
    held = ["body", "section", "author (inside the first paragraph)"]
    truth = {"title": "یک", "body": ["دو"], "section": "سه", "author": "چهار", "fields_in_html": held}
    real_page(tmp_path, "eghtesad-frag-02", truth)
    (found,) = real_samples(tmp_path)
    assert (found.agency, found.name) == ("eghtesad", "eghtesad-frag-02")
    assert found.truth == {"body": ["دو"], "sections": "سه"}


def test_what_is_unknown_is_not_taken_for_absent(tmp_path: Path) -> None:
    note = "Kept by others; kicker is unknown, not absent."
    lead_note = "unknown: the box was cut out"
    truth: dict[str, Any] = {
        "title": None,
        "kicker": None,
        "lead": None,
        "lead_note": lead_note,
        "tags": [],
        "note": note,
    }
    real_page(tmp_path, "mehr-05", truth)
    assert real_samples(tmp_path)[0].truth == {"title": None, "tags": []}


def test_a_copy_says_that_it_lost_its_non_joiners(tmp_path: Path) -> None:
    real_page(tmp_path, "mehr-05", {"title": "یک", "note": "U+200C was already lost in the source."})
    real_page(tmp_path, "mehr-06", {"title": "یک"})
    assert [found.joined for found in real_samples(tmp_path)] == [False, True]


def test_every_page_of_the_tests_is_a_sample_and_what_is_no_article_is_to_be_refused() -> None:
    found = {(one.agency, one.name): one.truth for one in own_samples()}
    assert len(found) >= 13
    assert found["shabestan", "soft-404"] == {"refused": True}
    assert found["shabestan", "news-with-everything"]["news_code"] == "1787201"


@pytest.mark.parametrize("name", readers())
def test_a_reader_answers_for_an_article(name: str) -> None:
    if name == "newspaper4k":
        pytest.importorskip("newspaper", reason="a peer that need not be installed")
    found = readers()[name](PAGE, "https://shabestan.news" + STORY.path)
    assert comparable("title", found["title"]).replace("\u200c", "") == STORY.title.replace("\u200c", "")
    assert token_f1(STORY.body, found["body"]) > 0.4


def test_a_page_that_is_refused_has_no_fields() -> None:
    found = dict(readers()["read_page"](b"", ""))
    assert found.pop("refused") is True
    assert set(found.values()) == {None}


def test_a_figure_is_never_rounded_up() -> None:
    assert [accuracy.shown(value) for value in (0.99996, 1.0, 0.58, None)] == ["0.999", "1.000", "0.580", "–"]


FLOORS = {"each": {"title": 0.9}, "mehr": {"title": 0.5}, "total": {"title": 0.8}, "generic": {"body_f1": 0.97}}


@pytest.mark.parametrize(
    ("line", "found", "faults"),
    [
        ("isna", [score("title", 1)], []),
        ("isna", [score("lead", 0)], []),
        (
            "isna",
            [score("title", 1), score("title", 0, "two")],
            ["isna, title: 0.500 is under its floor 0.9 (worst: two)"],
        ),
        ("mehr", [score("title", 1), score("title", 0, "two")], []),
        ("total", [score("title", 0.75)], ["total, title: 0.750 is under its floor 0.8 (worst: one)"]),
        ("generic", [score("title", 0), score("body_f1", 0.97)], []),
        ("generic", [score("body_f1", 0.9699)], ["generic, body_f1: 0.969 is under its floor 0.97 (worst: one)"]),
        ("trafilatura", [score("title", 0)], []),
    ],
)
def test_a_figure_under_its_floor_is_named_with_its_worst_page(
    line: str, found: list[Score], faults: list[str]
) -> None:
    assert list(accuracy.missed("real", {line: found}, FLOORS)) == [f"real pages, {fault}" for fault in faults]


def test_the_pinned_floors_name_figures_that_exist() -> None:
    pinned = tomllib.loads(accuracy.FLOORS.read_text(encoding="utf-8"))
    named = {figure for floors in pinned.values() for line in floors.values() for figure in line}
    assert set(pinned) == {"own", "real"}
    assert named <= set(FIGURES)
    assert pinned["own"]["each"].keys() == set(FIGURES)


@pytest.fixture(autouse=True)
def _few_own_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accuracy, "own_samples", lambda: own_samples()[:3])


def test_a_missed_floor_fails(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    real_page(tmp_path, "shabestan-01", {"title": STORY.title, "tags": ["یک"], "url": ""}, PAGE)
    assert accuracy.main([], str(tmp_path), {"real": {"each": {"title": 1.0}}}) == 0
    assert capfd.readouterr().err == ""
    assert accuracy.main(["--wrong"], str(tmp_path), {"real": {"shabestan": {"tags": 0.5}}}) == 1
    told = capfd.readouterr()
    assert told.err == "real pages, shabestan, tags: 0.000 is under its floor 0.5 (worst: shabestan-01)\n"
    assert "shabestan/shabestan-01 tags\n- ['یک']\n" in told.out


def test_real_pages_that_are_not_here_are_said_to_be_unscored(capfd: pytest.CaptureFixture[str]) -> None:
    assert accuracy.main([], "", {}) == 0
    told = capfd.readouterr().out
    assert "own pages" in told
    assert "BAYEGAN_REAL_PAGES is not set: real pages are not scored." in told


def test_a_folder_that_holds_no_truth_fails(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert accuracy.main([], str(tmp_path / "gone"), {}) == 1
    assert "gone holds no truth/*.json: name a folder with pages/ and truth/." in capfd.readouterr().err


def test_a_peer_that_is_not_installed_is_said(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(accuracy, "PEERS", ("no_such_reader",))
    accuracy.main([], "", {})
    assert "no_such_reader is not installed, and is not scored." in capfd.readouterr().out
