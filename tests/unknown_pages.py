"""Pages of sites that nobody declared, for tests that vary one thing."""

from __future__ import annotations

TITLE = "پل تازه روستای کوهپایه گشوده شد"
LEAD = "اهالی روستا پس از هفت سال انتظار از روی پل تازه گذشتند و جشن گرفتند."
BODY = (
    "پل تازه روستای کوهپایه بامداد امروز با حضور اهالی گشوده شد و نخستین مینی‌بوس از روی آن گذشت.",
    "دهیار روستا گفت: ساختن این پل هفت سال به درازا کشید و هزینه آن را خود مردم داده‌اند.",
    "به گفته او، راه روستا به شهر از این پس نیم ساعت کوتاه‌تر می‌شود.",
)
MENU = "".join(f'<li><a href="/s/{name}">{name}</a></li>' for name in ("سیاست", "اقتصاد", "ورزش", "فرهنگ"))
NEIGHBOURS = "".join(
    f'<div class="card"><h3><a href="/news/{code}">خبر دیگری از روستای شماره {code} که ربطی به پل ندارد</a></h3>'
    "<p>چکیده خبر همسایه که از هیچ پلی سخن نمی‌گوید و در این متن جایی ندارد.</p></div>"
    for code in range(10001, 10004)
)


def page(article: str, head: str = "", *, title: str = f"{TITLE} | رسانه کوهپایه") -> str:
    """A whole page: menu, article, neighbours, comments and footer."""
    return (
        f'<!DOCTYPE html><html lang="fa"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        f'<header class="top"><div class="today">شنبه ۱ فروردین ۱۴۰۵</div><ul class="menu">{MENU}</ul></header>'
        f'<div class="page"><div class="main-column">{article}</div>'
        f'<aside class="side">{NEIGHBOURS}</aside></div>'
        '<div class="comments"><p>یک خواننده نوشت: دستتان درد نکند، چشم ما روشن شد و خیلی خوشحال شدیم.</p></div>'
        "<footer><p>کلیه حقوق این پایگاه محفوظ است و بازنشر با یاد نام آزاد است.</p></footer></body></html>"
    )


def paragraphs(*said: str) -> str:
    return "".join(f"<p>{one}</p>" for one in said or BODY)


def article(text: str = "", *, before: str = "", after: str = "") -> str:
    return f'<h1>{TITLE}</h1>{before}<div class="post-content">{text or paragraphs()}</div>{after}'
