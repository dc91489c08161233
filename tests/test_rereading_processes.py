"""Re-reading in processes of its own: killed, interrupted, on several cores, and what the command says."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from agreement import disagreements
from archives import NOON, fetched, story
from example_pages import FIRST, ask
from rereads import OLD, again, copied, page_of, plant, rows, said, told
from typer.testing import CliRunner

from bayegan.archive.intake import Intake
from bayegan.archive.lock import agency_lock
from bayegan.archive.pages.packing import pack
from bayegan.archive.writer import Writer
from bayegan.cli import app
from bayegan.importing import import_file
from bayegan.reread.readers import Batch, PackedPage, reading
from crawler.errors import ArchiveError, BayeganError, UsageError

ARTICLES = 300


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three hundred articles that an older reader read badly, with their pages."""
    path = tmp_path_factory.mktemp("old") / "x.db"
    html = ask(f"/news/{FIRST}").body.decode()
    with Writer(path) as writer:
        intake = Intake(writer, clock=lambda: NOON)
        for code in map(str, range(2000000, 2000000 + ARTICLES)):
            page = html.replace(FIRST, code).replace("</h1>", f" {code}</h1>")
            article = story(code, reader=OLD, kicker="کهنه", body=f"متن کهنه {code}", tags=("کهنه", code))
            item = fetched(article, html=page)
            intake.keep(item, intake.judge(article))
        intake.flush()
    return path


@pytest.fixture
def db(old: Path, tmp_path: Path) -> Path:
    return copied(old, tmp_path / "x.db")


def command(path: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "bayegan", "reread", "--archive", str(path), *options]


def renewed(path: Path) -> int:
    return int(rows(path, "select count(*) from articles where reader <> ?", OLD)[0][0])


def children(pid: int) -> set[int]:
    """The processes that a process has started, and those that these have."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    direct = {int(child) for child in listed.read_text().split()} if listed.exists() else set()
    return direct.union(*map(children, direct))


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(holds: Any, seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "It never came to that."
        time.sleep(0.02)


def test_killed_in_the_middle_it_goes_on_where_it_was_and_ends_as_if_nothing_had_been(db: Path, tmp_path: Path) -> None:
    straight = copied(db, tmp_path / "straight.db")
    assert again(straight, jobs=1).agencies[0].changed == ARTICLES
    running = subprocess.Popen(command(db, "--jobs", "2"))
    until(lambda: renewed(db) > 0)
    readers = children(running.pid)
    running.send_signal(signal.SIGKILL)
    running.wait()
    done = renewed(db)
    assert 0 < done < ARTICLES
    assert disagreements(db) == []
    assert len(readers) >= 2
    until(lambda: not any(map(is_alive, readers)))
    finished = subprocess.run(command(db, "--jobs", "2", "--json"), capture_output=True, check=True, timeout=60)
    assert json.loads(finished.stdout)["agencies"][0]["read"] == ARTICLES - done
    assert said(db) == said(straight)


def test_told_to_stop_it_ends_at_once_and_keeps_what_it_has(db: Path) -> None:
    running = subprocess.Popen(command(db, "--jobs", "2"), stderr=subprocess.PIPE, text=True)
    until(lambda: renewed(db) > 0)
    running.send_signal(signal.SIGTERM)
    assert running.communicate(timeout=10)[1].strip() == "Interrupted; what was acknowledged is kept."
    assert running.returncode == 1
    assert renewed(db) < ARTICLES
    assert disagreements(db) == []


def test_another_writer_gets_in_between(db: Path) -> None:
    running = subprocess.Popen(command(db, "--jobs", "2"), stderr=subprocess.PIPE)
    waited, written = [0.0], 0
    with closing(sqlite3.connect(db, isolation_level=None, timeout=5)) as conn:
        while running.poll() is None:
            began = time.monotonic()
            conn.execute("insert or replace into listings values ('https://shabestan.news/rss', ?, null)", (written,))
            waited.append(time.monotonic() - began)
            written += 1
            time.sleep(0.01)
    assert (running.wait(), running.communicate()[1][-9:]) == (0, b"changed.\n")
    assert written > 10
    assert max(waited) < 2
    assert renewed(db) == ARTICLES


def test_a_reading_process_that_is_killed_is_told_in_a_sentence() -> None:
    batch = Batch((PackedPage("", b"", None),), {})
    with pytest.raises(BayeganError, match="smaller --jobs"), reading(2) as read:  # noqa: PT012 -- the death is within
        answers = read(batch for _ in range(1000))
        assert [fault.kind for fault in next(answers) if isinstance(fault, tuple)] == ["damaged page"]
        for child in multiprocessing.active_children():
            os.kill(child.pid or 0, signal.SIGKILL)
        list(answers)


def test_an_imported_page_of_a_site_that_nobody_declared_is_read_again_to_no_change(tmp_path: Path) -> None:
    text = "این متن خبری است که در سایتی کوچک منتشر شد و از آن جز نشانی چیزی نمی‌دانیم. " * 8
    (tmp_path / "a.html").write_text(
        f"<html lang=fa><head><title>خبر</title></head><body><article><h1>خبر</h1><p>{text}</p></article></body></html>"
    )
    path = tmp_path / "y.db"
    with Writer(path) as writer:
        assert import_file(writer, tmp_path / "a.html", url="https://www.example.ir/fa/news/12/x").new == 1
    before = said(path)
    done = again(path, everything=True)
    assert ([one.agency for one in done.agencies], done.fields, done.faults) == (["example.ir"], (), ())
    assert said(path) == before


def test_pages_are_unpacked_with_their_dictionary_and_one_that_is_missing_is_told(db: Path) -> None:
    page = page_of(db, "2000007")
    with closing(sqlite3.connect(db)) as conn, conn:  # which minds no reference
        conn.execute("insert into dictionaries (id, agency, made_at, body) values (901, 'shabestan', '', ?)", (page,))
        for code, dictionary in (("2000007", 901), ("2000008", 902)):
            conn.execute(
                "update pages set dictionary_id = ?, body = ? where url like ?",
                (dictionary, pack(page_of(db, code), page), f"%{code}"),
            )
    done = again(db, jobs=2)
    assert [(one.kind, one.count, one.news_code) for one in done.faults] == [("damaged page", 1, "2000008")]
    assert rows(db, "select count(*) from articles where body like 'متن کهنه%'") == [(1,)]


def invoke(path: Path, *options: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["reread", *options, "--archive", str(path)])
    return done.exit_code, done.stdout, done.stderr


def test_the_command_says_by_agency_and_field_what_changes(db: Path) -> None:
    code, shown, told_so = invoke(db, "--dry-run", "--jobs", "1")
    assert code == 0
    assert "300 pages read in" in told_so
    assert told_so.endswith("300 articles would change; nothing was written.\n")
    lines = [line.split() for line in shown.splitlines()]
    assert ["shabestan", "300", "300", "300", "300", "0", "0", "0"] in lines
    assert ["shabestan", "body", "changed", "300", "2000000", "متن", "کهنه", "2000000"] in [line[:8] for line in lines]
    assert renewed(db) == 0


def test_the_commands_json_is_one_document_and_its_exit_code_says_what_happened(db: Path) -> None:
    with agency_lock(db, "shabestan"):
        code, shown, told_so = invoke(db, "--json", "--jobs", "1")
        assert (code, json.loads(shown)["exit"], json.loads(shown)["agencies"][0]["busy"]) == (75, 75, True)
        assert "Another run holds shabestan" in told_so
    with Writer(db) as writer, writer.transaction() as conn:
        conn.execute("update pages set body = x'00' where id = 1")
    code, shown, told_so = invoke(db, "--json", "shabestan")
    read = json.loads(shown)
    assert (code, read["exit"], read["faults"][0]["kind"], read["agencies"][0]["changed"]) == (
        4,
        4,
        "damaged page",
        299,
    )
    assert "shabestan: 1 × damaged page, such as shabestan/2000000:" in told_so
    plant(db, "2000000", page_id=None)
    code, shown, told_so = invoke(db)
    assert (code, shown) == (0, "")
    assert told_so == "Today's reader has read all of these pages already (299): --all reads them again.\n"


def test_an_archive_without_pages_says_so(tmp_path: Path) -> None:
    with Writer(tmp_path / "z.db"):
        pass
    assert invoke(tmp_path / "z.db") == (0, "", "No page is kept of these articles.\n")
    assert told(again(tmp_path / "z.db")) == []


def test_who_is_unknown_and_what_is_not_there_are_said_in_a_sentence(db: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="shabestan"):
        again(db, agency="shabistan")
    assert again(db, agency="tabnak").agencies == ()
    for dry_run in (True, False):
        with pytest.raises(ArchiveError, match="no archive"):
            again(tmp_path / "none.db", dry_run=dry_run)
    assert not (tmp_path / "none.db").exists()


def test_pages_that_are_counted_while_they_are_read_grow_to_all(db: Path) -> None:
    counts: list[int] = []
    again(db, everything=True, report=counts.append)
    assert counts[-1] == ARTICLES
