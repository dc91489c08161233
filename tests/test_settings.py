"""What is set in bayegan.toml and in the environment: what is read, from where, and who wins."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bayegan.settings import Settings, find, read
from bayegan.settings.entries import entries

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


def test_the_example_of_the_documents_names_every_setting_and_is_right(tmp_path: Path) -> None:
    page = (Path(__file__).parent.parent / "docs" / "settings.md").read_text(encoding="utf-8")
    example = page.split("```toml\n")[1].split("```")[0]
    given = read(written(tmp_path, example), {})
    named = {"metrics.host", "proxy"} | {setting.name for setting in given.given.values()}
    assert named == {entry.name for entry in entries()} | {
        "agency.mehr.delay",
        "agency.mehr.proxy",
        "agency.mehr.scrapy.DOWNLOAD_TIMEOUT",
        "scrapy.RETRY_TIMES",
    }
    assert all(f"`{entry.variable}` |" in page for entry in entries())
    assert {name: one.value for name, one in given.scrapy().items()} == {
        "DOWNLOAD_DELAY": 2.5,
        "BAYEGAN_CONTACT": "me@example.org",
        "BAYEGAN_ALERTS": ("tgram://TOKEN/CHAT",),
        "BAYEGAN_GAP_DAYS": 14,
        "LOG_LEVEL": "INFO",
        "BAYEGAN_METRICS_PORT": 9410,
        "RETRY_TIMES": 5,
    }


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
