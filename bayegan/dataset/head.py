"""The head of a dataset's card: YAML, as Hugging Face reads it; every value is JSON, which YAML reads too."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bayegan.export.fields import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayegan.dataset.facts import Facts
    from bayegan.export.fields import Kind

SIZES: Final = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
    (100_000_000, "10M<n<100M"),
)
LARGEST: Final = "100M<n<1B"
FEATURES: Final[dict[Kind, dict[str, str]]] = {
    "text": {"dtype": "string"},
    "names": {"list": "string"},
    "moment": {"dtype": "timestamp[us, tz=UTC]"},
}
WITH_TEXTS: Final = ["text-generation", "fill-mask", "text-classification"]
WITHOUT_TEXTS: Final = ["text-classification"]
LICENSE: Final = "rights-of-the-publishers"


def head(facts: Facts) -> str:
    """The head between its two lines of dashes."""
    return "\n".join(("---", *_lines(_values(facts)), "---", ""))


def size_category(articles: int) -> str:
    """The name that Hugging Face has for a number of rows.

    >>> size_category(40), size_category(1_000)
    ('n<1K', '1K<n<10K')
    """
    return next((name for bound, name in SIZES if articles < bound), LARGEST)


def _values(facts: Facts) -> dict[str, Any]:
    splits = facts.splits
    languages = sorted({*(code for code in facts.census.languages if len(code) == len("fa")), "fa"})
    return {
        "pretty_name": facts.title,
        "language": sorted(languages, key=lambda code: (code != "fa", code)),
        "license": "other",
        "license_name": LICENSE,
        "size_categories": [size_category(facts.census.whole.articles)],
        "task_categories": WITH_TEXTS if facts.selection.has_texts else WITHOUT_TEXTS,
        "tags": ["news", "persian"],
        "configs": [
            {
                "config_name": "default",
                "data_files": [{"split": name, "path": f"data/{name}-*.parquet"} for name in splits],
            }
        ],
        "dataset_info": {
            "features": [{"name": field} | FEATURES[kind_of(field)] for field in facts.selection.fields],
            "splits": [
                {"name": name, "num_bytes": facts.unpacked[name], "num_examples": facts.census.splits[name].articles}
                for name in splits
            ],
            "download_size": sum(said["bytes"] for name, said in facts.files.items() if name.startswith("data/")),
            "dataset_size": sum(facts.unpacked.values()),
        },
    }


def _lines(values: dict[str, Any]) -> Iterator[str]:
    """One line for each value, and for what is inside the last ones."""
    for name, value in values.items():
        if isinstance(value, dict):
            yield f"{name}:"
            yield from (f"  {line}" for line in _lines(value))
        elif isinstance(value, list):
            yield f"{name}:"
            yield from (f"- {_json(one)}" for one in value)
        else:
            yield f"{name}: {_json(value)}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
