"""The audit of the lock: a known vulnerability fails it; a database that cannot be asked is said, and does not.

The audit is run for real, on a lock of one package that lies in a folder and against a database on loopback.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
LOCK = "weaklib==1.0 ; python_full_version >= '3.11' \\\n    --hash=sha256:" + "0" * 64 + "\n"
ADVISORY = {
    "id": "PYSEC-2026-1",
    "summary": "Reads what it should not",
    "modified": "2026-01-01T00:00:00Z",
    "affected": [
        {
            "package": {"name": "weaklib", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.1"}]}],
        }
    ],
}
CODE_IS_DATA = "S102,S301,S302,S307,S323,S506"  # exec, pickle and shelve, marshal, eval, TLS unchecked, yaml.load
SHELLS = "S602,S604,S605"


class Advisories(BaseHTTPRequestHandler):
    known: dict[str, list[dict[str, str]]]

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))["queries"]
        found = [{"vulns": self.known.get(f"{one['package']['name']} {one['version']}", [])} for one in asked]
        self._answer({"results": found})

    def do_GET(self) -> None:
        self._answer(ADVISORY)

    def _answer(self, said: dict[str, Any]) -> None:
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Standard error is the audit's."""


@pytest.fixture
def advisories() -> Iterator[str]:
    Advisories.known = {}
    with ThreadingHTTPServer(("127.0.0.1", 0), Advisories) as server:
        thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join(5)


def audit(folder: Path, service: str, lock: str = LOCK) -> tuple[int, str, str]:
    """What the audit answers and says, with no index but a folder that holds one package."""
    with zipfile.ZipFile(folder / "weaklib-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("weaklib-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: weaklib\nVersion: 1.0\n")
        wheel.writestr("weaklib-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr("weaklib-1.0.dist-info/RECORD", "")
    (folder / "requirements.lock").write_text(lock)
    words = [sys.executable, ".ci/audit.py", str(folder / "requirements.lock"), "--service-url", service]
    alone = {"UV_NO_INDEX": "1", "UV_FIND_LINKS": str(folder), "UV_NO_CACHE": "1", "UV_HTTP_RETRIES": "0"}
    done = subprocess.run(words, cwd=ROOT, env=os.environ | alone, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_a_pin_that_is_known_to_be_vulnerable_fails_the_audit(advisories: str, tmp_path: Path) -> None:
    Advisories.known = {"weaklib 1.0": [{"id": "PYSEC-2026-1", "modified": "2026-01-01T00:00:00Z"}]}
    code, out, said = audit(tmp_path, advisories)
    assert (code, said) == (1, "")
    assert out.startswith("weaklib 1.0: PYSEC-2026-1, Reads what it should not (mended in 1.1; ")
    assert out.count("\n") == 1


def test_pins_of_which_nothing_is_known_pass(advisories: str, tmp_path: Path) -> None:
    assert audit(tmp_path, advisories) == (0, "Of 1 pins none is known to be vulnerable.\n", "")


def test_a_database_that_cannot_be_reached_is_said_in_a_sentence_and_fails_nothing(tmp_path: Path) -> None:
    code, out, said = audit(tmp_path, "http://127.0.0.1:9/")
    assert (code, out) == (0, "")
    assert said.startswith("The 1 pins were not audited: the advisories cannot be reached from here (")
    assert said.count("\n") == 1


@pytest.mark.parametrize("lock", [LOCK.replace("1.0", "2.0"), ""])
def test_what_no_index_has_and_a_lock_that_pins_nothing_fail(lock: str, advisories: str, tmp_path: Path) -> None:
    code, out, said = audit(tmp_path, advisories, lock)
    assert (code, out) == (1, "")
    assert "weaklib" in said or "pins nothing" in said


def test_the_rules_that_forbid_to_run_what_was_read_hold_without_exception() -> None:
    """ruff knows pickle, shelve, marshal, eval, exec, yaml.load and shells by name; here no line is excused."""
    rules = f"{CODE_IS_DATA},{SHELLS}"
    words = [sys.executable, "-m", "ruff", "check", "--isolated", "--ignore-noqa", "--no-cache", "--select", rules]
    shipped = ["bayegan", "crawler", "pipelines", "spiders"]
    done = subprocess.run([*words, *shipped], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "All checks passed!\n")
