"""Alerts on their way: by e-mail, Telegram, Slack, webhook and a hundred other ways, each an address of Apprise's."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bayegan.health.news import Alert

BETWEEN: Final = re.compile(r"[\s,]+(?=[A-Za-z][A-Za-z0-9+.-]*://)")  # an address may hold commas of its own
MISSING: Final = (
    "An alert could not be sent, since Apprise is not installed: install bayegan with its extra «monitor», "
    "or empty BAYEGAN_ALERTS."
)
UNKNOWN: Final = (
    "BAYEGAN_ALERTS: address {} ({}) is none that Apprise knows: write it as its documentation does, "
    "for example tgram://TOKEN/CHAT."
)
UNDELIVERED: Final = "The alert could not be delivered to address {} ({}) of BAYEGAN_ALERTS: {}"
SECRETS: Final = re.compile(r"[^/:@?&=,]{4,}")  # the parts of an address, any of which may be a token


def addresses(given: str | Iterable[str] | None) -> tuple[str, ...]:
    """The addresses of a setting: a list, or a text that has white space or commas between them.

    >>> addresses("mailto://a:b@c.example?to=x,y, json://127.0.0.1/hook")
    ('mailto://a:b@c.example?to=x,y', 'json://127.0.0.1/hook')
    """
    several = BETWEEN.split(given.strip()) if isinstance(given, str) else [one.strip() for one in given or ()]
    return tuple(one.rstrip(",") for one in several if one)


def deliver(urls: Sequence[str], alert: Alert) -> list[str]:
    """Send an alert to each address; the answer has a sentence for each that it did not reach.

    Addresses hold passwords: none is told, but its place in the list and its first word.
    """
    try:
        import apprise  # noqa: PLC0415 -- half a second, and an extra that few install
    except ImportError:
        return [MISSING]
    kind = apprise.NotifyType.SUCCESS if alert.recovered else apprise.NotifyType.WARNING
    logging.getLogger(apprise.logger.name).propagate = False  # what it complains of is told below, once
    failed = []
    for number, url in enumerate(urls, start=1):
        way = apprise.Apprise()
        with apprise.LogCapture(level=logging.WARNING, fmt="%(message)s") as heard:  # type: ignore[no-untyped-call]
            known = way.add(url)
            sent = known and way.notify(alert.body, title=alert.title, notify_type=kind)
            said = heard.getvalue()
        if not sent:
            failed.append((UNDELIVERED if known else UNKNOWN).format(number, url.partition("://")[0], _why(said, url)))
    return failed


def _why(said: str, url: str) -> str:
    """The first that Apprise had to say, without what stands in the address."""
    first = next(iter(said.splitlines()), "it did not say why.")
    for secret in SECRETS.findall(url.partition("://")[2]):
        first = first.replace(secret, "…")
    return first
