"""Every error becomes one sentence on standard error and an exit code."""

import os
import sys
import traceback
from collections.abc import Callable
from typing import Any, Final

import typer

from bayegan.archive.verdict import WORST_FIRST
from bayegan.cli import output
from crawler.errors import BayeganError

Kinds = type[BaseException] | tuple[type[BaseException], ...]
Tell = Callable[[Any], tuple[str, int]]

DEBUG: Final = "BAYEGAN_DEBUG"
INTERRUPTED: Final = 130  # what Typer answers for Ctrl-C


def answer(command: Callable[[], object]) -> int:
    """The exit code of a command; where it fails, its error has been said.

    ``BAYEGAN_DEBUG=1`` shows the traceback before the sentence.
    """
    try:
        code = command()
        sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001 -- the one place where every error becomes a sentence
        return _said(error)
    if code == INTERRUPTED:
        return _said(KeyboardInterrupt())
    return code if isinstance(code, int) else 0


def worst(codes: list[int]) -> int:
    """The one exit code that speaks for several; a code that is none of ours counts as 1.

    >>> worst([0, 4, 3]), worst([4, 1, 75]), worst([0, 139])
    (3, 75, 1)
    """
    ours = [code if code in WORST_FIRST else 1 for code in codes]
    return min(ours, key=WORST_FIRST.index, default=0)


def _said(error: BaseException) -> int:
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else 1
    if os.environ.get(DEBUG):
        traceback.print_exception(error)
    said, code = sentence(error)
    if said:
        output.say(said)
    return code


def sentence(error: BaseException) -> tuple[str, int]:
    """What to say about an error, in one line, and the exit code that goes with it."""
    return next(tell(error) for kind, tell in TOLD if isinstance(error, kind))


def _of_the_system(error: OSError) -> tuple[str, int]:
    return _line(f"{error.strerror or error}: {error.filename or 'standard output'}"), 1


def _unexpected(error: BaseException) -> tuple[str, int]:
    return _line(f"Unexpected {type(error).__name__}: {error}; {DEBUG}=1 before the command shows where."), 1


def _usage(error: typer.TyperException) -> str:
    """Typer's own complaint in one line; the help that it hands over where no command was given stays as it is."""
    message = error.format_message()
    context = getattr(error, "ctx", None)
    if "\n\n" in message or context is None:
        return message
    return f"{_line(message).replace('Value error, ', '').rstrip('.')} (see `{context.command_path} --help`)."


def _line(text: str) -> str:
    return " ".join(text.split())


# The first that fits speaks.
TOLD: Final[tuple[tuple[Kinds, Tell], ...]] = (
    (BayeganError, lambda error: (_line(str(error)), error.exit_code)),
    (typer.TyperException, lambda error: (_usage(error), error.exit_code)),
    ((KeyboardInterrupt, typer.Abort), lambda _: ("Interrupted; what was acknowledged is kept.", 1)),
    (BrokenPipeError, lambda _: ("", 1)),  # who read our output has gone, and knows
    (OSError, _of_the_system),
    (UnicodeEncodeError, lambda _: ("A word on the command line is no UTF-8: check the encoding of the terminal.", 2)),
    (BaseException, _unexpected),
)
