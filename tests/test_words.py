"""The words that set two selections apart: what a word is, which do not count, and how sure one may be."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from archives import fill, story
from typer.testing import CliRunner

from bayegan import open_archive
from bayegan.attention.function_words import FUNCTION_WORDS
from bayegan.attention.wording import Word, likelihood, words_of
from bayegan.cli import app
from crawler.dates import TEHRAN
from crawler.errors import UsageError
from crawler.text import glued

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bayegan.archive.reader import Archive
    from bayegan.attention.wording import Against
    from crawler.items import Article

# A body for each of the articles of the two agencies: ten words each.
SHABESTAN = (
    "کتاب های تازه در شهر چاپ می\u200cشود و سال\u200cهای دور آمد",
    "کتاب\u200cهای کهنه را در شهر چاپ می شود دانست سال\u200cهای خوب",
    "كتابهاي تازه از شهر چاپ میشود با سالهای دیگر رفت امروز",
    "کتاب\u200cهای کودک به شهر چاپ می\u200cشود برای سال\u200cهای بعد خواند",
)
ISNA = tuple(f"فوتبال تهران در شهر آزمون {number} بازی می\u200cکند و برد" for number in ("یک", "دو", "سه", "چهار"))


def article(number: int, agency: str, body: str, day: int) -> Article:
    moment = datetime(2020, 12, day, 9, 0, tzinfo=TEHRAN)
    return story(f"{number}", agency=agency, url=None, title=None, lead=None, body=body, published=moment, tags=())


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pairs = [("shabestan", body) for body in SHABESTAN] + [("isna", body) for body in ISNA]
    articles = [article(number, agency, body, 1 + number) for number, (agency, body) in enumerate(pairs)]
    return fill(tmp_path_factory.mktemp("words") / "news.db", articles)


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with open_archive(path) as archive:
        yield archive


def test_words_are_counted_whatever_their_spelling_and_shown_in_the_commonest(archive: Archive) -> None:
    found = archive.words(agency="shabestan", against={"agency": "isna"})
    assert [(one.word, one.count, one.against, one.articles, one.against_articles) for one in found] == [
        ("سال\u200cهای", 4, 0, 4, 0),
        ("چاپ", 4, 0, 4, 0),
        ("کتاب\u200cهای", 4, 0, 4, 0),
        ("آزمون", 0, 4, 0, 4),
        ("بازی", 0, 4, 0, 4),
        ("برد", 0, 4, 0, 4),
        ("تهران", 0, 4, 0, 4),
        ("فوتبال", 0, 4, 0, 4),
    ]


def test_the_figures_of_a_word_are_those_of_the_literature(archive: Archive) -> None:
    (first, *_) = archive.words(agency="shabestan", against={"agency": "isna"}, most=1)
    rates = (first.per_million, first.against_per_million, first.log_ratio, first.likelihood)
    # 4 of 41 words; log2((4 / 41) / (0.5 / 40)); 2 * (4 ln(4 / 2.025) + 37 ln(37 / 38.975) + 40 ln(40 / 38.025))
    assert (first.word, *(round(rate, 3) for rate in rates)) == ("سال\u200cهای", 97560.976, 0.0, 2.964, 5.65)


@pytest.mark.parametrize(
    ("count", "total", "against", "against_total", "expected"),
    [
        (10, 1_000, 10, 1_000, 0.0),
        (10, 1_000, 0, 1_000, 13.91),
        (0, 1_000, 10, 1_000, 13.91),
        (110, 110 + 2_442, 111, 111 + 29_114, 270.72),  # Dunning 1993, table 2: «the swiss»
    ],
)
def test_the_likelihood_is_dunnings(count: int, total: int, against: int, against_total: int, expected: float) -> None:
    assert likelihood(count, total, against, against_total) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("سال\u200cهای ۱۳۹۹", ["سال\u200cهای"]),
        ("می شود، نمی رود؛ گرامی داشت", ["می\u200cشود", "نمی\u200cرود", "گرامی", "داشت"]),
        ("کتاب ها و کتاب های بزرگ تر", ["کتاب\u200cها", "و", "کتاب\u200cهای", "بزرگ\u200cتر"]),
        ("کووید۱۹ و GPT-4: «هوش‌مصنوعی»", ["کووید۱۹", "و", "GPT", "هوش\u200cمصنوعی"]),
        ("مُحَمَّد ســلام", ["مُحَمَّد", "ســلام"]),
        ("سرمایه\u200eگذاری سرمایه\u00acگذاری", ["سرمایه\u200eگذاری", "سرمایه\u00acگذاری"]),
        ("شهر\nهای", ["شهر", "های"]),
        ("آقای هاشمی تردید کرد", ["آقای", "هاشمی", "تردید", "کرد"]),
        ("کتاب ها، دانش ترین؛", ["کتاب\u200cها", "دانش\u200cترین"]),
        ("۱۲۳ ٪ …", []),
    ],
)
def test_a_text_is_split_into_its_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    "words",
    [
        "و در به از که را با این آن برای است بود شد شود می‌شود نمی‌شود کرد کرده‌اند می‌کند می‌کنند دارد داشته باید",
        "خواهد می‌تواند نیز هم همچنین اما ولی اگر تا بر یا هر یک هیچ چند بسیار خیلی بیشتر پس سپس بنابراین چرا چگونه",
        "من تو او ما شما آنها آن‌ها ایشان خود وی این‌که آن‌چه درباره دربارهٔ توسط علیه ها های تر می نمی",
        "می‌دهد بدهد می‌گیرد گیرد",
        "میشود می‌كند آنها ميتواند دربارۀ",
    ],
)
def test_function_words_go(words: str) -> None:
    assert [word for word in words.split() if glued(word) not in FUNCTION_WORDS] == []


@pytest.mark.parametrize(
    "words",
    [
        "سال روز ماه کشور ایران تهران مردم دولت مجلس رئیس‌جمهور وزیر شهر استان جهان خبرگزاری گزارش خبر گفت افزود اعلام",
        "شدید کردی کردستان توان خواست خواسته مورد کل کلیه بنا بنای شوم باز جمله جهت عنوان منظور همراه نسبت گونه بنده",
        "جدید بزرگ مهم اول دوم دو سه میلیون جمعه شنبه امروز دیروز نان آب نفت دلار تحریم کرونا انتخابات زن کار کارگر",
        "داد داده گرفت زد رفت آمد دید دانست خواند نوشت مادر پدر سرد گرم بالا پایین راه دست سر چشم نام خانه دل جان",
        "تاریخ باران بازار دروازه برادر برنامه بهار بهداشت شدت کردار نیستی‌گرایی هستی‌شناسی چندرسانه‌ای",
    ],
)
def test_words_of_meaning_stay(words: str) -> None:
    assert [word for word in words.split() if glued(word) in FUNCTION_WORDS] == []


def only(found: list[Word]) -> list[str]:
    return [one.word for one in found if one.log_ratio > 0]


def test_without_another_side_all_other_articles_are_it(archive: Archive) -> None:
    assert archive.words(agency="isna") == archive.words(agency="isna", against={"agency": "shabestan"})
    assert only(archive.words("فوتبال")) == only(archive.words(agency="isna"))


@pytest.mark.parametrize(
    ("given", "against", "words"),
    [
        ({"until": "2020-12-04"}, {"since": "2020-12-05"}, ["سال\u200cهای", "چاپ", "کتاب\u200cهای"]),
        ({"since": "2020-12-05"}, {"until": "2020-12-04"}, ["آزمون", "بازی", "برد", "تهران", "فوتبال"]),
        ({"agency": "isna"}, {"query": "چاپ", "agency": "shabestan"}, ["آزمون", "بازی", "برد", "تهران", "فوتبال"]),
    ],
    ids=["two periods", "the same turned round", "an agency and a search"],
)
def test_the_other_side_is_the_same_but_for_what_is_named(
    archive: Archive, given: Any, against: Against, words: list[str]
) -> None:
    assert only(archive.words(**given, against=against)) == words


def test_words_of_few_articles_are_left_out(archive: Archive) -> None:
    assert archive.words(agency="shabestan", against={"agency": "isna"}, least=5) == []


def test_both_sides_must_differ(archive: Archive) -> None:
    with pytest.raises(UsageError, match="Both sides are the same: say what to compare with"):
        archive.words(agency="isna", against={"agency": "isna"})


def test_a_side_without_articles_sets_nothing_apart(archive: Archive) -> None:
    assert archive.words(agency="isna", against={"agency": "irna"}) == []
    assert archive.words() == []


def told(path: Path, *words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["words", *words, "--archive", str(path)], prog_name="bayegan")
    return done.exit_code, done.stdout, done.stderr


def test_the_command_shows_both_sides(path: Path) -> None:
    code, shown, said = told(path, "--agency", "shabestan", "--against-agency", "isna", "--limit", "1")
    assert (code, said) == (0, "")
    assert [" ".join(line.split()) for line in shown.splitlines()] == [
        "More on this side (4 articles, 41 words):",
        "word count against articles against log ratio likelihood",
        "سال\u200cهای 4 0 4 0 2.96 5.6",
        "More on the other side (4 articles, 40 words):",
        "word count against articles against log ratio likelihood",
        "آزمون 0 4 0 4 -3.04 5.9",
    ]


def test_the_command_writes_json_lines_and_csv(path: Path) -> None:
    asked = ("--to", "2020-12-04", "--against-from", "2020-12-05", "--limit", "1")
    first = json.loads(told(path, *asked, "--json")[1].splitlines()[0])
    assert list(first) == [
        "word", "count", "against", "articles", "against_articles", "per_million", "against_per_million", "log_ratio",
        "likelihood",
    ]  # fmt: skip
    assert (first["word"], first["count"], first["against"]) == ("سال\u200cهای", 4, 0)
    lines = told(path, *asked, "--csv")[1].splitlines()
    assert lines[0] == ",".join(first)
    assert lines[1].startswith("سال\u200cهای,4,0,4,0,")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--agency", "isna", "--against-agency", "isna"), 2, "Both sides are the same"),
        (("--json", "--csv"), 2, "choose one of them"),
        (("--against-agency", "nobody"), 2, "nobody"),
        (("فوتبال", "--against", "هیچستان"), 0, "No article is on the other side"),
        (("--agency", "isna", "--least", "9"), 0, "No word sets them apart beyond chance"),
    ],
)
def test_what_there_is_to_say_is_one_sentence(path: Path, words: tuple[str, ...], code: int, said: str) -> None:
    ended, shown, told_so = told(path, *words)
    assert (ended, shown) == (code, "")
    assert said in told_so
    assert told_so.count("\n") == 1
