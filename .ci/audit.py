"""Audit requirements.lock: is anything in it known to be vulnerable, withdrawn or quarantined?

uv asks (``uv audit``): the package index that this machine uses says what was withdrawn, and OSV, which gathers the
advisories of PyPA, GitHub and others, says what is vulnerable. Exit code 1 for a known vulnerability and for whatever
went wrong, but for one thing: where the database of advisories cannot be reached, that is said and nothing fails.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

PIN = re.compile(r"(?m)^([a-z0-9][^\s\\]*==[^\\\n]*?)\s*\\?$")  # with its marker, without its hashes
PROJECT = '[project]\nname = "audited"\nversion = "0"\nrequires-python = ">=3.11"\ndependencies = {}\n'
WORDS = ("audit", "--preview-features", "audit-command,json-output", "--output-format", "json")
UNREACHABLE = ("error sending request", "client error (Connect)", "Failed to fetch", "HTTP status server error")
NOT_ASKED = "The {count} pins were not audited: the advisories cannot be reached from here ({why}); audit elsewhere."
CLEAN = "Of {count} pins none is known to be vulnerable."


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lock", type=Path)
    parser.add_argument("--uv", default=Path(sys.executable).with_name("uv"), type=Path)
    parser.add_argument("--service-url", help="what answers like OSV; without it, OSV")
    given = parser.parse_args()
    pins = PIN.findall(given.lock.read_text(encoding="utf-8"))
    if not pins:
        sys.exit(f"{given.lock} pins nothing: make it with `make lock`.")
    more = ("--service-url", given.service_url) if given.service_url else ()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "pyproject.toml").write_text(PROJECT.format(json.dumps(pins)), encoding="utf-8")
        environment = {"UV_HTTP_TIMEOUT": "20", "UV_HTTP_RETRIES": "1"} | os.environ | {"UV_PYTHON": sys.executable}
        asked = [given.uv, *WORDS, *more]
        done = subprocess.run(asked, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return told(done.returncode, done.stdout, done.stderr, len(pins))


def told(code: int, out: str, said: str, count: int) -> int:
    """What uv found, a line each; the answer is the exit code."""
    withdrawn = [line for line in said.splitlines() if line.startswith("warning:")]
    if not out.strip():
        return _failed(code, said, count)
    found: dict[str, Any] = json.loads(out)
    lines = [*withdrawn, *map(_vulnerability, found["vulnerabilities"]), *map(json.dumps, found["adverse_statuses"])]
    audited = found["summary"]["audited_packages"]
    if audited < count:
        lines.append(f"Only {audited} of {count} pins were looked up.")
    failed = bool(found["vulnerabilities"]) or audited < count or code != 0
    print("\n".join(lines if failed else [*lines, CLEAN.format(count=count)]))
    return int(failed)


def _failed(code: int, said: str, count: int) -> int:
    causes = [line.strip().removeprefix("cause: ") for line in said.splitlines() if line.strip()]
    if any(words in said for words in UNREACHABLE):
        print(NOT_ASKED.format(count=count, why=causes[-1]), file=sys.stderr)
        return 0
    print(said.strip(), file=sys.stderr)
    return code or 1


def _vulnerability(one: dict[str, Any]) -> str:
    pin = "{name} {version}".format_map(one["dependency"])
    mended = ", ".join(one["fix_versions"]) or "no release yet"
    return f"{pin}: {one['display_id']}, {one['summary']} (mended in {mended}; {one['link']})"


if __name__ == "__main__":
    sys.exit(main())
