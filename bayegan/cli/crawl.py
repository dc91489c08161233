"""``bayegan crawl``: one agency in this process, several one after the other."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bayegan import crawling
from bayegan.cli import options, output
from bayegan.cli.several import crawl_each
from bayegan.crawling import CrawlRequest
from crawler.agencies import agency, agency_at, all_agencies, home_url
from crawler.errors import UsageError

if TYPE_CHECKING:
    from bayegan.archive.runs import Summary
    from crawler.agencies import Agency

COUNTS: Final = ("listed", "held", "new", "revised", "duplicate", "failed", "gone", "blocked", "refused")
ALWAYS_SAID: Final = ("listed", "held", "new")
VALUED: Final = {"archive": "--archive", "since": "--from", "until": "--to", "recheck": "--recheck", "limit": "--limit"}


Names = Annotated[
    list[str] | None, typer.Argument(metavar="AGENCY", show_default=False, help="Names, as `bayegan agencies` lists.")
]
Every = Annotated[bool, typer.Option("--all", help="Every agency that bayegan knows.")]
Url = Annotated[
    str | None,
    typer.Option("--url", metavar="URL", help="A site that is none of them: what its feeds and sitemaps name."),
]
Recheck = Annotated[
    int | None,
    typer.Option("--recheck", metavar="N", min=1, help="Visit the last N days again for edits and deletions."),
]
Limit = Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="Fetch no more than N articles.")]
Home = Annotated[
    str | None,
    typer.Option("--home", metavar="URL", help="A mirror or test site that stands in for the agency's home."),
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Any Scrapy setting; may be given more than once."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be fetched, and fetch no article.")]


def crawl(  # noqa: PLR0913 -- every option of the command is an argument
    names: Names = None,
    *,
    every: Every = False,
    url: Url = None,
    since: options.Since = None,
    until: options.Until = None,
    recheck: Recheck = None,
    limit: Limit = None,
    home: Home = None,
    settings: Settings = None,
    dry_run: DryRun = False,
    as_json: options.Json = False,
    archive: options.ArchiveFile = options.DEFAULT_ARCHIVE,
) -> int:
    """Fetch what an agency has published and the archive does not hold.

    Without --from and --to: what is new since the last crawl, and what earlier crawls left open.
    """
    options.check_window(since, until)
    chosen = _chosen(names or [], every, url, home)
    request = CrawlRequest(
        agency=chosen[0] if chosen else None,
        url=None if chosen else url,
        archive=archive,
        since=since,
        until=until,
        recheck=recheck,
        limit=limit,
        home=home and home_url(home),
        settings=_settings(settings or []),
        dry_run=dry_run,
        progress=sys.stderr.isatty(),
    )
    return crawl_each(chosen, _options(request, as_json)) if len(chosen) > 1 else _crawl(request, as_json)


def _crawl(request: CrawlRequest, as_json: bool) -> int:
    summary = crawling.crawl(request)
    for reason in summary.reasons:
        output.say(reason)
    if as_json:
        output.document(summary.as_json())
    else:
        for address in summary.due:  # of a dry run alone
            output.show(address)
        output.show(_told(summary))
    return summary.exit


def _told(summary: "Summary") -> str:
    """A run in one line: «shabestan: 40 listed, 40 held, 3 new, 1 revised; 45 requests in 50 s»."""
    counts = [f"{value} {name}" for name in COUNTS if (value := getattr(summary, name)) or name in ALWAYS_SAID]
    return f"{summary.agency}: {', '.join(counts)}; {summary.requests} requests in {summary.seconds:.0f} s"


def _options(request: CrawlRequest, as_json: bool) -> list[str]:
    """A request as it is written on a command line, without its agency."""
    values = {option: getattr(request, name) for name, option in VALUED.items()}
    flags = {"--dry-run": request.dry_run, "--json": as_json}
    return [
        *(f"{option}={value}" for option, value in values.items() if value is not None),
        *(f"--set={name}={value}" for name, value in request.settings.items()),
        *(flag for flag, given in flags.items() if given),
    ]


def _chosen(names: Sequence[str], every: bool, url: str | None, home: str | None) -> tuple[str, ...]:
    """The agencies that are meant, each once; none where a site is that no agency owns. Raises UsageError."""
    if [every, bool(names), url is not None].count(True) != 1:
        raise UsageError(
            "Say which agencies to crawl, or --all, but not both, or a site with --url: `bayegan agencies` lists them."
        )
    chosen = tuple(dict.fromkeys(one.name for one in (all_agencies() if every else map(_agency, names))))
    if home is not None and len(chosen) > 1:
        raise UsageError("--home stands in for one agency's home: name one agency with it.")
    owner = agency_at(url or "")
    if owner is not None:
        output.say(f"{url} belongs to {owner.name}: that agency is crawled.")
        return (owner.name,)
    return chosen


def _agency(name: str) -> "Agency":
    """The agency of this name; raises UsageError, for the name of a site with what to write instead."""
    if "." not in name:
        return agency(name)
    url = name if "://" in name else f"https://{name}"
    owner = agency_at(url)
    raise UsageError(
        f"«{name}» is the name of no agency: {f'did you mean {owner.name}?' if owner else f'say --url {url}.'}"
    )


def _settings(written: Sequence[str]) -> dict[str, str]:
    """Scrapy settings as ``--set`` gives them; raises UsageError for one without a name or a value."""
    pairs = [one.partition("=") for one in written]
    for name, equals, _ in pairs:
        if not (name.isidentifier() and equals):
            raise UsageError(f"--set takes NAME=VALUE, such as --set DOWNLOAD_DELAY=0.5, not «{name}{equals}».")
    return {name: value for name, _, value in pairs}
