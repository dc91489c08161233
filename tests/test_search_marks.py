"""How a hit is shown: what was found is marked in the text as published, and a snippet is around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from archives import fill
from searches import STORIES

from bayegan import open_archive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bayegan.archive.reader import Archive


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("search") / "news.db", STORIES)


@pytest.fixture(scope="module")
def archive(path: Path) -> Iterator[Archive]:
    with open_archive(path) as archive:
        yield archive


@pytest.mark.parametrize(
    ("query", "title", "snippet"),
    [
        ("بین المللی", "نشست [بین\u200cالمللی] قرآن در تهران", None),
        (
            "هیات نشست",
            "[نشست] بین\u200cالمللی قرآن در تهران",
            "[هیأت] ایرانی در [نشست] شرکت کرد. سازمان ملل متحد بیانیه‌ای داد.",
        ),
        (
            '"سازمان ملل" ایرانی',
            "نشست بین\u200cالمللی قرآن در تهران",
            "هیأت [ایرانی] در نشست شرکت کرد. [سازمان ملل] متحد بیانیه‌ای داد.",
        ),
        ("ریشتری", "زلزله در قم", "زلزلهٔ ۴٫۵ [ریشتری] قم را لرزاند."),
        ("زلزله", "[زلزله] در قم", "[زلزلهٔ] ۴٫۵ ریشتری قم را لرزاند."),
        ("كتاب 1400", "قيمت [كتاب] در سال [۱۴۰۰]", None),
    ],
)
def test_matches_are_marked_in_the_text_as_published(
    archive: Archive, query: str, title: str, snippet: str | None
) -> None:
    (hit,) = archive.search(query, mark=("[", "]"), limit=1, agency="shabestan")
    assert hit.marked_title == title
    assert snippet is None or hit.snippet == snippet


def test_a_snippet_is_short_and_around_the_match(archive: Archive) -> None:
    (hit,) = archive.search("ناشران", mark=("[", "]"))
    assert hit.snippet.startswith("…")
    assert "[ناشران] هیئت تازه" in hit.snippet
    assert len(hit.snippet) < 200


def test_a_match_in_the_title_alone_shows_how_the_text_begins(archive: Archive) -> None:
    (hit,) = archive.search("fair", mark=("[", "]"))
    assert (hit.marked_title, hit.snippet) == ("The U.S. Book [Fair]", "کتاب")


def test_without_a_query_nothing_is_marked(archive: Archive) -> None:
    hits = {hit.news_code: hit for hit in archive.search()}
    assert hits["2"].marked_title == "زلزله در قم"
    assert hits["2"].snippet == "زلزلهٔ ۴٫۵ ریشتری قم را لرزاند."
    assert hits["3"].snippet == " ".join(["کتاب گران شد."] * 8) + "…"
