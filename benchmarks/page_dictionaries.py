"""What page dictionaries save and cost: bytes a page and milliseconds, on the example site or on saved pages.

    python benchmarks/page_dictionaries.py [FOLDER]

FOLDER holds pages of one site (*.html): the first sixteen by name make the dictionary, the others are packed.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

from bayegan.archive.pages.packing import compressor, unpack
from bayegan.archive.pages.templates import Sample, template
from bayegan.example import default_site
from bayegan.example.answering import Request, answer, view_of
from bayegan.example.story import State

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SAMPLED = 16
ROUNDS = 5


def example() -> list[bytes]:
    site = default_site()
    view = view_of(site, State())
    headers = {"host": "127.0.0.1:9"}
    answers = (answer(view, Request(path=f"/news/{one.code}", query={}, headers=headers)) for one in site.stories)
    return [answered.body for answered in answers if answered.status == 200]


def saved(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.glob("*.html"))]


def milliseconds(work: Callable[[], object], pages: int = 1) -> float:
    """The best of some rounds, a page."""
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return min(taken) / pages * 1000


def show(name: str, pages: Sequence[bytes], dictionary: bytes) -> None:
    press = compressor(dictionary)
    packed = [press.compress(page) for page in pages]
    to_pack = milliseconds(lambda: [press.compress(page) for page in pages], len(pages))
    to_unpack = milliseconds(lambda: [unpack(page, dictionary) for page in packed], len(pages))
    print(f"{name:20} {mean(map(len, packed)):8.0f} bytes  pack {to_pack:.2f} ms  unpack {to_unpack:.2f} ms")


def main(words: Sequence[str]) -> None:
    pages = saved(Path(words[0])) if words else example()
    sample = [Sample(page, (), ()) for page in pages[:SAMPLED]]
    others = pages[SAMPLED:]
    dictionary = template(sample)
    print(f"{len(others)} pages of {mean(map(len, others)):.0f} bytes, served by the site")
    show("without", others, b"")
    show("with a dictionary", others, dictionary)
    made = milliseconds(lambda: template(sample))
    print(f"the dictionary: {len(dictionary)} bytes, made in {made:.0f} ms, once for an agency and for each new look")


if __name__ == "__main__":
    main(sys.argv[1:])
