"""The shapes that bodies have on real pages, from clean paragraphs to bare text between line breaks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from bayegan.example.markup import picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bayegan.example.story import Shape, Story

_LI_FROM = 2  # paragraphs before a list


def body(story: Story, home: str) -> str:
    """What stands in ``div.item-text``; ``home`` is the site's address, for the pictures in it."""
    return _SHAPES[story.shape](story, home)


def _p(story: Story, _home: str) -> str:
    lines = [f'<p style="text-align:justify">{_linked(text, story.tags)}</p>' for text in story.paragraphs]
    return _lines([*lines[:2], "<p>&nbsp;</p>", *lines[2:]])


def _br(story: Story, _home: str) -> str:
    return f"<p>{'<br /><br />'.join(map(escape, story.paragraphs))}</p>"


def _div(story: Story, _home: str) -> str:
    return _lines(f'<div dir="rtl">{escape(text)}</div>' for text in story.paragraphs)


def _li(story: Story, _home: str) -> str:
    opening = _lines(f"<p>{escape(text)}</p>" for text in story.paragraphs[:_LI_FROM])
    return f"{opening}<ul>{_lines(f'<li>{escape(text)}</li>' for text in story.paragraphs[_LI_FROM:])}</ul>"


def _table(story: Story, home: str) -> str:
    rows = ("".join(f"<td><p>{escape(cell)}</p></td>" for cell in row) for row in story.table)
    return f"{_p(story, home)}<table><tbody>{_lines(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"


def _bare(story: Story, _home: str) -> str:
    """No paragraph at all: text nodes between line breaks."""
    return "\n<br><br>\n".join(map(escape, story.paragraphs))


def _legacy(story: Story, _home: str) -> str:
    """What the agency's older system left behind: spans with fonts, empty paragraphs, a leading non-joiner."""
    lines = (
        f'<p dir="RTL" style="text-align:justify"><span style="font-family:tahoma"><span lang="FA">\u200c{escape(text)}'
        "</span></span></p>\n<p></p>"
        for text in story.paragraphs
    )
    return _lines(lines)


def _boxed(story: Story, home: str) -> str:
    """A picture with its caption and a «read more» box between the paragraphs: neither is text of the article."""
    lines = [f"<p>{escape(text)}</p>" for text in story.paragraphs]
    caption = "عکس: آرشیو خبرگزاری"
    figure = f'<figure><img src="{home}{picture(story, 3)}" alt=""/><figcaption>{caption}</figcaption></figure>'
    more = (
        '<div class="related-items"><h3>بیشتر بخوانید</h3>'
        '<ul><li><a href="/service/Provinces">خبرهای دیگر استان‌ها</a></li></ul></div>'
    )
    return _lines([*lines[:1], figure, *lines[1:2], more, *lines[2:]])


def _gallery(story: Story, home: str) -> str:
    figures = (
        f'<li><figure><a href="{home}{picture(story, 4)}?n={number}"><img src="{home}{picture(story, 2)}?n={number}" '
        f'alt="{escape(story.title)}"/></a></figure></li>'
        for number in range(6)
    )
    return f'<section class="box photoGall"><div class="gallery"><ul>{_lines(figures)}</ul></div></section>'


def _player(story: Story, home: str) -> str:
    film = f"{home}{picture(story, 4)}".replace(".jpg", "_720p.mp4")
    return (
        '<div class="itemPlayer0"><video id="divPlayer0" width="100%" controls="controls" preload="none">'
        f'<source src="{film}" type="video/mp4"></source></video>'
        f'<div class="video-download"><a href="{film}" target="_blank" class="btn"><span class="icon-download"></span>'
        '\n دریافت\n <span style="direction: ltr">16 MB</span></a></div></div>'
    )


def _linked(text: str, tags: Iterable[str]) -> str:
    """The first tag that the text names becomes a link, as the system's own back-links do."""
    shown = escape(text)
    tag = next((tag for tag in map(escape, tags) if tag in shown), None)
    if tag is None:
        return shown
    return shown.replace(tag, f'<a href="/tag/{quote_plus(tag)}" class="saba-backlink">{tag}</a>', 1)


def _lines(pieces: Iterable[str]) -> str:
    return "\n".join(pieces)


_SHAPES: dict[Shape, Callable[[Story, str], str]] = {
    "p": _p,
    "br": _br,
    "div": _div,
    "li": _li,
    "table": _table,
    "bare": _bare,
    "legacy": _legacy,
    "boxed": _boxed,
    "gallery": _gallery,
    "player": _player,
}
