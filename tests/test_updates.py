"""Updates: what is new, changed or gone since an export; applied to it they make what an export would be now."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
from archives import NOON, Clock, fetched, fill, take
from copied_texts import BRIDGE, SCHOOL, report
from exports import of_lines, read
from typer.testing import CliRunner

from bayegan.archive.intake import Intake
from bayegan.archive.writer import Writer
from bayegan.cli import app
from bayegan.takedown import take_down

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.items import Article

Rows = dict[tuple[str, str], tuple[str, dict[str, Any]]]
DAY = 24.0
CROWD = 20
WHO = "ناشر <you@example.org>"
LISTING, MANIFEST = "news.jsonl.articles.jsonl.zst", "news.jsonl.manifest.json"


def alone(number: int) -> Article:
    words = " ".join(f"واژه{number}شماره{place}" for place in range(40))
    return report("mehr", f"a{number:02}", words, hours=number * DAY)


EARLY = [*map(alone, range(CROWD)), report("isna", "b2", *BRIDGE, hours=18 * DAY)]
# Three come, of which one was published before a copy of it that is tested on, and two are edited.
LATER = [
    alone(CROWD),
    report("irna", "b1", *BRIDGE, hours=DAY),
    report("irna", "s1", *SCHOOL, hours=2 * DAY),
    replace(alone(3), title="تیتری دیگر"),
    replace(alone(4), tags=("آب",)),
]
GONE = [("mehr", "a05"), ("mehr", "a06")]


def bayegan(*words: object) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words])


def done(*words: object) -> str:
    """What a command says that goes well."""
    ended = bayegan(*words)
    assert ended.exit_code == 0, ended.output
    return str(ended.stderr)


def change(db: Path, articles: list[Article], gone: list[tuple[str, str]]) -> None:
    with Writer(db) as writer:
        intake = Intake(writer, clock=Clock(NOON.replace(hour=9)))
        for article in articles:
            take(intake, fetched(article, NOON.replace(hour=9)))
        intake.flush()
        for key in gone:
            take_down(writer, key, clock=Clock(NOON.replace(hour=10)))


def rows(folder: Path) -> Rows:
    """Every article of a dataset or an update, with its split."""
    return {
        (row["agency"], row["news_code"]): (file.name.partition("-")[0], row)
        for file in sorted(folder.glob("data/*.parquet"))
        for row in read(file)
    }


def told(folder: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_bytes())
    return manifest


def applied(before: Rows, update: Path) -> Rows:
    """As the card of an update says."""
    gone = {(one["agency"], one["news_code"]) for name in ("taken_down", "left_out") for one in told(update)[name]}
    return {key: row for key, row in before.items() if key not in gone} | rows(update)


@dataclass(frozen=True)
class Past:
    """A dataset, two updates to it one after the other, and what it would be after each of them."""

    folder: Path
    said: list[str]

    def __getitem__(self, name: str) -> Path:
        return self.folder / name


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Past:
    folder = tmp_path_factory.mktemp("updates")
    db = fill(folder / "x.db", EARLY)
    asked = ("--split", "time", "--test-share", "0.2", "--no-body", "--contact", WHO)
    said = [done("export", folder / "news/", *asked, "--archive", db)]
    change(db, LATER, GONE)
    said.append(done("export", folder / "first/", "--since-export", folder / "news", "--archive", db))
    done("export", folder / "then/", *asked, "--archive", db)
    change(db, [replace(alone(7), kicker="روتیتری دیگر")], [("irna", "s1")])
    said.append(
        done("export", folder / "second/", "--since-export", folder / "first" / "manifest.json", "--archive", db)
    )
    done("export", folder / "now/", *asked, "--archive", db)
    said.append(done("export", folder / "third/", "--since-export", folder / "second", "--archive", db))
    return Past(folder, [line.replace(f"{folder}/", "") for line in said])


def test_the_command_says_how_much_came_and_went(past: Past) -> None:
    assert past.said == [
        "21 articles written to news: 17 train, 4 test.\n",
        "6 articles written to first: 3 new, 3 changed, 2 taken down, 1 left out.\n",
        "1 articles written to second: 0 new, 1 changed, 1 taken down, 0 left out.\n",
        "0 articles written to third: 0 new, 0 changed, 0 taken down, 0 left out.\n",
    ]


def test_an_update_names_who_was_taken_down_and_who_is_no_longer_selected(past: Past) -> None:
    first = told(past["first"])
    assert first["taken_down"] == [
        {"agency": "mehr", "news_code": code, "when": "2020-12-07T10:30:00Z"} for code in ("a05", "a06")
    ]
    assert first["left_out"] == [{"agency": "isna", "news_code": "b2"}]  # its earlier copy is in training now
    assert first["since"] == told(past["news"])["archive"]["hash"]
    assert told(past["second"])["since"] == first["archive"]["hash"]
    assert [one["news_code"] for one in told(past["second"])["taken_down"]] == ["s1"]


@pytest.mark.parametrize(("updates", "now"), [(["first"], "then"), (["first", "second"], "now")])
def test_applied_to_what_it_is_to_it_makes_what_an_export_would_be(updates: list[str], now: str, past: Past) -> None:
    made = rows(past["news"])
    for update in updates:
        made = applied(made, past[update])
    assert made == rows(past[now])
    assert told(past[updates[-1]])["archive"] == told(past[now])["archive"]


def test_an_update_is_a_folder_with_a_card_of_its_own(past: Past) -> None:
    names = sorted(str(path.relative_to(past["first"])) for path in past["first"].rglob("*") if path.is_file())
    assert [name for name in names if not name.startswith("data/")] == [
        "README.md",
        "articles.jsonl.zst",
        "manifest.json",
    ]
    card = (past["first"] / "README.md").read_text(encoding="utf-8")
    assert f"To the dataset with the archive hash `{told(past['news'])['archive']['hash']}`" in card
    assert "| taken down | 2 |" in card
    assert f"Who wants an article to be taken down writes to: {WHO}." in card
    assert f"writes to: {WHO}." in (past["second"] / "README.md").read_text(encoding="utf-8")  # as it was told before


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Twenty of twenty-one articles, as a file with a manifest, whose archive has changed since."""
    db = fill(tmp_path / "x.db", EARLY)
    path = tmp_path / "news.jsonl"
    done("export", path, "--limit", "20", "--manifest", "--archive", db)
    change(db, LATER, GONE)
    return path


def again(file: Path, name: str) -> Any:
    folder = file.parent
    return bayegan("export", folder / name, "--since-export", file, "--archive", folder / "x.db")


def test_a_single_file_is_kept_up_to_date_as_well(file: Path) -> None:
    later = file.with_name("later.jsonl")
    ended = again(file, later.name)
    assert ended.stderr == f"5 articles written to {later}: 3 new, 2 changed, 2 taken down, 1 left out.\n"
    assert sorted(row["news_code"] for row in of_lines(later.read_bytes())) == ["a03", "a04", "a20", "b1", "s1"]
    manifest = json.loads(later.with_name("later.jsonl.manifest.json").read_bytes())
    assert [one["news_code"] for one in manifest["taken_down"]] == ["a05", "a06"]
    assert manifest["left_out"] == [{"agency": "mehr", "news_code": "a01"}]  # older than the newest twenty
    assert again(later, "last.csv").stderr.endswith("last.csv: 0 new, 0 changed, 0 taken down, 0 left out.\n")


def test_an_update_never_takes_the_place_of_what_it_is_to(file: Path, past: Past) -> None:
    before = file.read_bytes()
    ended = again(file, file.name)
    assert (ended.exit_code, file.read_bytes()) == (2, before)
    assert ended.stderr == (
        f"{file} is what the update is to: name another place for it, and keep this one to apply it to.\n"
    )
    folder = past["news"]
    ended = bayegan("export", f"{folder}/", "--since-export", folder, "--archive", past["x.db"])
    assert (ended.exit_code, "name another place for it" in ended.stderr) == (2, True)


@pytest.mark.parametrize(
    ("name", "written", "sentence"),
    [
        ("news.jsonl", "written anew, without a manifest", "news.jsonl is not what its manifest says: export the"),
        (LISTING, "", f"{LISTING} is not what its manifest says: export the whole anew, with --manifest if it is"),
        (LISTING, None, f"{LISTING} is not what its manifest says"),
        (MANIFEST, '{"kind": "bayegan export"}', f"{MANIFEST} is not what its manifest says"),
        (
            MANIFEST,
            '{"kind": "bayegan export", "version": 9}',
            f"{MANIFEST} was written by a newer bayegan: update this",
        ),
        (MANIFEST, "{}", "news.jsonl is no export with a manifest: name a dataset's folder, its manifest.json, or a"),
        (MANIFEST, None, "news.jsonl is no export with a manifest"),
    ],
)
def test_an_export_that_is_not_what_it_says_is_told_in_a_sentence(
    name: str, written: str | None, sentence: str, file: Path
) -> None:
    harmed = file.with_name(name)
    harmed.unlink() if written is None else harmed.write_text(written)
    ended = again(file, "later.jsonl")
    assert (ended.exit_code, len(ended.stderr.splitlines())) == (1, 1)
    assert sentence in ended.stderr
    assert not file.with_name("later.jsonl").exists()


def test_the_listing_is_enough_where_the_file_was_moved_away(file: Path) -> None:
    file.unlink()
    assert again(file, "later.jsonl").exit_code == 0


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ("later/", "What was exported before is a single file: let the update be one too."),
        ("later.jsonl --agency mehr", "An update takes filters, fields and splits from --since-export"),
        ("later.jsonl --fields title", "An update takes filters, fields and splits from --since-export"),
        ("later.warc.gz", "Neither WARC files nor --partition have a manifest"),
        ("later --partition", "Neither WARC files nor --partition have a manifest"),
        ("-", "A manifest stands beside a file: name one instead of standard output."),
    ],
)
def test_what_does_not_go_together_is_told_in_a_sentence(
    options: str, sentence: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(file.parent)
    ended = bayegan("export", *options.split(), "--since-export", file, "--archive", "x.db")
    assert (ended.exit_code, len(ended.stderr.splitlines())) == (2, 1)
    assert sentence in ended.stderr
