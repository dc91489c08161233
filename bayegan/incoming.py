"""Articles in files of others: which files can be read, and what stands in them."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from crawler import agencies
from crawler.article_json import article_from_json
from crawler.dump import read_dump
from crawler.errors import BayeganError, RefusedError, UsageError
from crawler.items import Article, Fetched, Page
from crawler.page import read_page
from crawler.text import tidy, tidy_block, tidy_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Entry = tuple[str, Callable[[], Fetched]]  # where an article stands, and how it is read
    Reader = Callable[["Source"], Iterator[Entry]]

LINES: Final = ("title", "kicker", "lead", "place")
NAMES: Final = ("tags", "sections", "authors")
MOST_BYTES: Final = 64 << 20  # of one line, or of a file that is read whole


class ImportFileError(BayeganError):
    """The file could not be read at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file, and what its owner says about it: whose articles they are, the address of a saved page."""

    path: Path
    agency: str | None = None
    url: str | None = None


def entries(source: Source) -> Iterator[Entry]:
    """Everything in the file that should be an article, in its order; reading one raises what speaks against it.

    Raises UsageError for what makes no sense, ImportFileError (while it goes) for a file that cannot be read.
    """
    path, suffix = source.path, source.path.suffix.lower()
    if suffix not in READERS:
        raise UsageError(f"«{path.name}» cannot be imported: known are files that end in {', '.join(READERS)}.")
    if source.url and suffix not in PAGES:
        raise UsageError(f"--url is the address of a saved page ({', '.join(PAGES)}), and {path.name} is none.")
    if suffix in DUMPS and source.agency is None:
        raise UsageError(f"{path.name} is a plain text that does not say whose it is: name the agency with --agency.")
    if source.agency is not None:
        agencies.agency(source.agency)
    return READERS[suffix](source)


def _lines(source: Source) -> Iterator[Entry]:
    with _opened(source.path) as stream:
        for number, line in enumerate(iter(partial(stream.readline, MOST_BYTES), b""), start=1):
            if number == 1 and b"\0" in line:
                raise _not_text(source.path)
            if line.strip():
                yield f"line {number}", partial(_of_line, line, source)


def _document(source: Source) -> Iterator[Entry]:
    try:
        value = json.loads(_text(source.path))
    except (ValueError, RecursionError) as error:
        raise ImportFileError(
            f"{source.path} is no JSON ({error}): if every line of it is an article, let its name end in .jsonl."
        ) from error
    for number, record in enumerate(value if isinstance(value, list) else [value], start=1):
        yield f"article {number}", partial(_of_record, record, source)


def _dump(source: Source) -> Iterator[Entry]:
    yield source.path.name, partial(_of_dump, _text(source.path), source.agency or "")


def _page(source: Source) -> Iterator[Entry]:
    with _opened(source.path) as stream:
        saved = datetime.fromtimestamp(os.fstat(stream.fileno()).st_mtime, UTC)
    yield source.path.name, partial(_of_page, _bytes(source.path), saved, source)


READERS: Final[dict[str, Reader]] = {
    ".jsonl": _lines,
    ".ndjson": _lines,
    ".json": _document,
    ".txt": _dump,
    ".html": _page,
    ".htm": _page,
}
PAGES: Final = tuple(suffix for suffix, reader in READERS.items() if reader is _page)
DUMPS: Final = tuple(suffix for suffix, reader in READERS.items() if reader is _dump)


def _of_line(line: bytes, source: Source) -> Fetched:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise RefusedError("It is not UTF-8.") from None
    except (ValueError, RecursionError) as error:
        raise RefusedError(f"It is no JSON: {getattr(error, 'msg', error)}.") from None
    return _of_record(record, source)


def _of_record(record: Any, source: Source) -> Fetched:
    return Fetched(article=_placed(_tidied(article_from_json(record)), source.agency))


def _tidied(article: Article) -> Article:
    """As the reader would have stored it, whoever wrote the JSON: our own exports are so already."""
    tidied: dict[str, Any] = {name: tidy(getattr(article, name) or "") or None for name in LINES}
    tidied |= {name: tuple(filter(None, map(tidy_name, getattr(article, name)))) for name in NAMES}
    return replace(article, **tidied, body=tidy_block(article.body or "") or None)


def _of_dump(text: str, agency: str) -> Fetched:
    return Fetched(article=read_dump(text, agency))


def _of_page(content: bytes, saved: datetime, source: Source) -> Fetched:
    """A saved page; when it was fetched nothing tells better than the date of its file."""
    article = read_page(content, source.url or "")
    url = article.url or source.url
    if url is None:
        raise RefusedError("The page does not say its address: give it with --url.")
    placed = _placed(replace(article, url=url), source.agency)
    return Fetched(
        article=placed, page=Page(url=placed.url or url, fetched_at=saved, body=content, content_type="text/html")
    )


def _placed(article: Article, given: str | None) -> Article:
    """The article with its agency and the canonical form of its address; raises what speaks against either."""
    agency = _agency_of(article, given)
    if article.url is None:
        return replace(article, agency=agency.name)
    if not agency.owns(article.url):
        raise RefusedError(f"{article.url} is no address of {agency.name}.")
    if article.news_code and agency.code_of(article.url) not in {None, article.news_code}:
        raise RefusedError(f"{article.url} is not the address of the news code {article.news_code}.")
    return replace(article, agency=agency.name, url=agency.canonical(article.url))


def _agency_of(article: Article, given: str | None) -> agencies.Agency:
    """The agency that the article names, where we know it; else the given one; else the one of its address."""
    known = {one.name: one for one in agencies.all_agencies()}
    named = known.get(article.agency or "")
    if named and given not in {None, named.name}:
        raise RefusedError(f"It is an article of {named.name}, not of {given}.")
    found = named or known.get(given or "")
    if found is None and article.agency:
        found = agencies.agency(article.agency)  # raises, with near names
    found = found or agencies.agency_at(article.url or "")
    if found is None:
        raise RefusedError("It does not say its agency: name it with --agency.")
    return found


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as stream:
            yield stream
    except OSError as error:
        raise ImportFileError(f"{path} could not be read ({error.strerror}): name a file that can.") from error


def _bytes(path: Path) -> bytes:
    with _opened(path) as stream:
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ImportFileError(f"{path} is larger than {MOST_BYTES >> 20} MB, no page is: import it as JSON lines.")
    return content


def _text(path: Path) -> str:
    try:
        return _bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _not_text(path) from None


def _not_text(path: Path) -> ImportFileError:
    return ImportFileError(f"{path} is no text in UTF-8: write it anew as UTF-8 (iconv does that), then import it.")
