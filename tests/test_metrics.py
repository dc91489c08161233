"""Figures for Prometheus: a file after each crawl, and a door that is open while crawls run."""

from __future__ import annotations

import socket
import sys
from datetime import timedelta
from signal import SIGTERM
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from agreement import rows
from archives import NOON
from crawls import AZAR
from killing import Command, Trouble, run, wait_for
from many_crawls import SMALL, slow, summaries, words
from prometheus_client.parser import text_string_to_metric_families

from bayegan import __version__
from bayegan.archive import runs
from bayegan.archive.runs import Summary
from bayegan.archive.writer import Writer
from bayegan.watch.metrics import MISSING, write

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Hostile

Figures = dict[tuple[str, ...], float]  # by name and labels


def figures(text: str) -> Figures:
    """As Prometheus's own parser reads them."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def of_run(agency: str, exit_code: int | None, hours: int, writer: Writer, **counts: Any) -> None:
    """A run that began so many hours after noon, and took half an hour where it ended."""
    began = NOON + timedelta(hours=hours)
    number = runs.begin(writer, agency, began, home="", window=None, version="1")
    if exit_code is not None:
        summary = Summary(agency=agency, run=number, exit=exit_code, **counts)
        runs.end(writer, summary, began + timedelta(minutes=30))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    with Writer(tmp_path / "x.db") as writer:
        of_run("irna", 0, 0, writer, listed=9, held=9, new=9, requests=12)
        of_run("irna", 4, 24, writer, listed=8, held=6, new=5, failed=2, requests=15)
        of_run("mehr", 5, 1, writer, listed=3, blocked=3, requests=4)
        of_run("mehr", None, 2, writer)  # it runs still, or was killed
    return tmp_path / "x.db"


def test_the_file_tells_of_the_last_run_of_every_agency(archive: Path, tmp_path: Path) -> None:
    file = tmp_path / "bayegan.prom"
    assert write(file, archive) is None
    found = figures(file.read_text(encoding="utf-8"))
    noon = 1_607_329_800.0  # 2020-12-07 08:30 UTC
    known = {key: value for key, value in found.items() if key[0] != "bayegan_run_articles"}
    assert known == {
        ("bayegan_info", __version__): 1.0,
        ("bayegan_archive_bytes",): archive.stat().st_size,
        ("bayegan_run_ended_timestamp_seconds", "irna"): noon + 24.5 * 3600,
        ("bayegan_run_ended_timestamp_seconds", "mehr"): noon + 1.5 * 3600,
        ("bayegan_run_duration_seconds", "irna"): 1800.0,
        ("bayegan_run_duration_seconds", "mehr"): 1800.0,
        ("bayegan_run_exit_code", "irna"): 4.0,
        ("bayegan_run_exit_code", "mehr"): 5.0,
        ("bayegan_run_requests", "irna"): 15.0,
        ("bayegan_run_requests", "mehr"): 4.0,
        ("bayegan_run_succeeded_timestamp_seconds", "irna"): noon + 0.5 * 3600,
    }
    articles = {key[1:]: value for key, value in found.items() if key[0] == "bayegan_run_articles" and value}
    assert articles == {
        ("irna", "listed"): 8.0,
        ("irna", "held"): 6.0,
        ("irna", "new"): 5.0,
        ("irna", "failed"): 2.0,
        ("mehr", "listed"): 3.0,
        ("mehr", "blocked"): 3.0,
    }


def test_a_file_that_cannot_be_written_is_a_sentence(archive: Path, tmp_path: Path) -> None:
    said = write(tmp_path / "no" / "bayegan.prom", archive)
    assert said is not None
    assert said.startswith(f"The figures could not be written to {tmp_path / 'no' / 'bayegan.prom'} (")
    nowhere = write(tmp_path / "bayegan.prom", tmp_path / "no.db")
    assert nowhere is not None
    assert "no.db" in nowhere
    assert not (tmp_path / "bayegan.prom").exists()


def test_without_the_extra_it_is_said_what_to_install(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    assert write(tmp_path / "bayegan.prom", archive) == MISSING


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def crawl_words(folder: Path, text: str, *agencies: str) -> tuple[str, ...]:
    (folder / "bayegan.toml").write_text(text, encoding="utf-8")
    return words(folder / "x.db", *agencies, options=(*AZAR, "--json", "--config", str(folder / "bayegan.toml")))


def test_a_crawl_answers_while_it_runs_and_writes_its_file_when_it_has_ended(hostile: Hostile, tmp_path: Path) -> None:
    port = free_port()
    homes = {"shabestan": hostile(site=SMALL).url, "irna": hostile(site=SMALL, twist=slow).url}
    text = f"[metrics]\nport = {port}\nfile = 'bayegan.prom'\n"
    crawling = Command(crawl_words(tmp_path, text, *homes), tmp_path, Trouble(homes=tuple(homes.items())))
    seen: list[Figures] = []

    def told() -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
                seen.append(figures(answer.read().decode()))
        except URLError:
            return False
        return seen[-1].get(("bayegan_crawl_pages", "irna")) == 6.0

    wait_for(told)
    wait_for(lambda: rows(tmp_path / "x.db", "select agency from runs where ended is not null") == [("shabestan",)])
    assert seen[-1]["bayegan_crawl_answers_total", "irna", "200"] >= 1.0
    crawling.send(SIGTERM)
    assert crawling.end().code == 1
    with pytest.raises(URLError):
        urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5)
    after = figures((tmp_path / "bayegan.prom").read_text(encoding="utf-8"))
    assert (after["bayegan_run_exit_code", "irna"], after["bayegan_run_exit_code", "shabestan"]) == (1.0, 0.0)


def test_a_port_that_is_taken_is_said_and_harms_no_crawl(hostile: Hostile, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        every = crawl_words(tmp_path, f"metrics.port = {port}", "shabestan")
        done = run(tmp_path, *every, trouble=Trouble(homes=(("shabestan", hostile(site=SMALL).url),)))
    assert (done.code, summaries(done)["shabestan"]["held"]) == (0, 6)
    told = f"port {port} of 127.0.0.1 cannot be had (Address already in use): no figures are told while this crawl runs"
    assert told in done.said
