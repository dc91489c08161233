"""The description of a dataset that machines read: Croissant 1.0, JSON-LD (https://docs.mlcommons.org/croissant/)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bayegan.dataset.card import citation
from bayegan.dataset.prose import FIELDS
from bayegan.export.fields import kind_of

if TYPE_CHECKING:
    from bayegan.dataset.facts import Facts
    from bayegan.export.fields import Kind

CONFORMS_TO: Final = "http://mlcommons.org/croissant/1.0"
PARQUET: Final = "application/x-parquet"
TYPES: Final[dict[Kind, str]] = {"text": "sc:Text", "names": "sc:Text", "moment": "sc:DateTime"}
OF_CROISSANT: Final = (
    "citeAs",
    "column",
    "equivalentProperty",
    "extract",
    "field",
    "fileProperty",
    "fileObject",
    "fileSet",
    "format",
    "includes",
    "isLiveDataset",
    "jsonPath",
    "key",
    "md5",
    "parentField",
    "path",
    "recordSet",
    "references",
    "regex",
    "repeated",
    "replace",
    "samplingRate",
    "separator",
    "source",
    "subField",
    "transform",
)
CONTEXT: Final = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
} | {name: f"cr:{name}" for name in OF_CROISSANT}


def document(facts: Facts) -> bytes:
    """The description as JSON."""
    splits = facts.splits
    body = {
        "@context": dict(sorted(CONTEXT.items())),
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        "name": facts.name,
        "alternateName": facts.title,
        "description": f"{facts.census.whole.articles:,} articles: {facts.title}. README.md says more.",
        "version": facts.version,
        "inLanguage": ["fa"],
        "keywords": ["news", "persian"],
        "license": "The articles belong to those who published them: see README.md, Rights and takedown.",
        "citeAs": citation(facts),
        **({"datePublished": facts.as_of[: len("2020-12-07")]} if facts.as_of else {}),
        "creator": {"@type": "sc:Organization", "name": "Collected with Bayegan"},
        "distribution": [*_files(facts), *(_file_set(name) for name in splits)],
        "recordSet": [_records(facts, name) for name in splits],
    }
    return f"{json.dumps(body, ensure_ascii=False, indent=2)}\n".encode()


def _files(facts: Facts) -> list[dict[str, Any]]:
    return [
        {
            "@type": "cr:FileObject",
            "@id": name,
            "name": name,
            "contentUrl": name,
            "contentSize": f"{said['bytes']} B",
            "encodingFormat": PARQUET,
            "sha256": said["sha256"],
        }
        for name, said in sorted(facts.files.items())
        if name.endswith(".parquet")
    ]


def _file_set(split: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileSet",
        "@id": f"{split}-files",
        "name": f"{split}-files",
        "encodingFormat": PARQUET,
        "includes": f"data/{split}-*.parquet",
    }


def _records(facts: Facts, split: str) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": split,
        "name": split,
        "description": f"{facts.census.splits[split].articles:,} articles.",
        "field": [_field(split, field) for field in facts.selection.fields],
    }


def _field(split: str, field: str) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{split}/{field}",
        "name": field,
        "description": FIELDS[field],
        "dataType": TYPES[kind_of(field)],
        **({"repeated": True} if kind_of(field) == "names" else {}),
        "source": {"fileSet": {"@id": f"{split}-files"}, "extract": {"column": field}},
    }
