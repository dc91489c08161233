"""Mistakes in bayegan.toml and in the environment: one sentence for each, with the place where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bayegan.settings import SettingsError, read

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path, text: str) -> Path:
    file = folder / "bayegan.toml"
    file.write_text(text, encoding="utf-8")
    return file


def faults(file: Path | None, environ: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsError) as told:
        read(file, environ)
    return told.value.faults


A_LENGTH = 'budget.time_limit must be a length of time: "90" (minutes), "45m" or "1h30m".'
A_WATCH = "ping.url must be an address that begins with http:// or https://, without a name and a password."
A_PROXY = 'must be the address of a proxy, such as "http://name:password@proxy.example:3128", or "direct".'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("archve = 'x'", ["1: «archve» is no setting: did you mean archive?"]),
        ("\n[budget]\njob = 2", ["3: «job» is no setting of [budget]: did you mean jobs?"]),
        ("[agency.mehr]\ndelai = 2", ["2: «delai» is no setting of [agency.mehr]: did you mean delay?"]),
        ("[log]\nzzz = 1", ["2: «zzz» is no setting of [log]: known are form, level."]),
        ("delay = 'two'", ['1: delay must be a number, not "two".']),
        ("delay = -1", ["1: delay must be at least 0, not -1."]),
        ("delay = true", ["1: delay must be a number, not true."]),
        ("delay = nan", ["1: delay must be at most 3600, not nan."]),
        ("archive = 3", ['1: archive must be a text, in quotation marks, such as "…", not 3.']),
        ("archive = ''", ["1: archive must be one line of text."]),
        ('contact = "a\\nb"', ["1: contact must be one line of text."]),
        ("agencies = 'mehr'", ['1: agencies must be a list, such as ["a", "b"], not "mehr".']),
        ("agencies = ['mehrr']", ["1: No agency is called «mehrr»: did you mean mehr?"]),
        ("[agency.meher]\ndelay = 2", ["1: No agency is called «meher»: did you mean mehr?"]),
        ("[agency]\nmehr = 3", ["2: agency.mehr must be a table, not 3."]),
        ("budget = 3", ["1: budget must be a table, not 3."]),
        ("[budget]\njobs = 0", ["2: budget.jobs must be at least 1, not 0."]),
        ("[budget]\njobs = 2.5", ["2: budget.jobs must be a whole number, not 2.5."]),
        ("[budget]\ntime_limit = 'soon'", [f"2: {A_LENGTH}"]),
        ("budget.time_limit = '0'", [f"1: {A_LENGTH}"]),
        ("[log]\nform = 'xml'", ['2: log.form must be "text" or "json", not "xml".']),
        ("[metrics]\nport = 70000", ["2: metrics.port must be at most 65535, not 70000."]),
        ("[ping]\nurl = 'ftp://x'", [f"2: {A_WATCH}"]),
        ("[ping]\nurl = 'https://me:word@hc.example/x'", [f"2: {A_WATCH}"]),
        ("[ping]\nurl = 'https://hc.example/x y'", [f"2: {A_WATCH}"]),
        ("proxy = 'http://proxy.example:x'", [f"1: proxy {A_PROXY}"]),
        ("proxy = 'http://[x'", [f"1: proxy {A_PROXY}"]),
        ("proxy = 'socks5://x'", [f"1: proxy {A_PROXY}"]),
        ("[agency.mehr]\nproxy = 'x'", [f"2: agency.mehr.proxy {A_PROXY}"]),
        ("alerts = ['x']", ['1: alerts must be an address as Apprise takes it, such as "tgram://TOKEN/CHAT".']),
        (
            "[scrapy]\nA = 1\ndownload_delay = 1",
            ["3: «download_delay» is no setting of Scrapy: they are written in capital letters."],
        ),
        ("[scrapy]\nDOWNLOAD_DELAY = 1", ["2: «DOWNLOAD_DELAY» has a name of its own here: write delay instead."]),
        ("x =", ["1: this is no TOML: invalid value."]),
        ("\ndelay = 1\ndelay = 2", ["3: this is no TOML: cannot overwrite a value."]),
        (
            "[budget]\njobs = 0\n\nmax_pages = 'x'\n[log]\nlevel = 'LOUD'",
            [
                "2: budget.jobs must be at least 1, not 0.",
                '4: budget.max_pages must be a whole number, not "x".',
                '6: log.level must be "DEBUG", "INFO", "WARNING" or "ERROR", not "LOUD".',
            ],
        ),
    ],
)
def test_each_mistake_of_the_file_is_one_sentence_with_its_line(text: str, told: list[str], tmp_path: Path) -> None:
    file = written(tmp_path, text)
    assert faults(file, {}) == [f"{file}:{one}" for one in told]


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    missing, broken = tmp_path / "no.toml", tmp_path / "broken.toml"
    broken.write_bytes(b"\xff")
    assert faults(missing, {}) == [f"The settings cannot be read ({missing}: No such file or directory)."]
    assert faults(broken, {}) == [f"{broken} is no UTF-8: save it as UTF-8."]


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("DELAY", "soon", 'must be a number, not "soon".'),
        ("BUDGET_JOBS", "65", 'must be at most 64, not "65".'),
        ("LOG_FORM", "xml", 'must be "text" or "json", not "xml".'),
        ("PROXY", "x", A_PROXY),
        ("AGENCY_MEHR_DELAY", "-1", 'must be at least 0, not "-1".'),
    ],
)
def test_a_mistake_of_the_environment_names_the_variable(variable: str, value: str, told: str) -> None:
    assert faults(None, {f"BAYEGAN_{variable}": value}) == [f"$BAYEGAN_{variable} {told}"]


@pytest.mark.parametrize(("variable", "value"), [("AGENCIES", "mehrr"), ("AGENCY_MEHRR_DELAY", "2")])
def test_an_agency_that_a_variable_names_has_to_be_one(variable: str, value: str) -> None:
    said = f"$BAYEGAN_{variable}: No agency is called «mehrr»: did you mean mehr?"
    assert faults(None, {f"BAYEGAN_{variable}": value}) == [said]


def test_what_is_wrong_with_a_secret_is_told_without_it(tmp_path: Path) -> None:
    text = """\
alerts = "tgram://geheim/CHAT"
ping.url = ["https://hc-ping.example/geheim"]
proxy = "socks5://me:geheim@proxy.example"
[agency.mehr]
proxy = ["http://me:geheim@proxy.example"]
"""
    file = written(tmp_path, text)
    assert faults(file, {"BAYEGAN_ALERTS": "geheim"}) == [
        f'{file}:1: alerts must be a list, such as ["a", "b"].',
        f'{file}:2: ping.url must be a text, in quotation marks, such as "…".',
        f"{file}:3: proxy {A_PROXY}",
        f'{file}:5: agency.mehr.proxy must be a text, in quotation marks, such as "…".',
        '$BAYEGAN_ALERTS must be an address as Apprise takes it, such as "tgram://TOKEN/CHAT".',
    ]
