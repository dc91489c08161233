"""Errors with a name; the text of each is one sentence that says what happened and what to do."""

from __future__ import annotations


class BayeganError(Exception):
    """The root of all errors that a user may meet; ``exit_code`` is what the command line answers with."""

    exit_code = 1


class UsageError(BayeganError):
    """What was asked for makes no sense: an unknown agency, a bad date, a window that ends before it begins."""

    exit_code = 2


class ArchiveError(BayeganError):
    """The archive could not be opened, read or written."""


class AgencyBusyError(BayeganError):
    """Another run holds the agency."""

    exit_code = 75


class NotAnArticleError(BayeganError):
    """The page holds no article."""


class InterstitialError(NotAnArticleError):
    """A block page stands in front of the article (ArvanCloud's «Transferring to the website…»)."""


class SoftNotFoundError(NotAnArticleError):
    """The site says in words, with status 200, that the page does not exist."""


class EmptyPageError(NotAnArticleError):
    """Nothing was served, or nothing that can be read."""


class PoisonedListingError(BayeganError):
    """A feed or sitemap that does what no honest one needs to: entities grow or name files of ours, bombs unpack."""


class RefusedError(BayeganError):
    """The article was read but must not be kept as it is: not whole, or its code was reused."""


class NotWholeError(RefusedError):
    """The article was read without what an article has: its page is worth a look."""


class UnreadableDateError(BayeganError):
    """A written date that no pattern knows, or that cannot be."""
