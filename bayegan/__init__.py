"""Bayegan, the keeper of the archive; for notebooks, :func:`open_archive` is all one needs.

Importing it brings neither Scrapy nor sqlite-utils with it.
"""

from __future__ import annotations

from bayegan.archive.reader import open_archive

__all__ = ["__version__", "open_archive"]

__version__: str


def __getattr__(name: str) -> str:
    """Look the version up when it is asked for: the packages' metadata take longer to import than all the rest."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 -- see above

    try:
        return version("bayegan")
    except PackageNotFoundError:  # a checkout that was never installed
        return "0+checkout"
