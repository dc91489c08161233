"""What ``bayegan crawl`` says of its crawls: a line for each as it ends, and one for all of several."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from bayegan import crawling
from bayegan.archive.verdict import DONE, WORST_FIRST
from bayegan.cli.errors import worst
from bayegan.cli.output import document, plain, say, show

if TYPE_CHECKING:
    from bayegan.archive.runs import Summary
    from bayegan.crawling import CrawlRequest, Crawls

COUNTS: Final = ("listed", "held", "new", "revised", "duplicate", "failed", "gone", "blocked", "refused")
ALWAYS_SAID: Final = ("listed", "held", "new")
NAMED: Final = 5  # agencies that are named for each exit code
MEANS: Final = {
    75: "held by another run",
    2: "misused",
    1: "not done",
    5: "blocked",
    3: "silent",
    6: "read wrongly",
    4: "with pages that failed",
}


def one(request: "CrawlRequest", *, as_json: bool) -> int:
    """Crawl one agency and tell its end; the answer is the exit code."""
    summary = crawling.crawl(request)
    for reason in summary.reasons:
        say(reason)
    _tell(summary, as_json=as_json)
    return summary.exit


def several(requests: "Sequence[CrawlRequest]", *, as_json: bool) -> int:
    """Crawl agencies side by side and tell each end as it comes; the answer is the worst of the exit codes.

    Raises KeyboardInterrupt where we were told to stop.
    """

    def told(summary: "Summary") -> None:
        for reason in summary.reasons:
            say(f"{summary.agency}: {reason}")
        _tell(summary, as_json=as_json)

    crawls = crawling.crawl_each(requests, told)
    (say if as_json else show)(_together(crawls))
    if crawls.stopped:
        raise KeyboardInterrupt
    return worst([summary.exit for summary in crawls.summaries])


def _tell(summary: "Summary", *, as_json: bool) -> None:
    if as_json:
        document(summary.as_json())
        return
    for address in summary.due:  # of a dry run alone
        show(plain(address))
    show(f"{summary.agency}: {_counted([summary])} in {summary.seconds:.0f} s")


def _counted(summaries: "Sequence[Summary]") -> str:
    """What runs did: «40 listed, 40 held, 3 new, 1 revised; 45 requests»."""
    sums = {name: sum(getattr(summary, name) for summary in summaries) for name in (*COUNTS, "requests")}
    counts = [f"{sums[name]} {name}" for name in COUNTS if sums[name] or name in ALWAYS_SAID]
    return f"{', '.join(counts)}; {sums['requests']} requests"


def _together(crawls: "Crawls") -> str:
    """The last line: «3 agencies: 120 listed, 110 held, 9 new; 150 requests; 1 blocked (irna); 2 not begun»."""
    by_code = defaultdict(list)
    for summary in crawls.summaries:
        by_code[summary.exit].append(summary.agency)
    troubled = [
        f"{len(by_code[code])} {MEANS[code]} {_names(by_code[code])}"
        for code in WORST_FIRST
        if code in by_code and code != DONE
    ]
    left = [f"{len(crawls.left)} not begun {_names(crawls.left)}: the next run begins with them"] if crawls.left else []
    parts = (f"{len(crawls.summaries)} agencies: {_counted(crawls.summaries)}", *troubled, *left)
    return "; ".join(parts)


def _names(agencies: Iterable[str]) -> str:
    every = sorted(agencies)
    return f"({', '.join(islice(every, NAMED))}{', …' if len(every) > NAMED else ''})"
