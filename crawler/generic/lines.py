"""Lines that a site writes around every article of its own, and that are no prose of any."""

from __future__ import annotations

import re

_LONGEST = 80
_LABEL = re.compile(
    r"(?:کد|شناسه)[\s\u200c]*(?:خبر|مطلب|مقاله)|(?:تاریخ|زمان|ساعت)[\s\u200c]+(?:انتشار|درج|خبر|مطلب)"
    r"|لینک[\s\u200c]+کوتاه|اشتراک[\s\u200c]*گذاری|^(?:چاپ|پرینت|ایمیل|نظرات?|دیدگاه)\b|زمان[\s\u200c]+مطالعه"
    r"|^[\d\s:/.،-]+$"
)
_COMMENT = r"(?:نظرات?|دیدگاه|دیدگاه\u200c?های?|کامنت)"
_RULES = re.compile(
    rf"(?:انتشار|ارسال|تأیید|تایید|حاوی|حروف)[\s\u200c].{{0,40}}{_COMMENT}"
    rf"|{_COMMENT}[\s\u200c].{{0,40}}(?:مخاطبان|شما|حاوی|پس[\s\u200c]از|منتشر|ارسال|تأیید|تایید)"
    r"|(?:کلیه|تمامی|همه)[\s\u200c]حقوق|ایمیل[\s\u200c]شما"
)
_LONGEST_RULE = 250


def is_furniture_line(said: str) -> bool:
    """Whether a line is a label of the page, a rule for comments or a claim of rights.

    >>> is_furniture_line("کد خبر: ۱۲۳۴"), is_furniture_line("کلیه حقوق محفوظ است")
    (True, True)
    """
    label = len(said) <= _LONGEST and _LABEL.search(said) is not None
    return label or (len(said) <= _LONGEST_RULE and _RULES.search(said) is not None)
