"""The card of an update, its README.md: to what it is one, what it holds, and how it is applied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import bayegan
from bayegan.dataset import prose

if TYPE_CHECKING:
    from bayegan.dataset.census import Census
    from bayegan.dataset.manifest import Told

CARD: Final = """\
# An update

To the dataset with the archive hash `{since}`; applied to it, it makes the one with `{archive_hash}`.
Written by Bayegan {software}.

| what | articles |
| --- | --- |
{rows}

To apply it

1. delete everything that `manifest.json` names in `taken_down`: these articles were taken down for good, also from
   copies that were passed on, and from what was made of them as far as that can be done;
2. delete what it names in `left_out`: it is no longer among what was selected;
3. delete every article that is in `data/` here (agency and news code), since an older one may be there, in whichever
   split, and put the one from here into the split that its file is named for.

`articles.jsonl.zst` lists all articles of the dataset as it is then, for the next update
(`bayegan export FOLDER/ --since-export` this folder).

Rights, fields and known biases are those of that dataset. Who wants an article to be taken down writes to: {contact}.
"""


def card(told: Told, census: Census) -> str:
    """The whole card."""
    counts = {
        "new": told.counts["new"],
        "changed, or moved to another split": told.counts["changed"],
        "taken down": len(told.taken_down),
        "no longer selected": len(told.left_out),
        **{f"in {name}": tally.articles for name, tally in sorted(census.splits.items())},
    }
    rows = "\n".join(f"| {name} | {count:,} |" for name, count in counts.items())
    return CARD.format(
        since=told.since,
        archive_hash=told.archive_hash,
        software=bayegan.__version__,
        rows=rows,
        contact=told.contact or prose.NO_CONTACT,
    )
