"""A bar on standard error, for commands that walk through the whole archive step by step."""

from collections.abc import Callable
from contextlib import ExitStack


def bar(showing: ExitStack) -> Callable[[str, int, int], None]:
    """What is to be told the step, how much of it is done and of how much; shown until ``showing`` is closed."""
    from rich.console import Console  # noqa: PLC0415 -- a tenth of a second that only a terminal pays
    from rich.progress import Progress  # noqa: PLC0415

    progress = showing.enter_context(Progress(console=Console(stderr=True), transient=True))
    task = progress.add_task("", total=None)

    def report(name: str, done: int, total: int) -> None:
        progress.update(task, description=name, completed=done, total=total or None)

    return report
