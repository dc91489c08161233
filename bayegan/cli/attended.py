"""What goes on around a crawl that nobody looks at: a watch is told of it, and its figures are written down."""

from pathlib import Path
from typing import TYPE_CHECKING

from bayegan.cli import output
from bayegan.cli.errors import sentence
from bayegan.settings import Settings
from bayegan.watch.ping import Watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from bayegan.cli.crawled import Told


def attended(command: "Callable[[], Told]", settings: Settings, archive: Path) -> "Told":
    """Run it, told to whom the settings name, however it ends; trouble with that is said, and is no failure."""
    url, file = settings.value("ping", "url"), settings.value("metrics", "file")
    watch = Watch(url, output.say) if url else None
    if watch:
        watch.begins()
    try:
        told = command()
    except BaseException as error:
        said, code = sentence(error)
        _ended(watch, file, archive, code, said)
        raise
    _ended(watch, file, archive, told.code, told.said)
    return told


def _ended(watch: Watch | None, file: str | None, archive: Path, code: int, said: str) -> None:
    if file:
        _write(Path(file), archive)
    if watch:
        watch.ended(code, said)


def _write(file: Path, archive: Path) -> None:
    from bayegan.watch.metrics import write  # noqa: PLC0415 -- only who wants figures pays for them

    if trouble := write(file, archive):
        output.say(trouble)
