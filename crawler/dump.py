"""Articles out of the plain-text dump of their page, as text corpora hold them."""

from __future__ import annotations

import re

from crawler import agencies
from crawler.dateline import place_of
from crawler.errors import NotAnArticleError
from crawler.items import Article
from crawler.text import digits, glued, tidy, tidy_name

READER = "dump/1"

_CODE_LINE = re.compile(r"کد[\s\u200c]*خبر\s*:?\s*(\d{3,})")
_REPORT = glued("به گزارش")
# Dumps lose the non-joiner: «برچسبها».
_TAGS_LINE = glued("برچسب‌ها")
_COMMENTS_LINE = glued("نظر شما")


def read_dump(text: str, agency: str) -> Article:
    """Read the text of one article page: title, lead and body, a line «کد خبر NNN», tags, the comment form.

    The comment form belongs to nothing. A kicker cannot be told from other text, so there is none, and no date.
    The address is the agency's canonical one of the code. Raises NotAnArticleError for a text without code or title,
    UsageError for an agency that is not known.
    """
    publisher = agencies.agency(agency)
    lines = [line for line in map(str.strip, text.removeprefix("\ufeff").splitlines()) if tidy(line)]
    codes = [_CODE_LINE.fullmatch(digits(tidy(line))) for line in lines]
    end = next((i for i, code in enumerate(codes) if code), None)
    code = codes[end] if end is not None else None
    if code is None or end is None:
        raise NotAnArticleError("The dump has no line «کد خبر …», so it is not known which article it is.")
    if end == 0:
        raise NotAnArticleError(f"The dump of article {code[1]} has no title before its line «کد خبر».")
    title, *said = map(tidy, lines[:end])
    lead, body = _lead(said)
    return Article(
        agency=publisher.name,
        news_code=code[1],
        url=publisher.address(code[1]),
        title=title,
        lead=lead,
        body="\n\n".join(body) or None,
        tags=_tags(lines[end + 1 :]),
        place=place_of(lead, body),
        reader=READER,
    )


def _lead(said: list[str]) -> tuple[str | None, list[str]]:
    """The paragraph after the title is the lead, unless it opens as a body does."""
    if said and not glued(said[0]).startswith(_REPORT):
        return said[0], said[1:]
    return None, said


def _tags(lines: list[str]) -> tuple[str, ...]:
    """What stands between «برچسب‌ها» and «نظر شما»."""
    names = [_heading(line) for line in lines]
    if _TAGS_LINE not in names:
        return ()
    first = names.index(_TAGS_LINE) + 1
    last = names.index(_COMMENTS_LINE, first) if _COMMENTS_LINE in names[first:] else len(names)
    return tuple(dict.fromkeys(map(tidy_name, lines[first:last])))


def _heading(line: str) -> str:
    return glued(line).rstrip(":*").strip()
