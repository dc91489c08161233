"""Texts of our own that are copied, edited, and followed as patterns; each paragraph a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from archives import story

from bayegan import open_archive
from crawler.dates import TEHRAN

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.items import Article

BRIDGE = (
    "مدیرکل راه استان گفت پل تازه رودخانه پس از دو سال کار کارگران بومی برای گذر خودروهای سبک آماده شده است",
    "او افزود سنگ این پل از کوه‌های شمال شهر آورده شد و چوب داربست‌ها را نجارهای روستای بالادست بریدند",
    "به گفته وی مردم روستا در هر بارندگی ناچار بودند یک ساعت راه کوهستانی را دور بزنند تا بیمار به درمانگاه برسد",
    "استاندار نیز یادآور شد که ساخت دو پل دیگر روی همین رود از بهار آینده آغاز می‌شود و پول آن کنار گذاشته شده است",
    "پیرمردی که نخستین بار با گاری از روی پل گذشت گفت پدرم همیشه آرزوی چنین روزی را داشت و نماند تا آن را ببیند",
)
SCHOOL = (
    "آموزگار روستایی در جنوب استان با تخته‌های کهنه لنج‌ها برای شاگردان خود نیمکت ساخته است و کلاس او رنگ دریا دارد",
    "این مدرسه سه کلاس دارد و بچه‌ها هر بامداد پیش از درس گلدان‌های پنجره را آب می‌دهند و نام پرنده‌ها را می‌نویسند",
    "پدران شاگردان که ماهیگیرند قول داده‌اند زمستان امسال سقف انبار مدرسه را هم با همان تخته‌ها از نو بپوشانند",
    "اداره آموزش شهرستان از این کار خبر دارد و گفته است برای رنگ و میخ آن پول اندکی کنار خواهد گذاشت",
)
WEATHER = (
    "کارشناس پیش‌بینی هواشناسی استان گفت کمینه دمای هوا در شبانه‌روز گذشته به {} درجه و بیشینه آن به {} درجه رسید "
    "و سرعت باد در ایستگاه فرودگاه {} کیلومتر در ساعت بود و میزان بارش ایستگاه شمالی {} میلی‌متر ثبت شد و رطوبت هوا {} "
    "درصد است و این وضعیت تا پایان هفته ادامه دارد و کشاورزان باید در آبیاری باغ‌ها و نگهداری از گلخانه‌ها دقت کنند"
)
ADDED = "گفتنی است این گزارش را خبرنگار ما از کنار رود نوشته و عکس‌های آن را نیز خود او گرفته است و فیلم آن فردا می‌آید"
MORNING = datetime(2020, 12, 7, 8, 0, tzinfo=TEHRAN)


def report(agency: str, code: str, *paragraphs: str, hours: float | None = 0, **fields: Any) -> Article:
    """An article of these paragraphs, published so many hours after eight in the morning."""
    whole = story(
        code, agency=agency, url=f"https://{agency}.example/news/{code}", **{"lead": None, "tags": ()} | fields
    )
    published = None if hours is None else MORNING + timedelta(hours=hours)
    return replace(whole, body="\n\n".join(paragraphs), published=published)


def reworded(paragraphs: tuple[str, ...], *, every: int) -> list[str]:
    """Another word in the place of every so manieth."""
    changed = []
    for paragraph in paragraphs:
        words = paragraph.split()
        changed.append(" ".join("نو" if place % every == every - 1 else word for place, word in enumerate(words)))
    return changed


def copies(path: Path, name: str) -> list[tuple[str, float, float]]:
    """Whose copies, how much of theirs stands in it, how much of it in theirs."""
    with open_archive(path) as archive:
        found = archive.copies(*name.split("/"))
    return [(f"{one.agency}/{one.news_code}", one.share_of_copy, one.share_of_article) for one in found]
