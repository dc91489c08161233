"""Articles in files of others: which files can be read, and what stands in them."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from bayegan.incoming import saved
from bayegan.incoming.placing import ImportFileError, is_domain, placed
from bayegan.incoming.unpacking import unpacked
from bayegan.warc.captures import Choice, captures
from crawler import agencies
from crawler.article_json import article_from_json
from crawler.dump import read_dump
from crawler.errors import RefusedError, UsageError
from crawler.items import Article, Fetched
from crawler.text import tidy, tidy_block, tidy_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Entry = tuple[str, Callable[[], Fetched]]  # where an article stands, and how it is read
    Reader = Callable[["Source"], Iterator[Entry]]

LINES: Final = ("title", "kicker", "lead", "place")
NAMES: Final = ("tags", "sections", "authors")
MOST_BYTES: Final = 64 << 20  # of one line, or of a file that is read whole


def _no_matter(_: int) -> None:
    """Nobody looks on."""


def _none_held(*_: object) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file or folder, and what its owner says about it: whose articles they are, the address of a saved page.

    Of captures, those of ``unknown`` sites too where that is said; ``held`` knows which of them (address, sha256,
    time) are held. ``passed`` is told how many bytes of the file are behind us.
    """

    path: Path
    agency: str | None = None
    url: str | None = None
    unknown: bool = False
    held: Callable[[str, str, datetime], bool] = _none_held
    passed: Callable[[int], None] = _no_matter


def entries(source: Source) -> Iterator[Entry]:
    """Everything in the file that should be an article, in its order; reading one raises what speaks against it.

    Raises UsageError for what makes no sense, ImportFileError (while it goes) for a file that cannot be read.
    """
    path, suffix = source.path, _kind(source.path)
    if suffix not in READERS:
        known = ", ".join(suffix for suffix in READERS if suffix != FOLDER)
        raise UsageError(
            f"«{path.name}» cannot be imported: known are folders of saved pages, and files that end in {known}."
        )
    if source.url and suffix not in (*PAGES, FOLDER):
        raise UsageError(f"--url is the address of a saved page ({', '.join(PAGES)}), and {path.name} is none.")
    if suffix in DUMPS and source.agency is None:
        raise UsageError(f"{path.name} is a plain text that does not say whose it is: name the agency with --agency.")
    if source.agency is not None and (suffix in DUMPS or not is_domain(source.agency)):
        agencies.agency(source.agency)
    return READERS[suffix](source)


def is_warc(path: Path) -> bool:
    return _kind(path) in WARCS


def _kind(path: Path) -> str:
    name = path.name.lower()
    return FOLDER if path.is_dir() else next((one for one in READERS if name.endswith(one)), path.suffix)


def _lines(source: Source) -> Iterator[Entry]:
    with _opened(source.path) as stream, unpacked(source.path, stream) as text:
        for number, line in enumerate(iter(partial(text.readline, MOST_BYTES), b""), start=1):
            if number == 1 and b"\0" in line:
                raise _not_text(source.path)
            source.passed(stream.tell())
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
        at = datetime.fromtimestamp(os.fstat(stream.fileno()).st_mtime, UTC)
    content = _bytes(source.path)
    yield source.path.name, partial(saved.of_page, content, at, agency=source.agency, url=source.url)


def _folder(source: Source) -> Iterator[Entry]:
    return saved.in_folder(source.path, agency=source.agency, prefix=source.url, passed=source.passed)


def _warc(source: Source) -> Iterator[Entry]:
    choice = Choice(source.agency, source.unknown, source.held)
    with _opened(source.path) as stream:
        yield from captures(stream, choice, source.passed)


FOLDER: Final = "/"  # in the place of a suffix
READERS: Final[dict[str, Reader]] = {
    ".jsonl": _lines,
    ".jsonl.gz": _lines,
    ".jsonl.zst": _lines,
    ".ndjson": _lines,
    ".json": _document,
    ".txt": _dump,
    ".html": _page,
    ".htm": _page,
    ".warc": _warc,
    ".warc.gz": _warc,
    ".warc.zst": _warc,
    FOLDER: _folder,
}
WARCS: Final = tuple(suffix for suffix, reader in READERS.items() if reader is _warc)
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
    return Fetched(article=placed(_tidied(article_from_json(record)), source.agency))


def _tidied(article: Article) -> Article:
    """As the reader would have stored it, whoever wrote the JSON: our own exports are so already."""
    tidied: dict[str, Any] = {name: tidy(getattr(article, name) or "") or None for name in LINES}
    tidied |= {name: tuple(filter(None, map(tidy_name, getattr(article, name)))) for name in NAMES}
    return replace(article, **tidied, body=tidy_block(article.body or "") or None)


def _of_dump(text: str, agency: str) -> Fetched:
    return Fetched(article=read_dump(text, agency))


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
