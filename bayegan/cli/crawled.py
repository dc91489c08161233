"""What ``bayegan crawl`` says of its crawls: a line for each as it ends, and one for all of several."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from logging import INFO
from typing import TYPE_CHECKING, Final

from bayegan import crawling, logs
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


@dataclass(frozen=True, slots=True)
class Told:
    """The exit code of a command, and what there is to say of it beside the code."""

    code: int
    said: str


def one(request: "CrawlRequest", *, as_json: bool) -> Told:
    """Crawl one agency and tell its end."""
    summary = crawling.crawl(request)
    for reason in summary.reasons:
        say(reason, {"agency": summary.agency})
    return Told(summary.exit, "\n".join((*summary.reasons, _tell(summary, as_json=as_json))))


def several(requests: "Sequence[CrawlRequest]", *, as_json: bool) -> Told:
    """Crawl agencies side by side and tell each end as it comes; the code is the worst of theirs.

    Raises KeyboardInterrupt where we were told to stop.
    """
    said: list[str] = []

    def told(summary: "Summary") -> None:
        for reason in summary.reasons:
            said.append(f"{summary.agency}: {reason}")
            say(said[-1], {"agency": summary.agency})
        _tell(summary, as_json=as_json)

    crawls = crawling.crawl_each(requests, told)
    last = _together(crawls)
    if as_json or logs.SPEAKING.form == "json":
        say(last, level=INFO)
    if not as_json:
        show(last)
    if crawls.stopped:
        raise KeyboardInterrupt
    return Told(worst([summary.exit for summary in crawls.summaries]), "\n".join((last, *said)))


def _tell(summary: "Summary", *, as_json: bool) -> str:
    """One line for each crawl, and its document in a log of documents; the answer is the line."""
    line = f"{summary.agency}: {_counted([summary])} in {summary.seconds:.0f} s"
    if logs.SPEAKING.form == "json":
        say(line, summary.as_json(), INFO)
    if as_json:
        document(summary.as_json())
        return line
    for address in summary.due:  # of a dry run alone
        show(plain(address))
    show(line)
    return line


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
