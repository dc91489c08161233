"""``bayegan words``: what sets two periods, agencies or searches apart."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Final, cast

import typer

from bayegan.archive.reader import open_archive
from bayegan.attention import wording
from bayegan.cli import options, output, tabular
from bayegan.cli.options import DEFAULT_ARCHIVE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayegan.attention.wording import Against, Comparison, Side, Word
    from bayegan.search import Asked

COLUMNS: Final = (
    "word",
    "count",
    "against",
    "articles",
    "against_articles",
    "per_million",
    "against_per_million",
    "log_ratio",
    "likelihood",
)
AGAINST: Final = ("query", "agency", "since", "until", "tag", "section")
SHOWN: Final = ("word", "count", "against", "articles", "against", "log ratio", "likelihood")
NOTHING: Final = "No word sets them apart beyond chance; --least 1 looks at words of a single article too."
EMPTY: Final = "No article is on {side} side: `bayegan coverage` says which days and agencies the archive holds."

Query = Annotated[
    list[str] | None,
    typer.Argument(metavar="QUERY", show_default=False, help="Only articles that a search finds; all, if left out."),
]
OtherQuery = Annotated[str | None, typer.Option("--against", metavar="QUERY", help="The search of the other side.")]
OtherAgency = Annotated[
    str | None, typer.Option("--against-agency", metavar="AGENCY", help="The agency of the other side.")
]
OtherSince = Annotated[
    date | None,
    typer.Option("--against-from", metavar="DAY", parser=options.day, help="First day of the other side."),
]
OtherUntil = Annotated[
    date | None, typer.Option("--against-to", metavar="DAY", parser=options.day, help="Last day of the other side.")
]
OtherTag = Annotated[str | None, typer.Option("--against-tag", metavar="TAG", help="The tag of the other side.")]
OtherSection = Annotated[
    str | None, typer.Option("--against-section", metavar="SECTION", help="The section of the other side.")
]
Most = Annotated[int, typer.Option("--limit", metavar="N", min=1, help="No more than N words of each side.")]
Least = Annotated[int, typer.Option("--least", metavar="N", min=1, help="Only words of N articles or more.")]


def words(  # noqa: PLR0913 -- every option of the command is an argument
    query: Query = None,
    *,
    agency: options.OnlyAgency = None,
    since: options.Since = None,
    until: options.Until = None,
    tag: options.OnlyTag = None,
    section: options.OnlySection = None,
    other_query: OtherQuery = None,
    other_agency: OtherAgency = None,
    other_since: OtherSince = None,
    other_until: OtherUntil = None,
    other_tag: OtherTag = None,
    other_section: OtherSection = None,
    limit: Most = wording.MOST_WORDS,
    least: Least = wording.FEWEST_ARTICLES,
    as_json: options.Json = False,
    as_csv: tabular.Csv = False,
    archive: options.ArchiveFile = DEFAULT_ARCHIVE,
) -> None:
    """Find the words that set two periods, agencies or searches apart, by their log-likelihood.

    What --against… does not name is the same on the other side; without any, the other side is the rest of the
    archive. First come the words of this side, then those of the other: their log ratio is below zero.
    """
    tabular.refuse_both(as_json, as_csv)
    this: Asked = {"agency": agency, "since": since, "until": until, "tag": tag, "section": section}
    other = (other_query, other_agency, other_since, other_until, other_tag, other_section)
    with open_archive(archive) as opened:
        for name in (agency, other_agency):
            options.check_agency(opened, name)
        sides = wording.sides(" ".join(query or ()), this, _against(other))
        with opened.snapshot() as conn:
            found = wording.compare(conn, *sides, most=limit, least=least, report=output.counter("articles"))
    if as_json or as_csv:
        tabular.write(COLUMNS, [output.record(word) for word in found.words], as_csv=as_csv)
    else:
        _show(found)
    _say_what_is_missing(found)


def _against(values: "Sequence[str | date | None]") -> "Against":
    """What was named of the other side, in the order of AGAINST."""
    return cast("Against", {name: value for name, value in zip(AGAINST, values, strict=True) if value is not None})


def _show(found: "Comparison") -> None:
    this = [word for word in found.words if word.log_ratio > 0]
    _show_side("More on this side", found.this, this)
    _show_side("More on the other side", found.against, found.words[len(this) :])


def _show_side(heading: str, side: "Side", rows: "Sequence[Word]") -> None:
    if rows:
        output.show(f"{heading} ({side.articles:,} articles, {side.words:,} words):")
        output.table(SHOWN, map(_cells, rows))


def _cells(word: "Word") -> tuple[object, ...]:
    return (
        word.word,
        word.count,
        word.against,
        word.articles,
        word.against_articles,
        round(word.log_ratio, 2),
        round(word.likelihood, 1),
    )


def _say_what_is_missing(found: "Comparison") -> None:
    empty = [name for name, side in (("this", found.this), ("the other", found.against)) if not side.articles]
    for name in empty:
        output.say(EMPTY.format(side=name))
    if not (empty or found.words):
        output.say(NOTHING)
