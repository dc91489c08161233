"""What copies are told by follows the texts, whichever way they come and go, and groups fall apart where they must."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from archives import Clock, fetched, fill, take
from copied_texts import ADDED, BRIDGE, SCHOOL, WEATHER, copies, report, reworded
from hypothesis import given, settings
from hypothesis import strategies as st

from bayegan import open_archive
from bayegan.archive.copies import copying, signatures
from bayegan.archive.copies.telling import group_of, groups_of
from bayegan.archive.intake import Intake
from bayegan.archive.migrations.copies import STATEMENTS
from bayegan.archive.writer import Writer
from bayegan.merging import merge
from bayegan.takedown import take_down
from crawler.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TABLES = ("signatures", "bands", "copies", "copy_groups", "copy_algorithm")


def held(path: Path) -> dict[str, list[Any]]:
    with closing(sqlite3.connect(path)) as conn:
        return {table: conn.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES[:4]}


def anew(path: Path) -> dict[str, list[Any]]:
    with Writer(path) as writer, writer.transaction() as conn:
        copying.rebuild(conn)
    return held(path)


def groups(path: Path) -> list[list[str]]:
    """The news codes that are one group, of every group of several."""
    with open_archive(path) as archive, archive.snapshot() as conn:
        codes = dict(conn.execute("SELECT id, news_code FROM articles ORDER BY news_code").fetchall())
        by_group: dict[int, list[str]] = {}
        for article_id, group in groups_of(conn, list(codes)).items():
            assert group == group_of(conn, article_id) <= article_id
            by_group.setdefault(group, []).append(codes[article_id])
    return sorted(members for members in by_group.values() if len(members) > 1)


# The middle one tells as much as either of its neighbours, and these share a fifth with each other.
FIRST, MIDDLE, LAST = (*BRIDGE[:4],), (*BRIDGE[2:], SCHOOL[0]), (BRIDGE[4], *SCHOOL[:2])


def test_a_group_is_who_is_tied_directly_or_through_others(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    fill(path, [report("mehr", "1", *FIRST), report("isna", "3", *LAST)])
    assert groups(path) == []
    fill(path, [report("irna", "2", *MIDDLE)])
    assert groups(path) == [["1", "2", "3"]]
    assert [name for name, *_ in copies(path, "mehr/1")] == ["isna/3", "irna/2"]


def test_a_group_falls_apart_when_what_tied_it_goes(tmp_path: Path) -> None:
    path = fill(
        tmp_path / "x.db", [report("irna", "2", *MIDDLE), report("mehr", "1", *FIRST), report("isna", "3", *LAST)]
    )
    assert groups(path) == [["1", "2", "3"]]
    fill(path, [report("irna", "2", *MIDDLE, title="پل و مدرسه")])  # a revision that changes nothing of it
    assert groups(path) == [["1", "2", "3"]]
    fill(path, [report("irna", "2", *FIRST)])  # and one that does
    assert groups(path) == [["1", "2"]]
    with Writer(path) as writer:
        take_down(writer, ("irna", "2"))
    assert groups(path) == []


def test_a_survey_of_the_day_does_not_tie_the_stories_that_it_tells(tmp_path: Path) -> None:
    stories = [report("mehr", "1", *BRIDGE), report("mehr", "2", *SCHOOL)]
    survey = report("isna", "9", *BRIDGE[:2], *SCHOOL[:2], WEATHER.format(2, 14, 30, 5, 61), ADDED)
    path = fill(tmp_path / "x.db", [*stories, survey])
    assert [name for name, *_ in copies(path, "isna/9")] == ["mehr/1", "mehr/2"]
    assert groups(path) == []


def revise(path: Path) -> None:
    fill(path, [report("isna", "2", *SCHOOL)])


def bury(path: Path) -> None:
    with Writer(path) as writer:
        take_down(writer, ("mehr", "1"))


def join_another(path: Path) -> None:
    other = fill(
        path.with_name("other.db"), [report("irna", "7", *SCHOOL), report("mehr", "1", *reworded(BRIDGE, every=7))]
    )
    with Writer(path) as writer:
        merge(writer, other)


def import_older(path: Path) -> None:
    with Writer(path) as writer:
        intake = Intake(writer, clock=Clock())
        take(intake, fetched(report("ilna", "5", *SCHOOL[:3], ADDED), at=None))
        intake.flush()


@pytest.mark.parametrize("change", [revise, bury, join_another, import_older])
def test_after_every_kind_of_write_the_tables_are_what_they_would_be_made_anew(tmp_path: Path, change: Any) -> None:
    texts = [report("mehr", "1", *BRIDGE), report("isna", "2", *BRIDGE, hours=1), report("ilna", "4", *SCHOOL)]
    path = fill(tmp_path / "x.db", texts)
    before = held(path)
    change(path)
    assert held(path) != before
    assert held(path) == anew(path)


def test_what_was_taken_down_leaves_nothing(tmp_path: Path) -> None:
    texts = [report("mehr", "1", *BRIDGE), report("isna", "2", *BRIDGE), report("irna", "3", *SCHOOL)]
    path = fill(tmp_path / "x.db", texts)
    only = fill(tmp_path / "y.db", [texts[2]])
    with Writer(path) as writer:
        for key in (("mehr", "1"), ("isna", "2")):
            take_down(writer, key)
    left, expected = held(path), held(only)
    assert [row[1] for row in left["signatures"]] == [row[1] for row in expected["signatures"]]
    assert [row[0] for row in left["bands"]] == [row[0] for row in expected["bands"]]
    assert (left["copies"], left["copy_groups"]) == ([], [])


PARAGRAPHS = (*BRIDGE, *SCHOOL)
Text = st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=4, unique=True)
Step = st.tuples(st.integers(1, 7), st.none() | Text)  # an article, and its text or none: it goes


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(Step, max_size=5), max_size=6))
def test_whatever_comes_and_goes_the_tables_are_what_they_would_be_made_anew(batches: list[list[Any]]) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        conn.execute("CREATE TABLE articles (id INTEGER PRIMARY KEY, title, lead, body)")
        for statement in STATEMENTS:
            conn.execute(statement)
        now: dict[int, str] = {}
        for batch in batches:
            steps = list(_steps(now, batch))
            conn.execute("DELETE FROM articles")
            conn.executemany("INSERT INTO articles VALUES (?, NULL, NULL, ?)", now.items())
            copying.follow(conn, steps)
        written = [conn.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES[:4]]
        copying.rebuild(conn)
        assert written == [conn.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES[:4]]


def _steps(now: dict[int, str], batch: list[Any]) -> Iterator[tuple[bool, tuple[int, str]]]:
    """What is done to the index; ``now`` are the texts of all articles, before and after."""
    for article_id, text in batch:
        if article_id in now:
            yield False, (article_id, fold(now.pop(article_id)))
        if text is not None:
            now[article_id] = "\n\n".join(text)
            yield True, (article_id, fold(now[article_id]))


def test_an_archive_from_before_gets_its_copies_when_it_is_written_to(tmp_path: Path) -> None:
    path = fill(tmp_path / "x.db", [report("mehr", "1", *BRIDGE), report("isna", "2", *BRIDGE)])
    expected = held(path)
    with sqlite3.connect(path) as conn:
        for table in TABLES:
            conn.execute(f"DROP TABLE {table}")
        conn.execute("DELETE FROM _sqlite_migrations WHERE name = '0004_copies'")
    conn.close()
    Writer(path).close()
    assert held(path) == expected
    assert expected["copies"] == [(1, 2, 0.9913, 0.9913), (2, 1, 0.9913, 0.9913)]


def test_signatures_of_another_algorithm_are_made_anew_when_the_archive_is_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.db"
    with monkeypatch.context() as other:
        other.setattr(signatures, "SEED", 2)
        copying.algorithm.cache_clear()
        fill(path, [report("mehr", "1", *BRIDGE)])
    copying.algorithm.cache_clear()
    signed = held(path)["bands"]
    fill(path, [report("isna", "2", *BRIDGE)])
    assert not {key for key, _ in held(path)["bands"]} & {key for key, _ in signed}
    assert [name for name, *_ in copies(path, "mehr/1")] == ["isna/2"]


def test_a_changed_way_of_signing_has_another_name() -> None:
    """If this fails, the library signs otherwise or we do: write the new name here; archives are signed anew by it."""
    assert copying.algorithm() == "fold 1, MinHash 7613aff6, copied 0.25, same 0.4"
