"""All that is fuzzed, by name."""

from __future__ import annotations

from typing import Final

from crawler.errors import NotAnArticleError, PoisonedListingError, UnreadableDateError
from fuzz import files, listings, pages, words
from fuzz.promise import Target

TARGETS: Final = {
    one.name: one
    for one in (
        Target(name="pages", read=pages.read, named=(NotAnArticleError,), seeds=pages.seeds, words=pages.WORDS),
        Target(name="archives", read=listings.archive, seeds=listings.archive_seeds, words=listings.WORDS),
        Target(
            name="feeds",
            read=listings.feed,
            named=(PoisonedListingError,),
            seeds=listings.feed_seeds,
            words=listings.WORDS,
        ),
        Target(
            name="sitemaps",
            read=listings.sitemap,
            named=(PoisonedListingError,),
            seeds=listings.sitemap_seeds,
            words=listings.WORDS,
        ),
        Target(
            name="dates",
            read=words.date,
            named=(UnreadableDateError,),
            seeds=words.date_seeds,
            words=words.DATE_WORDS,
        ),
        Target(
            name="moments",
            read=words.moment,
            named=(UnreadableDateError,),
            seeds=words.date_seeds,
            words=words.DATE_WORDS,
        ),
        Target(name="addresses", read=words.address, seeds=words.address_seeds, words=words.ADDRESS_WORDS),
        Target(name="warc", read=files.warc, named=files.OF_A_FILE, seeds=files.warc_seeds, words=files.WARC_WORDS),
        Target(
            name="imports",
            read=files.imported,
            named=files.OF_A_FILE,
            seeds=files.import_seeds,
            words=files.IMPORT_WORDS,
        ),
    )
}
