"""Files to import, and what became of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from archives import LONG_TEXT

from bayegan import open_archive

if TYPE_CHECKING:
    from pathlib import Path

    from bayegan.archive.rows import ArticleRow
    from bayegan.archive.writer import Writer
    from bayegan.importing import ImportSummary

WHOLE: dict[str, Any] = {
    "agency": "shabestan",
    "news_code": "101",
    "url": "https://shabestan.news/news/101",
    "title": "سه کتابخانه تازه",
    "kicker": None,
    "lead": None,
    "body": LONG_TEXT,
    "tags": ["کتاب"],
    "sections": [],
    "authors": [],
    "place": None,
    "published": "2020-12-07T11:30:00+03:30",
    "published_jalali": "1399-09-17",
    "modified": None,
    "image": None,
    "kind": "text",
    "language": "fa",
    "reader": "nastooh/1",
}


def lines(path: Path, *records: Any) -> Path:
    """A file of JSON lines; what is bytes already is written as it is."""
    written = (one if isinstance(one, bytes) else json.dumps(one, ensure_ascii=False).encode() for one in records)
    path.write_bytes(b"".join(line + b"\n" for line in written))
    return path


def text(path: Path, written: str) -> Path:
    path.write_text(written, encoding="utf-8")
    return path


def held(writer: Writer, code: str) -> ArticleRow:
    with open_archive(writer.path) as archive:
        row = archive.article("shabestan", code)
    assert row is not None
    return row


def counts(done: ImportSummary) -> dict[str, int]:
    names = ("read", "new", "revised", "unchanged", "duplicate", "refused_count")
    return {name: count for name in names if (count := getattr(done, name))}
