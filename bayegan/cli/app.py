"""The app: which command stands in which panel of the help, and how it ends."""

import os
import signal
import sys
from collections.abc import Callable
from io import TextIOWrapper
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from bayegan import __version__, logs
from bayegan.cli import agency, care, configured, daily, exchange, research
from bayegan.cli.backup import backup
from bayegan.cli.config import config
from bayegan.cli.copies import copies
from bayegan.cli.crawl import crawl
from bayegan.cli.doctor import doctor
from bayegan.cli.errors import answer
from bayegan.cli.export import export
from bayegan.cli.maintain import maintain
from bayegan.cli.reread import reread
from bayegan.cli.search import search
from bayegan.cli.takedown import takedown
from bayegan.cli.trend import trend
from bayegan.cli.verify import verify
from bayegan.cli.words import words

PANELS: dict[str, tuple[Callable[..., int | None], ...]] = {
    "Daily": (crawl, search, daily.show, export, daily.coverage),
    "Research": (copies, trend, words, research.read, exchange.import_, research.stats, research.agencies),
    "Care": (config, care.runs, doctor, verify, backup, maintain, reread, care.demo, exchange.merge, takedown),
}
LONGEST_SENTENCE = 200  # characters: the help cuts none


class Commands(TyperGroup):
    """The group of all commands: plain help by panels, and one sentence for every error."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 -- the signature is Typer's
        for panel in PANELS:
            commands = [one for one in self.commands.values() if getattr(one, "rich_help_panel", "") == panel]
            with formatter.section(panel):
                formatter.write_dl([(one.name, one.get_short_help_str(LONGEST_SENTENCE)) for one in commands])

    def main(self, *args: Any, **kwargs: Any) -> NoReturn:
        run = super().main
        logs.SPEAKING.form = "text"  # until a command is told otherwise
        sys.exit(answer(lambda: run(*args, **kwargs | {"standalone_mode": False})))


app = typer.Typer(
    name="bayegan",
    cls=Commands,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for panel, commands in PANELS.items():
    for command in commands:
        app.command(command.__name__.rstrip("_"), rich_help_panel=panel)(command)
app.add_typer(agency.agencies, name="agency", rich_help_panel="Research")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"bayegan {__version__}")
        raise typer.Exit


@app.callback()
def bayegan(
    ctx: typer.Context,
    *,
    version: Annotated[  # noqa: ARG001 -- its callback says it
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Keep the articles of Persian news agencies in one SQLite file, and find, check and export them."""
    configured.for_all(ctx)


def main() -> None:
    """The entry point of the ``bayegan`` script."""
    sys.stdout = sys.stdout or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")  # None where the caller has closed it
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without Persian letters is no error
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that what is half done is put away as at Ctrl-C
    try:
        app(prog_name="bayegan")
    finally:
        _let_go()


def _let_go() -> None:
    """Give up what nobody reads any more, so that Python does not complain of it while it ends."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
