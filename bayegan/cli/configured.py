"""Where a command's defaults come from: ``bayegan.toml``, if there is one, before what is built in."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from bayegan.cli import output
from bayegan.settings import PREFIX, Settings, SettingsError, find, read
from crawler.errors import UsageError


def begin(ctx: typer.Context, file: Path | None) -> Path | None:
    """Read what is set for a command that does much with it, before its other options."""
    _say_misspelled()
    ctx.obj = settings_of(file)
    ctx.default_map = defaults(ctx.obj, ctx.command)
    return file


def _say_misspelled() -> None:
    if names := [name for name in os.environ if name.startswith(PREFIX)]:
        from bayegan.settings.faults import misspelled  # noqa: PLC0415 -- pydantic, only where something is set

        for sentence in misspelled(names):
            output.say(sentence)


def for_all(ctx: typer.Context) -> None:
    """What a file sets for the options of whichever command comes next; it is read where it exists."""
    commands: dict[str, Any] = getattr(ctx.command, "commands", {})
    command = commands.get(ctx.invoked_subcommand or "")
    if command is None or any(param.name == "config" for param in command.params) or find() is None:
        return
    ctx.default_map = {str(ctx.invoked_subcommand): defaults(settings_of(None), command)}


def settings_of(file: Path | None) -> Settings:
    """Raises UsageError for the last mistake; the others have been said."""
    try:
        return read(file or find())
    except SettingsError as error:
        for fault in error.faults[:-1]:
            output.say(fault)
        raise UsageError(error.faults[-1]) from error


def defaults(settings: Settings, command: Any) -> dict[str, Any]:
    """By the names of the command's own parameters: those that the environment could set, so can the file."""
    values = {setting.variable: setting.value for setting in settings.given.values()}
    return {param.name: values[param.envvar] for param in command.params if param.envvar in values}


ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        envvar="BAYEGAN_CONFIG",
        is_eager=True,
        callback=begin,
        show_default=False,
        help="The settings; without it, bayegan.toml in the current folder, if there is one.",
    ),
]
