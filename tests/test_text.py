"""Stored text loses nothing that can be seen; searched text makes one word of its spellings."""

from __future__ import annotations

import sqlite3
from unicodedata import category, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text import digits, fold, glued, tidy, tidy_block, tidy_name

ANYTHING = st.text(st.characters())  # half surrogates and controls too
UNSEEN = "\u200c\u200e\u200f\u00a0\u00ac\u200b\u200d\ufeff\u00ad\u202b\n"
MARKED = ["مُ", "دّ", "رً", "ه\u0654"]
PIECES = st.sampled_from([*"ابپتدرسمنهویکآأإٱؤئءيىكةۀـ\ufefb\ufb90", *"۰۵۹٠٧19aZ .،؛«»-_:/", *UNSEEN, *MARKED])
PERSIAN = st.lists(PIECES).map("".join)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("  سلام   دنیا\n", "سلام دنیا"),
        ("سلام\u00a0\t\r\n دنیا", "سلام دنیا"),
        ("سلام\u2028دنیا", "سلام دنیا"),
        ("علي و كبري و موسى", "علی و کبری و موسی"),
        ("می\u200cشود", "می\u200cشود"),
        ("\u200cمی\u200cشود\u200c", "می\u200cشود"),
        (" \ufeff\u200b \u200cخبر\u00ad \u200b", "خبر"),
        ("سرمایه\u200eگذاری", "سرمایه\u200eگذاری"),
        ("\u200fخبر (فوری)\u200f", "\u200fخبر (فوری)\u200f"),
        ("ه\u200d", "ه\u200d"),
        ("بی\u200bفاصله", "بی\u200bفاصله"),
        ("خانهٔ ما ۱۴۰۳/۰۵/۱۲، ٤٥ و 12", "خانهٔ ما ۱۴۰۳/۰۵/۱۲، ٤٥ و 12"),
        ("ا\u0653مد", "آمد"),
        ("ي\u0654", "ئ"),
        ("ا\x00\u0653ب", "آب"),
        ("مُحَمَّد ســلام", "مُحَمَّد ســلام"),
        ("\ufe97\ufeec\ufeae\ufe8d\ufee5", "\ufe97\ufeec\ufeae\ufe8d\ufee5"),
        ("یک\x00دو\x08سه\x7fچهار\uffff", "یکدوسهچهار"),
        ("نیم\ud83dه", "نیمه"),
        ("لبخند \ud83d\ude00", "لبخند 😀"),
        ("\u200c \u200f\u200b", ""),
        ("", ""),
    ],
)
def test_stored_text_is_tidy_and_whole(written: str, stored: str) -> None:
    assert tidy(written) == stored


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        (" تيم\u00a0فوتبال\u200c ", "تيم فوتبال"),
        ("حسين شهيدى\nكرماني", "حسين شهيدى كرماني"),
        ("استان\u200cها > تهران", "استان\u200cها > تهران"),
    ],
)
def test_a_name_keeps_the_letters_it_was_published_with(written: str, stored: str) -> None:
    assert tidy_name(written) == stored


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("یک\nدو", "یک\n\nدو"),
        ("  یک \r\n\r\n \u00a0 \n\n\n دو  \n", "یک\n\nدو"),
        ("یک\n\u200b\nدو\n\u200c\u200f", "یک\n\nدو"),
        ("یک\u2029دو", "یک\n\nدو"),
        ("تکرار\nتکرار", "تکرار\n\nتکرار"),
        ("\n \n", ""),
    ],
)
def test_a_block_is_its_paragraphs(written: str, stored: str) -> None:
    assert tidy_block(written) == stored


def seen(text: str) -> str:
    kept = "".join(letter for letter in text if category(letter)[0] in "LMNPS")
    return normalize("NFD", kept).translate(str.maketrans("يىك", "ییک"))


@given(ANYTHING)
def test_tidying_loses_nothing_that_can_be_seen(text: str) -> None:
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    assert seen(tidy(text)) == seen(whole)


@given(ANYTHING)
def test_tidying_twice_changes_nothing_and_can_be_written(text: str) -> None:
    once, block, name = tidy(text), tidy_block(text), tidy_name(text)
    assert (tidy(once), tidy_block(block), tidy_name(name)) == (once, block, name)
    assert once.encode().decode() == once
    assert "\n" not in once


@pytest.mark.parametrize(
    ("written", "ascii_digits"),
    [
        ("۰۱۲۳۴۵۶۷۸۹", "0123456789"),
        ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
        ("ساعت ۱۴:٣0", "ساعت 14:30"),
        ("\uff11\u0967\U0001d7d9", "111"),
        ("x² ½ Ⅳ", "x² ½ Ⅳ"),
    ],
)
def test_digits_of_any_script_are_read(written: str, ascii_digits: str) -> None:
    assert digits(written) == ascii_digits


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("ايران", "ایران"),
        ("اىران", "ایران"),
        ("ایراں ے", "ایراں ی"),
        ("آمريكا", "امریکا"),
        ("أحمد إلهام ٱلرحمن", "احمد الهام الرحمن"),
        ("نامۀ نامهٔ مکة ہ", "نامه نامه مکه ه"),
        ("مؤمن", "مومن"),
        ("رئیس", "رییس"),
        ("جزء سوءاستفاده شهداء", "جز سواستفاده شهدا"),
        ("مُحَمَّد قرآنًا رحمٰن", "محمد قرانا رحمن"),
        ("ســلامـ", "سلام"),
        ("مـَـرد", "مرد"),
        ("سال ۱۳۹۹ و ٢٠٣٠", "سال 1399 و 2030"),
        ("Spotlight ÉCOLE МИР", "spotlight école мир"),
        ("می\u200cشود", "می شود"),
        ("سرمایه\u200eگذاری", "سرمایه گذاری"),
        ("می\u200fشود می\u00acشود می\u00adشود", "می شود می شود می شود"),
        ("علی\u00a0اکبر", "علی اکبر"),
        ("\u200fتهران\u200f", "تهران"),
        ("\u202bتهران\u202c", "تهران"),
        ("\ufe97\ufeec\ufeae\ufe8d\ufee5 \ufefb", "تهران لا"),
        ("\ufdf2 \ufdfc", "الله \ufdfc"),
        ("تهران ـ ایران", "تهران ـ ایران"),
        ("الف) ء", "الف) ء"),
        ("«گفت: ۲/۵٪»", "«گفت: 2/5٪»"),
    ],
)
def test_searched_text_is_folded(written: str, searched: str) -> None:
    assert fold(written) == searched


@given(ANYTHING | PERSIAN)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(PERSIAN)
def test_composed_and_decomposed_letters_fold_alike(text: str) -> None:
    assert fold(normalize("NFC", text)) == fold(normalize("NFD", text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("بین\u200cالمللی", "بینالمللی"),
        ("بین\u00acالمللی", "بين المللى"),
        ("کووید\u200c۱۹", "كوويد١٩"),
        ("ه\u200dم\u200cچنین", "همچنین"),
        ("علی\u00a0اکبر", "علی\nاکبر"),
        ("\u202bتهران، ایران\u202c", "تهران، ایران"),
    ],
)
def test_texts_that_lost_their_nonjoiners_are_alike_when_glued(one: str, other: str) -> None:
    assert glued(one) == glued(other)


@pytest.mark.parametrize(("one", "other"), [("مادر", "ما در خانه"), ("بازار", "با زار"), ("ایران", "دیرانگاه")])
def test_words_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    assert fold(one) not in {fold(other), *fold(other).split()}


def words(text: str) -> int:
    """Count the words that the archive's search index finds in a text."""
    index = sqlite3.connect(":memory:")
    tokenizer = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn'"
    index.execute(f'CREATE VIRTUAL TABLE texts USING fts5(text, tokenize="{tokenizer}")')
    index.execute("CREATE VIRTUAL TABLE words USING fts5vocab(texts, instance)")
    index.execute("INSERT INTO texts VALUES (?)", (text,))
    (count,) = index.execute("SELECT count(*) FROM words").fetchone()
    index.close()
    return int(count)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("می\u200cشود و نمی\u200cشود", 5),
        ("سرمایه\u200eگذاری در بین\u00acالملل", 5),
        ("به گزارش خبرنگار ـ تهران", 5),
        ("مُحَمَّد «ســلام» گفت", 3),
        ("سوءِ استفاده، جزء ۱۲/۵٪", 5),
        ("می\u200fشود \u202bتهران\u202c\u200f", 3),
        ("\ufefbله و \ufdfa در سال ٢٠٣٠", 6),
    ],
)
def test_folding_keeps_the_number_of_words(text: str, count: int) -> None:
    assert (words(text), words(fold(text))) == (count, count)


@given(PERSIAN)
def test_folding_keeps_the_number_of_words_of_any_persian_text(text: str) -> None:
    assert words(fold(text)) == words(text)
