"""What of a value may be shown: never a password or a token."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import urlsplit

HIDDEN: Final = "…"
TELLING: Final = re.compile(r"KEY|SECRET|TOKEN|PASS|AUTH|COOKIE|CREDENTIAL", re.IGNORECASE)  # of a setting of Scrapy
PASSWORD: Final = re.compile(r"(?<=//)([^/@\s:]*):[^/@\s]*@")


def masked(name: str, value: Any, *, secret: bool = False) -> Any:
    """A value as it may be shown; of a secret address only where it leads.

    >>> masked("proxy", "http://me:word@proxy.example:3128"), masked("alerts", ["tgram://TOKEN/CHAT"], secret=True)
    ('http://me:…@proxy.example:3128', ['tgram://…'])
    """
    if isinstance(value, dict):
        return {key: masked(key, one, secret=secret or bool(TELLING.search(name))) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [masked(name, one, secret=secret) for one in value]
    if value is None or isinstance(value, bool):
        return value
    if secret or TELLING.search(name):
        return _address(value) if isinstance(value, str) else HIDDEN
    return PASSWORD.sub(rf"\1:{HIDDEN}@", value) if isinstance(value, str) else value


def _address(value: str) -> str:
    """Scheme alone, but for the web, where the host is no secret."""
    scheme, found, _ = value.partition("://")
    if not found:
        return HIDDEN
    host = urlsplit(value).hostname if scheme in {"http", "https"} else None
    return f"{scheme}://{host}/{HIDDEN}" if host else f"{scheme}://{HIDDEN}"
