"""What is wrong with the settings: one sentence for each mistake, with the place where it stands."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any, Final, get_args

from bayegan.settings.entries import OF_AGENCY, PREFIX, entries
from bayegan.settings.table import Everything

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

HEADER: Final = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]")
KEY: Final = re.compile(r"""\s*([\w-]+|"[^"]*"|'[^']*')\s*[=.]""")
QUOTES: Final = "\"'"
LONGEST: Final = 60  # characters of a wrong value that are shown

# What pydantic calls it, and what we say: the value was no such thing.
WRONG: Final = {
    "string_type": 'must be a text, in quotation marks, such as "…"',
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "finite_number": "must be a number",
    "tuple_type": 'must be a list, such as ["a", "b"]',
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "literal_error": "must be {expected}",
    "greater_than_equal": "must be at least {ge:g}",
    "less_than_equal": "must be at most {le:g}",
}


def sentences(error: ValidationError, text: str, place: str) -> Iterator[str]:
    """A sentence for each mistake; ``text`` is that of the file called ``place``."""
    for one in sorted(error.errors(), key=lambda one: line_of(text, _path(one)) or 0):
        path = _path(one)
        line = line_of(text, path)
        yield f"{place}{f':{line}' if line else ''}: {_sentence(path, one)}"


def _path(one: ErrorDetails) -> tuple[str, ...]:
    return tuple(str(step) for step in one["loc"] if step != "[key]")


def of_variable(name: str, error: ValidationError) -> str:
    (one, *_) = error.errors()
    said = _sentence((), one)
    return f"${name} {said}" if said.startswith("must") else f"${name}: {said}"


def misspelled(variables: Iterable[str]) -> Iterator[str]:
    """A sentence for each variable that is none of ours, but nearly; others may be somebody else's."""
    known = [entry.variable for entry in entries()]
    for name in variables:
        own = name.removeprefix(PREFIX)
        near = difflib.get_close_matches(own, [one.removeprefix(PREFIX) for one in known], n=1, cutoff=0.8)
        if name not in known and near:
            yield f"${name} is no setting: did you mean ${PREFIX}{near[0]}?"


def _sentence(path: tuple[str, ...], one: ErrorDetails) -> str:
    if one["type"] == "extra_forbidden":
        return _unknown(path)
    name = ".".join(step for step in path if not step.isdigit())
    if one["type"] == "value_error":
        said = str(one["ctx"]["error"]).rstrip(".")
        return _ended(said if said.startswith(("No agency", "«")) else f"{name} {said}")
    wrong = WRONG.get(one["type"], one["msg"]).format(**_words(one.get("ctx", {})))
    return _ended(f"{name} {wrong}" if _secret(path) else f"{name} {wrong}, not {_shown(one['input'])}")


def _secret(path: tuple[str, ...]) -> bool:
    """Whether what stands there is not to be repeated: an address with a token, whatever is wrong with it."""
    secrets = {entry.path for entry in entries() if entry.secret}
    own = path[OF_AGENCY:] if path[:1] == ("agency",) else path
    return any(own[:length] in secrets for length in range(1, len(own) + 1))


def _ended(sentence: str) -> str:
    return sentence.strip() + ("" if sentence.endswith("?") else ".")


def _words(context: dict[str, Any]) -> dict[str, Any]:
    return {name: value.replace("'", '"') if isinstance(value, str) else value for name, value in context.items()}


def _shown(value: Any) -> str:
    """A wrong value as TOML writes it; a long one is cut."""
    written = {True: "true", False: "false"}[value] if isinstance(value, bool) else repr(value).replace("'", '"')
    return written if len(written) <= LONGEST else written[:LONGEST] + "…"


def _unknown(path: tuple[str, ...]) -> str:
    *above, name = path
    known = _names(tuple(above))
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
    where = f" of [{'.'.join(above)}]" if above else ""
    return _ended(f"«{name}» is no setting{where}: {hint}")


def _names(above: tuple[str, ...]) -> list[str]:
    """The settings of a table."""
    model: Any = Everything
    for step in above:
        model = model if step not in getattr(model, "model_fields", {}) else _table(model, step)
    return list(model.model_fields)


def _table(model: type[BaseModel], name: str) -> Any:
    """The class behind a table: of ``Budget | None``, and of ``dict[Name, OfAgency] | None``."""
    taken = next(one for one in get_args(model.model_fields[name].annotation) if one is not type(None))
    return get_args(taken)[1] if get_args(taken) else taken


def line_of(text: str, path: tuple[str, ...]) -> int | None:
    r"""The line on which a setting stands, or the table that should hold it; None where neither is found.

    >>> line_of('archive = "x.db"\n[budget]\njobs = 4\n', ("budget", "jobs"))
    3
    """
    best, deepest = None, 0
    above: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := HEADER.match(line):
            above = _split(header[1])
        here = above if header else (*above, *_keys(line))
        if len(here) > deepest and here == path[: len(here)]:
            best, deepest = number, len(here)
    return best


def _keys(line: str) -> tuple[str, ...]:
    return _split(line.partition("=")[0]) if KEY.match(line) else ()


def _split(written: str) -> tuple[str, ...]:
    return tuple(one.strip(QUOTES) for one in re.findall(r"""[\w-]+|"[^"]*"|'[^']*'""", written))
