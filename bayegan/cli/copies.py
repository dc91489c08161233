"""``bayegan copies``: who published a text first, and who copied it."""

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from bayegan.archive.copies.sources import source_of
from bayegan.archive.reader import open_archive
from bayegan.cli import options, output
from bayegan.cli.options import DEFAULT_ARCHIVE
from crawler.errors import BayeganError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayegan.archive.copies.telling import Copy
    from bayegan.archive.rows import ArticleRow

COLUMNS: Final = ("", "article", "published", "delay", "of it in this", "of this in it", "source", "title")
THIS: Final = "this"
FIRST: Final = "first"
NOBODY: Final = "Nothing that the archive holds shares its text with {name}."


def copies(
    name: Annotated[str, typer.Argument(metavar="AGENCY/CODE", help="The article, such as shabestan/1001756.")],
    *,
    as_json: options.Json = False,
    archive: options.ArchiveFile = DEFAULT_ARCHIVE,
) -> None:
    """Show who published an article's text first, who copied it, when, and how much of it."""
    agency, code = options.agency_and_code(name)
    with open_archive(archive) as opened:
        article = opened.article(agency, code)
        if article is None:
            raise BayeganError(f"The archive holds no article {agency}/{code}: `bayegan search` finds those it holds.")
        found = opened.copies(agency, code)
    if as_json:
        output.document(_document(article, found))
    elif found:
        output.table(COLUMNS, _timeline(article, found))
    if not found:
        output.say(NOBODY.format(name=f"{agency}/{code}"))


def _document(article: "ArticleRow", found: "Sequence[Copy]") -> dict[str, Any]:
    """The article, who published first, and its copies, the earliest first; delays in seconds."""
    source = source_of(article.agency, article.lead, article.body)
    return {
        "agency": article.agency,
        "news_code": article.news_code,
        "url": article.url,
        "title": article.title,
        "published": article.published and article.published.isoformat(),
        "source": source and source.name,
        "source_agency": source and source.agency,
        "first": _is_first(article, found),
        "copies": [
            output.record(one) | {"delay": None if one.delay is None else one.delay.total_seconds()} for one in found
        ],
    }


def _timeline(article: "ArticleRow", found: "Sequence[Copy]") -> list[tuple[object, ...]]:
    """The article among its copies, in the order in which they were published."""
    rows = [(one.published, _row(one)) for one in found]
    at = article.published
    place = sum(at is None or (published is not None and published < at) for published, _ in rows)
    lines = [row for _, row in rows]
    lines.insert(place, _this(article, _is_first(article, found)))
    return lines


def _row(one: "Copy") -> tuple[object, ...]:
    return (
        FIRST if one.first else "",
        f"{one.agency}/{one.news_code}",
        output.moment(one.published),
        delay(one.delay),
        f"{one.share_of_copy:.0%}",
        f"{one.share_of_article:.0%}",
        _source(one.source, one.source_agency),
        one.title,
    )


def _this(article: "ArticleRow", first: bool) -> tuple[object, ...]:
    source = source_of(article.agency, article.lead, article.body)
    return (
        f"{FIRST}, {THIS}" if first else THIS,
        f"{article.agency}/{article.news_code}",
        output.moment(article.published),
        None,
        None,
        None,
        _source(source.name, source.agency) if source else None,
        article.title,
    )


def _is_first(article: "ArticleRow", found: "Sequence[Copy]") -> bool:
    """Whether nobody of those whose date is known published before it."""
    at = article.published
    return at is not None and all(one.published is None or at <= one.published for one in found)


def _source(name: str | None, agency: str | None) -> str | None:
    return f"{name} ({agency})" if name and agency else name


def delay(after: timedelta | None) -> str | None:
    """How much later, in days, hours and minutes.

    >>> delay(timedelta(days=1, hours=2, minutes=5)), delay(-timedelta(minutes=40)), delay(timedelta())
    ('+1d 02:05', '-00:40', '+00:00')
    """
    if after is None:
        return None
    minutes, sign = int(abs(after).total_seconds()) // 60, "-" if after < timedelta() else "+"
    days, rest = divmod(minutes, 24 * 60)
    return f"{sign}{f'{days}d ' if days else ''}{rest // 60:02}:{rest % 60:02}"
