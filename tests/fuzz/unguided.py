"""One target under our own changes alone, where the fuzzer cannot be had: ``python -m fuzz.unguided TARGET …``.

It says what libFuzzer says of its runs, so that both are read alike.
"""

from __future__ import annotations

import argparse
import faulthandler
import sys
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from fuzz.mutating import mutated
from fuzz.promise import hold
from fuzz.targets import TARGETS

if TYPE_CHECKING:
    from fuzz.promise import Target


def fuzz(target: Target, chance: Random, *, budget: float, hangs: float, most: int, file: Path) -> int:
    """Read changed seeds for ``budget`` seconds; the number of runs. ``file`` holds the input that is being read.

    Raises what breaks the promise; ends the process, with an error, where a run takes ``hangs`` seconds.
    """
    seeds, runs, ends = target.seeds(), 0, time.monotonic() + budget
    others = [*seeds, *(word.encode() for word in target.words)]
    while time.monotonic() < ends:
        data = mutated(chance.choice(seeds), chance, others, most)
        file.write_bytes(data)
        faulthandler.dump_traceback_later(hangs, exit=True)
        try:
            hold(target, data)
        finally:
            faulthandler.cancel_dump_traceback_later()
        runs += 1
    file.unlink(missing_ok=True)
    return runs


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m fuzz.unguided", description=__doc__)
    asked.add_argument("target", choices=TARGETS)
    asked.add_argument("file", type=Path, help="where an input that broke the promise is left")
    for name in ("seconds", "seed", "hangs", "most"):
        asked.add_argument(f"--{name}", type=int, required=True)
    said = asked.parse_args()
    sys.stdout.write(f"Test unit written to {said.file}\n")  # and taken away again, if nothing comes of it
    sys.stdout.flush()
    chance = Random(said.seed or None)
    target = TARGETS[said.target]
    runs = fuzz(target, chance, budget=said.seconds, hangs=said.hangs, most=said.most, file=said.file)
    sys.stdout.write(f"stat::number_of_executed_units: {runs}\n")


if __name__ == "__main__":
    main()
