"""An archive of a million synthetic articles, made once below data/ and used again: `python -m benchmarks.million`.

    python -m benchmarks.million [--articles 1000000] [--folder data/synthetic] [--again]

It is written by what writes a crawl: Intake, Ledger and runs, so that the index and whatever follows the texts are
those of a crawl. The file's path is printed. A file made before is used again and brought up to date like any archive;
--again makes it anew, which is needed where what is written has changed and no migration says so.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bayegan.archive import runs
from bayegan.archive.intake import Intake
from bayegan.archive.ledger import Ledger
from bayegan.archive.rows import AgencyRow
from bayegan.archive.runs import Summary
from bayegan.archive.writer import Writer
from benchmarks.synthetic import AGENCIES, DAYS_A_YEAR, FIRST_DAY, NOW, YEARS, Recipe, articles
from crawler import agencies
from crawler.dates import TEHRAN
from crawler.items import Fetched, Link, Missed, Walked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.items import Article, State

FOLDER: Final = Path("data/synthetic")
LAST_DAY: Final = FIRST_DAY + timedelta(days=DAYS_A_YEAR * YEARS - 1)
BATCH: Final = 500  # articles, of one agency or of several in turn
TOLD_EVERY: Final = 20_000
# What is worth nothing in a file that can be made again.
HASTE: Final = ("PRAGMA synchronous = OFF", "PRAGMA cache_size = -524288")
# Of a hundred listed, one could not be had: why, in turn.
NOT_HAD_EVERY: Final = 100
NOT_HAD: Final[tuple[tuple[State, int], ...]] = (("failed", 500), ("gone", 404))
GAP_EVERY: Final = 400  # every so manieth day was not walked to the end


def archive(recipe: Recipe, folder: Path = FOLDER, *, again: bool = False) -> Path:
    """The archive of a recipe: the one made before, brought up to date, where there is one."""
    path = folder / f"articles-{recipe.articles}.db"
    label = path.with_suffix(".json")
    wanted = asdict(recipe)
    if not again and path.exists() and label.exists() and json.loads(label.read_text(encoding="utf-8")) == wanted:
        with Writer(path):
            return path
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{path.stem}.*"):
        left.unlink()
    with Writer(path) as writer:
        for pragma in HASTE:
            writer.conn.execute(pragma)
        fill(writer, recipe)
        writer.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    label.write_text(json.dumps(wanted), encoding="utf-8")  # last: a file without it was not finished
    return path


def fill(writer: Writer, recipe: Recipe) -> None:
    """Crawl, as it were: articles, ledger, days and a run for each agency."""
    crawls = {name: _Crawl(writer, name) for name in AGENCIES}
    for number, article in enumerate(articles(recipe), start=1):
        crawls[article.agency or ""].take(article)
        if number % BATCH == 0:
            for crawl in crawls.values():
                crawl.intake.flush()
        if number % TOLD_EVERY == 0:
            print(f"{number:,} of {recipe.articles:,} articles", file=sys.stderr)
    for crawl in crawls.values():
        crawl.end()


class _Crawl:
    """One run of one agency over all the years."""

    def __init__(self, writer: Writer, name: str) -> None:
        declared = agencies.agency(name)
        self.writer, self.name = writer, name
        self.run = runs.begin(writer, name, NOW, home=declared.home, window=f"{FIRST_DAY}/{LAST_DAY}", version="0")
        self.ledger = Ledger(writer, name, self.run)
        row = AgencyRow(name=name, title=declared.title, home=declared.home, family=declared.family)
        self.intake = Intake(writer, clock=lambda: NOW, run_id=self.run, batch=BATCH, agencies=[row])
        self.seen: Counter[str] = Counter()

    def take(self, article: Article) -> None:
        if article.published is None:
            raise ValueError(f"{article.url} has no date.")
        day = article.published.astimezone(TEHRAN).date()
        link = Link(url=article.url or "", news_code=article.news_code or "", day=day)
        self.seen["listed"] += 1
        if self.seen["listed"] % NOT_HAD_EVERY == 0:
            self._miss(link)
        else:
            self.intake.keep(Fetched(article=article, link=link), self.intake.judge(article))

    def end(self) -> None:
        self.intake.flush()
        for first, last in _walks():
            self.ledger.walked(Walked(first=first, last=last), NOW)
        self.ledger.settle(NOW.astimezone(TEHRAN).date())
        held = self.intake.counts["new"]
        summary = Summary(agency=self.name, run=self.run, listed=self.seen["listed"], held=held, new=held)
        runs.end(self.writer, summary, NOW)

    def _miss(self, link: Link) -> None:
        state, status = NOT_HAD[self.seen["missed"] % len(NOT_HAD)]
        self.seen["missed"] += 1
        self.ledger.note([link], NOW)
        self.ledger.missed(Missed(link=link, state=state, reason=f"HTTP {status}", status=status), NOW)


def _walks() -> Iterator[tuple[Any, Any]]:
    """First and last days of what was walked to the end, gaps between."""
    for begin in range(0, (LAST_DAY - FIRST_DAY).days + 1, GAP_EVERY):
        first = FIRST_DAY + timedelta(days=begin)
        yield first, min(first + timedelta(days=GAP_EVERY - 2), LAST_DAY)


def asked() -> argparse.ArgumentParser:
    """The options that say which archive; for all who use one."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--articles", type=int, default=Recipe().articles)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--again", action="store_true", help="make it anew")
    return parser


if __name__ == "__main__":
    given = argparse.ArgumentParser(description=__doc__, parents=[asked()]).parse_args()
    print(archive(Recipe(articles=given.articles), given.folder, again=given.again))
