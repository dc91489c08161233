"""A word is found whatever its spelling, and no other word is: in an archive of one text, and among many."""

from __future__ import annotations

import csv
import os
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from spellings import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator

# Ways of writing one word (or two that are written as one): each must be found by each of the others.
SAME = (
    ("سرمایه\u200cگذاری", "سرمایهگذاری", "سرمایه گذاری", "سرمايه¬گذاري", "سرمایه\u200eگذاری", "سرمایه\u00adگذاری"),
    ("دانش\u200cآموز", "دانشآموز", "دانش آموز", "دانش\u00a0آموز"),
    ("دانش\u200cآموزان", "دانشآموزان", "دانش آموزان"),
    ("فوق\u200cالعاده", "فوقالعاده", "فوق العاده"),
    ("تصمیم\u200cگیری\u200cهای", "تصمیمگیریهای", "تصمیم گیری های", "تصمیم\u200cگیری های"),
    ("گفت\u200cو\u200cگو", "گفت\u200cوگو", "گفتوگو", "گفت و گو", "گفت وگو"),
    ("خرید\u200cوفروش", "خریدوفروش", "خرید و فروش"),
    ("حسین زاده", "حسین\u200cزاده", "حسینزاده"),
    ("می\u200cگوید", "میگوید", "می گوید", "مي\u200cگويد", "می\u200dگوید"),
    ("نمی\u200cشوند", "نمیشوند", "نمی شوند"),
    ("بر\u200cمی\u200cگردند", "برمی\u200cگردند", "برمیگردند", "بر می گردند"),
    ("رفته\u200cایم", "رفتهایم", "رفته ایم"),
    ("گفته\u200cاست", "گفتهاست", "گفته است"),
    ("کتاب\u200cهایشان", "کتابهایشان", "کتاب هایشان", "کتاب\u200cهای\u200cشان", "کتاب های شان"),
    ("رسانه\u200cها", "رسانهها", "رسانه ها"),
    ("آن\u200cها", "آنها", "آن ها"),
    ("منطقه\u200cای", "منطقهای", "منطقه ای"),
    ("خانه\u200cی", "خانهی", "خانه ی"),
    ("کم\u200cتر", "کمتر", "کم تر"),
    ("مهم\u200cترین", "مهمترین", "مهم ترین"),
    ("بی\u200cتفاوت", "بیتفاوت", "بی تفاوت"),
    ("هم\u200cزمان", "همزمان", "هم زمان"),
    ("سه\u200cشنبه", "سهشنبه", "سه شنبه"),
    ("دو\u200cجانبه", "دوجانبه", "دو جانبه"),
    ("ده\u200cساله", "دهساله", "ده ساله"),
    ("حال\u200cو\u200cهوا", "حال\u200cوهوا", "حالوهوا", "حال و هوا"),
    ("این\u200cکه", "اینکه", "این که"),
    ("به\u200cویژه", "بهویژه", "به ویژه"),
    ("شناخته\u200cشده", "شناختهشده", "شناخته شده"),
    ("آیت\u200cالله", "آیتالله", "آیت الله", "آيت\u200cالله"),
    ("کیهان", "كيهان", "كيهانِ", "کـیـهان"),
    ("تأیید", "تایید", "تأييد", "تائید"),
    ("مسئولیت", "مسؤولیت", "مسوولیت", "مسیولیت", "مسئوليت"),
    ("مسئولان", "مسؤولان", "مسؤلان"),
    ("هیئت", "هیأت", "هیات", "هيئت", "هیئَت"),
    ("رئیس", "رییس", "رئيس"),
    ("مسئله", "مسأله", "مساله"),
    ("سؤال", "سوال", "سئوال"),
    ("جرئت", "جرأت", "جرات"),
    ("شیء", "شی", "شئ"),
    ("انشاء", "انشا", "إنشا"),
    ("آزادی", "ازادی", "آزادى"),
    ("مکة", "مکه", "مکۀ", "مکهٔ"),
    ("۱۴۰۳", "1403", "١٤٠٣"),
    ("اف\u200c۱۶", "اف 16", "اف۱۶", "اف١٦"),
    ("۱۷ شهریور", "17 شهریور", "۱۷شهریور", "١٧\u200cشهریور"),
    ("مشهد", "\u200fمشهد\u200f", "\u202bمشهد\u202c", "\ufee3\ufeb8\ufeec\ufeaa"),
    ("Reuters", "REUTERS", "reuters"),
    ("قُرآن", "قرآن", "قران", "قرآنِ"),
)
PAIRS = [pair for forms in SAME for pair in permutations(forms, 2)]
# Written alike once their joints are lost, and not the same: neither finds the other, whichever is typed.
UNLIKE = (
    ("برادر", "بر ادر"),
    ("نامه", "نام ه"),
    ("شیراز", "شیر از"),
    ("ازدواج", "از دواج"),
    ("تابستان", "تا بستان"),
    ("برنامه", "بر نامه"),
    ("بامداد", "با مداد"),
    ("شبکه", "شب که"),
    ("گرما", "گر ما"),
    ("دوران", "دو ران"),
    ("تهران", "ته ران"),
    ("بیمار", "بی مار"),
    ("همسر", "هم سر"),
    ("همسایه", "هم سایه"),
    ("میدان", "می دان"),
    ("تنها", "تن ها"),
    ("دختر", "دخ تر"),
    ("سازمان", "ساز مان"),
    ("قرارداد", "قرار داد"),
    ("رویداد", "روی داد"),
    ("کارکرد", "کار کرد"),
    ("درآمد", "در آمد"),
    ("کاروان", "کار وان"),
    ("دیگران", "دی گران"),
    ("پیروزی", "پی روزی"),
)
# Nor is a word found by what it begins with, ends in, or is built on.
APART = (
    ("کتاب", "کتابخانه"),
    ("کتابخانه", "کتاب"),
    ("مدیر", "مدیریت"),
    ("مدیریت", "مدیر"),
    ("شهر", "شهرها"),
    ("شهرها", "شهر"),
    ("شهرها", "شهر هاشمی"),
    ("شهرها", "شهر در ها"),
    ("شهر ها", "شهروند"),
    ("رفت", "می‌روند"),
    ("ملل", "بینالمللی"),
    ("بین\u200cالمللی", "بین ما و المللی"),
    ("ما در", "مادر"),
    ("۱۴۰۳", "۱۴۰۳۱"),
    ("مسئول", "مسئولیت"),
    ('"قم شهر"', "شهر قم"),
)


@pytest.fixture(scope="module")
def one() -> Iterator[Texts]:
    texts = Texts()
    yield texts
    texts.close()


@pytest.fixture(scope="module")
def many() -> Iterator[Texts]:
    """All of them, in one archive."""
    texts = Texts()
    texts.put(MANY)
    yield texts
    texts.close()


MANY = list(dict.fromkeys([form for forms in (*SAME, *UNLIKE) for form in forms] + [text for _, text in APART]))


@pytest.mark.parametrize("forms", SAME, ids=range(len(SAME)))
def test_every_spelling_finds_every_other(one: Texts, many: Texts, forms: tuple[str, ...]) -> None:
    missed = []
    for text in forms:
        one.put([text])
        missed += [(query, text) for query in forms if one.found(query) != [0]]
        missed += [(query, text) for query in forms if MANY.index(text) not in many.found(query)]
    assert missed == []


@pytest.mark.parametrize(("word", "text"), [*UNLIKE, *((text, word) for word, text in UNLIKE), *APART])
def test_no_other_word_is_found(one: Texts, many: Texts, word: str, text: str) -> None:
    one.put([text])
    assert one.found(word) == []
    assert MANY.index(text) not in many.found(word)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"نشست بینالمللی قرآن"', [0, 1, 2]),
        ("«نشست بین المللی قران»", [0, 1, 2]),
        ('"نشست بین\u200cالمللی"', [0, 1, 2]),
        ('"بین المللی قرآن در"', [0, 1, 2]),
        ('"المللی قرآن"', [0, 2]),
        ('"رشد شهر ها"', [3]),
        ('"هیئت ایرانی"', [0]),
        ('"هیأت ایرانی در"', [0]),
        ("بینالم*", [0, 1, 2]),
        ("بین\u200cالم*", [0, 1, 2]),
        ("میگو*", [4]),
        ("می\u200cگو*", [4]),
        ("هیأت NEAR/3 بینالمللی", [0]),
        ("title:بینالمللی", []),
        ("-بینالمللی", []),
    ],
)
def test_phrases_beginnings_and_nearness_are_as_blind(one: Texts, query: str, found: list[int]) -> None:
    one.put(
        [
            "هیات ایرانی در نشست بین\u200cالمللی قرآن در تهران",
            "نشست بینالمللی قران در قم",
            "نشست بین المللی قرآن در مشهد",
            "از رشد شهرها",
            "رئیس می\u200cگوید",
        ]
    )
    if query.startswith("-"):
        assert one.found(f"تهران {query}") == found
    else:
        assert one.found(query) == found


def test_a_word_of_its_own_is_not_parted_for_a_slip_of_the_pen(one: Texts) -> None:
    """Somebody once writes «باغ⟨ZWNJ⟩نامه»; that does not make every «باغ نامه» a «باغنامه» that all others write."""
    one.put(["باغ\u200cنامه", "باغ نامه رسید", *["باغنامه"] * 150])
    assert len(one.found("باغنامه")) == 150
    one.put(["باغ\u200cنامه", "باغ نامه رسید", *["باغنامه"] * 15])
    assert len(one.found("باغنامه")) == 17


@pytest.mark.parametrize("text", ["خانهٔ ما", "خانۀ ما", "خانه\u200cی ما", "خانهی ما", "خانه ی ما", "خانه ما"])
def test_an_ezafe_that_is_typed_is_found_however_it_is_written(one: Texts, text: str) -> None:
    one.put([text, "فقه ما"])
    assert one.found("خانه\u200cی") == [0]
    assert one.found('"خانه\u200cی ما"') == [0]
    assert one.found("فقهی") == []


def test_what_the_archive_has_as_typed_is_not_joined_on_a_guess(one: Texts) -> None:
    one.put(["کارتیم رسید", "کار تیم رسید"])
    assert one.found("کار تیم") == [1]
    one.put(["کارتیم رسید", "تیم از کار رسید"])
    assert one.found("کار تیم") == [0, 1]


def variants() -> list[dict[str, str]]:
    """Pairs from outside, kept beside the real pages: query, text, whether the one finds the other."""
    folder = os.environ.get("BAYEGAN_REAL_PAGES", "")
    path = Path(folder, "../reference/variants.tsv")
    if not folder or not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.skipif(not variants(), reason="set BAYEGAN_REAL_PAGES to a folder beside which reference/variants.tsv is")
@pytest.mark.parametrize("among_all", [False, True])
def test_the_pairs_of_others_are_found_too(one: Texts, among_all: bool) -> None:  # noqa: FBT001 -- two settings
    pairs = variants()
    texts = list(dict.fromkeys(pair["doc_form"] for pair in pairs))
    wrong: dict[str, list[tuple[str, str]]] = {"0": [], "1": []}
    if among_all:
        one.put(texts)
    for pair in pairs:
        if not among_all:
            one.put([pair["doc_form"]])
        place = texts.index(pair["doc_form"]) if among_all else 0
        if (place in one.found(pair["query"])) != (pair["should_match"] == "1"):
            wrong[pair["should_match"]].append((pair["query"], pair["doc_form"]))
    assert wrong["0"] == []
    assert len(wrong["1"]) <= 0.02 * len(pairs), wrong["1"]
