"""What is set, handed to Scrapy: above an agency's file and its family, below the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bayegan.settings.unusable import unusable

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

    from bayegan.settings.reading import Settings

PRIORITY: Final = 35  # between Scrapy's «spider» (30) and «cmdline» (40)


def apply(given: Settings, settings: BaseSettings, agency: str | None = None) -> None:
    """For all agencies, and for this one. Raises UsageError for a value that is no table where it has to be one."""
    for name, setting in given.scrapy(agency).items():
        try:
            settings.set(name, _added(settings.get(name), setting.value), PRIORITY)
        except ValueError as error:
            raise unusable({name: setting}, {}, error) from error


def _added(before: Any, value: Any) -> Any:
    """A table is added to the one that is there, so that nothing of ours goes missing."""
    return {**before, **value} if isinstance(value, dict) and before else value
