"""Damage to signatures, copies and their groups; BARE and DOUBLE say the same."""

from __future__ import annotations

from faulty_archives import BARE, DOUBLE, A, plant

ID_OF_A = "(select id from articles where news_code = '1001741')"
ID_OF_BARE = "(select id from articles where news_code = '9001')"
LEAST = f"band = (select min(band) from bands where article_id = {ID_OF_A})"
GROUP = "group of copies"
NOTHING = ("copy of nothing", None)

COPIES = (
    plant("a sketch", (f"update signatures set sketch = x'00' where article_id = {ID_OF_A}",), ("signature", A)),
    plant("a signature lost", (f"delete from signatures where article_id = {ID_OF_A}",), ("signature", A)),
    plant(
        "a key lost",
        (f"delete from bands where article_id = {ID_OF_A} and {LEAST}",),
        ("signature", A),
    ),
    plant(
        "a tie lost",
        (f"delete from copies where {ID_OF_BARE} in (article_id, other_id)",),
        ("copy", DOUBLE),
        (GROUP, BARE),
        (GROUP, DOUBLE),
    ),
    plant(
        "a share",
        (f"update copies set share = 0.5 where article_id = {ID_OF_BARE}",),
        ("copy", BARE),
        ("copy", DOUBLE),
    ),
    plant(
        "a side of a tie",
        (f"delete from copies where article_id = {ID_OF_BARE}",),
        ("copy", DOUBLE),
        (GROUP, BARE),
        (GROUP, DOUBLE),
    ),
    plant("a signature of nothing", ("insert into signatures values (99999, x'00')",), NOTHING),
    plant("a key of nothing", ("insert into bands values (7, 99999)",), NOTHING),
    plant("a copy of nothing", ("insert into copies values (99999, 99998, 0.3, 0.3)",), NOTHING),
    plant("a member of nothing", ("insert into copy_groups values (99999, 1)",), NOTHING),
    plant("another group", (f"update copy_groups set group_id = 1 where article_id = {ID_OF_BARE}",), (GROUP, BARE)),
    plant("another way of signing", ("update copy_algorithm set name = 'rensa 0.4'",), ("signature", None)),
)
