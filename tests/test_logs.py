"""What a crawl says: lines for people, documents for machines, and one line at the end that sums it up."""

from __future__ import annotations

import json
import logging
import sys
from datetime import datetime
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from crawls import AZAR
from hostile_site import fixed, of_code
from killing import Trouble, run
from many_crawls import SMALL, words
from scrapy.settings import Settings

from bayegan import logs
from bayegan.example.answering import Response

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Hostile


@pytest.fixture(autouse=True)
def _speaking() -> Iterator[None]:
    yield
    logs.SPEAKING.form = "text"


def documents(said: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.splitlines()]


def test_every_line_of_a_json_log_is_a_document_and_the_last_sums_the_whole_up(
    hostile: Hostile, tmp_path: Path
) -> None:
    broken = fixed(Response(status=500), of_code(SMALL.stories[0].code))
    homes = {"shabestan": hostile(site=SMALL, twist=broken).url, "irna": hostile(site=SMALL).url}
    options = (*AZAR, "--log", "json", "--set=LOG_LEVEL=INFO", "--set=RETRY_TIMES=0")
    trouble = Trouble(homes=tuple(homes.items()))
    done = run(tmp_path, *words(tmp_path / "x.db", *homes, options=options), trouble=trouble)
    assert done.code == 4
    told = documents(done.said)
    assert all({"time", "level", "logger", "message"} <= set(one) for one in told)
    ours = [one for one in told if one["logger"] == "bayegan"]
    failed = next(one for one in ours if one["level"] == "WARNING")
    assert failed["agency"] == "shabestan"
    assert failed["message"].startswith("shabestan: 1 page failed, for example https://shabestan.news/news/")
    ends = {one["agency"]: (one["listed"], one["held"], one["failed"], one["exit"]) for one in ours if "exit" in one}
    assert ends == {"shabestan": (6, 5, 1, 4), "irna": (6, 6, 0, 0)}
    assert told[-1]["message"].startswith("2 agencies: 12 listed, 11 held, 11 new, 5 duplicate, 1 failed; ")
    assert done.out.splitlines()[-1] == told[-1]["message"]  # people who look at the output have the same line
    pages = [one for one in told if one["logger"] == "pipelines.run"]
    assert [(one["level"], one["agency"]) for one in pages] == [("INFO", "shabestan")]


def test_for_people_there_is_a_line_for_each_trouble_and_one_at_the_end(hostile: Hostile, tmp_path: Path) -> None:
    site = hostile(site=SMALL, twist=fixed(Response(status=500), of_code(SMALL.stories[0].code)))
    trouble = Trouble(homes=(("shabestan", site.url),))
    done = run(tmp_path, *words(tmp_path / "x.db", "shabestan"), trouble=trouble)
    assert done.code == 4
    (line,) = done.said.splitlines()
    assert line.startswith("1 page failed, for example https://shabestan.news/news/")
    (last,) = done.out.splitlines()
    assert last.startswith("shabestan: 6 listed, 5 held, 5 new, 1 failed; 10 requests in ")


def spoken(form: logs.Form, monkeypatch: pytest.MonkeyPatch, *, terminal: bool = False, **settings: Any) -> str:
    """What a warning, an error with its traceback, and less than that come to on standard error."""
    stream = StringIO()
    stream.isatty = lambda: terminal  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(logs.SPEAKING, "form", form)
    log = logging.getLogger("somewhere")
    with logs.kept(Settings({"LOG_LEVEL": "WARNING", **settings})):
        log.info("Nobody hears it.")
        log.warning("%s: خبر", "A word")
        log.error("It failed", exc_info=ValueError("so"))
    return stream.getvalue()


def test_people_read_the_time_the_level_and_the_message(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, *traceback = spoken("text", monkeypatch).splitlines()
    assert [line[19:] for line in (first, second)] == [" WARNING A word: خبر", " ERROR It failed"]
    assert datetime.fromisoformat(first[:19])
    assert traceback[-1] == "ValueError: so"
    on_a_terminal = spoken("text", monkeypatch, terminal=True).splitlines()
    assert [line[8:] for line in on_a_terminal[:2]] == [" A word: خبر", " It failed"]


def test_machines_read_a_document_a_line_whatever_is_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    warning, error = documents(spoken("json", monkeypatch))
    moment = datetime.fromisoformat(warning.pop("time"))
    assert moment.utcoffset() is not None
    assert warning == {"level": "WARNING", "logger": "somewhere", "message": "A word: خبر"}
    assert error["message"] == "It failed"
    assert error["traceback"].endswith("ValueError: so")


@pytest.mark.parametrize(("form", "begins"), [("text", ""), ("json", "{")])
def test_a_log_goes_to_a_file_where_one_is_named(
    form: logs.Form, begins: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "crawl.log"
    assert spoken(form, monkeypatch, LOG_FILE=str(file)) == ""
    assert spoken(form, monkeypatch, LOG_FILE=str(file)) == ""
    said = file.read_text(encoding="utf-8").splitlines()
    assert sum("A word: خبر" in line for line in said) == 2  # the second run went on behind the first
    assert said[0].startswith(begins)
    assert spoken(form, monkeypatch, LOG_ENABLED=False) == ""


def test_a_sentence_of_ours_carries_further_fields() -> None:
    said = json.loads(logs.line("So it is.", logging.INFO, {"agency": "irna", "held": 3}))
    assert said.pop("time").endswith("+00:00")
    assert said == {"level": "INFO", "logger": "bayegan", "message": "So it is.", "agency": "irna", "held": 3}
