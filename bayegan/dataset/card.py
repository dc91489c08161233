"""The card of a dataset, its README.md: what is in it, where it came from, what is wrong with it, how to cite it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import bayegan
from bayegan.dataset import pictures, prose
from bayegan.dataset.census import months_between
from bayegan.dataset.head import head
from bayegan.dataset.selection import options
from bayegan.export.fields import kind_of
from crawler.dates import jalali

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bayegan.dataset.facts import Facts

MOST_GAPS: Final = 20  # of one agency; coverage.csv has all days
LETTERS_OF_MONTH: Final = len("1399-09")
LETTERS_OF_YEAR: Final = len("1399")
NO_GAPS: Final = "No gaps: every day from {first} to {last} was walked to the end, and all that it listed is held."
NEARLY: Final = 99.9
MONTHS: Final = [f"{number:02}" for number in range(1, 13)]


def card(facts: Facts) -> str:
    """The whole card."""
    sections = {
        "Contents": _contents(facts),
        "Agencies": _agencies(facts),
        "Fields": _fields(facts),
        "How it was collected": [prose.COLLECTED],
        "Coverage and gaps": _coverage(facts),
        "Splits and copies": _splits(facts),
        "Known biases": [prose.BIASES.format(shares=_shares(facts))],
        "Rights and takedown": [prose.RIGHTS.format(contact=facts.contact or prose.NO_CONTACT)],
        "Citation": _citation(facts),
    }
    body = [f"# {facts.title}", *_summary(facts)]
    for title, paragraphs in sections.items():
        body += [f"## {title}", *paragraphs]
    return head(facts) + "\n" + "\n\n".join(filter(None, body)) + "\n"


def _summary(facts: Facts) -> Iterator[str]:
    whole = facts.census.whole
    yield (
        f"{whole.articles:,} articles, published {whole.days} (Jalali); news agencies whose articles are in it: "
        f"{len(facts.census.agencies):,}."
    )
    yield f"Version {facts.version}, made by Bayegan {bayegan.__version__}; archive hash `{facts.archive_hash}`."
    yield f"![Articles by month and agency]({pictures.MONTHS})"


def _contents(facts: Facts) -> Iterator[str]:
    rows = [
        (name, f"{tally.articles:,}", tally.days, f"`data/{name}-*.parquet`")
        for name in facts.splits
        for tally in [facts.census.splits[name]]
    ]
    yield _table(("split", "articles", "published (Jalali)", "files"), rows)
    empty = [name for name in facts.splitting.names if name not in facts.splits]
    if empty:
        yield f"No article fell into: {', '.join(empty)}. So there is no such split."
    asked = options(facts.selection)
    if asked:
        given = " ".join(f"`{option}{' ' if value else ''}{value}`" for option, value in asked.items())
        yield f"Not all articles of the archive, but those that these options of `bayegan export` let through: {given}."
    census = facts.census
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(census.kinds.items()))
    undated = f"; {census.whole.undated:,} have no date" if census.whole.undated else ""
    yield f"By kind: {kinds or 'none'}{undated}."
    yield (
        f"Half of the texts have {census.share(0.5):,} characters or less, nine tenths {census.share(0.9):,} or less."
        + ("" if facts.selection.has_texts else " The texts themselves are not in this dataset, only their hashes.")
    )
    yield f"![How long the texts are]({pictures.LENGTHS})"


def _agencies(facts: Facts) -> Iterator[str]:
    rows = [
        (f"`{name}`", facts.titled(name), facts.agencies.get(name, ("", ""))[1], f"{tally.articles:,}", tally.days)
        for name in facts.largest
        for tally in [facts.census.agencies[name]]
    ]
    yield _table(("agency", "title", "home", "articles", "published (Jalali)"), rows)
    read = [
        (f"`{agency}`", f"`{reader}`", f"{count:,}")
        for agency in facts.largest
        for reader, count in sorted(facts.census.readers[agency].items())
    ]
    yield _table(("agency", "reader and its version", "articles"), read)


def _fields(facts: Facts) -> Iterator[str]:
    rows = [(f"`{field}`", prose.TYPES[kind_of(field)], prose.FIELDS[field]) for field in facts.selection.fields]
    yield _table(("field", "type", "what it is"), rows)
    yield prose.MISSING


def _coverage(facts: Facts) -> Iterator[str]:
    yield (
        "How much of what an agency listed the archive held when this was made, by Jalali month, on the days whose "
        "listings were walked to the end. `?` is a month without such a day; a star marks months of which some days "
        "are not known whole. `coverage.csv` has every day."
    )
    yield f"![Coverage by agency and month]({pictures.COVERAGE})"
    for agency in facts.largest:
        yield f"**{facts.titled(agency)}** (`{agency}`)"
        yield _by_month(facts, agency)
        yield _gaps(facts, agency)


def _by_month(facts: Facts, agency: str) -> str:
    known = {month: one for (name, month), one in facts.months.items() if name == agency}
    if not known:
        return "None of its articles has a date."
    years = dict.fromkeys(month[:LETTERS_OF_YEAR] for month in months_between(min(known), max(known)))
    rows = [(year, *(_share(facts, agency, f"{year}-{month}") for month in MONTHS)) for year in years]
    return _table(("year", *MONTHS), rows)


def _share(facts: Facts, agency: str, month: str) -> str:
    known = facts.months.get((agency, month))
    if known is None:
        return ""
    if known.share is None:
        return "?"
    return f"{percent(known.share)}{'*' if known.walked < known.days else ''}"


def percent(share: float) -> str:
    """A share in words; what lacks one of ten thousand is not all.

    >>> percent(1.0), percent(0.9999), percent(0.25)
    ('100.0 %', '99.9 %', '25.0 %')
    """
    return f"{100 * share if share == 1 else min(100 * share, NEARLY):.1f} %"


def _gaps(facts: Facts, agency: str) -> str:
    found = [gap for gap in facts.gaps if gap.agency == agency]
    if not found:
        days = [day.day for day in facts.days if day.agency == agency]
        return NO_GAPS.format(first=jalali(days[0]), last=jalali(days[-1])) if days else ""
    longest = sorted(found, key=lambda gap: (gap.first - gap.last, gap.first))[:MOST_GAPS]
    more = f"\n* and {len(found) - MOST_GAPS:,} shorter ones: see `coverage.csv`." if len(found) > MOST_GAPS else ""
    return "Gaps:\n\n" + "\n".join(f"* {gap.sentence}" for gap in sorted(longest, key=lambda gap: gap.first)) + more


def _splits(facts: Facts) -> Iterator[str]:
    left = facts.parts.left_out
    way = prose.BY_TIME if facts.splitting.by == "time" else prose.RANDOM
    yield way.format(seed=facts.splitting.seed, copies=left["copies"], undated=left["undated"])
    distinct = facts.selection.narrowing.distinct or facts.selection.filters.distinct
    yield prose.COPIES.format(
        groups=facts.parts.groups,
        grouped=facts.parts.grouped,
        distinct=prose.ONE_OF_EACH if distinct else prose.ALL_COPIES if facts.parts.groups else "",
    )


def _shares(facts: Facts) -> str:
    if not facts.largest:
        return "* There is nothing in it."
    first = facts.largest[0]
    share = facts.census.agencies[first].articles / facts.census.whole.articles
    return f"* Agencies are not equally large: {share:.0%} of the articles are of {facts.titled(first)} (`{first}`)."


def _citation(facts: Facts) -> Iterator[str]:
    yield "\n".join(("```bibtex", citation(facts), "```"))


def citation(facts: Facts) -> str:
    """BibTeX that names these very articles."""
    lines = {
        "title": f"{{{facts.title}}}",
        "author": "{Collected with Bayegan}",
        "year": facts.version.split(".")[0],
        "version": facts.version,
        "note": f"Bayegan {bayegan.__version__}, archive hash sha256:{facts.archive_hash}",
    }
    values = ",\n".join(f"  {name} = {{{value}}}" for name, value in lines.items())
    return f"@misc{{{facts.name},\n{values}\n}}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *([cell.replace("|", r"\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
