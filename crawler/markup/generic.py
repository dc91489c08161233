"""Addresses of sites that nobody declared; their pages are read by ``crawler.generic``, without selectors."""

from crawler.markup.selectors import Markup, Selectors
from crawler.urls import Scheme

# First folders of what is no article on nearly every site, and files that are no pages.
_NO_FOLDER = (
    r"(?!/(?:[a-z]{2}/)?(?:tags?|categor(?:y|ies)|authors?|page|search|archives?|feeds?|rss|wp-[a-z]+|about|contact)"
    r"(?:[/.]|$))"
)
_NO_FILE = r"(?!.*\.(?:jpe?g|png|gif|webp|svg|ico|pdf|mp[34]|css|js|json|xml|gz|zip|txt|rss)$)"
_FEWEST, _MOST = 5, 16  # digits; four are a year
_DAY = r"(?:1[34]|19|20)\d\d[01]\d[0-3]\d"

# The code is the longest run of digits, unless it is a day; else the path, so that one article has one code.
SCHEME = Scheme(
    patterns=(
        *(
            rf"{_NO_FOLDER}{_NO_FILE}/.*?(?<!\d)(?!{_DAY}(?!\d))(?P<code>\d{{{length}}})(?!\d)"
            for length in range(_MOST, _FEWEST - 1, -1)
        ),
        rf"{_NO_FOLDER}{_NO_FILE}(?P<code>/.*[^/])/*$",
    ),
)

GENERIC = Markup(name="generic", version=1, scheme=SCHEME, page=Selectors())
