"""One target under libFuzzer, which keeps what reaches new lines of the readers: ``python -m fuzz.guided TARGET …``."""

from __future__ import annotations

import random
import sys
from typing import Final

from fuzz.mutating import mutated
from fuzz.promise import hold

OWN_WAYS: Final = 0.6  # of the changes; libFuzzer's own are of bytes, and know nothing of markup


def main(name: str, options: list[str]) -> None:
    """``options`` are libFuzzer's. Ends the process, with an error if the promise was broken."""
    import atheris  # noqa: PLC0415 -- not every machine has it

    with atheris.instrument_imports(include=["bayegan", "crawler"], enable_loader_override=False):
        from fuzz.targets import TARGETS  # noqa: PLC0415 -- what is imported here is what is watched

    target = TARGETS[name]

    def change(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        if chance.random() < OWN_WAYS:
            return mutated(data, chance, target.seeds(), most)
        changed: bytes = atheris.Mutate(data, most)
        return changed

    atheris.Setup([sys.argv[0], *options], lambda data: hold(target, data), custom_mutator=change)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
