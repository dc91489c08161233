"""Reading what is set: the file beats what is built in, the environment beats the file, the command line both."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from crawler.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bayegan.settings.entries import Entry
    from bayegan.settings.table import Everything

NAME: Final = "bayegan.toml"
VARIABLE: Final = "BAYEGAN_CONFIG"  # where else the file may be
PREFIX: Final = "BAYEGAN_"
OF_AN_AGENCY: Final = re.compile(PREFIX + "AGENCY_(.+)_(DELAY|PROXY)")
PLACE: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")  # how tomllib says where

Steps = tuple[str, ...]  # where a setting stands: ("budget", "jobs")


class SettingsError(UsageError):
    """What is wrong with the settings; ``faults`` has a sentence for each mistake."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One value that was set, and where."""

    path: Steps
    value: Any
    source: str

    @property
    def variable(self) -> str:
        """What it is called in the environment."""
        return PREFIX + "_".join(self.path).upper()

    @property
    def name(self) -> str:
        """As TOML writes it.

        >>> Setting(path=("agency", "example.ir", "delay"), value=2, source="").name
        'agency."example.ir".delay'
        """
        return ".".join(f'"{step}"' if "." in step else step for step in self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that was set, by where it stands in the table; what was not is not there."""

    file: Path | None = None
    given: Mapping[Steps, Setting] = field(default_factory=dict)

    def value(self, *path: str, default: Any = None) -> Any:
        found = self.given.get(path)
        return default if found is None else found.value

    def scrapy(self, agency: str | None = None) -> dict[str, Setting]:
        """By Scrapy's names: for all agencies and, beating it, for this one."""
        if not self.given:
            return {}
        names = {entry.path: entry.scrapy for entry in _entries() if entry.scrapy}
        found: dict[str, Setting] = {}
        for above in ((), ("agency", agency)):
            for path, setting in self.given.items():
                own = path[len(above) :]
                if path[: len(above)] == above and (name := names.get(own) or _named_by_scrapy(own)):
                    found[name] = setting
        return found


def _named_by_scrapy(path: Steps) -> str | None:
    match path:
        case ("scrapy", name):
            return name
    return None


def find(environ: Mapping[str, str] | None = None) -> Path | None:
    """The file that is named in the environment, else the one in the current folder; None without either."""
    named = (os.environ if environ is None else environ).get(VARIABLE)
    if named:
        return Path(named)
    here = Path(NAME)
    return here if here.exists() else None


def read(file: Path | None, environ: Mapping[str, str] | None = None) -> Settings:
    """What the file and the environment set. Raises SettingsError."""
    variables = {
        name: value
        for name, value in (os.environ if environ is None else environ).items()
        if name.startswith(PREFIX) and value
    }
    if file is None and not variables:
        return Settings()  # nothing is set, and nothing need be imported
    faults: list[str] = []
    given = [*(_of_file(file, faults) if file else ()), *_of_environment(variables, faults)]
    if faults:
        raise SettingsError(faults)
    return Settings(file=file, given={setting.path: setting for setting in given})


def _of_file(file: Path, faults: list[str]) -> Iterator[Setting]:
    from pydantic import ValidationError  # noqa: PLC0415 -- a tenth of a second that only those with settings pay

    from bayegan.settings.faults import line_of, sentences  # noqa: PLC0415
    from bayegan.settings.table import Everything  # noqa: PLC0415

    text = _text(file)
    try:
        dumped = Everything.model_validate(_toml(file, text)).model_dump(exclude_unset=True)
    except ValidationError as error:
        faults += sentences(error, text, str(file))
        return
    files = {entry.path for entry in _entries() if entry.file}
    for path, value in _flat(dumped):
        placed = str(file.parent / value) if path in files else value
        line = line_of(text, path)
        yield Setting(path=path, value=placed, source=f"{file}:{line}" if line else str(file))


def _of_environment(variables: Mapping[str, str], faults: list[str]) -> Iterator[Setting]:
    from pydantic import ValidationError  # noqa: PLC0415 -- as above

    from bayegan.settings.faults import of_variable  # noqa: PLC0415

    for entry in _named(variables):
        try:
            model = _validated(entry, variables[entry.variable])
        except ValidationError as error:
            faults.append(of_variable(entry.variable, error))
            continue
        for path, value in _flat(model.model_dump(exclude_unset=True)):
            yield Setting(path=path, value=value, source=f"${entry.variable}")


def _named(variables: Iterable[str]) -> Iterator[Entry]:
    """The settings that variables name, an agency's own among them."""
    known = {entry.path: entry for entry in _entries()}
    yield from (entry for entry in known.values() if entry.variable in variables)
    for found in filter(None, map(OF_AN_AGENCY.fullmatch, variables)):
        agency, own = (part.lower() for part in found.groups())
        yield replace(known[own,], path=("agency", agency, own))


def _validated(entry: Entry, written: str) -> Everything:
    from bayegan.settings.entries import LIST  # noqa: PLC0415 -- as above
    from bayegan.settings.table import Everything  # noqa: PLC0415
    from bayegan.watch.alerting import addresses  # noqa: PLC0415 -- as above

    if entry.kind == LIST:
        names = written.replace(",", " ").split()
        return Everything.model_validate(_nested(entry.path, list(addresses(written)) if "://" in written else names))
    return Everything.model_validate_strings(_nested(entry.path, written))


def _nested(path: Steps, value: Any) -> dict[str, Any]:
    for step in reversed(path):
        value = {step: value}
    return dict(value)


def _flat(values: Mapping[str, Any], above: Steps = ()) -> Iterator[tuple[Steps, Any]]:
    """Tables opened up, but for what Scrapy takes as a table."""
    for name, value in values.items():
        if isinstance(value, dict) and above[-1:] != ("scrapy",):
            yield from _flat(value, (*above, name))
        else:
            yield (*above, name), value


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsError([f"The settings cannot be read ({file}: {error.strerror})."]) from error
    except UnicodeDecodeError:
        raise SettingsError([f"{file} is no UTF-8: save it as UTF-8."]) from None


def _toml(file: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = PLACE.search(str(error))
        line = (found and found[1]) or len(text.splitlines())
        said = PLACE.sub("", str(error))
        raise SettingsError([f"{file}:{line}: this is no TOML: {said[:1].lower()}{said[1:]}."]) from None


def _entries() -> tuple[Entry, ...]:
    from bayegan.settings.entries import entries  # noqa: PLC0415 -- as above

    return entries()
