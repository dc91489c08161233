"""Days of which some are held whole, some in part and some not at all, and an archive that knows which."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from archives import fill, story

from bayegan.archive.writer import Writer
from crawler.dates import TEHRAN

if TYPE_CHECKING:
    from pathlib import Path

# By agency and day: titles of the articles held, states of the other rows, how it was listed, whether it was walked.
DAYS: tuple[tuple[str, int, tuple[str, ...], tuple[str, ...], str, bool], ...] = (
    ("shabestan", 5, ("مسجد جامع", "بازار"), (), "archive", True),
    ("shabestan", 6, (), (), "archive", True),  # walked, and nothing was published
    ("shabestan", 7, ("مسجد نو", "مسجد کهنه", "پل"), ("listed",), "archive", True),  # one is still open
    ("shabestan", 8, ("مسجد محله", "راه", "باغ", "رود"), ("failed",), "archive", True),  # four of five are held
    ("shabestan", 9, ("مسجد شهر",), (), "archive", False),  # the walk did not come to its end
    ("shabestan", 10, ("مسجد روستا", "کوه"), (), "import", False),
    # Nothing is known of the 11th.
    ("shabestan", 12, ("مسجد",), ("gone", "taken_down"), "archive", True),
    ("example.ir", 5, ("باران", "برف"), (), "import", False),
)
LISTED = (
    "INSERT INTO ledger (agency, news_code, day, listed_at, state, via) VALUES (?, ?, ?, '2020-12-20T08:00:00Z', ?, ?)"
)
WALKED = "INSERT INTO days (agency, day, complete) VALUES (?, ?, ?)"


def made(path: Path, days: Any = DAYS) -> Path:
    """An archive with these days, each article published at a quarter past midnight on Tehran's clock."""
    stories, ledger = [], []
    for agency, number, titles, others, via, _ in days:
        moment = datetime.combine(date(2020, 12, number), time(0, 15), TEHRAN)
        for place, title in enumerate(titles):
            code = f"{number}{place}"  # of no address: two agencies have the same codes
            stories.append(
                story(code, agency=agency, url=None, title=title, lead=None, body=f"متن {code}.", published=moment)
            )
            ledger.append((agency, code, str(moment.date()), "held", via))
        ledger += [(agency, f"{number}{state}", str(moment.date()), state, via) for state in others]
    fill(path, [*stories, story("999", title="مسجد بی‌تاریخ", lead=None, body="متن بی‌تاریخ.", published=None)])
    with Writer(path) as writer:
        writer.conn.execute("DELETE FROM ledger")
        writer.conn.executemany(LISTED, ledger)
        walked = [(agency, f"2020-12-{number:02}", via != "import" and "listed" not in others and complete)
                  for agency, number, _, others, via, complete in days if via != "import"]  # fmt: skip
        writer.conn.executemany(WALKED, walked)
    return path
