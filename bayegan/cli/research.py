"""The commands of research: read, stats, agencies."""

from typing import Annotated, Final

import typer

from bayegan.archive.reader import open_archive
from bayegan.cli import articles, options, output, source
from bayegan.cli.options import DEFAULT_ARCHIVE
from crawler.agencies import all_agencies

TOTALS: Final = ("articles", "pages", "tags", "sections", "revisions", "duplicates", "runs")


def read(
    page: source.Source,
    *,
    url: source.Address = None,
    trace: Annotated[bool, typer.Option("--trace", help="Say for every field where on the page it was found.")] = False,
    as_json: options.Json = False,
) -> None:
    """Read one page and show the article: the way to try a selector. Nothing is kept."""
    from crawler.explaining import explain_page  # noqa: PLC0415 -- lxml, which the archive's readers do without
    from crawler.page import read_page  # noqa: PLC0415

    content, address = source.page_of(page, url)
    if trace:
        articles.show_traced(*explain_page(content, address), as_json)
    else:
        articles.show_article(read_page(content, address), as_json)


def stats(as_json: options.Json = False, archive: options.ArchiveFile = DEFAULT_ARCHIVE) -> None:
    """Say what the archive holds."""
    with open_archive(archive) as opened:
        held = opened.stats()
    if as_json:
        output.document(output.record(held))
        return
    agencies = (
        (one.agency, one.articles, output.moment(one.first_published), output.moment(one.last_published))
        for one in held.agencies
    )
    output.table(("agency", "articles", "first published", "last published"), agencies)
    output.show("")
    counts = {name: getattr(held, name) for name in TOTALS}
    kinds = {f"articles of kind {kind}": count for kind, count in held.kinds.items()}
    states = {f"listed, now {state}": count for state, count in held.ledger.items()}
    output.table(("what", "how many"), (counts | kinds | states).items())
    output.show(f"\n{output.size(held.bytes)}, of which {output.size(held.page_bytes)} are the pages")


def agencies(as_json: options.Json = False) -> None:
    """Say who can be crawled."""
    known = all_agencies()
    if as_json:
        output.lines(
            {"name": one.name, "title": one.title, "home": one.home, "family": one.family, "domains": one.domains}
            for one in known
        )
    else:
        output.table(
            ("agency", "home", "family", "title"), ((one.name, one.home, one.family, one.title) for one in known)
        )
