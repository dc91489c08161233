"""The command `config`: what is set, and where."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bayegan.cli import crawl, options, output
from bayegan.cli.configured import ConfigFile
from crawler.agencies import agency as known

if TYPE_CHECKING:
    from bayegan.settings import Settings


def config(
    ctx: typer.Context,
    agency: Annotated[
        str | None, typer.Argument(metavar="AGENCY", show_default=False, help="As it is for this agency.")
    ] = None,
    *,
    settings: crawl.Settings = None,
    as_json: options.Json = False,
    config: ConfigFile = None,  # noqa: ARG001 -- read by its callback
    archive: options.ArchiveFile = options.DEFAULT_ARCHIVE,
) -> None:
    """Show which settings are in force, and from where: what is built in, files, environment, command line.

    A mistake in them is told. Passwords and tokens are not shown.
    """
    from bayegan.settings.in_force import in_force  # noqa: PLC0415 -- pydantic, and with an agency Scrapy

    given: Settings = ctx.obj
    commanded: dict[str, Any] = {**crawl.scrapy_settings(settings or []), **_archive(ctx, archive)}
    found = in_force(given, known(agency).name if agency else None, commanded)
    if as_json:
        rows = [{"name": one.name, "value": one.value, "from": one.source} for one in found]
        output.document({"file": given.file and str(given.file), "agency": agency, "settings": rows})
        return
    output.table(("setting", "value", "from"), ((one.name, _text(one.value), one.source) for one in found))
    if given.file is None:
        output.say("No bayegan.toml in the current folder: what it may say is in docs/settings.md.")


def _archive(ctx: typer.Context, archive: Any) -> dict[str, str]:
    source = ctx.get_parameter_source("archive")
    return {"BAYEGAN_ARCHIVE": str(archive)} if source is not None and source.name == "COMMANDLINE" else {}


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or None
    return None if value is None else str(value)
