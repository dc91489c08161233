"""Every threshold of the judging, each with its reason: the one place to turn a screw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayegan.health.calendar import Kind

# How much of the past is looked at, and how little of it is too little to say anything.
LAST_RUNS: Final = 30  # a month of nights: long enough for four Fridays, short enough to forget a site's former theme
FEWEST_RUNS: Final = 5  # below, a median says nothing, and half of the runs may be the odd ones
FEWEST_READ: Final = 20  # readings in all these runs: shares of fewer jump by themselves
ENOUGH_READ: Final = 20  # readings of this run; where it has fewer, those of the runs just before it may speak, too,
MOST_JOINED: Final = 5  # but no more than so many, or yesterday's health would hide today's fault

# A share (of titles, tags, …) has fallen when it lies under the floor, and chance does not bring it there.
SIGMA: Final = 1.4826  # what turns a median deviation into a standard deviation, for a bell curve
SPREADS: Final = 3  # standard deviations under what is usual: three in a thousand, of a bell curve
LEAST_FALL: Final = 0.1  # of the share: where every run had 100 %, the deviation is 0, and one odd page is no fault
LEAST_EVER: Final = 0.5  # of the least that any run had: below that, an uneven past excuses nothing
LEAST_FLOOR: Final = 0.2  # a field that is seldom there is no sign: nobody misses the tags of one page in ten
CHANCE: Final = 0.005  # how likely so few may be at the floor itself: two pages without say nothing, three of three do
MOST_DRAWN: Final = 200  # readings that the chance is reckoned with: more make it no clearer
GONE_SHARE: Final = 0.1  # of the usual share: less is told as "gone", more as "fewer"
ENOUGH_TEXTS: Final = 8  # of which a median of lengths says something
SHORTER: Final = 0.5  # of the usual length of bodies: teasers are cut far shorter, and topics do not halve a median

# How much is listed: runs are joined to blocks of a day, since an hour of the night lists nothing.
BLOCK_HOURS: Final = 20.0  # a nightly run comes now a little early, now late
LONGEST_BLOCK_HOURS: Final = 84.0  # after a longer pause a feed no longer names all: nothing is said of its number
MOST_RUNS: Final = LAST_RUNS * 25  # rows that are read, so that hourly runs reach as many days back
FEWER: Final = 0.4  # of the usual number, on the same kind of day: a slow day has more than half
FEWER_SPREADS: Final = 4  # standard deviations under it, since numbers of news have longer tails than a bell
SILENT_EXPECTED: Final = 8.0  # articles that were to be expected while none came: by chance three times in 10,000
SILENT_BEFORE: Final = 0.1  # of the days before had none either: then silence is the agency's way
# What a slow day has of a working day at least, for an agency of which too few of its kind are known.
SLOW_DAYS: Final[Mapping[Kind, float]] = {"working day": 1.0, "weekend": 0.3, "holiday": 0.15}

OVERDUE: Final = 3  # times the usual pause between runs: two nights may fail, three is a scheduler that has stopped,
OVERDUE_HOURS: Final = 36.0  # but an hourly one may rest for a night and a day

WAITING: Final = 20  # doubtful readings that wait in memory for the run's verdict; then it is asked for at once
UNREAD: Final = 20  # pages without an article that one run keeps to be looked at: sitemaps may name thousands
LARGEST_KEPT: Final = 4 << 20  # bytes of a refused page: a larger one is no news article, and is not kept to look at
