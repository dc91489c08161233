"""One article in two archives: which reading is the article, and which are its earlier ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Version(NamedTuple):
    """One reading of an article: when it was last seen so, whose archive has it, and where it stands there.

    ``revision`` is its id among the revisions, None where it is the article itself; ``dump`` tells a reading of a
    plain text, which any page replaces.
    """

    seen: str
    content_hash: str
    ours: bool
    revision: int | None = None
    dump: bool = False

    @property
    def age(self) -> tuple[bool, str]:
        return not self.dump, self.seen


class Joined(NamedTuple):
    """What joining a history to ours comes to: whether their article becomes ours, and their readings to be added."""

    theirs_wins: bool
    added: tuple[Version, ...]


def join(ours: Sequence[Version], theirs: Sequence[Version]) -> Joined:
    """Join two histories, each in its order with the article itself as the last.

    A reading of theirs that says what ours said just before or after it is that same reading, seen at another
    time. Joined once more, nothing is added.

    >>> a, b = Version("2020", "a", ours=True), Version("2021", "b", ours=False)
    >>> join([a], [b]) == Joined(True, ())
    True
    """
    known = {(version.seen, version.content_hash) for version in ours}
    line: list[Version] = []
    for version in sorted([*ours, *theirs], key=lambda one: one.age):
        if line and line[-1].content_hash == version.content_hash:
            if version.ours:
                line[-1] = version
        elif version.ours or (version.seen, version.content_hash) not in known:
            line.append(version)
    article = theirs[-1]
    wins = article.age > ours[-1].age and article.content_hash != ours[-1].content_hash
    added = (one for one in line if not one.ours and not (wins and one is article))
    return Joined(wins, tuple(added))
