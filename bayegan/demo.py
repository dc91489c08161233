"""What ``bayegan demo`` does: crawl the built-in example site into an archive, then search and export a little."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from bayegan.archive.reader import open_archive
from bayegan.crawling import CrawlRequest, crawl
from bayegan.example import default_site, serve_example
from bayegan.exporting import export
from bayegan.search import Filter
from crawler.dates import jalali

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bayegan.archive.reader import Archive
    from bayegan.archive.runs import Summary

AGENCY: Final = "shabestan"
AZAR: Final = (date(2020, 11, 21), date(2020, 12, 20))
QUERY: Final = "مسجد"
# The site is ours and on this machine: nobody is hurt by haste.
HASTE: Final = {"DOWNLOAD_DELAY": "0", "AUTOTHROTTLE_ENABLED": "False", "BAYEGAN_BACKOFF": "0.2"}


def run(archive: Path, publish: int, say: Callable[[str], None]) -> int:
    """Crawl, show, search and export, telling each step; the answer is the crawl's exit code.

    ``publish`` is how many later stories the site has out, so that a second demo has something new to find.
    """
    with serve_example(default_site(gone=False)) as site:
        site.publish(publish)
        say(f"The example site stands in for {AGENCY} at {site.url}; crawling Azar 1399 into {archive} …")
        summary = crawl(
            CrawlRequest(
                agency=AGENCY, archive=archive, since=AZAR[0], until=AZAR[1], home=site.url, settings=dict(HASTE)
            )
        )
    say(_told(summary))
    with open_archive(archive) as held:
        _show(held, say)
        _export(held, archive.with_suffix(".jsonl"), say)
    return summary.exit


def _told(summary: Summary) -> str:
    return (
        f"listed {summary.listed}, held {summary.held}, new {summary.new}, requests {summary.requests}, "
        f"{summary.seconds:.1f} s, exit {summary.exit}"
    )


def _show(held: Archive, say: Callable[[str], None]) -> None:
    hits = held.search(QUERY, limit=3)
    say(f"\nsearch {QUERY}:")
    for hit in hits:
        day = jalali(hit.published) if hit.published else "no date"
        say(f"  {hit.agency}/{hit.news_code}  {day}  {hit.title}\n      {hit.snippet}")


def _export(held: Archive, path: Path, say: Callable[[str], None]) -> None:
    rows = export(held, path, Filter())
    say(f"\nexport: {rows} articles in {path}")
    with path.open(encoding="utf-8") as lines:
        say(f"  {lines.readline()[:160].rstrip()}…")
