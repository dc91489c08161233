"""Files of others: WARC, whole, cut and damaged; and everything else that ``import`` reads, named in the first line."""

from __future__ import annotations

import io
import json
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from imports import WHOLE
from warcs import HOME, PACK, STORIES, address, answered, by_warcio, capture, page, record

from bayegan.archive.reading import prepare
from bayegan.incoming.files import Source, entries
from bayegan.incoming.placing import ImportFileError
from bayegan.warc.captures import Choice, DamagedError, HeldError, LeftOutError, captures
from crawler.checking import check
from crawler.dates import utc_text
from crawler.errors import NotAnArticleError, RefusedError, UnreadableDateError, UsageError
from fuzz.pages import check_storable, seeds

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.items import Fetched

NOW: Final = datetime(2025, 1, 1, tzinfo=UTC)
# What may speak against a whole file, and against one of its articles.
OF_A_FILE: Final = (ImportFileError, UsageError)
OF_AN_ARTICLE: Final = (
    *(RefusedError, NotAnArticleError, UnreadableDateError, UsageError),
    *(DamagedError, HeldError, LeftOutError),
)
WARC_WORDS: Final = (
    *("WARC/1.0\r\n", "WARC/1.1\r\n", "\r\n\r\n", "WARC-Type: response\r\n", "WARC-Target-URI: ", "WARC-Date: "),
    *("Content-Length: ", "HTTP/1.1 200 OK\r\n", "Transfer-Encoding: chunked\r\n", "Content-Encoding: gzip\r\n"),
    *("Content-Encoding: br\r\n", "Memento-Datetime: ", "https://web.archive.org/web/20201207083000id_/", "sha1:"),
    *("<!-- BEGIN WAYBACK TOOLBAR INSERT -->", "<script src=//archive.org/", "0001-01-01T00:00:00+14:00", "ffffffff"),
)
IMPORT_WORDS: Final = (
    *(
        '{"agency":"',
        '"news_code":"',
        '"url":"https://',
        '"published":"',
        '"kind":"photo"',
        '"tags":["',
        "null",
        "true",
    ),
    *("\\ud800", "\\u0000", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "[[[[", "{}", "1e999", "NaN"),
    *("کد خبر 2000321", "برچسبها", "نظر شما", ".jsonl shabestan\n", ".txt shabestan\n", ".html \n"),
)


class _Named(io.BytesIO):
    name = "x.warc.gz"


def warc(data: bytes) -> None:
    """Every place that is told lies in the file, behind the one before it."""
    stream, told = _Named(data), []
    for where, entry in captures(stream, Choice(None, unknown=True, held=_held), lambda _: None):
        told.append(int(where.removeprefix("offset ")))
        _take(entry)
    assert told == sorted(told)
    assert all(0 <= place <= len(data) for place in told)


def imported(data: bytes) -> None:
    """A file whose suffix, and what its owner says of whose it is, stand in its first line."""
    line, _, content = data.partition(b"\n")
    suffix, _, agency = line.decode("utf-8", "replace").strip().partition(" ")
    with TemporaryDirectory() as folder:
        path = Path(folder, f"x{suffix if suffix in SUFFIXES else '.jsonl'}")
        path.write_bytes(content)
        for _, entry in entries(Source(path=path, agency=agency or None, unknown=True, held=_held)):
            _take(entry)


SUFFIXES: Final = frozenset({".jsonl", ".json", ".txt", ".html", *PACK})


def _take(entry: Callable[[], Fetched]) -> None:
    """An article that is not refused can be written."""
    with suppress(*OF_AN_ARTICLE):
        found = entry()
        check(found.article)
        prepare(found, now=NOW, with_page=False)
        check_storable(found.article)


def _held(url: str, sha256: str, at: datetime) -> bool:
    """As the archive asks: with the time as it writes it."""
    return not (url and sha256 and utc_text(at))


@cache
def warc_seeds() -> list[bytes]:
    one, two = STORIES[:2]
    wayback = f"https://web.archive.org/web/20201207083000/{address(one)}"
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(page(one)), page(one))
    plain = [
        capture(one) + capture(two),
        by_warcio(one),
        record(wayback, answered(page(one), ("Memento-Datetime", "Mon, 07 Dec 2020 08:30:00 GMT"))),
        capture(one, ("Transfer-Encoding", "chunked"), body=chunked),
        record(f"{HOME}/news/7/x", answered(b"<h1>x</h1>"), WARC_Truncated="length") + capture(two, longer=9),
    ]
    return [*plain, *(pack(plain[0]) for pack in PACK.values()), PACK[".warc.gz"](capture(one)) * 2]


@cache
def import_seeds() -> list[bytes]:
    record = json.dumps(WHOLE, ensure_ascii=False)
    dump = "عنوان\n\nبه گزارش خبرگزاری شبستان از یزد، نمایشگاه برپا شد.\n\nکد خبر 2000321\nبرچسبها\nکتاب\nنظر شما\n"
    files = {
        ".jsonl": f"{record}\n{record}\n",
        ".jsonl shabestan": record,
        ".json": f"[{record}]",
        ".txt shabestan": dump,
    }
    texts = [f"{head}\n{content}".encode() for head, content in files.items()]
    return [*texts, *(b".html \n" + seed.partition(b"\n")[2] for seed in seeds()[:3])]
