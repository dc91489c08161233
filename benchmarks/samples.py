"""Pages with what a careful reader finds in each: the project's own, and real ones where a copy of them is at hand."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN = Path(__file__).parent.parent / "tests" / "pages"
# What the figures are made of: the names that our JSON gives them.
FIELDS = (
    *("title", "kicker", "lead", "body", "news_code", "published", "modified"),
    *("tags", "sections", "authors", "image"),
)
# The truth of real pages calls some fields otherwise.
_CALLED = {"sections": "section", "authors": "author"}
_FILE = re.compile(r"(?P<agency>.+?)(?:-frag|-rss)?-\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One page and its truth: only the fields that can be scored on it, empty where the page holds none.

    A page that is no article has the truth ``{"refused": True}``. ``joined`` is False where the copy lost its
    non-joiners, so that they say nothing about the reader.
    """

    name: str
    agency: str
    url: str
    html: bytes
    truth: Mapping[str, Any]
    joined: bool = True


def own_samples(folder: Path = OWN) -> list[Sample]:
    """``<agency>/<name>.html`` with the JSON beside it that the tests read too."""
    return [_own(path) for path in sorted(folder.glob("*/*.json"))]


def real_samples(folder: Path) -> list[Sample]:
    """``truth/<name>.json`` of ``pages/<name>.html``. Raises FileNotFoundError where the folder holds none."""
    truths = sorted(folder.glob("truth/*.json"))
    if not truths:
        raise FileNotFoundError(f"{folder} holds no truth/*.json: name a folder with pages/ and truth/.")
    return [_real(path) for path in truths]


def _own(path: Path) -> Sample:
    said = json.loads(path.read_text(encoding="utf-8"))
    truth = {"refused": True} if "error" in said else {field: said[field] for field in FIELDS}
    html = path.with_suffix(".html").read_bytes()
    return Sample(name=path.stem, agency=path.parent.name, url=said["url"] or "", html=html, truth=truth)


def _real(path: Path) -> Sample:
    said = json.loads(path.read_text(encoding="utf-8"))
    named = _FILE.fullmatch(path.stem)
    return Sample(
        name=path.stem,
        agency=named["agency"] if named else path.stem,
        url=said.get("url") or "",
        html=path.parents[1].joinpath("pages", f"{path.stem}.html").read_bytes(),
        truth=_known(said),
        joined="U+200C" not in said.get("note", ""),
    )


def _known(said: Mapping[str, Any]) -> dict[str, Any]:
    """What the truth knows of this very page: of a fragment, it also tells what was found elsewhere."""
    held = said.get("fields_in_html") or list(said)
    called = {field: _CALLED.get(field, field) for field in FIELDS}
    return {
        field: said[name]
        for field, name in called.items()
        if name in held and name in said and not _is_unknown(said, name)
    }


def _is_unknown(said: Mapping[str, Any], name: str) -> bool:
    """Whether an empty truth only means that nobody could tell («kicker is unknown, not absent»)."""
    notes = f"{name}: {said.get(f'{name}_note', '')}", said.get("note", "")
    return not said[name] and any(re.search(rf"\b{name}\b.*\bunknown\b", note) is not None for note in notes)
