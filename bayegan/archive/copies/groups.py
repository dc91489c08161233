"""Articles that tell the same, as groups: whoever is tied by copies, directly or through others, is in one.

Two articles are tied where at least two fifths of each stand in the other. A short report inside a long one is a copy
and ties nothing, so that a survey of the day does not make one story of all that it mentions. The name of a group is
the lowest id in it: it depends on nothing but who is in the group. Who has no copy is a group of its own, by its own
id, and has no row.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from bayegan.archive.copies.shingles import SAME

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

GROUP: Final = "SELECT group_id FROM copy_groups WHERE article_id = ?"
GROUPS: Final = "SELECT article_id, group_id FROM copy_groups WHERE article_id IN (SELECT value FROM json_each(?))"
MEMBERS: Final = "SELECT article_id FROM copy_groups WHERE group_id = ? ORDER BY article_id"
FOUND: Final = "INSERT OR IGNORE INTO copy_groups (article_id, group_id) VALUES (?1, ?1)"
UNITE: Final = "UPDATE copy_groups SET group_id = ? WHERE group_id = ?"
DISSOLVE: Final = "DELETE FROM copy_groups WHERE group_id = ?"
ENROL: Final = "INSERT INTO copy_groups (article_id, group_id) VALUES (?, ?)"
OTHERS: Final = "SELECT other_id FROM copies WHERE article_id = ?"
UNTIE: Final = "DELETE FROM copies WHERE article_id = ? AND other_id = ?"
TIES: Final = """
    SELECT article_id, other_id FROM copies
    WHERE article_id IN (SELECT value FROM json_each(?)) AND article_id < other_id AND share >= ? AND back >= ?
"""


def group_of(conn: sqlite3.Connection, article_id: int) -> int:
    """The group of an article: the lowest id of all that tell the same, its own where nobody does."""
    row = conn.execute(GROUP, (article_id,)).fetchone()
    return article_id if row is None else int(row[0])


def groups_of(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, int]:
    """The groups of many articles, by their ids, in their order."""
    found = dict(conn.execute(GROUPS, (json.dumps(ids),)).fetchall())
    return {article_id: found.get(article_id, article_id) for article_id in ids}


def join(conn: sqlite3.Connection, one: int, other: int) -> None:
    """Make one group of those of two articles."""
    for article_id in (one, other):
        conn.execute(FOUND, (article_id,))
    lower, higher = sorted((group_of(conn, one), group_of(conn, other)))
    if lower != higher:
        conn.execute(UNITE, (lower, higher))


def leave(conn: sqlite3.Connection, article_id: int) -> None:
    """Untie an article from its copies; its group may fall apart without it."""
    others = conn.execute(OTHERS, (article_id,)).fetchall()
    for (other_id,) in others:
        conn.execute(UNTIE, (article_id, other_id))
        conn.execute(UNTIE, (other_id, article_id))
    row = conn.execute(GROUP, (article_id,)).fetchone()
    if row is not None:
        members = [member for (member,) in conn.execute(MEMBERS, row)]
        conn.execute(DISSOLVE, row)
        conn.executemany(ENROL, components(conn, members).items())


def components(conn: sqlite3.Connection, members: Sequence[int]) -> dict[int, int]:
    """The groups that the ties among these articles make, by member; who is not tied has none."""
    ties = conn.execute(TIES, (json.dumps(members), SAME, SAME))
    return united(ties)


def united(ties: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Name every connected part after its lowest member.

    >>> united([(3, 5), (8, 9), (5, 7)])
    {3: 3, 5: 3, 8: 8, 9: 8, 7: 3}
    """
    above: dict[int, int] = {}

    def root(one: int) -> int:
        while above.setdefault(one, one) != one:
            above[one] = one = above[above[one]]
        return one

    for one, other in ties:
        lower, higher = sorted((root(one), root(other)))
        above[higher] = lower
    return {member: root(member) for member in above}
