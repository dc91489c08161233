"""What the project promises about itself: what the wheel carries, what the lock pins, how small a spider is."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import grimp
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINS = {name: Version(version) for name, version in re.findall(r"(?m)^([a-z0-9.-]+)==([^ ]+)", LOCK)}
DEPENDENCIES = [
    *PROJECT["project"]["dependencies"],
    *[line for extra in PROJECT["project"].get("optional-dependencies", {}).values() for line in extra],
    *PROJECT["dependency-groups"]["dev"],
]
SPIDERS = sorted((ROOT / "spiders").glob("[!_]*.py"))


def test_the_wheel_carries_the_four_packages() -> None:
    packages = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert packages == ["bayegan", "crawler", "spiders", "pipelines"]


def test_there_is_one_lock_file() -> None:
    assert not (ROOT / "uv.lock").exists()


def test_the_lock_holds_no_address() -> None:
    assert [line for line in LOCK.splitlines() if "://" in line or " @ " in line or line.startswith("-")] == []


def test_every_pin_has_a_hash() -> None:
    unhashed = [pin for pin in re.findall(r"(?m)^\S+==.*\n.*", LOCK) if "--hash=sha256:" not in pin]
    assert unhashed == []
    assert len(PINS) > 50


@pytest.mark.parametrize("line", DEPENDENCIES)
def test_the_lock_serves_what_the_project_asks_for(line: str) -> None:
    wanted = Requirement(line)
    assert PINS[canonicalize_name(wanted.name)] in wanted.specifier


@pytest.mark.parametrize("line", PROJECT["project"]["dependencies"])
def test_a_dependency_says_the_oldest_version_that_will_do(line: str) -> None:
    assert ">=" in line


@pytest.mark.parametrize("path", SPIDERS, ids=lambda path: path.stem)
def test_a_spider_is_one_class_in_at_most_twelve_lines(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    classes = [node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)]
    assert len(source.splitlines()) <= 12
    assert len(classes) == 1
    assert f'name = "{path.stem}"' in source


@pytest.mark.parametrize(
    "module",
    [
        "bayegan",
        "bayegan.archive",
        "bayegan.cli",
        "bayegan.exporting",
        "bayegan.importing",
        "bayegan.search",
        "crawler.agencies",
        "crawler.dates",
        "crawler.page",
        "crawler.text",
    ],
)
def test_what_reads_and_keeps_starts_without_scrapy(module: str) -> None:
    program = f"import sys, {module}; print(sorted({{'scrapy', 'twisted', 'pandas'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.stdout, done.stderr) == ("[]\n", "")


SCRAPY_ALONE = """
bayegan.__main__ bayegan.cli bayegan.cli.app bayegan.cli.care bayegan.cli.config bayegan.cli.crawl bayegan.cli.crawled
bayegan.crawling bayegan.demo bayegan.crawls.jobs bayegan.crawls.progress bayegan.crawls.stopping
crawler.answers crawler.asking crawler.cookies crawler.families crawler.finding crawler.manners crawler.proxies
crawler.public_names crawler.spider
"""


def test_only_what_crawls_leads_to_scrapy() -> None:
    """However long the chain of imports; the contract of import-linter forbids it to those that it names."""
    graph = grimp.build_graph("bayegan", "crawler", include_external_packages=True, exclude_type_checking_imports=True)
    leading = graph.find_downstream_modules("scrapy") | graph.find_downstream_modules("twisted")
    families = {name for name in leading if name.startswith("crawler.families.")}
    assert leading - families == set(SCRAPY_ALONE.split())


def test_scrapy_names_every_spider() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "list"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.stdout.split() == [path.stem for path in SPIDERS]
