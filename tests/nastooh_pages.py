"""Small pages of the Nastooh family, for tests that vary one thing."""

from __future__ import annotations


def article(body: str = "", head: str = "", *, before: str = "", after: str = "") -> str:
    """A page of the family with one article; ``before`` and ``after`` stand beside its text."""
    return (
        f'<html><head><meta name="generator" content="www.nastooh.ir">{head}</head><body><article id="item">{before}'
        f'<div class="item-body"><div class="item-text" itemprop="articleBody">{body}</div></div>{after}</article>'
        "</body></html>"
    )
