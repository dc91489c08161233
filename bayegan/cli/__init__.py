"""The command line: ``bayegan COMMAND``, also ``python -m bayegan``."""

from bayegan.cli.app import app, main

__all__ = ["app", "main"]
