"""Microseconds to read a date, megabytes a second of the fold: `python -m benchmarks.text`."""

from __future__ import annotations

from functools import partial

from benchmarks.measure import interleaved, show
from crawler.dates import read_datetime
from crawler.text import fold, tidy_block

DATES = (
    "2020-04-17T14:26:21Z",
    "۱۷ آذر ۱۳۹۹ - ۱۴:۳۰",
    "۱۹ بهمن ۱۴۰۲، ۱۲:۰۸",
    "۱۳ خرداد ۱۴۰۴ / ۲۰:۵۵",
    "سه\u200cشنبه ۱۷ بهمن ۱۴۰۲ - ۲۱:۴۰",
    "تاریخ انتشار: ۱۷ آذر ۱۳۹۹ - ۱۴:۳۰",
    "يكشنبه ۱۰ دي ۱۴۰۲ - ۲۲:۵۳",
    "1404-09-10 14:34",
)
PARAGRAPH = (
    "کتابخانه\u200cهای روستایی استان امسال با یاری مردم بازسازی می\u200cشوند و به گفتۀ مدیر آن\u200cها، "
    "۱۲۰ هزار جلد کتاب تازه به مجموعهٔ عمومي شهرستان افزوده شده است؛ "
    "مسئولان می\u200cگویند که آیین گشایش در پاییز برگزار خواهد شد."
)
TEXT = "\n\n".join([PARAGRAPH] * 2000)
MEGABYTES = len(TEXT.encode()) / 1e6
CALLS_A_ROUND = 500


def dates() -> None:
    def read(written: str) -> None:
        for _ in range(CALLS_A_ROUND):
            read_datetime(written)

    spent = interleaved({written: partial(read, written) for written in DATES}, rounds=15)
    rows = [(written, f"{seconds / CALLS_A_ROUND * 1e6:.1f}") for written, seconds in spent.items()]
    show("crawler.dates.read_datetime (aim: 30 µs)", ["written", "µs"], rows)


def folding() -> None:
    # What the fold does letter by letter, as the standard library would do it.
    letters = {code: fold(chr(code)) for code in (*range(0x600, 0x700), *range(0x2000, 0x2070), 0xA0, 0xAC, 0xAD)}
    calls = {
        "fold": lambda: fold(TEXT),
        "str.translate with the same letters": lambda: TEXT.translate(letters),
        "tidy_block": lambda: tidy_block(TEXT),
    }
    spent = interleaved(calls, rounds=15)
    rows = [(name, f"{MEGABYTES / seconds:.0f}") for name, seconds in spent.items()]
    show(f"crawler.text, {MEGABYTES:.1f} MB of UTF-8 (aim of the fold: 60 MB/s)", ["call", "MB/s"], rows)


if __name__ == "__main__":
    dates()
    folding()
