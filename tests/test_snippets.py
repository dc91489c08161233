"""What a hit shows: the text as published, and in it exactly what was found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from archives import fill, story
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bayegan import open_archive
from bayegan.archive.finding import snippets
from crawler.text import fold

if TYPE_CHECKING:
    from pathlib import Path

MARK = ("[", "]")


def shown(body: str, match: str, *, lead: str | None = None, title: str | None = None) -> tuple[str, str]:
    return snippets.marked([(title, lead, body)], match, MARK)[0]


@pytest.mark.parametrize(
    ("body", "match", "snippet"),
    [
        ("کتاب خوب", '"کتاب"', "[کتاب] خوب"),
        ("الف ـ کتاب ـ خوب", '"خوب"', "الف ـ کتاب ـ [خوب]"),  # a «ـ» as a dash
        ("ء کتاب", '"کتاب"', "ء [کتاب]"),
        ("مُحَمَّد آمد", '"محمد"', "[مُحَمَّد] آمد"),
        ("َ مُحَمَّد", '"محمد"', "َ [مُحَمَّد]"),  # a vowel sign that stands alone
        ("کـــتاب", '"کتاب"', "[کـــتاب]"),
        ("ـکتاب", '"کتاب"', "[ـکتاب]"),
        ("زلزلهٔ قم", '"زلزله"', "[زلزلهٔ] قم"),
        ("جزء ما", '"جز"', "[جزء] ما"),
        ("ﻛﺘﺎﺏ", '"کتاب"', "[ﻛﺘﺎﺏ]"),  # presentation forms
        ("ﷲ بزرگ", '"الله"', "[ﷲ] بزرگ"),  # one letter that stands for four
        ("سال ١٣٩٩", '"1399"', "سال [١٣٩٩]"),
        ("«کتاب»، خوب", '"کتاب"', "«[کتاب]»، خوب"),
        ("کتاب/دفتر", '"دفتر"', "کتاب/[دفتر]"),
        ("می\u200cروند", '"روند"', "می\u200c[روند]"),
        ("می\u200cروند", '"می" AND "روند"', "[می\u200cروند]"),  # two parts of one word
        ("می روند", '"می" AND "روند"', "[می] [روند]"),
        ("سرمایه\u200eگذاری", '"سرمایه گذاری"', "[سرمایه\u200eگذاری]"),
        ("سرمایه\u200c\u200cگذاری", '"سرمایه" AND "گذاری"', "[سرمایه\u200c\u200cگذاری]"),
        ("کتاب\u200c خوب", '"کتاب"', "[کتاب]\u200c خوب"),
        ("در سازمان\n\nملل متحد", '"سازمان ملل"', "در [سازمان ملل] متحد"),
        ("سازمان (ملل) متحد", '"سازمان ملل"', "[سازمان (ملل]) متحد"),
        ("بینالمللی", '"بین المللی" OR "بینالمللی"', "[بینالمللی]"),
        ("کتاب\u200cخانه کتابخانه", '"کتاب" * ', "[کتاب]\u200cخانه [کتابخانه]"),
        ("گران نیست", '"گران" NOT "ارزان"', "[گران] نیست"),
        ("یک [دو] سه", '"سه"', "یک [دو] [سه]"),  # the text's own brackets stay
    ],
)
def test_a_match_is_marked_letter_by_letter_as_published(body: str, match: str, snippet: str) -> None:
    assert shown(body, match) == ("", snippet)


@pytest.mark.parametrize(
    ("lead", "body", "snippet"),
    [
        ("کتاب خوب", "هیچ", "[کتاب] [خوب]"),  # found in the lead alone
        ("کتاب خوب", "کتاب بد", "[کتاب] [خوب]"),  # the lead has more of what was found
        ("کتاب خوب", "خوب کتاب", "[خوب] [کتاب]"),  # of equals the body
        ("چکیده", "متن", "متن"),  # found in the title
        ("چکیده", None, "چکیده"),
        (None, None, ""),
    ],
)
def test_the_text_that_tells_most_is_shown(lead: str | None, body: str | None, snippet: str) -> None:
    found = snippets.marked([("کتاب خوب", lead, body)], '"کتاب" AND "خوب"', MARK)
    assert found[0] == ("[کتاب] [خوب]", snippet)


def test_a_long_text_is_cut_to_two_dozen_words_around_the_match() -> None:
    _, snippet = shown(f"{'الف ' * 100}کتاب خوب{' ب' * 100}", '"کتاب" AND "خوب"')
    assert snippet == f"…{'الف ' * 11}[کتاب] [خوب]{' ب' * 11}…"


@pytest.mark.parametrize(
    ("body", "snippet"),
    [
        (f"کتاب{' ب' * 100}", f"[کتاب]{' ب' * 23}…"),
        (f"{'الف ' * 100}کتاب", f"…{'الف ' * 23}[کتاب]"),
        (f"کتاب{' ب' * 50} خوب کتاب{' ب' * 50}", f"…{'ب ' * 11}[خوب] [کتاب]{' ب' * 11}…"),
    ],
)
def test_the_piece_is_where_most_was_found(body: str, snippet: str) -> None:
    assert shown(body, '"کتاب" OR "خوب"')[1] == snippet


def test_a_match_that_the_piece_cuts_is_marked_to_its_end() -> None:
    phrase = " ".join(f"w{number}" for number in range(30))
    _, snippet = shown(f"{phrase} z", f'"{phrase}"')
    assert snippet == f"[{' '.join(f'w{number}' for number in range(24))}]…"


def test_only_the_texts_that_match_are_shown() -> None:
    found = snippets.marked([(None, None, "یک"), ("دو", None, None), (None, "سه", None)], '"دو" OR "سه"', MARK)
    assert found == {1: ("[دو]", ""), 2: ("", "[سه]")}


def test_the_index_in_memory_cuts_texts_into_words_as_the_archives_does(tmp_path: Path) -> None:
    with open_archive(fill(tmp_path / "news.db", [story()])) as archive:
        (made,) = archive.db.execute("SELECT sql FROM sqlite_master WHERE name = 'articles_fts'").fetchone()
    assert re.findall("tokenize=.*", made) == re.findall("tokenize=.*", snippets.INDEX)
    assert len(re.findall("tokenize=.*", made)) == 1
    assert all(column in made for column in ("title", "lead", "body"))


LETTERS = st.sampled_from("کتابيىهٔءـًَّ‌‍ \u200e\u00a0\n.،«»(A۱١ﷲﻛأؤİß\U0001f600")


@settings(max_examples=150, deadline=None)
@given(body=st.lists(st.one_of(st.just("کتاب"), st.text(LETTERS, max_size=8))).map("".join))
@example(body="ءـکتابـء")
@example(body="کتاب\u200c")
@example(body="\u200c")
def test_whatever_the_text_marks_only_enclose_what_was_found(body: str) -> None:
    found = snippets.marked([(body, None, None)], '"کتاب"', ("<", ">"))
    title = found[0].title if found else ""
    assert not found or title.replace("<", "").replace(">", "") == " ".join(body.split())
    marked = [piece.split(">")[0] for piece in title.split("<")[1:]]
    assert bool(marked) == bool(found)
    assert {word for piece in marked for word in fold(piece).split()} <= {"کتاب"}


@pytest.mark.parametrize("query", ["بین المللی", "بین\u200cالمللی", "بینالمللی", "بين المللى"])
def test_a_word_is_marked_however_the_archive_spells_it(tmp_path: Path, query: str) -> None:
    titles = ("نشست بین\u200cالمللی", "نشست بینالمللی", "نشست بين\u00a0المللي")
    path = fill(tmp_path / "news.db", (story(str(code), title=title) for code, title in enumerate(titles)))
    with open_archive(path) as archive:
        marked = {hit.news_code: hit.marked_title for hit in archive.search(query, mark=MARK)}
    assert marked["0"] == "نشست [بین\u200cالمللی]"
    assert marked["1"] == "نشست [بینالمللی]"
    assert marked["2"].replace("] [", " ") == "نشست [بين المللي]"
