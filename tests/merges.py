"""Archives to merge: what each has read and when, and what became of the one and the other."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from archives import NOON, Clock, fetched, story, take

from bayegan import open_archive
from bayegan.archive.intake import Intake
from bayegan.archive.writer import Writer
from bayegan.merging import merge

if TYPE_CHECKING:
    from pathlib import Path

    from bayegan.merging import MergeSummary
    from crawler.items import Article

DAY = date(2020, 12, 7)
FOUND = ("articles", "new", "revised", "unchanged", "revisions", "runs", "taken_down", "conflict_count")
Seen = tuple["Article", int]  # an article, and at which hour after noon


def told(done: MergeSummary) -> dict[str, int]:
    """What was counted, without what is none."""
    return {name: count for name in FOUND if (count := getattr(done, name))}


def kept(path: Path, *seen: Seen | tuple[Article, None]) -> Path:
    """An archive that read these articles, each at its hour; at None, without a page."""
    with Writer(path) as writer:
        intake = Intake(writer, clock=Clock(NOON - timedelta(days=1)), batch=1)
        for article, hour in seen:
            at = None if hour is None else NOON + timedelta(hours=hour)
            take(intake, fetched(article, at))
    return path


def joined(ours: Path, theirs: Path) -> MergeSummary:
    """Merge the second into the first, a day after noon."""
    with Writer(ours) as writer:
        return merge(writer, theirs, clock=Clock(NOON + timedelta(days=1)))


def everything(path: Path) -> list[str]:
    """All that an archive says, as SQL, its search index aside."""
    with sqlite3.connect(path) as conn:
        return [line for line in conn.iterdump() if "articles_fts" not in line]


def ask(path: Path, statement: str) -> list[Any]:
    """What an archive answers that was looked through before."""
    with sqlite3.connect(path) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
        conn.execute("INSERT INTO articles_fts (articles_fts) VALUES ('integrity-check')")
        return conn.execute(statement).fetchall()


def titles(path: Path) -> tuple[str | None, list[tuple[str | None, int]]]:
    """What the article says, and what it said before, with the hours after noon."""
    with open_archive(path) as archive:
        row = archive.article("shabestan", "101")
        assert row is not None
        before = archive.revisions("shabestan", "101")
        return row.title, [(one.title, round((one.seen_at - NOON).total_seconds() / 3600)) for one in before]


def said(word: str) -> Article:
    """The article 101, whose title ends so."""
    return story("101", title=f"سه کتابخانه {word}")


A, B, C = (said(word) for word in ("یک", "دو", "سه"))
a, b, c = (str(one.title) for one in (A, B, C))
