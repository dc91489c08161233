"""The commands of research: read, import, stats, agencies."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bayegan.archive.reader import open_archive
from bayegan.cli import articles, options, output, source
from bayegan.cli.errors import worst
from bayegan.cli.options import DEFAULT_ARCHIVE
from crawler.agencies import all_agencies
from crawler.errors import UsageError

if TYPE_CHECKING:
    from bayegan.archive.writer import Writer

IMPORTED: Final = ("read", "new", "revised", "unchanged", "duplicate")
MOST_REFUSALS: Final = 20  # that are said; --json has them all
NOTHING_KEPT: Final = 1
SOME_REFUSED: Final = 4
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


def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="JSON lines as export writes them, text, HTML.")],
    *,
    agency: Annotated[
        str | None, typer.Option("--agency", metavar="AGENCY", help="Whose they are, where the file does not say it.")
    ] = None,
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="The address that one saved page came from.")
    ] = None,
    as_json: options.Json = False,
    archive: options.ArchiveFile = DEFAULT_ARCHIVE,
) -> int:
    """Take articles out of files into the archive; what it holds already stays as it is."""
    from bayegan.archive.writer import Writer  # noqa: PLC0415 -- sqlite-utils, which only writers need

    if url is not None and len(files) > 1:
        raise UsageError("--url is the address of one saved page: name one file with it.")
    with Writer(archive) as writer:
        return worst([_import(writer, file, agency, url, as_json) for file in files])


def _import(writer: "Writer", file: Path, agency: str | None, url: str | None, as_json: bool) -> int:
    from bayegan import importing  # noqa: PLC0415 -- the readers of pages, as in read

    try:
        done = importing.import_file(writer, file, agency=agency, url=url, report=output.counter("articles"))
    except (importing.ImportFileError, UsageError) as error:
        output.say(str(error))
        return error.exit_code
    for where, reason in done.refused[:MOST_REFUSALS]:
        output.say(f"{file}, {where}: {reason}")
    if as_json:
        output.document(output.record(done))
    else:
        counts = {name: getattr(done, name) for name in IMPORTED} | {"refused": done.refused_count}
        output.show(f"{file}: " + ", ".join(f"{count} {name}" for name, count in counts.items()))
    if not done.refused_count:
        return 0
    return NOTHING_KEPT if done.refused_count == done.read else SOME_REFUSED


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
