"""Saved pages as articles to import: one file, or all that stand in a folder."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from bayegan.incoming.placing import ImportFileError, placed
from crawler.errors import RefusedError
from crawler.items import Fetched, Page
from crawler.page import read_page
from crawler.urls import is_web

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Entry = tuple[str, Callable[[], Fetched]]

SUFFIXES: Final = (".html", ".htm")
MOST_BYTES: Final = 64 << 20


def of_page(content: bytes, saved: datetime, *, agency: str | None, url: str | None) -> Fetched:
    """A saved page; when it was fetched nothing tells better than the date of its file."""
    article = read_page(content, url or "")
    url = article.url or url
    if url is None:
        raise RefusedError("The page does not say its address: give it with --url.")
    article = placed(replace(article, url=url), agency)
    return Fetched(
        article=article, page=Page(url=article.url or url, fetched_at=saved, body=content, content_type="text/html")
    )


def in_folder(
    folder: Path, *, agency: str | None, prefix: str | None, passed: Callable[[int], None]
) -> Iterator[Entry]:
    """Every saved page below a folder, by its path; no link to another folder is followed.

    ``prefix`` is the address of the folder, for pages that do not say their own.
    """
    behind = 0
    path = None
    for path in _pages(folder):
        where = path.relative_to(folder).as_posix()
        address = f"{prefix.rstrip('/')}/{quote(where)}" if prefix else None
        yield where, partial(_of_file, path, agency, address)
        behind += path.stat().st_size if path.exists() else 0
        passed(behind)
    if path is None:
        raise ImportFileError(f"{folder} holds no saved page ({', '.join(SUFFIXES)}): name another folder, or a file.")


def _pages(folder: Path) -> Iterator[Path]:
    for here, inner, files in os.walk(folder):
        inner.sort()
        yield from (Path(here, name) for name in sorted(files) if name.lower().endswith(SUFFIXES))


def _of_file(path: Path, agency: str | None, address: str | None) -> Fetched:
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
            saved = datetime.fromtimestamp(os.fstat(stream.fileno()).st_mtime, UTC)
    except OSError as error:
        raise RefusedError(f"The file could not be read ({error.strerror}).") from error
    if len(content) > MOST_BYTES:
        raise RefusedError(f"The file is larger than {MOST_BYTES >> 20} MB, no page is.")
    stated = read_page(content).url or ""
    return of_page(content, saved, agency=agency, url=stated if is_web(stated) else address)
