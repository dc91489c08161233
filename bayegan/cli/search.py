"""The command ``search``: a page of hits, or how all of them are spread."""

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from bayegan.archive.finding.paging import Place, read
from bayegan.archive.reader import MARK, Archive, open_archive
from bayegan.cli import articles, options, output, tabular
from bayegan.cli.options import DEFAULT_ARCHIVE
from bayegan.export.cells import joined
from bayegan.export.fields import USUAL
from bayegan.search import Filter
from crawler.errors import BayeganError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayegan.archive.finding.facets import Facets
    from bayegan.archive.finding.snippets import Mark
    from bayegan.archive.rows import Hit

MOST_HITS: Final = 20
NO_QUERY: Final = "Missing argument 'QUERY': say what to search for, or narrow all articles with an option."
ONE_OF: Final = "--count, --facets and --similar each answer in a way of their own: choose one of them."
FACET: Final = ("facet", "value", "articles")

Words = Annotated[
    list[str] | None,
    typer.Argument(metavar="QUERY", help='Words, or a "phrase" in double quotes.', show_default=False),
]
MostHits = Annotated[
    int, typer.Option("--limit", metavar="N", min=1, help="No more than N articles; with --facets, values of each.")
]
After = Annotated[
    Place | None,
    typer.Option("--after", metavar="TOKEN", parser=read, help="The page behind the one that ended with this token."),
]
Similar = Annotated[
    str | None, typer.Option("--similar", metavar="AGENCY/CODE", help="Articles like this one, the likest first.")
]
Count = Annotated[bool, typer.Option("--count", help="Only how many there are.")]
FacetsToo = Annotated[
    bool, typer.Option("--facets", help="How many there are by agency, section, tag and month, and no articles.")
]


def search(  # noqa: PLR0913 -- every option of the command is an argument
    query: Words = None,
    *,
    agency: options.OnlyAgency = None,
    since: options.Since = None,
    until: options.Until = None,
    tag: options.OnlyTag = None,
    section: options.OnlySection = None,
    distinct: options.Distinct = False,
    sort: options.Order = "newest",
    limit: MostHits = MOST_HITS,
    after: After = None,
    similar: Similar = None,
    facets: FacetsToo = False,
    count: Count = False,
    as_json: options.Json = False,
    as_csv: tabular.Csv = False,
    archive: options.ArchiveFile = DEFAULT_ARCHIVE,
) -> None:
    """Find articles, however their words are spelled."""
    tabular.refuse_both(as_json, as_csv)
    if sum(map(bool, (similar, facets, count))) > 1:
        raise UsageError(ONE_OF)
    filters = Filter(
        query=" ".join(query or ()), agency=agency, since=since, until=until, tag=tag, section=section, sort=sort,
        limit=limit, after=after, distinct=distinct,
    )  # fmt: skip
    if query is None and not (filters.conditions or similar or facets or count):
        raise UsageError(NO_QUERY)
    form = "json" if as_json else "csv" if as_csv else "text"
    with open_archive(archive) as opened:
        options.check_agency(opened, agency)
        if count:
            _show_count(opened.count(filters), form)
        elif facets:
            _show_facets(opened.facets(filters, limit), form)
        elif similar:
            _show_similar(opened, similar, filters, form)
        else:
            _show_page(opened, filters, form)


def _show_count(total: int, form: str) -> None:
    if form == "text":
        output.show(str(total))
    else:
        tabular.write(("total",), [{"total": total}], as_csv=form == "csv")


def _show_facets(found: "Facets", form: str) -> None:
    rows = [(facet, value, count) for facet, counts in found.counts.items() for value, count in counts.items()]
    if form == "json":
        output.document({"total": found.total, "facets": found.counts})
    elif form == "csv":
        tabular.write(FACET, [dict(zip(FACET, row, strict=True)) for row in rows], as_csv=True)
    else:
        output.table(FACET, rows)
        output.say(f"{found.total:,} in all.")


def _show_similar(opened: Archive, name: str, filters: Filter, form: str) -> None:
    agency, code = options.agency_and_code(name)
    if opened.article(agency, code) is None:
        raise BayeganError(f"The archive holds no article {agency}/{code}: `bayegan search` finds those it holds.")
    hits = opened.alike(agency, code, filters, mark=_mark(form))
    _show_hits(hits, None, filters, form)
    if not hits:
        output.say(f"No other article is like {agency}/{code}.")


def _show_page(opened: Archive, filters: Filter, form: str) -> None:
    hits = opened.find(filters, mark=_mark(form))
    _show_hits(hits, hits.next, filters, form)
    if hits:
        more = f"; for the next, add --after {hits.next}" if hits.next else ""
        output.say(f"{len(hits):,} of {hits.total:,}{more}")
    else:
        output.say(_nothing(filters))


def _nothing(filters: Filter) -> str:
    if filters.after:
        return "Nothing comes behind that."
    return f"Nothing found for «{filters.query}»." if filters.query else "Nothing found."


def _mark(form: str) -> "Mark":
    return output.MARKS if form == "text" else MARK


def _show_hits(hits: "Sequence[Hit]", following: str | None, filters: Filter, form: str) -> None:
    """JSON lines, of which the last has the token of the next page; cells; or three lines each."""
    rows = [articles.hit_json(hit) for hit in hits]
    if form == "csv":
        columns = (*USUAL, "snippet", *(["copies"] if filters.distinct else []))
        tabular.write(columns, [_cells(row) for row in rows], as_csv=True)
    elif form == "json":
        last = len(rows) - 1
        output.lines(row | {"next": following if place == last else None} for place, row in enumerate(rows))
    elif hits:
        output.show("\n\n".join(map(articles.hit_text, hits)))


def _cells(row: dict[str, Any]) -> dict[str, Any]:
    return {name: joined(value) if isinstance(value, list) else value for name, value in row.items()}
