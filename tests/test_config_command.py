"""``bayegan config``: what is in force, from where, and nothing that is secret."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from bayegan.cli import app
from bayegan.settings.masking import masked

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

TEXT = """\
archive = "news.db"
alerts = ["tgram://geheim-1/CHAT", "mailto://me:geheim-2@mail.example"]
contact = "me@example.org"
delay = 2

[agency.mehr]
delay = 5
proxy = "http://me:geheim-3@proxy.example:3128"

[ping]
url = "https://hc-ping.example/geheim-4"

[scrapy]
DOWNLOAD_TIMEOUT = 90
COOKIES_ENABLED = true
MY_TOKEN = "geheim-5"
TABLE = {API_KEY = "geheim-6", PLAIN = 1}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current one, with a bayegan.toml."""
    (tmp_path / "bayegan.toml").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def config(*words: str, **environ: str) -> Result:
    return CliRunner().invoke(
        app, ["config", *words], env={f"BAYEGAN_{name}": value for name, value in environ.items()}
    )


def shown(*words: str, **environ: str) -> dict[str, tuple[Any, str]]:
    """(value, source) of each setting."""
    said = json.loads(config("--json", *words, **environ).stdout)
    return {one["name"]: (one["value"], one["from"]) for one in said["settings"]}


@pytest.mark.usefixtures("folder")
def test_each_setting_is_shown_with_its_value_and_where_that_comes_from() -> None:
    assert shown("--set", "DOWNLOAD_TIMEOUT=5", BUDGET_JOBS="3") == {
        "archive": ("news.db", "bayegan.toml:1"),
        "agencies": (None, "default"),
        "contact": ("me@example.org", "bayegan.toml:3"),
        "alerts": (["tgram://…", "mailto://…"], "bayegan.toml:2"),
        "delay": (2, "bayegan.toml:4"),
        "proxy": (None, "default"),
        "budget.jobs": (3, "$BAYEGAN_BUDGET_JOBS"),
        "budget.time_limit": (None, "default"),
        "budget.max_pages": (None, "default"),
        "budget.gap_days": (7, "default"),
        "log.form": ("text", "default"),
        "log.level": ("WARNING", "default"),
        "metrics.file": (None, "default"),
        "metrics.port": (None, "default"),
        "metrics.host": ("127.0.0.1", "default"),
        "ping.url": ("https://hc-ping.example/…", "bayegan.toml:11"),
        "scrapy.DOWNLOAD_TIMEOUT": ("5", "command line"),
        "scrapy.COOKIES_ENABLED": (True, "bayegan.toml:15"),
        "scrapy.MY_TOKEN": ("…", "bayegan.toml:16"),
        "scrapy.TABLE": ({"API_KEY": "…", "PLAIN": 1}, "bayegan.toml:17"),
        "agency.mehr.delay": (5, "bayegan.toml:7"),
        "agency.mehr.proxy": ("http://me:…@proxy.example:3128", "bayegan.toml:8"),
    }


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("words", "environ", "delay"),
    [
        ((), {}, (2, "bayegan.toml:4")),
        (("shabestan",), {}, (2, "bayegan.toml:4")),
        (("mehr",), {}, (5, "bayegan.toml:7")),
        ((), {"DELAY": "3"}, (3, "$BAYEGAN_DELAY")),
        (("mehr",), {"DELAY": "3"}, (5, "bayegan.toml:7")),  # what is an agency's own beats what is everybody's
        (("mehr",), {"AGENCY_MEHR_DELAY": "4"}, (4, "$BAYEGAN_AGENCY_MEHR_DELAY")),
        (("mehr", "--set", "DOWNLOAD_DELAY=1"), {"AGENCY_MEHR_DELAY": "4"}, ("1", "command line")),
    ],
)
def test_the_narrower_and_the_later_word_wins(
    words: tuple[str, ...], environ: dict[str, str], delay: tuple[Any, str]
) -> None:
    assert shown(*words, **environ)["delay"] == delay


@pytest.mark.parametrize(
    ("agency", "delay"),
    [("shabestan", (1.0, "default")), ("irna", (4.0, "spiders/irna.py"))],
)
def test_without_a_file_the_pace_is_the_agencys_own(
    agency: str, delay: tuple[float, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown(agency)["delay"] == delay
    said = config().stderr
    assert said == "No bayegan.toml in the current folder: what it may say is in docs/settings.md.\n"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("words", [(), ("mehr",), ("--json",), ("mehr", "--json")])
def test_no_secret_is_shown(words: tuple[str, ...]) -> None:
    done = config(*words)
    assert done.exit_code == 0
    assert "geheim" not in done.output


@pytest.mark.parametrize(
    ("name", "value", "seen"),
    [
        ("HTTP_PASSWORD", "word", "…"),
        ("SESSION_COOKIE", 7, "…"),
        ("FEED_URI", "ftp://me:word@files.example/x", "ftp://me:…@files.example/x"),
        ("USER_AGENT", "me:you@them", "me:you@them"),
        ("LIST", ["a", "http://me:word@b.example"], ["a", "http://me:…@b.example"]),
        ("AWS_SECRET_ACCESS_KEY", None, None),
    ],
)
def test_what_a_scrapy_setting_gives_away_is_masked(name: str, value: Any, seen: Any) -> None:
    assert masked(name, value) == seen


def test_another_file_is_named_on_the_command_line_or_in_the_environment(folder: Path) -> None:
    (folder / "other.toml").write_text("delay = 9", encoding="utf-8")
    assert shown("--config", "other.toml")["delay"] == (9, "other.toml:1")
    assert shown(CONFIG="other.toml")["delay"] == (9, "other.toml:1")
    assert shown("--config", "bayegan.toml", CONFIG="other.toml")["delay"] == (2, "bayegan.toml:4")


def test_each_mistake_is_told_in_a_line_of_its_own(folder: Path) -> None:
    (folder / "bayegan.toml").write_text("delya = 1\n[budget]\njobs = 0\n", encoding="utf-8")
    done = config(DELAY="soon")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "bayegan.toml:1: «delya» is no setting: did you mean delay?",
        "bayegan.toml:3: budget.jobs must be at least 1, not 0.",
        '$BAYEGAN_DELAY must be a number, not "soon".',
    ]


@pytest.mark.usefixtures("folder")
def test_a_variable_that_is_nearly_one_of_ours_is_told_and_harms_nothing() -> None:
    done = config(BUDGTE_JOBS="2", REAL_PAGES="/x")
    assert done.exit_code == 0
    assert done.stderr == "$BAYEGAN_BUDGTE_JOBS is no setting: did you mean $BAYEGAN_BUDGET_JOBS?\n"


@pytest.mark.usefixtures("folder")
def test_the_archive_that_the_file_names_is_every_commands(tmp_path: Path) -> None:
    (tmp_path / "bayegan.toml").write_text('archive = "there/news.db"', encoding="utf-8")
    for command in ("stats", "runs", "search x", "coverage"):
        done = CliRunner().invoke(app, command.split())
        assert done.exit_code == 1
        assert "there/news.db" in done.stderr
    other = CliRunner().invoke(app, ["stats", "--archive", "here.db"], env={"BAYEGAN_ARCHIVE": "elsewhere.db"})
    assert "here.db" in other.stderr
    assert "elsewhere.db" in CliRunner().invoke(app, ["stats"], env={"BAYEGAN_ARCHIVE": "elsewhere.db"}).stderr
