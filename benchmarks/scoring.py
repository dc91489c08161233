"""How near a reading comes to the truth, figure by figure: from 0, nothing right, to 1, all right."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import SequenceMatcher
from statistics import fmean
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from crawler.dates import TEHRAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from benchmarks.samples import Sample

# Two figures are made of the body, one of every other field.
FIGURES = (
    *("title", "kicker", "lead", "body_f1", "body_exact", "news_code", "published", "modified"),
    *("tags", "sections", "authors", "image", "refused"),
)
_FIELDS = {"body_f1": "body", "body_exact": "body"}
_TEXTS = frozenset({"title", "kicker", "lead", "body"})
_NAMES = frozenset({"tags", "sections", "authors"})
_MOMENTS = frozenset({"published", "modified"})
# Arabic letters are stored as Persian ones; names alone stay as published.
_LETTERS = str.maketrans("يىك", "ییک")
_SHOWN = 60  # words of a difference that are printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One figure of one page; ``expected`` and ``got`` as they were compared."""

    sample: Sample
    figure: str
    value: float
    expected: Any
    got: Any


def scores(sample: Sample, read: Mapping[str, Any]) -> list[Score]:
    """Score what the truth knows and the reader speaks of: a field that ``read`` has no key for is not scored."""
    return [
        _score(sample, figure, read[field])
        for figure in FIGURES
        if (field := _FIELDS.get(figure, figure)) in sample.truth and field in read
    ]


def mean(several: Iterable[Score]) -> float | None:
    """The mean figure, every page alike; None of nothing."""
    values = [one.value for one in several]
    return fmean(values) if values else None


def token_f1(expected: str, got: str) -> float:
    """F1 of two bags of words parted by white space: 2 × the words in common / the words of both, order aside.

    A word counts as often as it stands there. Two empty texts agree; an empty one and another do not.

    >>> token_f1("یک دو دو سه", "دو یک دو دو")
    0.75
    """
    bag, found = Counter(expected.split()), Counter(got.split())
    total = bag.total() + found.total()
    return 2 * (bag & found).total() / total if total else 1.0


def comparable(field: str, value: Any, *, joined: bool = True) -> Any:
    """A value as it is compared: paragraphs as one text, single spaces, a time to the minute, nothing as ''.

    All is NFC, as we store it. Texts have Persian letters; names keep theirs. Without ``joined``, non-joiners do not
    count.
    """
    if field in _NAMES:
        names = value.split(" > ") if isinstance(value, str) else value or ()
        return [_line(name, joined=joined) for name in names if name]
    if field in _MOMENTS:
        return _minute(value)
    text = " ".join(value) if isinstance(value, list) else value
    if not isinstance(text, str):
        return text or ""
    return _line(text.translate(_LETTERS) if field in _TEXTS else text, joined=joined)


def difference(score: Score) -> str:
    """What was expected and what was got; of long texts only where they differ, with a word before and after."""
    if not isinstance(score.expected, str) or not isinstance(score.got, str):
        return f"- {score.expected}\n+ {score.got}"
    old, new = re.split(r"[ \t\n]+", score.expected), re.split(r"[ \t\n]+", score.got)
    changes = [
        f"- {_around(old, a, b)}\n+ {_around(new, c, d)}"
        for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if tag != "equal"
    ]
    return "\n".join(changes)


def _score(sample: Sample, figure: str, read: Any) -> Score:
    field = _FIELDS.get(figure, figure)
    expected = comparable(field, sample.truth[field], joined=sample.joined)
    got = comparable(field, read, joined=sample.joined)
    value = token_f1(expected, got) if figure == "body_f1" else float(expected == got)
    return Score(sample=sample, figure=figure, value=value, expected=expected, got=got)


def _line(text: str, *, joined: bool) -> str:
    return " ".join(normalize("NFC", text if joined else text.replace("\u200c", "")).split())


def _minute(value: Any) -> Any:
    """A time in UTC, without its seconds; one without an offset is Tehran's."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value
    if not isinstance(moment, datetime):
        return ""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=TEHRAN)
    return aware.astimezone(UTC).replace(second=0, microsecond=0)


def _around(words: list[str], first: int, last: int) -> str:
    changed = words[first:last]
    if len(changed) > _SHOWN:
        changed = [*changed[: _SHOWN // 2], f"[… {len(changed) - _SHOWN} words …]", *changed[-_SHOWN // 2 :]]
    return " ".join([*words[max(first - 1, 0) : first], "⟦", *changed, "⟧", *words[last : last + 1]])
