"""One article whose every word is known, in an archive of three hundred, and where its words can still be found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archives import LONG_TEXT, NOON, Clock, fetched, story, take

from bayegan.archive.intake import Intake
from bayegan.archive.ledger import Ledger
from bayegan.archive.pages.packing import Unpacking
from bayegan.archive.writer import Writer
from crawler.items import Link
from crawler.text import fold

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

KEY = ("shabestan", "500")
# One word for each place that an article is kept in; in no other article, and each folds to something else.
WORDS = {
    "title": "ژرفکاوۀ",
    "kicker": "شباویزۀ",
    "lead": "كندوکاوۀ",
    "body": "پژواكنامۀ",
    "tag": "تاكستانۀ",
    "section": "بادگیرۀ",
    "author": "سپنتامینوۀ",
    "place": "كهندژۀ",
    "earlier title": "چكاوکۀ",
    "earlier kicker": "لاجوردینۀ",
    "earlier lead": "گلگشتۀ",
    "earlier body": "هفترنگۀ",
    "earlier tag": "ماهتابۀ",
    "page": "رایانامۀ",
    "earlier page": "كوچكانۀ",
    "address": "زمردگونۀ",
}
EARLIER = story(
    "500",
    url=f"https://shabestan.news/news/500/{WORDS['address']}",
    title=f"خبر {WORDS['earlier title']} منتشر شد",
    kicker=WORDS["earlier kicker"],
    lead=f"درباره {WORDS['earlier lead']} بخوانید.",
    body=f"{LONG_TEXT} {WORDS['earlier body']}",
    tags=(WORDS["earlier tag"],),
)
SECRET = story(
    "500",
    url=EARLIER.url,
    title=f"خبر {WORDS['title']} منتشر شد",
    kicker=WORDS["kicker"],
    lead=f"درباره {WORDS['lead']} بخوانید.",
    body=f"{LONG_TEXT} {WORDS['body']}",
    tags=("كتاب", WORDS["tag"]),
    sections=(WORDS["section"],),
    authors=(WORDS["author"],),
    place=WORDS["place"],
)


def three_hundred(folder: Path) -> Path:
    """Three hundred articles in many batches, one of them the secret one, with an earlier reading."""
    path = folder / "x.db"
    with Writer(path) as writer:
        intake, clock = Intake(writer, clock=Clock(), batch=20), Clock()
        for number in range(150):
            take(intake, fetched(story(str(1000 + number))))
        Ledger(writer, "shabestan").note([Link(url=EARLIER.url or "", news_code="500", day=NOON.date())], NOON)
        take(intake, fetched(EARLIER, html=f"<p>{WORDS['earlier page']}</p>"))
        intake.flush()
        clock.move(hours=1)
        take(intake, fetched(SECRET, at=clock.now, html=f"<p>{WORDS['page']}</p>"))
        for number in range(150):
            take(intake, fetched(story(str(2000 + number))))
        intake.flush()
    return path


def rows(writer: Writer, statement: str, *values: Any) -> list[Any]:
    return writer.conn.execute(statement, values).fetchall()


def files(archive: Path) -> bytes:
    """The bytes of the archive and of whatever lies beside it."""
    return b"".join(path.read_bytes() for path in sorted(archive.parent.iterdir()))


def unpacked(conn: sqlite3.Connection) -> bytes:
    """Every page as it was served, and every dictionary."""
    unpacking = Unpacking(conn)
    pages = [unpacking.served(*row) for row in conn.execute("SELECT body, dictionary_id FROM pages").fetchall()]
    return b"".join([*pages, *(body for (body,) in conn.execute("SELECT body FROM dictionaries"))])


def indexed(conn: sqlite3.Connection) -> set[str]:
    """Every word that the search index knows."""
    conn.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, articles_fts, row)")
    return {word for (word,) in conn.execute("SELECT term FROM temp.words")}


def found_anywhere(archive: Path, conn: sqlite3.Connection) -> set[str]:
    """Which of the words can be found, as published or folded, in the bytes, the pages or the index."""
    held, index = files(archive) + unpacked(conn), indexed(conn)
    return {
        place
        for place, word in WORDS.items()
        if word.encode() in held or fold(word).encode() in held or fold(word) in index
    }
