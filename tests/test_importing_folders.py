"""Folders of saved pages: every page by its path, at the address that it or its folder says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from archives import Clock
from imports import counts
from typer.testing import CliRunner
from warcs import STORIES, address, page

from bayegan.cli import app
from bayegan.importing import import_file
from crawler.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from bayegan.archive.writer import Writer

ONE, TWO = STORIES[:2]
SILENT = b"<html><body><h1>x</h1></body></html>"


def saved(folder: Path, pages: dict[str, bytes]) -> Path:
    for name, content in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def own(story: object, content: bytes) -> bytes:
    """The example's page as the agency itself serves it: its links name the agency's own host."""
    assert story in STORIES
    return content.replace(b"http://127.0.0.1:9", b"https://shabestan.news")


def test_every_page_below_a_folder_is_read_at_the_address_that_it_says(writer: Writer, tmp_path: Path) -> None:
    folder = saved(
        tmp_path / "saved",
        {
            "a/one.html": own(ONE, page(ONE)),
            "b/c/two.HTM": own(TWO, page(TWO)),
            "b/empty.html": b"",
            "b/picture.png": b"PNG",
        },
    )
    done = import_file(writer, folder, agency="shabestan", clock=Clock())
    assert counts(done) == {"read": 3, "new": 2, "refused_count": 1}
    assert [where for where, _ in done.refused] == ["b/empty.html"]
    kept = writer.conn.execute("SELECT news_code FROM articles ORDER BY id").fetchall()
    assert kept == [(ONE.code,), (TWO.code,)]
    assert counts(import_file(writer, folder, clock=Clock())) == {"read": 3, "unchanged": 2, "refused_count": 1}


def test_a_page_that_says_no_address_has_that_of_its_path_in_the_folder(writer: Writer, tmp_path: Path) -> None:
    silent = page(ONE).replace(b"http://127.0.0.1:9", b"")
    folder = saved(tmp_path / "saved", {f"news/{ONE.code}/x.html": silent})
    assert counts(import_file(writer, folder, clock=Clock())) == {"read": 1, "refused_count": 1}
    done = import_file(writer, folder, url="https://shabestan.news/", clock=Clock())
    assert counts(done) == {"read": 1, "new": 1}
    [(url,)] = writer.conn.execute("SELECT url FROM pages").fetchall()
    assert url == f"https://shabestan.news/news/{ONE.code}/x.html"
    assert address(ONE).startswith(f"https://shabestan.news/news/{ONE.code}")


def test_a_file_that_cannot_be_read_is_named_and_the_rest_goes_on(writer: Writer, tmp_path: Path) -> None:
    folder = saved(tmp_path / "saved", {"b.html": own(ONE, page(ONE))})
    (folder / "a.html").symlink_to(tmp_path / "none")
    done = import_file(writer, folder, clock=Clock())
    assert counts(done) == {"read": 2, "new": 1, "refused_count": 1}
    assert done.refused == (("a.html", "The file could not be read (No such file or directory)."),)


def test_a_folder_that_leads_into_itself_is_read_once(writer: Writer, tmp_path: Path) -> None:
    folder = saved(tmp_path / "saved", {"a/one.html": own(ONE, page(ONE))})
    (folder / "a" / "again").symlink_to(folder)
    assert counts(import_file(writer, folder, clock=Clock())) == {"read": 1, "new": 1}


def test_an_unknown_agency_is_refused_before_anything_is_read(writer: Writer, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="did you mean shabestan"):
        import_file(writer, saved(tmp_path / "saved", {"a.html": SILENT}), agency="shabestn", clock=Clock())


def test_the_command_counts_the_pages_of_a_folder(tmp_path: Path) -> None:
    folder = saved(tmp_path / "saved", {"a.html": own(ONE, page(ONE)), "b.html": SILENT})
    answered = CliRunner().invoke(app, ["import", str(folder), "--archive", str(tmp_path / "y.db")])
    assert answered.exit_code == 4
    assert answered.stdout == f"{folder}: 2 read, 1 new, 0 revised, 0 unchanged, 0 duplicate, 1 refused\n"
    assert answered.stderr.startswith(f"{folder}, b.html: ")
