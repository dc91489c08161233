"""What deploy/ holds says what bayegan understands, and gives it no more rights than it needs."""

from __future__ import annotations

import ast
import json
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from configparser import ConfigParser
from typing import TYPE_CHECKING, Any

import pytest
import typer.main
from deployed import COMMAND, DEPLOY, PACKAGES, ROOT, containers, documents, of_airflow, of_kubernetes, service, text

from bayegan.cli import app
from bayegan.settings import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CRAWL = "crawl --all --log json"
CARE = ["backup /var/backups/bayegan --keep 14", "maintain"]
COMMANDS: dict[str, tuple[Callable[[], list[str]], list[str]]] = {
    "systemd crawl": (
        lambda: COMMAND.findall(text("systemd/bayegan-crawl.service")),
        [CRAWL],
    ),
    "systemd care": (lambda: COMMAND.findall(text("systemd/bayegan-care.service")), CARE),
    "cron": (lambda: COMMAND.findall(text("cron/bayegan")), [CRAWL, *CARE]),
    "docker": (
        lambda: [shlex.join(json.loads(one)) for one in re.findall(r"CMD (\[.*\])", text("docker/Dockerfile"))],
        ["bayegan runs --limit 1", CRAWL],
    ),
    "compose": (
        lambda: [shlex.join(service(name)["command"]) for name in ("crawl", "backup", "maintain")],
        [CRAWL, "backup /backups --keep 14", "maintain"],
    ),
    "kubernetes": (
        lambda: [shlex.join(one["args"]) for pod in of_kubernetes() for one in containers(pod)],
        [CRAWL, "backup /backups --keep 14", "maintain"],
    ),
    "airflow": (lambda: COMMAND.findall("\n".join(of_airflow())), [CRAWL, *CARE, "doctor"]),
    "github": (
        lambda: COMMAND.findall(text("github-actions/crawl.yml").replace("run: ", "run:\n")),
        ["crawl shabestan mehr --time-limit 300 --log json", "backup backup/news.db"],
    ),
}


@pytest.mark.parametrize("where", COMMANDS)
def test_what_is_run_is_a_command_that_bayegan_knows(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BAYEGAN_CONFIG", raising=False)
    find, expected = COMMANDS[where]
    found = find()
    assert found == expected
    group: Any = typer.main.get_command(app)
    for line in found:
        name, *words = [word for word in shlex.split(line) if word != "bayegan"]
        with group.commands[name].make_context(name, words) as context:
            assert context.params


def unit(name: str) -> ConfigParser:
    """A unit file; of what stands there twice, the last."""
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # systemd tells capitals from small letters
    parser.read_string(text(f"systemd/{name}"))
    return parser


@pytest.mark.parametrize("name", ["bayegan-crawl.service", "bayegan-care.service"])
def test_a_service_may_write_its_own_folders_alone(name: str) -> None:
    section = unit(name)["Service"]
    rights = {
        key: section[key] for key in ("User", "NoNewPrivileges", "ProtectSystem", "ProtectHome", "StateDirectory")
    }
    assert rights == {
        "User": "bayegan",
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "StateDirectory": "bayegan",
    }
    assert section.get("ReadWritePaths") == {"bayegan-care.service": "/var/backups/bayegan"}.get(name)
    assert section["CapabilityBoundingSet"] == ""
    assert section["Environment"] == "BAYEGAN_CONFIG=/etc/bayegan/bayegan.toml"


def test_the_timers_go_by_the_clock_of_tehran_and_make_up_for_a_night() -> None:
    timers = [unit(f"bayegan-{name}.timer") for name in ("crawl", "care")]
    assert [one["Timer"]["OnCalendar"] for one in timers] == [
        "*-*-* 02:30:00 Asia/Tehran",
        "*-*-* 08:30:00 Asia/Tehran",
    ]
    assert {one["Timer"]["Persistent"] for one in timers} == {"true"}
    assert {one["Install"]["WantedBy"] for one in timers} == {"timers.target"}


def test_systemd_has_nothing_to_complain_of(tmp_path: Path) -> None:
    """It complains on standard error and answers 0 all the same."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    (tmp_path / "bayegan").symlink_to(sys.executable)
    for path in (DEPLOY / "systemd").iterdir():
        written = path.read_text(encoding="utf-8").replace("/opt/bayegan/bin", str(tmp_path))
        (tmp_path / path.name).write_text(written, encoding="utf-8")
    units = sorted(map(str, tmp_path.glob("*.[st]*")))
    assert len(units) == 4
    done = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True, timeout=60, check=False
    )
    if "Failed to" in done.stderr and str(tmp_path) not in done.stderr:
        pytest.skip(f"systemd-analyze does not work here: {done.stderr}")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_cron_line_is_five_fields_a_user_and_a_command() -> None:
    lines = [line for line in text("cron/bayegan").splitlines() if line and not line.startswith("#") and " * " in line]
    assert [line.split()[:6] for line in lines] == [
        ["30", "2", "*", "*", "*", "bayegan"],
        ["30", "8", "*", "*", "*", "bayegan"],
    ]
    assert [line for line in lines if "%" in line] == []  # which cron takes for the end of the line


def test_the_logs_that_cron_writes_are_those_that_are_rotated() -> None:
    written = set(re.findall(r">>(\S+)", text("cron/bayegan")))
    assert written == {"/var/log/bayegan/crawl.log", "/var/log/bayegan/care.log"}
    rotated = text("logrotate/bayegan")
    assert "\n/var/log/bayegan/*.log {\n" in rotated
    assert rotated.count("{") == rotated.count("}") == 1


@pytest.mark.parametrize("where", ["bayegan.toml", "kubernetes"])
def test_the_settings_have_no_fault(where: str, tmp_path: Path) -> None:
    written = text("bayegan.toml") if where != "kubernetes" else ""
    written = written or documents("kubernetes/bayegan.yaml")[0]["data"]["bayegan.toml"]
    file = tmp_path / "bayegan.toml"
    file.write_text(written, encoding="utf-8")
    found = read(file, {})
    assert found.value("contact") == "you@example.org"
    assert found.value("budget", "time_limit") == "5h"
    assert found.value("archive") == {"bayegan.toml": "/var/lib/bayegan/news.db"}.get(where, "/data/news.db")


def test_secrets_are_lines_that_systemd_and_a_shell_read_alike() -> None:
    lines = [line.lstrip("#") for line in text("secrets.env").splitlines() if "=" in line]
    assert [line.partition("=")[0] for line in lines] == ["BAYEGAN_ALERTS", "BAYEGAN_PING_URL"]
    assert [len(shlex.split(line)) for line in lines] == [1, 1]


def test_the_workflow_runs_by_night_and_keeps_the_archive_however_it_ends() -> None:
    (flow,) = documents("github-actions/crawl.yml")
    assert flow[True]["schedule"] == [{"cron": "0 23 * * *"}]  # YAML takes «on» for a truth
    assert flow["permissions"] == {"contents": "read"}
    steps = flow["jobs"]["crawl"]["steps"]
    after = steps[[step.get("run", "").startswith("bayegan crawl") for step in steps].index(True) + 1 :]
    assert [step["if"] for step in after] == ["always()"] * 3


def test_the_egg_for_scrapyd_holds_the_packages_with_all_that_they_read() -> None:
    setup = text("scrapyd/setup.py")
    declared: dict[str, list[str]] = ast.literal_eval(re.findall(r"package_data=(\{.*\})", setup)[0])
    named = {
        str(path.relative_to(ROOT))
        for package, patterns in declared.items()
        for pattern in patterns
        for path in (ROOT / package.replace(".", "/")).glob(pattern)
    }
    kept = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    }
    assert named == kept
    assert '"scrapy": ["settings = crawler.settings"]' in setup
    assert set(re.findall(r"for part in (.*) deploy", text("scrapyd/deploy.sh"))[0].split()) == PACKAGES


def test_agencies_are_found_in_an_egg(tmp_path: Path) -> None:
    egg = tmp_path / "bayegan.egg"
    with zipfile.ZipFile(egg, "w") as packed:
        for package in ("crawler", "spiders"):
            for path in (ROOT / package).rglob("*.py"):
                packed.write(path, path.relative_to(ROOT))
    script = (
        f"import sys; sys.path.insert(0, {str(egg)!r}); from crawler import agencies; "
        "print(agencies.__file__); print(len(agencies.all_agencies())); print(agencies.agency('shabestan').home)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    expected = len(list((ROOT / "spiders").glob("[!_]*.py")))
    assert done.stdout.split() == [f"{egg}/crawler/agencies.py", str(expected), "https://shabestan.news"]


def test_every_folder_says_in_the_documents_how_it_was_tried() -> None:
    page = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    folders = {f"deploy/{one.name}/" for one in DEPLOY.iterdir() if one.is_dir() and one.name != "__pycache__"}
    assert set(re.findall(r"(?m)^\| `(deploy/\S+/)` \|", page)) == folders
