"""Captured pages as articles to import: those of known agencies, at the time of their capture."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache, partial
from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from bayegan.incoming.placing import ImportFileError, placed
from bayegan.warc import wayback
from bayegan.warc.answers import MOST_BYTES, TOO_LARGE, Answer, answer
from bayegan.warc.records import Torn, records
from crawler import agencies
from crawler.calendars import YEARS
from crawler.errors import NotAnArticleError, RefusedError, UsageError
from crawler.items import Fetched, Page
from crawler.page import read_page
from crawler.undeclared import undeclared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bayegan.warc.records import Record
    from crawler.agencies import Agency

    Entry = tuple[str, Callable[[], Fetched]]
    Held = Callable[[str, str, datetime], bool]  # address, sha256 and time of a capture

OK: Final = 200
RESPONSE: Final = "response"
RESOURCE: Final = "resource"  # the page alone, without what the site said beside it
REVISIT: Final = "revisit"
HTML: Final = frozenset({"", "text/html", "application/xhtml+xml"})


class LeftOutError(Exception):
    """What is no article of ours: another site's, a picture, a page that says that there is none."""


class RevisitError(LeftOutError):
    """A capture that only says: the page was what an earlier capture has."""


class HeldError(Exception):
    """A capture that is held already, bytes and moment."""


class DamagedError(Exception):
    """A part of the file that cannot be read; its text says which."""


class Choice(NamedTuple):
    """Whose captures are wanted: of one agency alone, of unknown sites too; and what is known to be held."""

    agency: str | None
    unknown: bool
    held: Held


def captures(stream: BinaryIO, choice: Choice, passed: Callable[[int], None]) -> Iterator[Entry]:
    """Everything in a WARC file, in its order.

    Reading one raises what speaks against it; ``passed`` is told how many bytes of the file are behind us.
    """
    seen = False
    for found in records(stream, lambda record: _is_wanted(record, choice)):
        passed(stream.tell())
        seen = seen or not isinstance(found, Torn)
        if not seen and found == Torn(0, None):
            break
        where = f"offset {found.offset}"
        if isinstance(found, Torn):
            yield where, partial(_damaged, found)
        elif found.block is not None:
            yield where, partial(_read, found, choice)
        elif found.kind == REVISIT and _is_of(found, choice):
            yield where, _revisit
        else:
            too_large = found.length > MOST_BYTES and _may_be_ours(found, choice)
            yield where, partial(_too_large if too_large else _left_out, found)
    if not seen:
        raise ImportFileError(f"No WARC record of {stream.name} can be read: is it a WARC file, and whole?")


def _is_wanted(record: Record, choice: Choice) -> bool:
    return record.length <= MOST_BYTES and _may_be_ours(record, choice)


def _may_be_ours(record: Record, choice: Choice) -> bool:
    return record.kind in {RESPONSE, RESOURCE} and _is_of(record, choice)


def _is_of(record: Record, choice: Choice) -> bool:
    return _agency_of(_target(record.url), choice) is not None


def _target(url: str) -> str:
    found = wayback.original(url)
    return found.url if found else url


def _agency_of(url: str, choice: Choice) -> Agency | None:
    agency = agencies.agency_at(url) or (_site(url) if choice.unknown else None)
    return agency if agency and choice.agency in {None, agency.name} else None


def _site(url: str) -> Agency | None:
    origin, _, _ = url.partition("://")[2].partition("/")
    return _site_at(f"{url.partition('://')[0]}://{origin}")


@lru_cache(maxsize=4096)
def _site_at(origin: str) -> Agency | None:
    try:
        return undeclared(origin)
    except UsageError:
        return None


def _damaged(found: Torn) -> Fetched:
    raise DamagedError(str(found))


def _left_out(_: Record) -> Fetched:
    raise LeftOutError


def _revisit() -> Fetched:
    raise RevisitError


def _too_large(record: Record) -> Fetched:
    raise RefusedError(f"{record.url}: {TOO_LARGE}")


def _read(record: Record, choice: Choice) -> Fetched:
    url = _target(record.url)
    agency = _agency_of(url, choice)
    if agency is None or record.block is None:
        raise LeftOutError
    try:
        page = _page(record, agency)
        if choice.held(page.url, sha256(page.body).hexdigest(), page.fetched_at):
            raise HeldError
        return _article(page, url, agency)
    except (RefusedError, NotAnArticleError) as error:
        if agency.code_of(url) is None:
            raise LeftOutError from error  # nobody said that an article stands there: a front page, a list
        raise RefusedError(f"{url}: {error}") from error


def _article(page: Page, url: str, agency: Agency) -> Fetched:
    article = read_page(page.body, url)
    article = placed(replace(article, url=article.url or url), agency.name)
    return Fetched(article=article, page=replace(page, url=article.url or page.url))


def _page(record: Record, agency: Agency) -> Page:
    """The page of a capture; raises RefusedError for what is torn, LeftOutError for what is no page at all."""
    said = _answer(record)
    if said.status != OK or (said.header("content-type") or "").partition(";")[0].strip().lower() not in HTML:
        raise LeftOutError
    if record.truncated:
        raise RefusedError(f"Who captured it cut it off ({record.truncated}): it is not kept half.")
    capture = wayback.original(record.url)
    at = wayback.moment(capture, said.headers) if capture else _moment(record.date)
    if at is None or at.year not in YEARS["Gregorian"]:
        raise RefusedError(f"It does not say when it was captured («{record.date}»).")
    return Page(
        url=agency.canonical(capture.url if capture else record.url),
        fetched_at=at,
        body=said.body if capture is None or capture.as_served else wayback.cleaned(said.body),
        content_type=said.header("content-type"),
        etag=said.header("etag"),
        last_modified=said.header("last-modified"),
    )


def _answer(record: Record) -> Answer:
    block = record.block or b""
    if record.kind == RESOURCE:
        return Answer(status=OK, headers={"content-type": record.content_type}, body=block)
    return answer(block)


def _moment(written: str) -> datetime | None:
    """A WARC-Date; one that names no zone is in UTC, as all are."""
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
