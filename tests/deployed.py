"""What stands in deploy/, read."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

yaml: Any = pytest.importorskip("yaml", reason="PyYAML, which Apprise brings, is not installed")

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
PACKAGES = {"bayegan", "crawler", "pipelines", "spiders"}
COMMAND = re.compile(r"(?:/opt/bayegan/bin/|^)bayegan (.*?)(?= *(?:>>|&&|$))", re.MULTILINE)


def text(path: str) -> str:
    return (DEPLOY / path).read_text(encoding="utf-8")


def documents(path: str) -> list[Any]:
    return list(yaml.safe_load_all(text(path)))


def of_kubernetes() -> list[Any]:
    """The pods of the CronJobs."""
    jobs = [one for one in documents("kubernetes/bayegan.yaml") if one["kind"] == "CronJob"]
    return [one["spec"]["jobTemplate"]["spec"]["template"]["spec"] for one in jobs]


def containers(pod: Any) -> list[Any]:
    return [*pod.get("initContainers", []), *pod["containers"]]


def of_airflow() -> Iterator[str]:
    """What the DAG hands to bash, with its constants put in."""
    for node in ast.walk(ast.parse(text("airflow/bayegan_nightly.py"))):
        if isinstance(node, ast.keyword) and node.arg == "bash_command":
            assert isinstance(node.value, ast.JoinedStr)
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "bayegan" for part in node.value.values
            )


def service(name: str) -> dict[str, Any]:
    found: dict[str, Any] = documents("docker/compose.yaml")[0]["services"][name]
    return found
