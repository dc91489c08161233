"""Where a report was filed, as its dateline says; a text without a dateline has no place."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from crawler.places import LONGEST, is_place
from crawler.text import fold, tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEAD = 180  # a dateline stands in the first line
_PARAGRAPHS = 3  # a pious formula or a heading may stand before it
_GAP = r"[\s\u200c]+"
_TOKEN = re.compile(r"[^\W\d_ـ\u200c][^\W_ـ]*(?:\u200c[^\W_ـ]+)*|\S")

_REPORT = re.compile(
    rf"[\W_]*به[\s\u200c]*گزارش[\s\u200c]*(?P<who>[^،,.:؛;()«»\"]{{0,70}}?){_GAP}از{_GAP}(?P<rest>.+)", re.DOTALL
)
_DASH = re.compile(r"[\W_]*(?P<head>[^،,.:؛;()«»\"/\-–—ـ]{2,40}?)\s*[-–—ـ](?P<gap>\s*)(?P<rest>.+)", re.DOTALL)
_SLASH = re.compile(r"[\W_]*(?P<head>[^،,.:؛;()«»\"/\-–—ـ]{2,30}?)\s*/\s*(?P<rest>.+)", re.DOTALL)

_AGENCIES = """
    خبرگزاری خبرنگار خبرنگاران خبرگزاری‌های پایگاه خبرآنلاین شبستان مهر ایرنا ایسنا ایمنا ایبنا ایکنا ایلنا ایانا
    شانا پانا برنا آنا تسنیم همشهری حوزه میزان رسا تقریب ابنا باشگاه شبکه صداوسیما رویترز آسوشیتدپرس فرانسپرس
    شینهوا اسپوتنیک تاس یورونیوز گاردین المیادین الجزیره المنار العالم العربیه سانا آناتولی کیهان اطلاعات
"""
_KINDS = """
    استان شهرستان شهر بندر بخش روستای جزیره منطقه
"""
# What stands after «از» and before a comma, and is no place.
_OTHER_NOUNS = """
    این آن وی او ما آنها همین محل مراسم آیین جلسه نشست همایش کنفرانس اجلاس سازمان وزارت وزارتخانه دولت مجلس ستاد
    دفتر دانشگاه اداره روابط پایگاه سایت خبرگزاری خبرنگار خبرگزاری‌ها رسانه رسانه‌ها منابع مسئولان مقامات مردم شبکه
    تلویزیون رادیو صداوسیما کشور جهان دنیا استان شهر شهرستان روستا مرکز منطقه مناطق گزارش سخنان طریق سوی جمله قول
    زبان جانب فضای بازار میدان نمایشگاه جشنواره مسجد مساجد حرم نماز خطبه‌های بیت حوزه قوه شورا شورای کمیسیون هیئت
    ستادی پلیس ارتش سپاه فرماندهی فرمانداری استانداری شهرداری دادگستری دادسرا بیمارستان مدرسه مدارس فدراسیون باشگاه
    تیم لیگ صبح عصر امروز دیروز فردا ابتدا آغاز پایان گذشته قبل بعد ابتدای سال ماه هفته روز یک دو سه چند برخی همه
    هر تمام میان درون بین نظر دیدگاه نگاه باب بابت قبیل نزدیک دور راه بورس اقتصاد سیاست فرهنگ ورزش جامعه تاریخ
    زندگی طرح پروژه برنامه کتاب فیلم مقاله یادداشت خبر اخبار ویدئو عکس اقتصادی سیاسی فرهنگی اجتماعی ورزشی علمی
    آموزشی پژوهشی بین‌المللی استانی
"""
_AGENCY_WORDS, _KINDS_OF_PLACE, _NO_PLACES = (
    frozenset(map(fold, names.split())) for names in (_AGENCIES, _KINDS, _OTHER_NOUNS)
)
_STOPS = frozenset("،,؛;:()")


def place_of(lead: str | None, body: Sequence[str], origin: str | None = None) -> str | None:
    """The place in the dateline of a lead or of the first paragraphs of a body, as written; None where none stands.

    ``origin`` is what a page shows as such by itself («ایسنا/کرمان»).

    >>> place_of(None, ["به گزارش خبرگزاری شبستان از شیراز، حمید جورکش گفت: …"])
    'شیراز'
    >>> place_of("ساری- مدیرکل راه از گشایش گردنه خبر داد.", [])
    'ساری'
    >>> place_of(None, ["به گزارش خبرنگار مهر، پنج طرح از ستاد گذشت."])
    """
    if origin and (place := _after_slash(origin, trusted=True)):
        return place
    texts = [text for text in (lead, *body[:_PARAGRAPHS]) if text]
    opening = [text[:_HEAD] for text in texts]
    heads = opening[: 2 if lead else 1]
    found = (form(text) for text in heads for form in (_before_dash, _after_slash, _reported_from))
    later = (_reported_from(text) for text in opening[len(heads) :])
    named_again = (_before_dash(text, texts) for text in heads)
    return next((place for places in (found, later, named_again) for place in places if place), None)


def _reported_from(text: str) -> str | None:
    """«به گزارش خبرگزاری شبستان از شیراز، …»; a name that is not known here needs its comma and its agency."""
    found = _REPORT.match(text)
    if found is None or fold(found["who"]).endswith("نقل"):
        return None
    words, stop = _words(found["rest"])
    known = _known(words)
    if known is not None:
        return known if _ends_here(words[len(known.split(" ")) :]) else None
    quoted = next((i for i, pair in enumerate(pairwise(words)) if pair == ("به", "نقل")), None)
    name = words[:quoted]
    if not _names_agency(found["who"]) or (quoted is None and stop not in _STOPS):
        return None
    return " ".join(name) if _may_be_place(name) else None


def _before_dash(text: str, texts: Sequence[str] = ()) -> str | None:
    """«ساری- …», «دهدشت- ایرنا- …», «شبستان - شیراز: …»; two places around a dash are a route or a pair.

    A name that is not known here needs an agency after it, or ``texts`` that speak of «شهرستان» with that name.
    """
    found = _DASH.match(text)
    if found is None:
        return None
    head, _ = _words(found["head"])
    rest, stop = _words(found["rest"])
    if _names_agency(found["head"]):
        known = _known(rest)
        return known if known == " ".join(rest) and stop in _STOPS | set("-–—ـ") else None
    before_agency = bool(rest) and fold(rest[0]) in _AGENCY_WORDS and stop in set("-–—ـ:")
    if _known(head) == " ".join(head) and head:
        return " ".join(head) if before_agency or _known(rest) is None else None
    if not _may_be_place(head):
        return None
    name = head[-1]
    again = re.compile(rf"(?:استان|شهرستان|شهر|بندر|بخش|جزیره){_GAP}{re.escape(name)}(?!\w)")
    return " ".join(head) if before_agency or any(again.search(one) for one in texts) else None


def _after_slash(text: str, *, trusted: bool = False) -> str | None:
    """«ایسنا/کرمان …»; all of it where the page itself says that it is the origin."""
    found = _SLASH.match(text)
    if found is None or not _names_agency(found["head"]):
        return None
    words, _ = _words(found["rest"])
    if trusted and 0 < len(words) < LONGEST:
        return " ".join(words)
    return _known(words)


def _words(text: str) -> tuple[tuple[str, ...], str]:
    """The words before the first mark that is no letter, and that mark ('' at the end)."""
    words: list[str] = []
    for token in _TOKEN.findall(tidy(text)):
        if not token[0].isalpha():
            return tuple(words), token
        words.append(token)
    return tuple(words), ""


def _known(words: tuple[str, ...]) -> str | None:
    """The longest known place that these words begin with, with «شهرستان» and its like as written."""
    start = 1 if words and fold(words[0]) in _KINDS_OF_PLACE and len(words) > 1 else 0
    for first in {start, 0}:
        for count in range(LONGEST, 0, -1):
            if len(words) >= first + count and is_place(" ".join(words[first : first + count])):
                return " ".join(words[: first + count])
    return None


def _ends_here(after: tuple[str, ...]) -> bool:
    """A route («از شیراز تا قم», «از شیراز به قم») or a list is no dateline; «از شیراز به نقل از» is."""
    return not after or after[0] not in {"تا", "و", "به"} or after[:2] == ("به", "نقل")


def _may_be_place(words: tuple[str, ...]) -> bool:
    """One word that is not known to be something else, or «شهرستان» and its like with a name."""
    if len(words) > 1 and fold(words[0]) in _KINDS_OF_PLACE:
        return len(words) < LONGEST and not any(fold(word) in _NO_PLACES for word in words[1:])
    return len(words) == 1 and len(words[0]) > 1 and fold(words[0]) not in _NO_PLACES | _AGENCY_WORDS


def _names_agency(text: str) -> bool:
    return any(word in _AGENCY_WORDS for word in fold(text).split())
