"""What an operator sets once: ``bayegan.toml`` and the environment, validated, and from where each value came."""

from __future__ import annotations

from bayegan.settings.reading import Settings, SettingsError, find, read

__all__ = ["Settings", "SettingsError", "find", "read"]
