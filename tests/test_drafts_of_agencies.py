"""An agency's file and its test are written beside their place: whole, or not there at all."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest
from example_pages import SITE, ask
from nastooh_pages import article

from bayegan.growing import evidence, newcomer, sampling
from crawler.agencies import agency
from crawler.errors import BayeganError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STORY = next(story for story in SITE.stories if story.manner == "plain")


def an_agency(folder: Path) -> None:
    page = article("<p>متن.</p>", '<meta property="og:site_name" content="نمونه">').encode()
    newcomer.write(evidence.look(page, "https://www.nemune.ir/news/1234/x"), folder)


def a_sample(folder: Path) -> None:
    sampling.sample(agency("shabestan"), ask(STORY.path).body, f"https://shabestan.news{STORY.path}", folder)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("write", "written"),
    [(an_agency, ["nemune.py"]), (a_sample, [f"{STORY.code}.html", f"{STORY.code}.json"])],
)
def test_a_disk_that_fills_up_leaves_no_half_of_it(
    write: Callable[[Path], None], written: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        with pytest.raises(BayeganError, match="could not be written, the disk is full"):
            write(tmp_path)
    assert files(tmp_path) == []
    write(tmp_path)
    assert files(tmp_path) == written
