"""A dataset: what is in the folder, what its card says, and who can read it."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
from archives import LONG_TEXT, fill, story
from exports import codes

from bayegan import open_archive
from bayegan.archive.writer import Writer
from bayegan.dataset.selection import Selection
from bayegan.dataset.splits import Splitting
from bayegan.dataset.writing import EmptyDatasetError, export_dataset
from bayegan.export.fields import chosen
from bayegan.exporting import Narrowing
from bayegan.search import Filter
from crawler.dates import TEHRAN

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.items import Article

FIRST = datetime(2020, 11, 30, 9, 0, tzinfo=TEHRAN)  # 1399-09-10
CROWD = 30
FILES = [
    "README.md",
    "articles.jsonl.zst",
    "coverage.csv",
    "croissant.json",
    "data/test-00000-of-00001.parquet",
    "data/train-00000-of-00001.parquet",
    "manifest.json",
    "pictures/coverage.png",
    "pictures/lengths.png",
    "pictures/months.png",
]
# Of shabestan two days were walked to the end, of which one lacks an article; of mehr nothing was.
LISTED = """
    UPDATE ledger SET via = 'feed' WHERE agency = 'shabestan';
    INSERT INTO ledger (agency, news_code, day, listed_at, via, state)
        VALUES ('shabestan', '999', '2020-12-01', '2020-12-07T08:30:00Z', 'feed', 'failed');
    INSERT INTO days (agency, day, walked_at, listed, complete) VALUES
        ('shabestan', '2020-11-30', '2020-12-07T08:30:00Z', 1, 1),
        ('shabestan', '2020-12-01', '2020-12-07T08:30:00Z', 2, 1);
    UPDATE agencies SET title = 'خبرگزاری شبستان', home = 'https://shabestan.news' WHERE name = 'shabestan';
"""


def article(number: int) -> Article:
    agency = "mehr" if number % 3 == 2 else "shabestan"
    words = " ".join(f"واژه{number}شماره{place}" for place in range(90))  # so that no two tell the same
    return story(
        str(100 + number),
        agency=agency,
        url=f"https://{agency}.example/news/{number}",
        body=f"{words}\n\n{LONG_TEXT}",
        published=FIRST + timedelta(days=number),
    )


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = fill(tmp_path_factory.mktemp("dataset") / "x.db", map(article, range(CROWD)))
    with Writer(path) as writer, writer.transaction() as conn:
        for statement in filter(str.strip, LISTED.split(";")):
            conn.execute(statement)
    return path


def make(db: Path, folder: Path, splitting: Splitting | None = None, **given: Any) -> Path:
    contact = given.pop("contact", "ناشر <you@example.org>")
    with open_archive(db) as archive:
        export_dataset(archive, folder, Selection(**given), splitting or Splitting(test=0.2), contact=contact)
    return folder


@pytest.fixture(scope="module")
def dataset(db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(db, tmp_path_factory.mktemp("made") / "news")


@pytest.fixture(scope="module")
def card(dataset: Path) -> str:
    return (dataset / "README.md").read_text(encoding="utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def split(folder: Path, name: str) -> list[str]:
    return sorted(codes(folder / "data" / f"{name}-00000-of-00001.parquet"))


def test_the_folder_holds_the_articles_and_what_there_is_to_say_of_them(dataset: Path) -> None:
    assert list(tree(dataset)) == FILES
    assert len(split(dataset, "train")) + len(split(dataset, "test")) == CROWD
    assert not set(split(dataset, "train")) & set(split(dataset, "test"))


def test_the_same_archive_gives_the_same_bytes_in_another_folder(dataset: Path, db: Path, tmp_path: Path) -> None:
    again = tree(make(db, tmp_path / "elsewhere"))
    assert [name for name, body in tree(dataset).items() if again[name] != body] == []


def test_a_dataset_takes_the_place_of_an_earlier_one(db: Path, tmp_path: Path) -> None:
    make(db, tmp_path / "news")
    make(db, tmp_path / "news", filters=Filter(agency="mehr"))
    assert len(split(tmp_path / "news", "train")) + len(split(tmp_path / "news", "test")) == 10
    assert [path.name for path in tmp_path.iterdir()] == ["news"]


def test_the_manifest_tells_every_file_by_its_hash_and_what_was_asked_for(dataset: Path) -> None:
    told = json.loads((dataset / "manifest.json").read_bytes())
    files = {name: body for name, body in tree(dataset).items() if name != "manifest.json"}
    assert {name: said["sha256"] for name, said in told["files"].items()} == {
        name: sha256(body).hexdigest() for name, body in files.items()
    }
    assert told["archive"]["as_of"] == "2020-12-07T08:30:00Z"
    assert told["selection"]["filters"]["query"] == ""
    assert told["splitting"] == {"by": "random", "test": 0.2, "validation": 0.0, "seed": 0}
    assert told["counts"]["articles"] == CROWD


def test_the_archive_hash_is_that_of_the_articles_and_nothing_else(db: Path, dataset: Path, tmp_path: Path) -> None:
    def hashed(folder: Path) -> str:
        told: str = json.loads((folder / "manifest.json").read_bytes())["archive"]["hash"]
        return told

    bare = make(db, tmp_path / "bare", Splitting(by="time"), fields=chosen(without_texts=True))
    assert hashed(bare) == hashed(dataset)
    assert hashed(make(db, tmp_path / "less", filters=Filter(limit=29))) != hashed(dataset)


@pytest.mark.parametrize(
    "piece",
    [
        "# Persian news of خبرگزاری شبستان، mehr, 1399-09-10 … 1399-10-09",
        "30 articles, published 1399-09-10 … 1399-10-09 (Jalali); news agencies whose articles are in it: 2.",
        "| `shabestan` | خبرگزاری شبستان | https://shabestan.news | 20 | 1399-09-10 … 1399-10-08 |",
        "| `mehr` | `nastooh/1` | 10 |",
        "| `published` | timestamp | moment of publication, UTC |",
        "| 1399 |  |  |  |  |  |  |  |  | 66.7 %* | ? |  |  |",
        "* 1399-09-11: 1 listed articles are not held",
        "* 1399-09-12 … 1399-10-08: the listings were not walked to the end, or articles of them are still open",
        "* 1399-09-12 … 1399-10-09: imported: how many articles there were is not known",
        "The splits were drawn by chance (seed 0).",
        "67% of the articles are of خبرگزاری شبستان",
        "Who wants an article to be taken down writes to: ناشر <you@example.org>.",
        "@misc{bayegan-",
        "  version = {2020.12.7+",
    ],
)
def test_the_card_says(piece: str, card: str) -> None:
    assert piece in card


@pytest.mark.parametrize(
    ("given", "piece"),
    [
        ({"contact": None}, "**nobody: whoever made this dataset named no contact**"),
        ({"filters": Filter(agency="mehr", since=FIRST.date())}, "let through: `--agency mehr` `--from 2020-11-30`."),
        ({"filters": Filter(since=date(2020, 11, 20))}, "* 1399-08-30 … 1399-09-09: the listings were never walked"),
        (
            {"filters": Filter(agency="shabestan", until=FIRST.date())},
            "No gaps: every day from 1399-09-10 to 1399-09-10 was walked to the end, and all that it listed is held.",
        ),
        ({"narrowing": Narrowing(distinct=True)}, "Of each group only the article published first was included."),
        ({"fields": chosen(without_texts=True)}, "The texts themselves are not in this dataset, only their hashes."),
        ({"filters": Filter(limit=1)}, "No article fell into: test. So there is no such split."),
    ],
)
def test_the_card_says_what_was_done_otherwise(given: dict[str, Any], piece: str, db: Path, tmp_path: Path) -> None:
    assert piece in (make(db, tmp_path / "news", **given) / "README.md").read_text(encoding="utf-8")


def test_the_coverage_of_every_day_is_told(dataset: Path) -> None:
    with (dataset / "coverage.csv").open(encoding="utf-8", newline="") as lines:
        days = {(row["agency"], row["day"]): row for row in csv.DictReader(lines)}
    assert len(days) == 29 + 28
    known = days["shabestan", "2020-12-01"]
    assert (known["day_jalali"], known["known"]) == ("1399-09-11", "incomplete")
    assert [known[name] for name in ("listed", "held", "failed", "missing", "share")] == ["2", "1", "1", "1", "0.5000"]
    assert days["shabestan", "2020-12-02"]["known"] == "unseen"
    assert days["mehr", "2020-12-02"]["known"] == "imported"


def test_hugging_face_reads_card_splits_and_types(
    dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    datasets = pytest.importorskip("datasets")
    from huggingface_hub import DatasetCard  # noqa: PLC0415 -- it comes with datasets

    datasets.disable_progress_bars()
    loaded = datasets.load_dataset(str(dataset), cache_dir=str(tmp_path))
    assert {name: sorted(rows["news_code"]) for name, rows in loaded.items()} == {
        name: split(dataset, name) for name in ("train", "test")
    }
    types = loaded["test"].features
    assert types["tags"] == datasets.List(datasets.Value("string"))
    assert types["published"] == datasets.Value("timestamp[us, tz=UTC]")
    data = DatasetCard.load(dataset / "README.md").data
    assert (data.language, data.license, data.size_categories) == (["fa"], "other", ["n<1K"])
    assert data.task_categories == ["text-generation", "fill-mask", "text-classification"]
    assert caplog.messages == []


# The official library still calls what two of its own dependencies are about to give up.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning:rdflib.plugins.parsers.jsonld")
@pytest.mark.filterwarnings("ignore:The inplace keyword in DataFrame.reset_index:DeprecationWarning:mlcroissant")
def test_croissant_is_valid_and_names_every_article(dataset: Path) -> None:
    mlcroissant = pytest.importorskip("mlcroissant")
    read = mlcroissant.Dataset(jsonld=str(dataset / "croissant.json"))
    assert (read.metadata.issues.errors, read.metadata.issues.warnings) == (set(), set())
    found = {
        name: sorted(row[f"{name}/news_code"].decode() for row in read.records(name)) for name in ("train", "test")
    }
    assert found == {name: split(dataset, name) for name in ("train", "test")}


def test_the_columns_are_those_asked_for(db: Path, tmp_path: Path) -> None:
    make(db, tmp_path / "news", fields=("title", "tags"))
    schema = pq.read_schema(tmp_path / "news" / "data" / "train-00000-of-00001.parquet")
    assert [(field.name, str(field.type)) for field in schema] == [
        ("title", "string"),
        ("tags", "list<element: string>"),
    ]


def test_a_dataset_of_nothing_is_refused(db: Path, tmp_path: Path) -> None:
    with pytest.raises(EmptyDatasetError, match="No article would be in the dataset: widen the filters"):
        make(db, tmp_path / "news", filters=Filter(tag="هیچ"))
    assert list(tmp_path.iterdir()) == []
