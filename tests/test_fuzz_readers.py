"""What is made of real inputs, however it is mutilated, raises none but named errors and takes no reader a second.

The same targets run for longer, and guided by coverage, in ``make fuzz``.
"""

from __future__ import annotations

import sys
from contextlib import nullcontext
from random import Random
from typing import TYPE_CHECKING

import pytest
from fuzz import __main__ as command
from fuzz import promise, unguided
from fuzz.families import FAMILIES, pages
from fuzz.mutating import mutated
from fuzz.promise import Target, TooSlowError, hold
from fuzz.targets import TARGETS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.errors import EmptyPageError, NotAnArticleError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

MOST_BYTES = 20_000
FEW = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.mark.parametrize("name", TARGETS)
def test_a_seed_is_read(name: str) -> None:
    for seed in TARGETS[name].seeds():
        hold(TARGETS[name], seed)


@pytest.mark.parametrize("name", TARGETS)
@given(chance=st.randoms(use_true_random=False))
@FEW
def test_a_mutilated_seed_breaks_no_promise(name: str, chance: Random) -> None:
    target = TARGETS[name]
    hold(target, mutated(chance.choice(target.seeds()), chance, target.seeds(), MOST_BYTES))


@pytest.mark.parametrize("name", TARGETS)
@given(data=st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
@FEW
def test_noise_breaks_no_promise(name: str, data: bytes) -> None:
    hold(TARGETS[name], data)


@pytest.mark.parametrize("family", FAMILIES)
@given(data=st.data())
@settings(FEW, max_examples=12)
def test_boxes_of_a_family_nested_and_repeated_break_no_promise(family: str, data: st.DataObject) -> None:
    html = data.draw(pages(FAMILIES[family], MOST_BYTES))
    url = data.draw(st.sampled_from(["", "https://www.example.ir/fa/news/123456/x"]))
    hold(TARGETS["pages"], f"{url}\n{html}".encode())


def reading(error: Exception) -> Target:
    def read(_: bytes) -> None:
        raise error

    return Target(name="x", read=read, named=(NotAnArticleError,), seeds=list)


def test_a_named_error_keeps_the_promise() -> None:
    hold(reading(EmptyPageError("x")), b"x")


def test_any_other_error_breaks_it() -> None:
    with pytest.raises(KeyError):
        hold(reading(KeyError("x")), b"x")


@pytest.mark.parametrize(
    ("first", "again", "outcome"),
    [(0.9, 9.0, nullcontext()), (1.1, 0.9, nullcontext()), (9.0, 1.1, pytest.raises(TooSlowError))],
)
def test_who_takes_over_a_second_twice_breaks_it(
    first: float, again: float, outcome: AbstractContextManager[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(promise, "seconds", lambda *_: first)
    monkeypatch.setattr(promise, "alone", lambda *_: again)
    with outcome:
        hold(TARGETS["dates"], b"x")


ENDED = b"stat::number_of_executed_units: 203\n"
CRASHED = b"""\
 === Uncaught Python exception: ===
KeyError: 'planted'
Test unit written to build/fuzz/dates-crash-2cb5
"""
HUNG = b"ERROR: libFuzzer: timeout after 60 seconds\nTest unit written to build/fuzz/dates-timeout-2cb5\n"


@pytest.mark.parametrize(
    ("code", "said", "told"),
    [
        (0, ENDED, "203 runs in 3 s: no error but the named ones, no run over a second\n"),
        (1, CRASHED + ENDED, "203 runs in 3 s: BROKEN by KeyError: 'planted'\n    python -m fuzz --again dates build"),
        (1, HUNG, "0 runs in 3 s: BROKEN by timeout after 60 seconds\n    python -m fuzz --again dates build"),
        (1, b"killed", "0 runs in 3 s: BROKEN by killed\n"),
    ],
)
def test_what_the_fuzzer_finds_fails_the_command_and_can_be_read_again(
    code: int,
    said: bytes,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["fuzz", "dates", "--seconds", "3", "--seed", "1"])
    monkeypatch.setattr(command, "_run", lambda _: (code, said))
    assert command.main() == code
    assert told in capsys.readouterr().out


def found_at(data: bytes) -> None:
    if b"planted" in data:
        raise KeyError("planted")


def test_without_the_fuzzer_our_own_changes_find_what_is_planted_and_leave_it(tmp_path: Path) -> None:
    target = Target(name="x", read=found_at, seeds=lambda: [b"one, two, three"], words=("planted",))
    file = tmp_path / "found"
    with pytest.raises(KeyError):
        unguided.fuzz(target, Random(1), budget=60, hangs=60, most=99, file=file)
    assert b"planted" in file.read_bytes()


def test_without_a_finding_they_leave_nothing(tmp_path: Path) -> None:
    target = Target(name="x", read=len, seeds=lambda: [b"one, two, three"])
    assert unguided.fuzz(target, Random(1), budget=0.05, hangs=60, most=99, file=tmp_path / "found") > 0
    assert not list(tmp_path.iterdir())
