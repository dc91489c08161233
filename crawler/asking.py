"""How a site is asked for its listings, and what is said of those that cannot be had."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, TypeVar

from scrapy import Request

from crawler.answers import ABSENT_STATUS, BLOCKED_STATUS, NOT_MODIFIED, is_absent, status_of, why
from crawler.errors import PoisonedListingError
from crawler.refusal import is_interstitial

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.items import Link
    from crawler.urls import Home

LISTING_PRIORITY = 0

T = TypeVar("T")


class Asking:
    """``found`` counts what listings named and how many failed; ``reasons`` are sentences for the operator."""

    site: Home

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found: Counter[str] = Counter()
        self.reasons: dict[str, None] = {}  # each once, in order

    def listing_failed(self, failure: Failure) -> None:
        """A feed or recent sitemap that the site has not (404), or that cannot be had: others name the same."""
        if not is_absent(failure):
            self._say(self._trouble(failure))

    def _ask(
        self,
        path: str,
        callback: Callable[..., Any],
        errback: Callable[[Failure], Any] | None = None,
        arguments: dict[str, Any] | None = None,
        *,
        conditional: bool = False,
    ) -> Request:
        return Request(
            self.site.to_fetch(path) if path.startswith("http") else self.site.base + path,
            callback,
            errback=errback or self.listing_failed,
            cb_kwargs=arguments or {},
            meta={"conditional": conditional, "handle_httpstatus_list": [NOT_MODIFIED] if conditional else []},
            priority=LISTING_PRIORITY,
            dont_filter=True,  # a listing is read again on purpose, and the ledger knows the articles
        )

    def _taken(self, read: Callable[..., T], response: Response, **more: Any) -> T | None:
        """A feed or sitemap as it is read; None for one that is refused, which is counted and told."""
        try:
            return read(response.body, response.url, **more)
        except PoisonedListingError as error:
            self.found["failed"] += 1
            self._say(f"{response.url} was refused: {error}.")
            return None

    def _note(self, links: tuple[Link, ...], response: Response) -> None:
        self.found["links"] += len(links)
        self.found["unchanged"] += response.status == NOT_MODIFIED

    def _trouble(self, failure: Failure) -> str:
        """Count a listing that could not be had (one that the site has not is none), and say why."""
        status = status_of(failure)
        if status not in ABSENT_STATUS:
            self.found["blocked" if status in BLOCKED_STATUS else "failed"] += 1
        return f"{failure.request.url} could not be had: {why(failure)}."  # type: ignore[attr-defined]

    def _is_blocked(self, response: Response) -> bool:
        """Whether a block page was served for a listing; it is counted and told."""
        if not is_interstitial(response.body):
            return False
        self.found["blocked"] += 1
        self._say(f"{response.url} answers with a block page: crawl slower, or try again later.")
        return True

    def _say(self, sentence: str) -> None:
        self.reasons[sentence] = None
