"""``python -m fuzz``: every target for so many seconds under libFuzzer, and what came of it.

What was learnt, and what was found, stays below build/fuzz. Where libFuzzer cannot be had, our own changes serve alone.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fuzz.promise import seconds
from fuzz.targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MOST_BYTES: Final = 100_000  # of an input
MOST_SAID: Final = 2_000  # letters of an error: it may show its input
HANGS: Final = 60  # seconds of the clock after which a run is taken for endless
PLACE: Final = Path("build", "fuzz")
RUNS: Final = re.compile(rb"stat::number_of_executed_units:\s*(\d+)")
FOUND: Final = re.compile(rb"Test unit written to (\S+)")
ERROR: Final = re.compile(rb"=== Uncaught Python exception: ===\n(.*)|ERROR: libFuzzer: (.*)")
ABSENT: Final = """\
atheris, the fuzzer, is not installed (it can be had for CPython 3.11-3.13 on Linux, x86-64, alone): our own changes of
real inputs serve without it, and nothing tells which of them reach new lines.
"""


def main() -> int:
    asked = _asked()
    if asked.again:
        name, file = asked.again
        sys.stdout.write(f"{_again(name, Path(file).read_bytes())}\n")
        return 0
    guided = find_spec("atheris") is not None
    if not guided:
        sys.stderr.write(ABSENT)
    one = partial(_fuzz, words=_guided if guided else _unguided, budget=asked.seconds, seed=asked.seed)
    with ThreadPoolExecutor(os.cpu_count()) as several:  # each is a process: threads do no more than wait for them
        return max(several.map(one, asked.targets or TARGETS))


def _asked() -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    asked.add_argument("targets", nargs="*", help=f"of {', '.join(TARGETS)}; by default all")
    asked.add_argument("--seconds", type=int, default=60, help="for each target")
    asked.add_argument("--seed", type=int, default=0, help="0 is another one each time")
    asked.add_argument("--again", nargs=2, metavar=("TARGET", "FILE"), help="read an input that was found: its seconds")
    return asked.parse_args()


def _again(name: str, data: bytes) -> float:
    for seed in TARGETS[name].seeds():  # what is imported, or built, at the first use is no run's
        seconds(TARGETS[name], seed)
    return seconds(TARGETS[name], data)


def _fuzz(name: str, *, words: Callable[[str, int, int], list[str]], budget: int, seed: int) -> int:
    """Fuzz one target; say how often it was run, and what broke its promise."""
    PLACE.mkdir(parents=True, exist_ok=True)
    code, said = _run([sys.executable, "-m", *words(name, budget, seed)])
    runs = RUNS.search(said)
    came = _broken(name, said) if code else "no error but the named ones, no run over a second"
    sys.stdout.write(f"{name:10} {int(runs[1]) if runs else 0:9,} runs in {budget} s: {came}\n")
    sys.stdout.flush()
    return code


def _guided(name: str, budget: int, seed: int) -> list[str]:
    """Prepare what libFuzzer begins with: the words that run it."""
    corpus, words = PLACE / name, PLACE / f"{name}.dict"
    corpus.mkdir(exist_ok=True)
    for number, one in enumerate(TARGETS[name].seeds()):
        Path(corpus, f"seed-{number}").write_bytes(one)
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in TARGETS[name].words), encoding="ascii")
    return [
        *("fuzz.guided", name),
        *(f"-max_total_time={budget}", f"-max_len={MOST_BYTES}", f"-timeout={HANGS}", f"-dict={words}"),
        *(f"-seed={seed}", "-len_control=0", "-rss_limit_mb=2048", "-print_final_stats=1"),
        *(f"-artifact_prefix={PLACE}/{name}-", str(corpus)),
    ]


def _unguided(name: str, budget: int, seed: int) -> list[str]:
    bounds = f"--seconds={budget}", f"--seed={seed}", f"--hangs={HANGS}", f"--most={MOST_BYTES}"
    return ["fuzz.unguided", name, f"{PLACE}/{name}-unguided", *bounds]


def _run(words: Sequence[str]) -> tuple[int, bytes]:
    """(exit code, 1 also where a signal ended it; what was said)."""
    place = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(words, env=place, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return int(done.returncode != 0), done.stdout


def _broken(name: str, said: bytes) -> str:
    error, found = ERROR.search(said), FOUND.search(said)
    why = next(filter(None, error.groups()), b"") if error else said
    again = f"\n    python -m fuzz --again {name} {found[1].decode()}" if found else ""
    return f"BROKEN by {why[-MOST_SAID:].decode('utf-8', 'replace')}{again}"


def _escaped(word: str) -> str:
    """As libFuzzer's dictionaries write it."""
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


if __name__ == "__main__":
    sys.exit(main())
