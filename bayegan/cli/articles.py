"""One article, a hit, an earlier reading: as people read them, and as JSON."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from bayegan.cli import output
from crawler.article_json import article_json

if TYPE_CHECKING:
    from bayegan.archive.rows import Hit, RevisionRow
    from bayegan.differing import Difference, Op
    from crawler.items import Article

HEAD: Final = (
    "agency",
    "news_code",
    "url",
    "kicker",
    "title",
    "lead",
    "published",
    "modified",
    "place",
    "authors",
    "sections",
    "tags",
    "image",
    "kind",
    "language",
    "reader",
)
FROM: Final = "←"
REVISED: Final = ("seen_at", "kicker", "title", "lead", "tags")
UNCHANGED: Final = "There is no earlier reading: the article has not changed since it was first read."


def hit_json(hit: "Hit") -> dict[str, Any]:
    """The article with the piece of it that was found; matches stand between « and ».

    With --distinct, ``copies`` says how many others it stands for.
    """
    stands_for = {} if hit.copies is None else {"copies": hit.copies}
    return article_json(hit.article) | {"snippet": hit.snippet} | stands_for


def hit_text(hit: "Hit") -> str:
    """Three lines: which article and when, its title, the piece of it that was found."""
    stands_for = f"  and {hit.copies:,} more that tell the same" if hit.copies else ""
    head = f"{hit.agency}/{hit.news_code}  {output.moment(hit.published)}{stands_for}"
    return "\n".join(output.marked(line) for line in (head, hit.marked_title, hit.snippet) if line)


def show_article(article: "Article", as_json: bool) -> None:
    if as_json:
        output.document(article_json(article))
    else:
        output.show(_text(article, HEAD))


def show_traced(article: "Article", found: Mapping[str, str], as_json: bool) -> None:
    """The article with where each field was found: below the field, and as ``found`` in the JSON."""
    if as_json:
        output.document(article_json(article) | {"found": {field: place for field, place in found.items() if place}})
    else:
        output.show(_text(article, HEAD, found))


def show_revisions(revisions: Sequence["RevisionRow"], as_json: bool) -> None:
    if as_json:
        output.lines(map(output.record, revisions))
    elif revisions:
        output.show("\n\n\n".join(_text(revision, REVISED) for revision in revisions))
    else:
        output.say(UNCHANGED)


def show_differences(found: Sequence["Difference"], as_json: bool) -> None:
    """A paragraph for each field that changed, under the moment at which it was last seen unchanged."""
    if as_json:
        output.lines(map(output.record, found))
    elif found:
        output.show("\n\n".join(_difference(one) for one in found))
    if not found:
        output.say(UNCHANGED)


def _difference(one: "Difference") -> str:
    return f"{one.field}  {output.moment(one.seen_at)} {FROM}\n{' '.join(map(_op, one.ops))}"


def _op(op: "Op") -> str:
    return output.changed(op.text, op.op) if op.op in output.CHANGES else output.plain(op.text)


def _text(reading: "Article | RevisionRow", head: Sequence[str], found: Mapping[str, str] | None = None) -> str:
    """A line a field, what is missing as a dash, and the body below them; ``found`` says where each was read."""
    width = max(map(len, head))
    told = {
        field: f"{' ' * width}  {output.faint(f'{FROM} {output.plain(place)}')}"
        for field, place in (found or {}).items()
        if place
    }
    lines = []
    for field in head:
        lines += [output.plain(f"{field:{width}}  {_written(getattr(reading, field))}"), told.get(field)]
    if reading.body:
        lines += ["", told.get("body") and told["body"].lstrip(), output.plain(reading.body)]
    return "\n".join(line for line in lines if line is not None)


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return output.moment(value)
    return ("، ".join(value) if isinstance(value, tuple) else str(value or "")) or output.MISSING
