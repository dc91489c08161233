"""What the pages of one site share, with no text of an article in it: the dictionaries that pages are packed with.

A dictionary outlives the pages that it was made from, so that nothing may stand in it that is ever to be taken down.
Three sieves, each enough for most pages by itself: only what at least half of the pages hold; of that no text longer
than two words, no name that an article bears, no address of one; and if a sentence of an article is found in the
outcome all the same, no letter that is not ASCII.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING, Final, NamedTuple

from crawler.text import glued

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Sieve = Callable[[bytes], bool]  # whether a piece may stay

MOST_BYTES: Final = 112_000  # of a dictionary: what zstd reaches back to at the levels used
MOST_READ: Final = 300_000  # of a page; a larger one has more text, and seldom more of a template
MOST_WORDS: Final = 2  # of a text that stays: a label of a menu, no headline
SHORTEST_SENTENCE: Final = 16  # letters: shorter ones may be a label by chance

# Code or a comment, a tag, a text; what is never closed ends with the page, so that each byte is read once.
TOKENS: Final = re.compile(
    rb"(<(?:script|style)\b.*?(?:</(?:script|style)\s*>|\Z)|<!--.*?(?:-->|\Z))|(<[^>]*(?:>|\Z))|([^<]+)",
    re.DOTALL | re.IGNORECASE,
)
IN_CODE: Final = re.compile(rb"(?<=[\"'\n;{}])")
# Between what stands in quotes, and within that at the steps of an address; but the names of a class stay together.
IN_TAG: Final = re.compile(rb"(?<=[<>\"'])(?<!class=.)")
IN_VALUE: Final = re.compile(rb"(?<=[/?=&])(?<!class=)")
CLASSES: Final = re.compile(rb"class=([\"'])[^\"']*")
# Letters as code points, percent or back-slash escapes, and control characters (UTF-16 has them): all may hide a text.
HIDDEN: Final = re.compile(rb"%[89a-fA-F][0-9a-fA-F]|\\[ux][0-9a-fA-F]{2}|&#|[\x00-\x08\x0b\x0e-\x1f\x7f]")
# Five digits are the code of some article; four words in a row, or joined as in an address, are a sentence.
NUMBER: Final = re.compile(rb"\d{5}")
PROSE: Final = re.compile(rb"(?:\b[A-Za-z]['A-Za-z]*[ ,.-]+){3}[A-Za-z]")
WORD: Final = re.compile(r"[^\W_]+(?:\u200c[^\W_]+)*")  # as a slug is: parted by whatever is no letter
SENTENCE: Final = re.compile(r"[.!?؟…\n]+")
MARKUP: Final = re.compile(r"<[^>]*(?:>|\Z)")


class Sample(NamedTuple):
    """A page and what the archive knows of its article: the names that it bears, the texts that it says."""

    body: bytes
    names: tuple[str, ...]
    texts: tuple[str, ...]


def template(sample: Sequence[Sample]) -> bytes:
    """What at least half of these pages share, the newest page's own order last; b"" where that is nothing."""
    cuts: dict[bytes, Sequence[bytes]] = {}
    pages = [list(_pieces(page.body, cuts)) for page in sample]
    held = Counter(piece for page in pages for piece in set(page))
    shared = {piece for piece, pages_with_it in held.items() if pages_with_it * 2 >= len(sample)}
    names = {glued(name) for page in sample for name in page.names}
    said = {one for page in sample for text in (*page.names, *page.texts) for one in sentences(text)}
    for sieve in (_nameless(names), _ascii):
        found = _joined(pages, {piece for piece in shared if sieve(piece)})
        if not says_any(found, said):
            return found
    return b""


def says_any(dictionary: bytes, said: Iterable[str]) -> bool:
    """Whether one of these :func:`sentences` stands in it, whatever markup and spelling parts its words."""
    text = unescape(dictionary.decode(errors="replace"))
    forms = (glued(text), glued(MARKUP.sub("", text)))
    return any(sentence in form for sentence in said for form in forms)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, glued; those too short to be told from a label are left out."""
    for part in SENTENCE.split(text):
        sentence = glued(part)
        if len(sentence) >= SHORTEST_SENTENCE:
            yield sentence


def _joined(pages: Sequence[Sequence[bytes]], kept: set[bytes]) -> bytes:
    """The kept pieces: the first page's in its order, and before them what only others have."""
    parts: list[bytes] = []
    seen: set[bytes] = set()
    for page in pages:
        new = kept - seen
        parts.append(b"".join(piece for piece in page if piece in new))
        seen.update(page)
    return b"".join(reversed(parts))[-MOST_BYTES:]


def _pieces(body: bytes, cuts: dict[bytes, Sequence[bytes]]) -> Iterator[bytes]:
    """A page cut where it may differ from the next: whole texts, attribute values, steps of an address, literals.

    ``cuts`` remembers how a tag or script is cut: most of them stand in every page.
    """
    for code, tag, text in TOKENS.findall(body[:MOST_READ]):
        if text:
            yield text
            continue
        token = code or tag
        if token not in cuts:
            cuts[token] = IN_CODE.split(code) if code else list(_values(tag))
        yield from cuts[token]


def _values(tag: bytes) -> Iterator[bytes]:
    for value in IN_TAG.split(tag):
        yield from IN_VALUE.split(value) if value.isascii() else (value,)


def _nameless(names: set[str]) -> Sieve:
    """Lets through ASCII that is no prose, and other texts of at most two words that are no name of an article."""

    def sieve(piece: bytes) -> bool:
        if piece.isascii():
            return _ascii(piece)
        text = _text(piece)
        return text is not None and len(WORD.findall(text)) <= MOST_WORDS and glued(text) not in names

    return sieve


def _ascii(piece: bytes) -> bool:
    said = CLASSES.sub(b"", piece)
    return piece.isascii() and not (HIDDEN.search(piece) or NUMBER.search(said) or PROSE.search(said))


def _text(piece: bytes) -> str | None:
    """The words of a piece; None where they cannot be read."""
    if HIDDEN.search(piece):
        return None
    try:
        return unescape(piece.decode())
    except UnicodeDecodeError:
        return None
