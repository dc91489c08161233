"""Articles like one: by the words that tell most of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from archives import NOON, fill, story

from bayegan import open_archive
from bayegan.archive.finding import similar
from crawler.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bayegan.archive.reader import Archive

QUAKE = "زلزله‌ای به بزرگی پنج ریشتر شهرستان بم را لرزاند و گسل تازه‌ای پیدا شد. لرزه‌نگاری می‌گوید پس‌لرزه در راه است."
QUAKE_AGAIN = "پس‌لرزه‌های بم ادامه دارد. لرزه‌نگاری بزرگی آن‌ها را سه ریشتر اعلام کرد و مردم شهرستان در چادر خوابیدند."
FAR_QUAKE = "زلزله در ژاپن. ریشتر بالا بود و سونامی آمد."
FOOTBALL = "سرمربی تیم ملی فوتبال فهرست بازیکنان را داد و دروازه‌بان تازه‌ای دعوت شد. بازی در ورزشگاه آزادی است."
COMMON = "این خبر را خبرنگار ما از شهر در روز و شب نوشت و در آن به همه گفت که چه شد."


def told(code: str, body: str, agency: str = "shabestan", **fields: Any) -> Any:
    plain: dict[str, Any] = {"title": None, "lead": None, "tags": (), "url": None}
    return story(code, agency=agency, body=f"{COMMON}\n\n{body}", **plain | fields)


STORIES = (
    told("1", QUAKE, title="زلزله در بم"),
    told("2", QUAKE_AGAIN, published=NOON - timedelta(days=3), tags=("زلزله",)),
    told("3", FAR_QUAKE, agency="example.ir"),
    told("4", FOOTBALL),
    told("5", "دروازه‌بان تیم ملی فوتبال در ورزشگاه آزادی مصدوم شد."),
    told("6", f"{QUAKE} پایان", agency="example.ir", title="زلزله در بم"),  # nearly the same text
    *(
        told(str(code), f"یادداشت {code} دربارهٔ {chr(0x62A + code % 10) * 4}", agency="other.ir")
        for code in range(10, 30)
    ),
    story("41", agency="other.ir", url=None, title="xyzzy", lead=None, body="plugh", tags=()),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with open_archive(fill(tmp_path_factory.mktemp("similar") / "news.db", STORIES)) as archive:
        yield archive


def codes(archive: Archive, key: tuple[str, str], *words: str, **given: Any) -> list[str]:
    return [hit.news_code for hit in archive.similar(*key, *words, **given)]


@pytest.mark.parametrize(
    ("key", "found"),
    [
        (("shabestan", "1"), ["6", "2"]),  # the near copy, the same quake
        (("shabestan", "2"), ["1", "6", "3"]),
        (("shabestan", "4"), ["5"]),
        (("shabestan", "5"), ["4"]),
    ],
)
def test_the_likest_come_first_and_never_the_article_itself(
    archive: Archive, key: tuple[str, str], found: list[str]
) -> None:
    likest = codes(archive, key, limit=len(found))
    assert sorted(likest) == sorted(found)
    assert likest[-1] == found[-1]
    assert key[1] not in codes(archive, key, limit=None)


def test_words_that_only_build_a_sentence_make_nothing_alike(tmp_path: Path) -> None:
    """In a small archive they are as rare as any other word."""
    built = (told("1", "که برای همین است که برای"), told("2", "که برای همین است که برای"), story("3", tags=()))
    stories = [replace(one, body=one.body.removeprefix(COMMON).strip()) for one in built[:2]] + [built[2]]
    with open_archive(fill(tmp_path / "news.db", stories)) as archive:
        assert codes(archive, ("shabestan", "1")) == []


def test_a_near_copy_is_the_likest(archive: Archive) -> None:
    assert codes(archive, ("shabestan", "1"), limit=1) == ["6"]
    assert codes(archive, ("example.ir", "6"), limit=1) == ["1"]


@pytest.mark.parametrize(
    ("words", "given", "found"),
    [
        ((), {"agency": "shabestan", "limit": 1}, ["2"]),
        ((), {"agency": "example.ir", "limit": 2}, ["6", "3"]),
        ((), {"tag": "زلزله"}, ["2"]),
        ((), {"until": date(2020, 12, 5)}, ["2"]),
        (("سونامی",), {}, ["3"]),
        (("سونامی",), {"agency": "shabestan"}, []),
    ],
)
def test_filters_narrow_what_is_alike(
    archive: Archive, words: tuple[str, ...], given: dict[str, Any], found: list[str]
) -> None:
    assert codes(archive, ("shabestan", "1"), *words, **given) == found


def test_the_telling_words_are_marked(archive: Archive) -> None:
    (hit,) = archive.similar("shabestan", "5", mark=("[", "]"), limit=1)
    assert "[دروازه\u200cبان]" in hit.snippet
    assert "[فوتبال]" in hit.snippet
    assert "[این]" not in hit.snippet


@pytest.mark.parametrize("key", [("shabestan", "999"), ("nobody", "1"), ("other.ir", "41")])
def test_what_is_not_held_or_shares_no_word_has_no_like(archive: Archive, key: tuple[str, str]) -> None:
    assert codes(archive, key) == []


def test_there_is_no_second_page(archive: Archive) -> None:
    token = archive.search("خبر", limit=2).next
    with pytest.raises(UsageError, match="come on one page"):
        archive.similar("shabestan", "1", after=token)


def test_words_that_lead_too_far_are_left_out(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """However rare the first articles make a word seem: «یادداشت» is first met in the seventh, then in every one."""
    note = ("other.ir", "10")
    assert codes(archive, note, limit=2)[0] == "20"
    assert len(codes(archive, note)) > 8
    monkeypatch.setattr(similar, "SAMPLE", 1)
    monkeypatch.setattr(similar, "MOST", 8)
    assert codes(archive, note) == ["20"]


def test_two_articles_are_enough_to_be_alike(tmp_path: Path) -> None:
    path = fill(tmp_path / "news.db", [told("1", QUAKE), told("2", f"{QUAKE} پایان")])
    with open_archive(path) as archive:
        assert codes(archive, ("shabestan", "1")) == ["2"]
