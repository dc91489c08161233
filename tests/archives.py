"""Tiny archives for tests: one article a call, and a clock that stands still until told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bayegan.archive.intake import Intake
from bayegan.archive.writer import Writer
from crawler.dates import TEHRAN
from crawler.items import Article, Fetched, Page

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NOON = datetime(2020, 12, 7, 8, 30, tzinfo=UTC)  # 1399-09-17 12:00 in Tehran
LONG_TEXT = (
    "شورای شهر در نشست امروز خود درباره بودجه سال آینده کتابخانه‌ها گفت‌وگو کرد و قرار شد سه کتابخانه تازه ساخته شود."
)


class Clock:
    """Says the same moment until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


def story(code: str = "101", **fields: Any) -> Article:
    """A whole article; ``fields`` are those that differ."""
    whole = Article(
        agency="shabestan",
        news_code=code,
        url=f"https://shabestan.news/news/{code}",
        title=f"سه کتابخانه تازه در شهر {code}",
        kicker="فرهنگ",
        lead="خبری از شورای شهر.",
        body=LONG_TEXT,
        tags=("كتاب", "شورای شهر"),
        sections=("فرهنگی",),
        authors=("مریم رضایی",),
        place="شیراز",
        published=datetime(2020, 12, 7, 11, 30, tzinfo=TEHRAN),
        kind="text",
        language="fa",
        reader="nastooh/1",
    )
    return replace(whole, **fields)


def fetched(article: Article, at: datetime | None = NOON, html: str | None = None) -> Fetched:
    """The article with its page, fetched ``at``; without one where ``at`` is None."""
    if at is None:
        return Fetched(article=article)
    body = (html or f"<html>{article.title}</html>").encode()
    page = Page(url=article.url or "", fetched_at=at, body=body, content_type="text/html", etag='"1"')
    return Fetched(article=article, page=page)


def take(intake: Intake, item: Fetched) -> str:
    """Judge and keep, as the pipelines do; the answer is the judgement."""
    change = intake.judge(item.article)
    intake.keep(item, change)
    return change


def fill(path: Path, articles: Iterable[Article]) -> Path:
    """An archive that holds these articles, all fetched at noon."""
    with Writer(path) as writer:
        intake = Intake(writer, clock=Clock())
        for article in articles:
            take(intake, fetched(article))
        intake.flush()
    return path
