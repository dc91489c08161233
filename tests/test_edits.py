"""What becomes of held articles that their agency edits, moves, deletes and brings back."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from crawls import AZAR, crawl
from hostile_site import of_code

from bayegan import open_archive
from bayegan.differing import Op, names_changed, words_changed
from bayegan.example import default_site
from bayegan.example.answering import Request, Response

if TYPE_CHECKING:
    from pathlib import Path

    from hostile_site import Twisted

    from conftest import Hostile

TAG = '"always"'
RECHECK = ("--recheck", "10000")
HELD = 6
SMALL = default_site(HELD, gone=False)
EDITED = next(story.code for story in SMALL.stories if story.changes)
ONE = next(story.code for story in SMALL.stories if story.path.startswith("/news/") and not story.changes)
THERE = f"/photo/{ONE}/نشانی-تازه"  # another folder, another slug


@dataclass
class Validating:
    """Articles that keep one ETag for ever, edited or not; ``sent`` is what was answered."""

    sent: list[int] = field(default_factory=list)

    def __call__(self, site: Twisted, request: Request) -> Response:
        code = request.path.split("/")[2] if request.path.startswith(("/news/", "/photo/", "/video/")) else ""
        story = site.view.by_code.get(code)
        if story is None:
            return site.plain(request)
        same = request.headers.get("if-none-match") == TAG
        response = Response(status=304) if same else site.plain(request)
        self.sent.append(response.status)
        return replace(response, headers=(*response.headers, ("etag", TAG)))


@dataclass
class Moving:
    """One article that moves from its folder to another; ``moved`` says that it has."""

    moved: bool = False

    def __call__(self, site: Twisted, request: Request) -> Response:
        if not of_code(ONE)(request):
            return site.plain(request)
        path = site.view.by_code[ONE].path
        if not self.moved:
            return replace(site.plain(request), headers=(("etag", TAG),))
        if request.path != THERE:
            return Response(status=301, headers=(("location", quote(THERE)),))
        return Response(status=304) if "if-none-match" in request.headers else site.plain(replace(request, path=path))


@dataclass
class Deleting:
    """One article that answers with ``status``, unless that is 200."""

    status: int = 200

    def __call__(self, site: Twisted, request: Request) -> Response:
        absent = self.status != 200 and of_code(ONE)(request)
        return Response(status=self.status) if absent else site.plain(request)


def rows(archive: Path, sql: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(archive) as conn:
        return conn.execute(sql).fetchall()


def row_of(archive: Path, code: str) -> tuple[Any, ...]:
    return rows(archive, f"select state, status, error from ledger where news_code = '{code}'")[0]


def show(archive: Path, code: str, *options: str) -> tuple[str, str]:
    words = [sys.executable, "-m", "bayegan", "show", f"shabestan/{code}", *options, "--archive", str(archive)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=30, check=True)
    return done.stdout, done.stderr


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "x.db"


def test_an_answer_304_is_believed_three_times_in_a_row_and_then_the_page_is_read(hostile: Hostile, db: Path) -> None:
    twist = Validating()
    site = hostile(site=SMALL, twist=twist)
    crawl(site.url, db, *AZAR)
    with closing(sqlite3.connect(db, isolation_level=None)) as conn:
        conn.execute("update articles set last_seen = '2026-01-01T00:00:00Z'")
    site.edit()
    told = []
    for _ in range(5):
        twist.sent.clear()
        done = crawl(site.url, db, *RECHECK)
        assert (done.code, done.failed, done.refused) == (0, 0, 0), done.said
        told.append((twist.sent.count(304), twist.sent.count(200), done.revised))
        if len(told) == 1:
            assert rows(db, "select count(*) from articles where last_seen > '2026-01-01T00:00:00Z'") == [(HELD,)]
    assert told == [(HELD, 0, 0)] * 3 + [(0, HELD, 1), (HELD, 0, 0)]
    assert rows(db, "select count(*) from pages") == [(HELD + 1,)]


def test_what_the_agency_deleted_stays_and_is_said_to_be_gone_until_it_is_back(hostile: Hostile, db: Path) -> None:
    twist = Deleting()
    site = hostile(site=SMALL, twist=twist)
    crawl(site.url, db, *AZAR)
    kept = f"select title, body, last_seen from articles where news_code = '{ONE}'"
    before = rows(db, kept)
    for status, row in (
        (404, ("gone", 404, "The page could not be had: HTTP 404.")),
        (503, ("gone", 404, "The page could not be had: HTTP 404.")),
        (410, ("gone", 410, "The page could not be had: HTTP 410.")),
    ):
        twist.status = status
        crawl(site.url, db, *RECHECK, "--set", "RETRY_TIMES=0")
        assert row_of(db, ONE) == row
        assert rows(db, kept) == before
    with open_archive(db) as archive:
        days = archive.coverage("shabestan")
    assert (sum(day.gone for day in days), sum(day.missing for day in days)) == (1, 0)
    assert {day.share for day in days} <= {1.0, None}
    assert f"The agency has deleted shabestan/{ONE}; it was last seen" in show(db, ONE)[1]
    twist.status = 200
    back = crawl(site.url, db, *RECHECK)
    assert (back.code, back.gone, back.new, back.revised) == (0, 0, 0, 0)
    assert row_of(db, ONE) == ("held", 200, None)
    assert show(db, ONE)[1] == ""


def test_an_article_that_moved_is_followed_and_found_at_its_new_address(hostile: Hostile, db: Path) -> None:
    twist = Moving()
    site = hostile(site=SMALL, twist=twist)
    crawl(site.url, db, *AZAR)
    old = rows(db, f"select url from articles where news_code = '{ONE}'")[0][0]
    twist.moved = True
    done = crawl(site.url, db, *RECHECK)
    assert (done.code, done.new, done.revised, done.refused) == (0, 0, 0, 0), done.said
    new = [(f"https://shabestan.news{THERE}",)]
    assert THERE not in old
    assert rows(db, f"select url from articles where news_code = '{ONE}'") == new
    assert rows(db, f"select url from ledger where news_code = '{ONE}'") == new
    site.requests.clear()
    crawl(site.url, db, *RECHECK)
    assert [path for path in site.requests if ONE in path] == [THERE]


def test_white_space_and_a_relative_date_are_no_revision(hostile: Hostile, db: Path) -> None:
    ago = ["۲ ساعت پیش"]

    def twist(site: Twisted, request: Request) -> Response:
        response = site.plain(request)
        if not of_code(ONE)(request) or response.status != 200:
            return response
        body = response.body if isinstance(response.body, bytes) else response.body.encode()
        dated = body.replace(b"</h1>", f"</h1><time class='ago'>{ago[0]}</time>".encode())
        return replace(response, body=dated.replace(b" ", b"  ") if len(ago) > 1 else dated)

    site = hostile(site=SMALL, twist=twist)
    crawl(site.url, db, *AZAR)
    ago[:] = ["۳ روز پیش", "spread"]
    done = crawl(site.url, db, *RECHECK)
    assert (done.code, done.revised) == (0, 0)
    assert rows(db, "select count(*) from revisions") == [(0,)]


def test_show_tells_the_words_that_changed(hostile: Hostile, db: Path) -> None:
    site = hostile(site=SMALL)
    crawl(site.url, db, *AZAR)
    assert "has not changed" in show(db, EDITED, "--diff")[1]
    for _ in range(2):
        site.edit()
        crawl(site.url, db, *RECHECK)
    written, said = show(db, EDITED, "--revisions", "--diff", "--json")
    found = [json.loads(line) for line in written.splitlines()]
    assert said == ""
    assert [one["field"] for one in found] == ["lead", "body", "lead", "body"]
    assert found[0]["seen_at"] == found[1]["seen_at"] < found[2]["seen_at"]
    assert found[0]["ops"][1:] == [{"op": "insert", "text": "این خبر ۱ بار تکمیل شده است."}]
    assert [op for op in found[2]["ops"] if op["op"] != "equal"] == [
        {"op": "delete", "text": "۱"},
        {"op": "insert", "text": "۲"},
    ]
    told = show(db, EDITED, "--diff")[0]
    assert "این خبر [-۱-] [+۲+] بار تکمیل شده است." in told
    assert "[-به‌روزرسانی" not in told  # that word stayed, with its non-joiner


@pytest.mark.parametrize(
    ("earlier", "later", "ops"),
    [
        (None, None, ()),
        ("یک دو", " یک\n\n دو ", (Op("equal", "یک\n\n دو"),)),
        (None, "یک دو", (Op("insert", "یک دو"),)),
        ("یک دو", None, (Op("delete", "یک دو"),)),
        ("می رود", "می‌رود", (Op("delete", "می رود"), Op("insert", "می‌رود"))),
        ("الف ب پ", "الف پ", (Op("equal", "الف"), Op("delete", "ب"), Op("equal", "پ"))),
    ],
)
def test_texts_are_compared_word_by_word(earlier: str | None, later: str | None, ops: tuple[Op, ...]) -> None:
    assert words_changed(earlier, later) == ops


def test_tags_are_compared_whole() -> None:
    assert names_changed(("شهر تهران", "کتاب"), ("شهر تهران", "کتاب نو")) == (
        Op("equal", "شهر تهران"),
        Op("delete", "کتاب"),
        Op("insert", "کتاب نو"),
    )
