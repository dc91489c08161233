"""``bayegan trend``: how much was written of something over time."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from bayegan.archive.reader import open_archive
from bayegan.attention import trending
from bayegan.attention.periods import By, Calendar
from bayegan.cli import options, output, tabular
from bayegan.cli.options import DEFAULT_ARCHIVE
from bayegan.search import Filter

if TYPE_CHECKING:
    from bayegan.attention.trending import Period

    Series = Mapping[str, Sequence[Period]]

COLUMNS: Final = (
    "agency", "period", "first", "last", "matches", "articles", "share", "days", "counted", "coverage",
)  # fmt: skip
ALL: Final[list[str | None]] = [None]
SHOWN: Final = ("agency", "period", "matches", "articles", "share", "days that count", "coverage")
NOTHING: Final = (
    "No day{where} is known whole: `bayegan coverage` says what is missing, and --every-day counts the others as well."
)

Query = Annotated[
    list[str], typer.Argument(metavar="QUERY", help="What is searched for, as `bayegan search` takes it.")
]
Agencies = Annotated[
    list[str] | None, typer.Option("--agency", metavar="AGENCY", help="Only this agency; several: a line for each.")
]
Kind = Annotated[By, typer.Option("--by", help="A week begins on Saturday.")]
In = Annotated[Calendar, typer.Option("--calendar", help="Whose months, and how days are written.")]
EveryDay = Annotated[
    bool, typer.Option("--every-day", help="Count every day that holds an article, whatever was missed of it.")
]
Plot = Annotated[Path | None, typer.Option("--plot", metavar="FILE", help="Draw the shares, too: a file .png or .svg.")]


def trend(  # noqa: PLR0913 -- every option of the command is an argument
    query: Query,
    *,
    by: Kind = "month",
    calendar: In = "jalali",
    agency: Agencies = None,
    since: options.Since = None,
    until: options.Until = None,
    tag: options.OnlyTag = None,
    section: options.OnlySection = None,
    every_day: EveryDay = False,
    plot: Plot = None,
    as_json: options.Json = False,
    as_csv: tabular.Csv = False,
    archive: options.ArchiveFile = DEFAULT_ARCHIVE,
) -> None:
    """Count the articles on something by day, week or month, and their share of all articles.

    Only days that the archive knows whole count: walked to the end, and nine tenths of what was listed held. What
    the crawl missed is a gap and not a zero, and a period without one such day stays empty.
    """
    tabular.refuse_both(as_json, as_csv)
    if plot:
        _check_plot(plot)
    words = " ".join(query)
    asked = [
        Filter(query=words, agency=name, since=since, until=until, tag=tag, section=section)
        for name in dict.fromkeys(agency or ALL)
    ]
    with open_archive(archive) as opened:
        for one in asked:
            options.check_agency(opened, one.agency)
        with opened.snapshot() as conn:
            counted = [trending.trend(conn, one, by=by, calendar=calendar, every_day=every_day) for one in asked]
    series = {one.agency or "": periods for one, periods in zip(asked, counted, strict=True)}
    _show(series, as_json=as_json, as_csv=as_csv)
    if plot and any(counted):
        _draw(plot, words, series, by, calendar)


def _check_plot(path: Path) -> None:
    from bayegan.attention import plotting  # noqa: PLC0415 -- only for who asks for a picture

    plotting.check_suffix(path)
    plotting.check_installed()


def _show(series: "Series", *, as_json: bool, as_csv: bool) -> None:
    rows = [_row(agency, period) for agency, periods in series.items() for period in periods]
    if as_json or as_csv:
        tabular.write(COLUMNS, rows, as_csv=as_csv)
    elif rows:
        named = slice(None) if any(series) else slice(1, None)  # the agency, where one was asked for
        output.table(SHOWN[named], [_cells(row)[named] for row in rows])
    for agency in (agency for agency, periods in series.items() if not periods):
        output.say(NOTHING.format(where=f" of {agency}" if agency else ""))


def _row(agency: str, period: "Period") -> dict[str, Any]:
    known = output.record(period)
    return {"agency": agency or None, "period": known.pop("name"), **known}


def _cells(row: Mapping[str, Any]) -> tuple[object, ...]:
    return (
        row["agency"],
        row["period"],
        row["matches"],
        row["articles"],
        _percent(row["share"], 2),
        f"{row['counted']} of {row['days']}",
        _percent(row["coverage"], 1),
    )


def _percent(share: float | None, places: int) -> str | None:
    return None if share is None else f"{share:.{places}%}"


def _draw(path: Path, query: str, series: "Series", by: By, calendar: Calendar) -> None:
    from bayegan.attention import plotting  # noqa: PLC0415 -- only for who asks for a picture
    from bayegan.attention.picture import trend_figure  # noqa: PLC0415

    plotting.write(trend_figure(query, series, by=by, calendar=calendar), path)
    output.say(f"The picture is in {path}.")
