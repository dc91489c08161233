"""Every fault that `verify` claims to find is planted here, told of the right article, and mended where it can be."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from crawls import AZAR, crawl
from faulty_archives import A, B, damage, page_of, prepare
from faulty_copies import COPIES
from faulty_ledgers import DATABASE, INDEX, LEDGER, REFERENCES
from faulty_tallies import TALLIES
from faulty_texts import ADDRESSES, DATES, OF_A, PAGE_OF_A, PAGES, TEXTS

from bayegan.archive.lock import agency_lock
from bayegan.archive.pages.packing import pack
from bayegan.archive.writer import Writer
from bayegan.example import serve_example
from bayegan.verify import index, references
from bayegan.verify.checks import Check, Finding, Kind
from bayegan.verify.table import CHECKS
from bayegan.verifying import verify
from crawler.errors import AgencyBusyError, ArchiveError
from crawler.page import read_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from faulty_archives import Plant

    from bayegan.verify.checks import Look
    from bayegan.verifying import Fault

PLANTS = (*TEXTS, *DATES, *PAGES, *ADDRESSES, *LEDGER, *REFERENCES, *INDEX, *COPIES, *TALLIES, *DATABASE)
COUNTS = "select (select count(*) from articles), (select count(*) from revisions)"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "sound.db"
    with serve_example() as site:
        assert crawl(site.url, path, *AZAR).code == 0
    assert verify(path).faults == ()  # what a crawl leaves behind
    prepare(path)
    return path


@pytest.fixture
def archive(sound: Path, tmp_path: Path) -> Path:
    shutil.copy(sound, tmp_path / "x.db")
    return tmp_path / "x.db"


def told_of(faults: Iterable[Fault], plant: Plant) -> set[tuple[str, str | None]]:
    """Kinds and whose; where every article has the fault, a star stands for all."""
    of_all = {kind for kind, where in plant.faults if where == "*"}
    return {(one.kind, "*" if one.kind in of_all else one.where) for one in faults if not one.note}


def left(faults: Iterable[Fault]) -> set[str]:
    return {one.kind for one in faults if not one.note and not one.mended}


def rows(path: Path, statement: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as conn:
        return conn.execute(statement).fetchall()


def serve_instead(path: Path, body: bytes) -> None:
    """Let the page of A be other bytes, sound in themselves."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        values = (pack(body), sha256(body).hexdigest())
        conn.execute(f"update pages set body = ?, sha256 = ?, dictionary_id = null {PAGE_OF_A}", values)


def test_what_crawls_imports_and_revisions_leave_behind_has_no_fault(sound: Path) -> None:
    found = verify(sound)
    assert (found.faults, found.found, found.notes, found.exit_code) == ((), {}, {}, 0)
    assert (found.articles, found.pages) == (41, 40)


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.name)
def test_a_planted_fault_is_told_with_its_article_and_mended_where_it_can_be(archive: Path, plant: Plant) -> None:
    damage(archive, plant.damage)
    before = rows(archive, COUNTS)
    told = verify(archive)
    assert told_of(told.faults, plant) == plant.faults
    assert {one.kind for one in told.faults if one.note} == plant.notes
    assert told.exit_code == bool(plant.faults)
    mended = verify(archive, repair=True)
    assert left(mended.faults) == plant.left
    assert mended.exit_code == bool(plant.left)
    assert left(verify(archive).faults) == plant.left
    assert rows(archive, COUNTS) == before


def test_every_kind_of_fault_is_planted() -> None:
    planted = {kind for plant in PLANTS for kind, _ in plant.faults}
    noted = {kind for plant in PLANTS for kind in plant.notes}
    assert {kind.name for check in CHECKS for kind in check.kinds} == planted | noted


def test_every_reference_of_the_schema_is_checked(sound: Path) -> None:
    tables = [name for (name,) in rows(sound, "select name from sqlite_master where type = 'table'")]
    with closing(sqlite3.connect(sound)) as conn:
        found = {(table, one[3]) for table in tables for one in conn.execute(f"pragma foreign_key_list({table})")}
    assert found == references.REFERENCES.keys() | {("articles", "duplicate_of")}


def test_the_index_made_anew_cuts_words_as_the_archives_does(sound: Path) -> None:
    ((ours,),) = rows(sound, "select sql from sqlite_master where name = 'articles_fts'")
    assert "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mn'\"" in ours
    assert "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mn'\"" in index.OPEN_ANEW


@pytest.mark.parametrize(
    "column", ["title", "kicker", "lead", "body", "published", "published_jalali", "authors", "kind", "content_hash"]
)
def test_a_reading_is_given_back_from_its_page_letter_by_letter(archive: Path, column: str) -> None:
    was = rows(archive, f"select * from articles {OF_A}")
    spoiled = {"authors": "[", "published": "x", "kind": "sound"}.get(column, "سپید")
    damage(archive, (f"update articles set {column} = '{spoiled}' {OF_A}",))
    assert rows(archive, f"select * from articles {OF_A}") != was
    assert verify(archive, repair=True).exit_code == 0
    assert rows(archive, f"select * from articles {OF_A}") == was


def test_a_reading_that_would_take_something_away_is_not_taken(archive: Path) -> None:
    with closing(sqlite3.connect(archive)) as conn:
        without = re.sub(rb"<p\b.*?</p>", b"", page_of(conn, A), flags=re.DOTALL)
    (url,) = rows(archive, f"select url from articles {OF_A}")[0]
    assert read_page(without, url).body is None
    serve_instead(archive, without)
    damage(archive, (f"update articles set kicker = 'سپید' {OF_A}",))
    was = rows(archive, f"select * from articles {OF_A}")
    assert left(verify(archive, repair=True).faults) == {"text"}
    assert rows(archive, f"select * from articles {OF_A}") == was


def test_a_page_that_names_another_article_gives_nothing_back(archive: Path) -> None:
    with closing(sqlite3.connect(archive)) as conn:
        other = page_of(conn, B)
    serve_instead(archive, other)
    damage(archive, (f"update articles set title = 'سپید' {OF_A}",))
    mended = verify(archive, repair=True)
    assert [(one.kind, one.where, one.mended) for one in mended.faults if one.kind == "text"] == [("text", A, False)]
    assert rows(archive, f"select title from articles {OF_A}") == [("سپید",)]


def test_a_link_to_the_page_is_found_again_by_its_address(archive: Path) -> None:
    was = rows(archive, f"select page_id from articles {OF_A}")
    damage(archive, (f"update articles set page_id = 99999 {OF_A}",))
    assert verify(archive, repair=True).exit_code == 0
    assert rows(archive, f"select page_id from articles {OF_A}") == was


def test_a_file_with_a_broken_page_is_told_and_not_written_on(archive: Path) -> None:
    (number,) = rows(archive, "select rootpage from sqlite_master where name = 'ledger_state'")[0]
    (size,) = rows(archive, "pragma page_size")[0]
    broken = bytearray(archive.read_bytes())
    broken[(number - 1) * size : number * size] = b"\xff" * size
    archive.write_bytes(broken)
    damage(archive, (f"update articles set kicker = 'سپید' {OF_A}",))
    told = verify(archive)
    assert ("database", 1) in {(one.kind, told.exit_code) for one in told.faults}
    assert ("text", A) in {(one.kind, one.where) for one in told.faults}
    mended = verify(archive, repair=True)
    assert mended.exit_code == 1
    assert rows(archive, f"select kicker from articles {OF_A}") == [("سپید",)]


def test_without_repair_nothing_is_written_even_where_there_are_faults(archive: Path) -> None:
    damage(archive, (f"update articles set title = 'سپید' {OF_A}", "delete from agencies"))
    was = archive.read_bytes()
    assert verify(archive).exit_code == 1
    assert archive.read_bytes() == was


def test_quick_reads_no_texts_and_no_pages(archive: Path) -> None:
    damage(archive, (f"update articles set title = 'سپید' {OF_A}", f"update pages set sha256 = '0' {PAGE_OF_A}"))
    assert verify(archive, quick=True).exit_code == 0
    damage(archive, (f"update ledger set attempts = -3 {OF_A}",))
    assert verify(archive, quick=True).found == {"attempts": 1}


def test_a_crawl_that_writes_meanwhile_is_no_fault_and_bars_repair_alone(archive: Path) -> None:
    with Writer(archive) as writer, agency_lock(archive, "shabestan"), writer.transaction() as conn:
        conn.execute(f"update articles set title = 'سپید' {OF_A}")
        assert verify(archive).exit_code == 0
        with pytest.raises(AgencyBusyError, match="Another run holds shabestan"):
            verify(archive, repair=True)


def test_faults_without_number_are_counted_and_not_all_named(archive: Path) -> None:
    kind = Kind(name="many", advice="Nothing can be done.")

    def find(_: Look) -> Iterator[Finding]:
        return (Finding(kind, None, f"fault {number}") for number in range(10_003))

    found = verify(archive, checks=[Check(name="many", kinds=(kind,), find=find)])
    assert (found.found, len(found.faults)) == ({"many": 10_003}, 10_000)


@pytest.mark.parametrize(("content", "said"), [(None, "There is no archive"), (b"", "something else")])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes | None, said: str) -> None:
    if content is not None:
        (tmp_path / "x.db").write_bytes(content)
    with pytest.raises(ArchiveError, match=said):
        verify(tmp_path / "x.db")


def test_an_archive_of_a_newer_bayegan_is_refused(archive: Path) -> None:
    damage(
        archive, ("insert into _sqlite_migrations (migration_set, name, applied_at) values ('bayegan', '9999', '')",)
    )
    with pytest.raises(ArchiveError, match="newer bayegan"):
        verify(archive)
