"""Whom a text names as its source: «به نقل از …», «به گزارش …», «منبع: …», and which agency is meant."""

from __future__ import annotations

import re
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from crawler.agencies import all_agencies
from crawler.text import fold, glued

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GAP: Final = r"[\s\u200c]+"
NAME: Final = r"(?P<who>[^،,:؛;.()«»\"\n]{2,80})"
QUOTED: Final = re.compile(rf"به[\s\u200c]*نقل[\s\u200c]*از{GAP}{NAME}")
REPORTED: Final = re.compile(rf"به[\s\u200c]*گزارش{GAP}{NAME}")
SIGNED: Final = re.compile(rf"منبع\s*:\s*{NAME}")
# Where a source is named: above the text, in its first paragraphs, and in the signature below it.
FIRST: Final = 2
LAST: Final = 2
SIGNATURE_WORDS: Final = 12

# What a name may begin with and be known without.
_KINDS = "خبرگزاری روزنامه هفته‌نامه پایگاه خبری تحلیلی اطلاع‌رسانی سایت وب‌سایت وبسایت شبکه"
_REPORTERS = "خبرنگار خبرنگاران گروه سرویس"
_PRESS = "خبرگزاری روزنامه پایگاه سایت وبسایت شبکه روابط"
KINDS, REPORTERS, PRESS = (frozenset(fold(words).split()) for words in (_KINDS, _REPORTERS, _PRESS))
# Words after a name that are none of it: «مهر در خبری نوشت», «ایسنا از شیراز».
ENDS: Final = re.compile(rf"{GAP}(?:از|در|به|و(?![\s\u200c]*سیما)|که|با|نوشت|گفت|گفته|اعلام|گزارش)(?!\w)")
LONGEST: Final = 6  # words of an agency's name
OTHER_NAMES: Final = {
    "صدا و سیما": "iribnews",
    "صدا و سیمای": "iribnews",
    "واحد مرکزی خبر": "iribnews",
    "همشهری": "hamshahri",
    "جام جم": "jamejam",
    "یورونیوز": "euronews",
    "دویچه وله": "dw",
    "بی بی سی": "bbcpersian",
    "باشگاه خبرنگاران": "yjc",
    "مشرق": "mashregh",
    "اعتماد": "etemad",
    "جوان": "javan",
    "ایکنا": "iqna",
    "قدس": "quds",
    "خبر آنلاین": "khabaronline",
}


class Source(NamedTuple):
    """A source as the text names it, and the agency that is meant, where one is known by that name."""

    name: str
    agency: str | None


class _Known(NamedTuple):
    """An agency by one of its names; where a text says a kind, it must be one of ``kinds`` (None: any)."""

    agency: str
    kinds: tuple[str, ...] | None

    def may_be(self, kinds: Sequence[str]) -> bool:
        return not kinds or self.kinds is None or not set(kinds).isdisjoint(self.kinds)


def source_of(agency: str, lead: str | None, body: str | None) -> Source | None:
    """The source that an article of ``agency`` names; None where it names none but itself.

    >>> source_of("tabnak", None, "به گزارش تابناک به نقل از خبرگزاری مهر، باران در راه است.")
    Source(name='خبرگزاری مهر', agency='mehr')
    >>> source_of("tabnak", None, "به گزارش ایسنا، باران در راه است.")
    Source(name='ایسنا', agency='isna')
    >>> source_of("isna", None, "به گزارش ایسنا، باران در راه است.")
    """
    paragraphs = [text for text in (body or "").split("\n\n") if text]
    opening = [text for text in (lead, *paragraphs[:FIRST]) if text]
    ending = [text for text in paragraphs[-LAST:] if len(text.split()) <= SIGNATURE_WORDS]
    named = (
        *_named(QUOTED, [*opening, *ending]),
        *(one for one in _named(REPORTED, opening) if one.agency or _is_press(one.name)),
        *_named(SIGNED, ending),
    )
    return next((one for one in named if one.agency != agency), None)


def agency_named(name: str) -> str | None:
    """The agency of a name as texts write it: the whole name, or its begin where the name says what it is.

    >>> agency_named("خبرگزاری دانشجویان ایران"), agency_named("خبرگزاری صدا و سیما مرکز قم"), agency_named("ISNA")
    ('isna', 'iribnews', 'isna')
    >>> agency_named("مهر"), agency_named("مهر و ماه"), agency_named("روزنامه جمهوری اسلامی")
    ('mehr', None, None)
    """
    kinds, bare = _parted(name)
    lengths = range(min(LONGEST, len(bare)), 0, -1) if kinds else (len(bare),)
    written = ("".join((*before, *bare[:length])) for length in lengths for before in ((), kinds))
    found = (known for name in written if (known := _names().get(name)) and known.may_be(kinds))
    return next((known.agency for known in found), None)


def _named(pattern: re.Pattern[str], texts: Sequence[str]) -> Iterator[Source]:
    for text in texts:
        for found in pattern.finditer(text):
            name = ENDS.split(found["who"])[0].strip()
            if _parted(name)[1] and fold(name).split()[0] not in REPORTERS:
                agency = agency_named(found["who"]) or agency_named(name)
                yield Source(name, agency)


def _is_press(name: str) -> bool:
    return fold(name).split()[0] in PRESS


def _parted(name: str) -> tuple[list[str], list[str]]:
    """The words that say what kind of source it is, and the name itself, folded."""
    words = fold(name).split()
    kinds = list(takewhile(KINDS.__contains__, words))
    return kinds, words[len(kinds) :]


@cache
def _names() -> dict[str, _Known]:
    """Every name, glued, that an agency is known by.

    A title with a name in brackets («خبرگزاری کار (ایلنا)») is known by that name, or by all of itself: not by «کار».
    """
    names: dict[str, _Known] = {}
    for agency in all_agencies():
        title, _, short = agency.title.partition("(")
        kinds, bare = _parted(title)
        for name in filter(None, (agency.name, "".join((*kinds, *bare)), glued(short.rstrip(")")))):
            names.setdefault(name, _Known(agency.name, None))
        if not short:
            names.setdefault("".join(bare), _Known(agency.name, tuple(kinds) or None))
    return names | {glued(name): _Known(agency, None) for name, agency in OTHER_NAMES.items()}
