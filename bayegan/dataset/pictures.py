"""The pictures of a dataset's card, with Persian labels: how much of when, how much of it all, how long."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import log10, nan
from typing import TYPE_CHECKING, Final

from bayegan.attention import plotting
from bayegan.attention.picture import MONTHS as NAMES
from bayegan.attention.plotting import label, persian
from bayegan.dataset.census import months_between

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from bayegan.dataset.facts import Facts

MONTHS, COVERAGE, LENGTHS = "pictures/months.png", "pictures/coverage.png", "pictures/lengths.png"
BY_MONTH: Final = "خبرها در هر ماه"
OTHERS: Final = "دیگران"
ARTICLES: Final = "شمار خبرها"
HELD: Final = "سهم خبرهای نگه‌داشته از خبرهای فهرست‌شده"
SHARE: Final = "سهم"
UNKNOWN: Final = "ماهی که هیچ روزش کامل دیده نشده است"
HOW_LONG: Final = "درازای متن خبرها"
CHARACTERS: Final = "شمار نویسه‌های متن"
MEDIAN: Final = "میانه: {} نویسه"
NONE: Final = "متنی نیست"
MOST_TICKS: Final = 7
MOST_COLOURS: Final = len(plotting.COLOURS)
ROUND: Final = [digit * 10**power for power in range(7) for digit in (1, 2, 5)]
BINS_OF_TEN: Final = 8  # between two powers of ten
HEIGHT_OF_AGENCY, HEIGHT_OF_REST = 0.32, 1.8  # inches
COLOURS: Final = "YlGnBu"  # nowhere grey, and told apart without red and green
ROOM: Final = 8  # months: a bar alone is no wall


def drawn(facts: Facts) -> Mapping[str, bytes]:
    """All pictures as PNG, by their names. Raises BayeganError, which says what to install, without matplotlib."""
    figures: dict[str, Callable[[Facts], Figure]] = {MONTHS: by_month, COVERAGE: coverage, LENGTHS: lengths}
    return {name: plotting.png(draw(facts)) for name, draw in figures.items()}


def by_month(facts: Facts) -> Figure:
    """Bars of articles by Jalali month, one colour for each of the largest agencies."""
    plotting.check_installed()
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415 -- half a second

    months = _range(facts.census.months)
    with plotting.drawing(BY_MONTH) as (figure, axes):
        below = [0] * len(months)
        for (name, counts), colour in zip(_series(facts, months).items(), plotting.COLOURS, strict=False):
            axes.bar(range(len(months)), counts, bottom=below, width=0.9, color=colour, label=label(name))
            below = [low + count for low, count in zip(below, counts, strict=True)]
        axes.set_ylabel(label(ARTICLES), labelpad=8)
        axes.grid(axis="y")
        axes.yaxis.set_major_formatter(lambda count, _: _thousands(count))
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        _label_months(axes, months, room=ROOM)
        if facts.largest:
            figure.legend(loc="outside lower right", ncols=4, fontsize=9, markerfirst=False)
    return figure


def coverage(facts: Facts) -> Figure:
    """A field for each agency and Jalali month, the darker the more of it is held; grey where nobody knows."""
    import matplotlib as mpl  # noqa: PLC0415
    from matplotlib.patches import Patch  # noqa: PLC0415

    months = _range(facts.months)
    with plotting.drawing(HELD) as (figure, axes):
        figure.set_size_inches(plotting.INCHES[0], HEIGHT_OF_REST + HEIGHT_OF_AGENCY * max(len(facts.largest), 3))
        known = [[facts.months.get((agency, month)) for month in months] for agency in facts.largest]
        shares = [[nan if one is None or one.share is None else one.share for one in row] for row in known]
        colours = mpl.colormaps[COLOURS].with_extremes(bad=plotting.FAINT)
        if months:
            drawn = axes.imshow(shares, aspect="auto", cmap=colours, vmin=0, vmax=1, interpolation="nearest")
            bar = figure.colorbar(drawn, ax=axes, pad=0.02)
            bar.ax.yaxis.set_major_formatter(lambda share, _: f"{persian(100 * share)}٪")
        axes.set_yticks(range(len(facts.largest)), [label(facts.titled(agency)) for agency in facts.largest])
        axes.tick_params(length=0)
        _label_months(axes, months)
        if any(share != share for row in shares for share in row):  # noqa: PLR0124 -- only what is no number
            patch = Patch(color=plotting.FAINT, label=label(UNKNOWN))
            figure.legend(handles=[patch], loc="outside lower right", fontsize=9, markerfirst=False)
    return figure


def lengths(facts: Facts) -> Figure:
    """How many texts have how many characters; the lengths grow by tens."""
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    counted = Counter({length: count for length, count in facts.census.lengths.items() if length})
    with plotting.drawing(HOW_LONG) as (figure, axes):
        axes.set_xscale("log")
        axes.minorticks_off()
        axes.set_xlabel(label(CHARACTERS), labelpad=8)
        axes.set_ylabel(label(ARTICLES), labelpad=8)
        axes.yaxis.set_major_formatter(lambda number, _: _thousands(number))
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.grid(axis="y")
        if counted:
            edges, bars = _bins(counted)
            axes.stairs(bars, edges, fill=True, color=plotting.COLOURS[0])
            ticks = [tick for tick in ROUND if edges[0] <= tick <= edges[-1]]
            axes.set_xticks(ticks, [_thousands(tick) for tick in ticks])
            middle = facts.census.share(0.5)
            named = label(MEDIAN.format(_thousands(middle)))
            axes.axvline(middle, color=plotting.COLOURS[1], linewidth=1.4, label=named)
            axes.legend(loc="upper left", markerfirst=False)
        else:
            axes.set_xticks([])
            axes.text(0.5, 0.5, label(NONE), transform=axes.transAxes, ha="center")
    return figure


def _range(counted: Iterable[tuple[str, str]]) -> list[str]:
    """All months from the first to the last of these agencies and months."""
    found = [month for _, month in counted]
    return months_between(min(found), max(found)) if found else []


def _series(facts: Facts, months: Sequence[str]) -> dict[str, list[int]]:
    """By title, the largest first; those that there is no colour for are one."""
    shown = facts.largest if len(facts.largest) <= MOST_COLOURS else facts.largest[: MOST_COLOURS - 1]
    counts = facts.census.months
    series = {facts.titled(agency): [counts[agency, month] for month in months] for agency in shown}
    rest = facts.largest[len(shown) :]
    if rest:
        series[OTHERS] = [sum(counts[agency, month] for agency in rest) for month in months]
    return series


def _label_months(axes: Axes, months: Sequence[str], room: int = 0) -> None:
    places = range(0, len(months), -(-len(months) // MOST_TICKS) or 1)
    axes.set_xticks(list(places), [label(_named(months[place])) for place in places])
    if months:
        beside = max(0, room - len(months)) / 2
        axes.set_xlim(-0.5 - beside, len(months) - 0.5 + beside)


def _named(month: str) -> str:
    year, number = month.split("-")
    return f"{NAMES['jalali'][int(number) - 1]} {persian(int(year))}"


def _bins(counted: Counter[int]) -> tuple[list[float], list[int]]:
    first, last = (int(log10(length) * BINS_OF_TEN) for length in (min(counted), max(counted)))
    edges = [10 ** (place / BINS_OF_TEN) for place in range(first, last + 2)]
    return edges, [
        sum(count for length, count in counted.items() if low <= length < high) for low, high in pairwise(edges)
    ]


def _thousands(number: float) -> str:
    return f"{number:,.0f}".replace(",", "٬").translate(plotting.PERSIAN)
