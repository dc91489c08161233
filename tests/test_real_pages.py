"""Pages as they were really served, where a copy of them is at hand: they are others' texts, and stay outside.

The folder has ``pages/<name>.html`` and ``truth/<name>.json``; of a fragment only the fields are scored that it holds.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from crawler.article_json import article_json
from crawler.errors import NotAnArticleError
from crawler.markup import MARKUPS
from crawler.page import read_page

FOLDER = os.environ.get("BAYEGAN_REAL_PAGES", "")
TRUTHS = sorted(Path(FOLDER, "truth").glob("*.json")) if FOLDER else []
# Of which family each file is; a prefix stands for all of an agency's files.
FAMILIES = {"nastooh": ("isna-", "mehr-", "irna-", "khabaronline-", "imna-", "shabestan-", "hamshahri-")} | {
    "iran_samaneh": ("yjc-", "tabnak-frag-", "mizan-", "iqna-", "snn-", "iribnews-", "kayhan-", "eghtesadonline-"),
    "asam": ("ilna-",),
    "tasnim": ("tasnim-",),
    "varzesh3": ("varzesh3-",),
}
READ = {one.name for one in MARKUPS}
SCORED = tuple(
    truth for truth in TRUTHS for family, names in FAMILIES.items() if family in READ and truth.name.startswith(names)
)
LISTINGS = ("hamshahri-01", "mehr-03")
# What the truth calls a field, and what our JSON calls it.
FIELDS = {"section": "sections", "author": "authors"} | {
    name: name
    for name in ("title", "kicker", "lead", "body", "news_code", "published", "modified", "tags", "image", "url")
}
TEXTS = {"title", "kicker", "lead", "body"}
LETTERS = str.maketrans("يىك", "ییک")

pytestmark = pytest.mark.skipif(not SCORED, reason="set BAYEGAN_REAL_PAGES to a folder of saved pages with their truth")


def plain(field: str, value: Any) -> Any:
    """A value as it is compared: texts in NFC, single spaces, Persian letters; lists as lists, nothing as None."""
    if field in {"sections", "authors", "tags"}:
        names = value if isinstance(value, list) else (value or "").split(" > ")
        return [name for name in names if name]
    if value and field in TEXTS:
        words = " ".join(value) if isinstance(value, list) else value
        return re.sub(r"\s+", " ", unicodedata.normalize("NFC", words).translate(LETTERS)).strip()
    if value and field == "url":
        return value.replace("http://", "https://", 1)  # an agency's own address is the one of its home today
    return value or None


@pytest.mark.parametrize("truth", SCORED, ids=lambda path: path.stem)
def test_a_real_page_reads_as_a_careful_reader_does(truth: Path) -> None:
    expected = json.loads(truth.read_text(encoding="utf-8"))
    html = truth.parents[1].joinpath("pages", f"{truth.stem}.html").read_bytes()
    found = article_json(read_page(html, expected["url"]))
    scored = expected.get("fields_in_html") or [field for field in FIELDS if field in expected]
    differ = {
        field: (plain(ours, expected[field]), plain(ours, found[ours]))
        for field in scored
        if (ours := FIELDS.get(field)) and plain(ours, expected[field]) != plain(ours, found[ours])
    }
    assert not differ, f"{truth.stem}: {', '.join(differ)}\n{differ}"


@pytest.mark.parametrize("name", LISTINGS)
def test_a_real_listing_is_no_article(name: str) -> None:
    with pytest.raises(NotAnArticleError):
        read_page(Path(FOLDER, "pages", f"{name}.html").read_bytes())
