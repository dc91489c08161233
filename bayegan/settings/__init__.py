"""What an operator sets once: ``bayegan.toml`` and the environment, validated, and from where each value came."""

from __future__ import annotations

from bayegan.settings.reading import PREFIX, Settings, SettingsError, find, read

__all__ = ["PREFIX", "Settings", "SettingsError", "find", "read"]
