"""``bayegan crawl``: one agency, or several side by side."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bayegan import logs
from bayegan.cli import crawled, options, output
from bayegan.cli.attended import attended
from bayegan.cli.configured import ConfigFile
from bayegan.crawling import CrawlRequest
from bayegan.crawls.limits import AT_ONCE, Limits
from bayegan.durations import seconds
from bayegan.settings import Settings as Configured
from crawler.agencies import agency, agency_at, all_agencies, home_url
from crawler.errors import UsageError

if TYPE_CHECKING:
    from crawler.agencies import Agency

MOST_AT_ONCE: Final = 64  # crawls of one process, which does one thing at a time


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
Limit = Annotated[
    int | None, typer.Option("--limit", metavar="N", min=1, help="Fetch no more than N articles of each agency.")
]
Home = Annotated[
    str | None,
    typer.Option("--home", metavar="URL", help="A mirror or test site that stands in for the agency's home."),
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Any Scrapy setting; may be given more than once."),
]
AtOnce = Annotated[
    int,
    typer.Option(
        "--jobs",
        metavar="N",
        min=1,
        max=MOST_AT_ONCE,
        envvar="BAYEGAN_BUDGET_JOBS",
        help="Crawl so many agencies at once.",
    ),
]
TimeLimit = Annotated[
    str | None,
    typer.Option(
        "--time-limit",
        metavar="TIME",
        envvar="BAYEGAN_BUDGET_TIME_LIMIT",
        help="End after 90 (minutes), 45m or 1h30m; the next run goes on.",
    ),
]
MostPages = Annotated[
    int | None,
    typer.Option(
        "--max-pages",
        metavar="N",
        min=1,
        envvar="BAYEGAN_BUDGET_MAX_PAGES",
        help="Ask for no more than N pages in all, those of listings among them.",
    ),
]
LogForm = Annotated[
    logs.Form,
    typer.Option("--log", envvar="BAYEGAN_LOG_FORM", help="How to say on standard error what happens."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be fetched, and fetch no article.")]


def crawl(  # noqa: PLR0913 -- every option of the command is an argument
    ctx: typer.Context,
    names: Names = None,
    *,
    every: Every = False,
    url: Url = None,
    since: options.Since = None,
    until: options.Until = None,
    recheck: Recheck = None,
    limit: Limit = None,
    jobs: AtOnce = AT_ONCE,
    time_limit: TimeLimit = None,
    max_pages: MostPages = None,
    home: Home = None,
    settings: Settings = None,
    dry_run: DryRun = False,
    as_json: options.Json = False,
    log: LogForm = "text",
    config: ConfigFile = None,  # noqa: ARG001 -- read by its callback
    archive: options.ArchiveFile = options.DEFAULT_ARCHIVE,
) -> int:
    """Fetch what an agency has published and the archive does not hold.

    Without --from and --to: what earlier crawls left open, what is new since the last complete day, and some days of
    earlier gaps. Several agencies are crawled side by side, each host at its own pace, whoever was crawled longest ago
    first.
    """
    logs.SPEAKING.form = log
    configured: Configured = ctx.obj
    options.check_window(since, until)
    chosen = _chosen(names or _configured(configured, every, url), every, url, home)
    request = CrawlRequest(
        agency=chosen[0] if chosen else None,
        url=None if chosen else url,
        archive=archive,
        since=since,
        until=until,
        recheck=recheck,
        limit=limit,
        home=home and home_url(home),
        settings=scrapy_settings(settings or []),
        dry_run=dry_run,
        progress=_watched(log, as_json=as_json),
        limits=Limits(jobs=jobs, seconds=_seconds(time_limit), pages=max_pages),
        configured=configured,
    )

    def run() -> crawled.Told:
        if len(chosen) > 1:
            return crawled.several([replace(request, agency=name) for name in chosen], as_json=as_json)
        return crawled.one(request, as_json=as_json)

    return (run() if dry_run else attended(run, configured, archive)).code


def _watched(log: logs.Form, *, as_json: bool) -> bool:
    """Whether somebody looks at a bar: never where a machine reads what would stand around it."""
    return log == "text" and sys.stderr.isatty() and not (as_json and sys.stdout.isatty())


def _configured(settings: Configured, every: bool, url: str | None) -> list[str]:
    """The agencies of whoever runs the crawl, where the command line names none."""
    return [] if every or url is not None else list(settings.value("agencies", default=()))


def _seconds(written: str | None) -> float | None:
    """A length of time as people write it; raises UsageError."""
    if written is None:
        return None
    found = seconds(written)
    if found is None:
        raise UsageError(f"«{written}» is no length of time: write --time-limit 90 (minutes), 45m or 1h30m.")
    return found


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


def scrapy_settings(written: Sequence[str]) -> dict[str, str]:
    """Scrapy settings as ``--set`` gives them; raises UsageError for one without a name or a value."""
    pairs = [one.partition("=") for one in written]
    for name, equals, _ in pairs:
        if not (name.isidentifier() and equals):
            raise UsageError(f"--set takes NAME=VALUE, such as --set DOWNLOAD_DELAY=0.5, not «{name}{equals}».")
    return {name: value for name, _, value in pairs}
