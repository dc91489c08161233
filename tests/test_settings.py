"""What is set in bayegan.toml and in the environment: read, checked, and every mistake told where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bayegan.settings import Settings, SettingsError, find, read

WHOLE = """\
archive = "news.db"
agencies = ["shabestan", "mehr"]
contact = "me@example.org"
delay = 2
budget.jobs = 4

[agency.mehr]
delay = 5.5
proxy = "direct"

[scrapy]
DOWNLOAD_TIMEOUT = 90
DEFAULT_REQUEST_HEADERS = {Accept-Language = "fa"}

[agency."example.ir".scrapy]
ROBOTSTXT_OBEY = false
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "bayegan.toml"
    file.write_text(text, encoding="utf-8")
    return file


def values(settings: Settings) -> dict[str, Any]:
    return {setting.name: setting.value for setting in settings.given.values()}


def faults(file: Path | None, environ: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsError) as told:
        read(file, environ)
    return told.value.faults


def test_what_the_file_sets_is_known_with_the_line_on_which_it_stands(tmp_path: Path) -> None:
    file = written(tmp_path, WHOLE)
    assert {one.name: (one.value, one.source) for one in read(file, {}).given.values()} == {
        "archive": (f"{tmp_path}/news.db", f"{file}:1"),  # beside the file, wherever the command is run
        "agencies": (("shabestan", "mehr"), f"{file}:2"),
        "contact": ("me@example.org", f"{file}:3"),
        "delay": (2.0, f"{file}:4"),
        "budget.jobs": (4, f"{file}:5"),
        "agency.mehr.delay": (5.5, f"{file}:8"),
        "agency.mehr.proxy": ("direct", f"{file}:9"),
        "scrapy.DOWNLOAD_TIMEOUT": (90, f"{file}:12"),
        "scrapy.DEFAULT_REQUEST_HEADERS": ({"Accept-Language": "fa"}, f"{file}:13"),
        'agency."example.ir".scrapy.ROBOTSTXT_OBEY': (False, f"{file}:16"),
    }


@pytest.mark.parametrize(
    ("variable", "value", "name", "found"),
    [
        ("ARCHIVE", "there.db", "archive", "there.db"),  # beside whoever sets it
        ("AGENCIES", "irna isna", "agencies", ("irna", "isna")),
        ("AGENCIES", "irna, isna", "agencies", ("irna", "isna")),
        ("CONTACT", "https://example.org/us", "contact", "https://example.org/us"),
        ("DELAY", "0.5", "delay", 0.5),
        ("PROXY", "http://proxy.example:3128", "proxy", "http://proxy.example:3128"),
        ("ALERTS", "tgram://A/B, json://c.example/d", "alerts", ("tgram://A/B", "json://c.example/d")),
        ("BUDGET_JOBS", "3", "budget.jobs", 3),
        ("BUDGET_TIME_LIMIT", "45m", "budget.time_limit", "45m"),
        ("BUDGET_MAX_PAGES", "900", "budget.max_pages", 900),
        ("BUDGET_GAP_DAYS", "0", "budget.gap_days", 0),
        ("LOG_FORM", "json", "log.form", "json"),
        ("METRICS_PORT", "9410", "metrics.port", 9410),
        ("PING_URL", "https://hc-ping.example/x", "ping.url", "https://hc-ping.example/x"),
        ("AGENCY_MEHR_DELAY", "7", "agency.mehr.delay", 7.0),
        ("AGENCY_SHIA_NEWS_PROXY", "direct", "agency.shia_news.proxy", "direct"),
    ],
)
def test_the_environment_sets_the_same_and_beats_the_file(
    variable: str, value: str, name: str, found: Any, tmp_path: Path
) -> None:
    environ = {f"BAYEGAN_{variable}": value, "BAYEGAN_CONFIG": "no.toml", "BAYEGAN_CONTACT_": "", "DELAY": "9"}
    alone = read(None, environ).given
    assert [(one.name, one.value, one.source) for one in alone.values()] == [(name, found, f"$BAYEGAN_{variable}")]
    both = values(read(written(tmp_path, WHOLE), environ))
    assert both[name] == found
    assert both["scrapy.DOWNLOAD_TIMEOUT"] == 90


def test_nothing_set_is_nothing_given(tmp_path: Path) -> None:
    assert read(None, {"BAYEGAN_DELAY": "", "PATH": "/bin"}) == Settings()
    assert read(written(tmp_path, "# all is well\n"), {}).given == {}


def test_the_file_is_the_one_that_is_named_else_that_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert find({}) is None
    written(tmp_path, "")
    assert find({}) == Path("bayegan.toml")
    assert find({"BAYEGAN_CONFIG": "/etc/bayegan.toml"}) == Path("/etc/bayegan.toml")


def test_scrapy_is_told_by_its_own_names_what_holds_for_all_and_for_one(tmp_path: Path) -> None:
    given = read(written(tmp_path, WHOLE), {"BAYEGAN_BUDGET_GAP_DAYS": "3"})
    for_all = {
        "BAYEGAN_CONTACT": "me@example.org",
        "DOWNLOAD_DELAY": 2.0,
        "DOWNLOAD_TIMEOUT": 90,
        "DEFAULT_REQUEST_HEADERS": {"Accept-Language": "fa"},
        "BAYEGAN_GAP_DAYS": 3,
    }
    of = {name: {key: one.value for key, one in given.scrapy(name).items()} for name in (None, "mehr", "example.ir")}
    assert of == {
        None: for_all,
        "mehr": for_all | {"DOWNLOAD_DELAY": 5.5, "BAYEGAN_PROXY": "direct"},
        "example.ir": for_all | {"ROBOTSTXT_OBEY": False},
    }


A_LENGTH = 'budget.time_limit must be a length of time: "90" (minutes), "45m" or "1h30m".'
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
        ("[ping]\nurl = 'ftp://x'", ["2: ping.url must be an address that begins with http:// or https://."]),
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
