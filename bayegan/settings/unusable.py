"""Settings that only Scrapy finds fault with: which of those that were given it may have been, and from where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bayegan.settings.masking import masked
from crawler.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayegan.settings.reading import Setting

COMMAND: Final = "--set"


def unusable(given: Mapping[str, Setting], commanded: Mapping[str, str], error: ValueError) -> UsageError:
    """What to say of settings by Scrapy's names, of which those of the command line win.

    Named are those whose very value the error quotes, else all of them.
    """
    every: dict[str, tuple[Any, str]] = {name: (one.value, one.source) for name, one in given.items()}
    every |= {name: (value, COMMAND) for name, value in commanded.items()}
    quoted = {name: one for name, one in every.items() if isinstance(one[0], str) and repr(one[0]) in str(error)}
    said = [f"{name}={masked(name, value)} ({source})" for name, (value, source) in (quoted or every).items()]
    secret = any(str(value) != str(masked(name, value)) for name, (value, _) in every.items())
    return UsageError(f"{' or '.join(said)} cannot be used{'' if secret else f': {error}'}.")
