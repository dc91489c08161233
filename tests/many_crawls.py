"""Crawls of several agencies in one process, each with a site of its own that stands in for its home."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from crawls import AZAR, HASTE
from hostile_site import Twisted, articles
from killing import Ended, Trouble, run

from bayegan.example import default_site

if TYPE_CHECKING:
    from pathlib import Path

    from bayegan.example.answering import Request, Response


PLAIN = default_site(60, gone=False)
PLAIN = replace(PLAIN, stories=tuple(replace(story, manner="plain") for story in PLAIN.stories))
SMALL = replace(PLAIN, stories=PLAIN.stories[:6])
PAGES = 9  # of a crawl of it: six articles, the listing twice, the sitemap of its days
AT_ONCE = 20.0  # seconds, on a busy machine; what is on its way takes half a minute


def words(archive: Path, *agencies: str, options: tuple[str, ...] = AZAR) -> tuple[str, ...]:
    haste = (f"--set={setting}" for setting in (*HASTE, "RETRY_TIMES=1"))
    return ("crawl", *agencies, "--archive", str(archive), *haste, *options)


def crawl(homes: dict[str, str], archive: Path, *options: str) -> Ended:
    trouble = Trouble(homes=tuple(homes.items()))
    return run(archive.parent, *words(archive, *homes, options=(*AZAR, *options)), trouble=trouble)


def summaries(done: Ended) -> dict[str, dict[str, Any]]:
    """Those of ``--json``, by agency."""
    return {one["agency"]: one for one in map(json.loads, done.out.splitlines())}


def slow(site: Twisted, request: Request) -> Response:
    """Every article is half a minute on its way."""
    return replace(site.plain(request), delay=30.0 if articles(request) else 0.0)
