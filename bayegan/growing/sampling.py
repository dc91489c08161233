"""A page of an agency kept as a test: its bytes, and beside them the article that was read, to be reviewed by eye."""

from __future__ import annotations

import json
import re
from contextlib import ExitStack
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bayegan.drafts import written_beside
from crawler.article_json import article_json
from crawler.errors import BayeganError, RefusedError, UsageError
from crawler.items import Article
from crawler.page import read_page

if TYPE_CHECKING:
    from crawler.agencies import Agency

SAMPLES: Final = Path("tests/pages")
LONGEST_STEM: Final = 80  # letters of a file's name: the code of a site without codes is a whole path
_UNSAFE: Final = re.compile(r"[^\w-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The two files, and the fields that the page was read to hold nothing for."""

    page: Path
    json: Path
    empty: tuple[str, ...]


def sample(agency: Agency, html: bytes, url: str, folder: Path = SAMPLES) -> Sample:
    """Write ``<folder>/<agency>/<code>.html`` and ``.json``; the folder must be there, its agency's is made.

    Raises NotAnArticleError for a page that is none, RefusedError for an article of somebody else or without a code,
    UsageError where there is such a test, or no such folder; BayeganError where nothing can be written.
    """
    article = _read(agency, html, url)
    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder} here: go to the checkout, or name another with --into.")
    stem = _stem(article.news_code or "")
    page, told = (folder / agency.name / f"{stem}.{suffix}" for suffix in ("html", "json"))
    shown = json.dumps(article_json(article), ensure_ascii=False, indent=2) + "\n"
    _write({page: html, told: shown.encode("utf-8")})
    empty = tuple(field.name for field in fields(Article) if getattr(article, field.name) in {None, ()})
    return Sample(page=page, json=told, empty=empty)


def _write(files: dict[Path, bytes]) -> None:
    """Both or none of them, each whole or not at all; a test is never overwritten."""
    there = next((path for path in files if path.exists()), None)
    if there is not None:
        raise UsageError(f"{there} is a test already: remove it first if it is to be made anew.")
    try:
        with ExitStack() as drafts:
            for path, content in files.items():
                path.parent.mkdir(exist_ok=True)
                drafts.enter_context(written_beside(path)).write(content)
    except OSError as error:
        raise BayeganError(f"{error.filename} could not be written ({error.strerror}).") from error


def _read(agency: Agency, html: bytes, url: str) -> Article:
    """The article as the test will read it: with the address that its JSON names."""
    first = read_page(html, url)
    article = read_page(html, first.url or url)
    if article.agency != agency.name:
        whose = f"an address of {article.agency}" if article.agency else "no address of an agency that we know"
        raise RefusedError(f"{article.url or 'The page'} is {whose}, not of {agency.name}: give its own with --url.")
    if not article.news_code:
        raise RefusedError("Neither the page nor its address holds a news code: give the article's address with --url.")
    return article


def _stem(code: str) -> str:
    return _UNSAFE.sub("-", code).strip("-")[-LONGEST_STEM:]
