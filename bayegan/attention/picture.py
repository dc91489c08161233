"""The share of the matches over time as a picture; what was missed is shown as missing, never as zero."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING, Final

from bayegan.attention import plotting
from bayegan.attention.plotting import label, persian
from crawler.dates import jalali_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from bayegan.attention.periods import By, Calendar
    from bayegan.attention.trending import Period

TITLE: Final = "سهم خبرهای «{query}»"
SHARE: Final = "سهم از همهٔ خبرها"
UNKNOWN: Final = "دوره‌ای که هیچ روزش کامل دیده نشده است"
PARTLY: Final = "دوره‌ای که برخی روزهایش کامل دیده نشده‌اند"
MOST_TICKS: Final = 7
MOST_DOTS: Final = 62  # two months of days; more of them hide the line
MONTHS: Final = {
    "jalali": ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"],
    "gregorian": [
        "ژانویه",
        "فوریه",
        "مارس",
        "آوریل",
        "مه",
        "ژوئن",
        "ژوئیه",
        "اوت",
        "سپتامبر",
        "اکتبر",
        "نوامبر",
        "دسامبر",
    ],
}


def trend_figure(
    query: str, series: Mapping[str, Sequence[Period]], *, by: By = "month", calendar: Calendar = "jalali"
) -> Figure:
    """Draw one line for each series by its name (an agency's), or one without a name; it breaks where nothing is known.

    Raises BayeganError, which says what to install, without matplotlib.
    """
    with plotting.drawing(TITLE.format(query=query)) as (figure, axes):
        for (name, periods), colour in zip(series.items(), _colours(len(series)), strict=True):
            _line(axes, name, periods, colour)
        whole = [period for periods in series.values() for period in periods]
        _shade(axes, whole)
        _show_partly(axes, whole)
        _label_axes(axes, whole, by, calendar)
        if axes.get_legend_handles_labels()[1]:
            figure.legend(loc="outside lower right", ncols=2, fontsize=9, markerfirst=False, reverse=True)
    return figure


def written_day(day: date, by: By, calendar: Calendar) -> str:
    """A period's first day in Persian words.

    >>> from datetime import date
    >>> written_day(date(2020, 12, 7), "month", "jalali"), written_day(date(2020, 12, 7), "day", "gregorian")
    ('آذر ۱۳۹۹', '۷ دسامبر ۲۰۲۰')
    """
    year, month, number = jalali_parts(day) if calendar == "jalali" else (day.year, day.month, day.day)
    named = f"{MONTHS[calendar][month - 1]} {persian(year)}"
    return named if by == "month" else f"{persian(number)} {named}"


def _colours(count: int) -> list[str]:
    return [plotting.COLOURS[place % len(plotting.COLOURS)] for place in range(count)]


def _line(axes: Axes, name: str, periods: Sequence[Period], colour: str) -> None:
    places = [_place(period) for period in periods]
    shares = [nan if period.share is None else period.share for period in periods]
    size = 5.0 if len(periods) <= MOST_DOTS else 2.0
    shown = {
        "color": colour,
        "marker": "o",
        "markersize": size,
        "markeredgewidth": 1.2,
        "clip_on": False,
        "in_layout": False,
    }
    axes.plot(places, shares, linewidth=1.6, label=label(name) if name else None, **shown)  # type: ignore[arg-type]
    partly = [place for place, period in enumerate(periods) if 0 < period.counted < period.days]
    hollow = [places[place] for place in partly], [shares[place] for place in partly]
    axes.plot(*hollow, linestyle="", markerfacecolor="white", **shown)  # type: ignore[arg-type]


def _shade(axes: Axes, periods: Iterable[Period]) -> None:
    """Grey where no series knows anything; bands that touch are one."""
    known = {period.first for period in periods if period.counted}
    unknown = sorted({(period.first, period.last) for period in periods if period.first not in known})
    for place, (first, last) in enumerate(unknown):
        named = label(UNKNOWN) if place == 0 else None
        axes.axvspan(first.toordinal(), last.toordinal() + 1, color=plotting.GAP, linewidth=0, zorder=0, label=named)


def _show_partly(axes: Axes, periods: Iterable[Period]) -> None:
    if any(0 < period.counted < period.days for period in periods):
        ring = {"marker": "o", "linestyle": "", "color": plotting.INK, "markerfacecolor": "white"}
        axes.plot([], [], label=label(PARTLY), **ring)  # type: ignore[arg-type]


def _label_axes(axes: Axes, periods: Iterable[Period], by: By, calendar: Calendar) -> None:
    axes.set_ylabel(label(SHARE), labelpad=8)
    axes.set_ylim(bottom=0)
    axes.grid(axis="y")
    axes.yaxis.set_major_formatter(lambda share, _: f"{persian(100 * share, 1).removesuffix('٫۰')}٪")
    begins = {period.first: _place(period) for period in periods}
    ticks = sorted(begins)[:: -(-len(begins) // MOST_TICKS) or 1]
    axes.set_xticks([begins[day] for day in ticks], [label(written_day(day, by, calendar)) for day in ticks])
    if begins:
        axes.set_xlim(min(begins).toordinal(), max(period.last for period in periods).toordinal() + 1)


def _place(period: Period) -> float:
    """The middle of a period on the axis of days."""
    return (period.first.toordinal() + period.last.toordinal() + 1) / 2
