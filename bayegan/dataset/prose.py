"""What a dataset's card says in so many words."""

from __future__ import annotations

from typing import Final

FIELDS: Final = {
    "agency": "who published it, by the short name of the table above",
    "news_code": "the agency's own number for it; unique together with `agency`",
    "url": "its canonical address",
    "title": "title (تیتر)",
    "kicker": "the line above the title (روتیتر)",
    "lead": "lead (لید, چکیده)",
    "body": "the text, paragraphs parted by an empty line",
    "tags": "as the agency gave them, in its order (برچسب)",
    "sections": "the desks that it stood under (سرویس)",
    "authors": "as named on the page",
    "place": "where it was reported from, as the dateline says",
    "published": "moment of publication, UTC",
    "published_jalali": "day of publication in Tehran, Jalali calendar: `1399-09-17`",
    "modified": "last change as the page tells it, UTC",
    "image": "address of the main picture; pictures themselves are not included",
    "kind": "`text`, `photo` or `video`",
    "language": "code of the language, as the page tells it",
    "reader": "which reader made these fields of the page, and its version",
    "content_hash": "SHA-256 over kicker, title, lead, body and tags",
    "first_seen": "when the article was first fetched, UTC",
    "last_seen": "when it was last fetched, UTC",
}
TYPES: Final = {"text": "string", "names": "list of strings", "moment": "timestamp"}
MISSING: Final = "What a page does not hold is null, or an empty list; nothing was guessed or filled in."

COLLECTED: Final = """\
Bayegan walks the agencies' own archive pages, feeds and sitemaps, notes what they
list, fetches what it does not hold, and reads every page into these fields. It obeys robots.txt and waits between
requests. Each article is kept in its last version that was seen; letters, spelling, non-joiners and digits are as
published. Articles may also have come in from web archives or from files of others. The table of agencies says which
reader, in which version, read how many."""
BIASES: Final = """\
* These are the articles that agencies published and listed, not what happened: what they chose, in their words. Many
  Iranian agencies belong to the state or are close to parts of it.
{shares}
* Coverage differs between agencies and months (above): a word that is rare in a month with gaps may be rare in the
  dataset alone.
* An article that was corrected is here as corrected; one that its agency deleted before it was fetched is missing, and
  so is one that was taken down.
* Agencies copy each other and themselves; frequencies count copies unless they were left out (above).
* Fields are read out of web pages. A page whose markup was not understood has fewer fields, and agencies fill tags,
  sections and authors in as they like.
* Persons are named in the news, some of them private. Mind what you train to repeat."""
RIGHTS: Final = """\
The articles belong to the agencies that published them and to their authors; this card gives nobody a right to them.
Text and data mining for research is allowed in some countries and not in others: find out about yours. What was added
(the card, the counts, the arrangement) may be used freely.

Who wants an article to be taken down writes to: {contact}. Later updates name what was taken down
(`taken_down` in their `manifest.json`); who holds a copy has to delete it then."""
NO_CONTACT: Final = "**nobody: whoever made this dataset named no contact**, so ask whoever passed it on to you"
RANDOM: Final = """\
The splits were drawn by chance (seed {seed}). Each article draws by its agency and news code, a group of near-copies by
its earliest article alone: no two of a group are in different splits, and hardly anybody moves when the dataset
grows."""
BY_TIME: Final = """\
The splits are cut by time of publication: everything in a later split is younger than everything in an earlier one. A
group of near-copies that falls on both sides of a cut stays with its earliest; its later articles are left out
({copies:,} of them), because the one side would come too late and the other would know them. Articles without a date
are left out as well ({undated:,})."""
COPIES: Final = """\
Articles of which each shares at least two fifths of its three-word pieces with the other, those that say the very same
words, and whoever is tied by such copies, are one group: {groups:,} groups with {grouped:,} articles in this dataset.
{distinct}A short report that stands whole inside a much longer one is no near-copy, and may be in another split than
it."""
ALL_COPIES: Final = "All of them are included. "
ONE_OF_EACH: Final = "Of each group only the article published first was included. "
