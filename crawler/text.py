"""Persian text twice: as it is stored (every letter kept) and as it is searched (folded).

The zero-width non-joiner (U+200C, «نیم‌فاصله») is a letter of Persian spelling: stored text keeps it, and
nothing here treats it as white space.
"""

from __future__ import annotations

import re
from itertools import groupby, islice
from unicodedata import category, combining, decimal, normalize

# What joins, parts or directs letters without being seen. Dumps and typists put each of them where a
# non-joiner belongs («سرمایه⟨LRM⟩گذاری»), U+00AC because an old code page kept the non-joiner there.
UNSEEN = "\u200c\u200d\u200b\ufeff\u00ad\u00ac\u061c\u200e\u200f" + "".join(
    map(chr, (*range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x206A)))
)
# At the ends of a paragraph these mean nothing. Direction marks do (they order the line's full stop), and so
# does the joiner, which shapes the last letter of «ه‍».
_ENDS = " \u200c\u200b\ufeff\u00ad"
_NOTHING = _ENDS + UNSEEN.replace("\u00ac", "")
# XML refuses these and JSON must escape them; none can be seen. Tab, line feed and the other controls that
# Python takes for white space are left for the tidying of white space.
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f\ufffe\uffff\ud800-\udfff]")

_LONGEST_WORD = 1_000
_MOST_MARKS = 30


def tidy(text: str) -> str:
    r"""Return one paragraph as it is stored: NFC, Persian ی and ک, single spaces, nothing unseen at its ends.

    Non-joiners inside stay; control characters go, since no XML can hold them; half surrogates go, since no
    UTF-8 can. Presentation forms, digits and Arabic vowel signs stay as they were published.

    >>> tidy("  كتاب هاي\u00a0 خوب\n")
    'کتاب های خوب'
    """
    return tidy_name(text).replace("ي", "ی").replace("ى", "ی").replace("ك", "ک")


def tidy_name(text: str) -> str:
    r"""Tidy a name (tag, section, author) and leave its letters as published, ي and ك too.

    >>> tidy_name("\u200cتيم\tفوتبال ")
    'تيم فوتبال'
    """
    words = _writable(text).split()
    if len(text) > _LONGEST_WORD:
        words = [word if len(word) <= _LONGEST_WORD else _unstacked(word) for word in words]
    line = normalize("NFC", " ".join(words)).strip(_ENDS)
    return line if line.strip(_NOTHING) else ""


def tidy_block(text: str) -> str:
    r"""Tidy every paragraph (a line each, blank lines between or not) and join them with a blank line.

    >>> tidy_block(" یک \n \n\u200bدو\nسه")
    'یک\n\nدو\n\nسه'
    """
    return "\n\n".join(filter(None, map(tidy, text.splitlines())))


def digits(text: str) -> str:
    """Write every decimal digit, of whichever script, as 0-9.

    >>> digits("۱۳۹۹/٠٩/17")
    '1399/09/17'
    """
    return _OTHER_DIGITS.sub(lambda found: str(decimal(found[0])), text)


def fold(text: str) -> str:
    """Return the form that is searched: spellings that a reader takes for the same word become the same.

    One form for the letters of ی, ک, ه, ا and و, with or without hamza; no vowel signs, no «ء», no tatweel;
    lower case, ASCII digits; a space for whatever unseen mark parts two letters. Of two spaces none is
    removed: compare by words (``fold(a).split()``) or by ``glued``.

    SQLite's tokenizer finds as many words in the folded text as in the text itself, so that a match in the
    one can be marked in the other. For that a «ـ» or «ء» that stands alone stays.

    >>> fold("رئيسِ هيئت‌ مديرهٔ ســازمان در سال ۱۳۹۹: Spotlight")
    'رییس هییت  مدیره سازمان در سال 1399: spotlight'
    """
    # The three commonest first, each by a replacement that costs next to nothing; the rest in one pass.
    common = text.replace("\u200c", " ").replace("ي", "ی").replace("ك", "ک")
    folded = _FOLDED.sub(_fold_letter, common)
    if "\u0640" in folded or "ء" in folded:
        folded = _LETTERLESS.sub(_drop_beside_letter, folded)
    return folded.strip()


def glued(text: str) -> str:
    """Fold and join all words, to compare texts that lost their non-joiners.

    >>> glued("بین‌المللی") == glued("بين المللى") == "بینالمللی"
    True
    """
    return "".join(fold(text).split())


def _unstacked(word: str) -> str:
    """A word with no more marks on a letter than text streams allow (Unicode, annex 15).

    The time of the normalization grows with the square of their number.
    """
    runs = groupby(word, lambda letter: combining(letter) > 0)
    return "".join(letter for are_marks, run in runs for letter in islice(run, _MOST_MARKS if are_marks else None))


def _writable(text: str) -> str:
    if not _UNWRITABLE.search(text):
        return text
    # Two half surrogates side by side are one character: this joins them and drops the single ones.
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return _UNWRITABLE.sub("", joined)


_OTHER_DIGITS = re.compile(r"[^\D0-9]")

# One letter for each row. Letters without hamza: «رئیس» is also written «رییس», «مؤمن» «مومن», «جزء» «جز».
_ALIKE = {
    "ا": "آأإٱٲٳ",
    "ه": "ۀةہۂۃھە",
    "و": "ؤ",
    "ک": "كڪ",
    "ی": "يىےۓئ",
    " ": UNSEEN + "\u00a0",
}
_ARABIC = range(0x600, 0x700)
_PRESENTATION_FORMS = (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFF))
_CASED = (*range(0x41, 0x590), *range(0x1E00, 0x2000))  # Latin, Greek, Cyrillic, Armenian
_COUNTED = (*range(0x660, 0x1C5A), *range(0xA620, 0xABFA), *range(0xFF10, 0xFF1A))  # where digits have their rows


def _letters() -> dict[str, str]:
    """Build the table of single characters; the later rows need the earlier ones."""
    table = {chr(code): chr(code).lower() for code in _CASED if chr(code).lower() != chr(code)}
    table |= {digit: str(decimal(digit)) for digit in _OTHER_DIGITS.findall("".join(map(chr, _COUNTED)))}
    table |= {mark: "" for mark in map(chr, _ARABIC) if category(mark) == "Mn"}
    table |= {letter: one for one, alike in _ALIKE.items() for letter in alike}
    for form in map(chr, _PRESENTATION_FORMS):
        # «ﷺ» is one word to the tokenizer and must stay one; «﷼», no letter, is none.
        letters = normalize("NFKC", form)
        if category(form) == "Lo" and letters != form:
            table[form] = "".join(table.get(letter, letter) for letter in letters if letter not in " \u0640")
    return table


# A table and one pattern, because this runs over every article and every query: str.translate is slower by far.
# Persian ی and ک map to themselves, and so are not in the table: most text is passed over untouched.
_LETTERS = _letters()
_FOLDED = re.compile(f"[{re.escape(''.join(sorted(_LETTERS)))}]")
_LETTERLESS = re.compile("[ـء]+")


def _fold_letter(found: re.Match[str]) -> str:
    return _LETTERS[found[0]]


def _drop_beside_letter(found: re.Match[str]) -> str:
    start, end = found.span()
    text = found.string
    return "" if text[start - 1 : start].isalnum() or text[end : end + 1].isalnum() else found[0]
