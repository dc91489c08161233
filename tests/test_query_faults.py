"""Whatever is typed is answered, or refused in one sentence with where it goes wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from archives import fill
from hypothesis import example, given, settings
from hypothesis import strategies as st
from queries import STORIES, found
from typer.testing import CliRunner

from bayegan import open_archive
from bayegan.cli import app
from bayegan.querying.parsing import parse
from bayegan.search import Filter
from crawler.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayegan.archive.reader import Archive


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with open_archive(fill(tmp_path_factory.mktemp("query") / "news.db", STORIES)) as archive:
        yield archive


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("؟!", "There is no letter and no digit in «؟!»: search for a word."),
        ("(زلزله", "‹(› at letter 1 is never closed: write ) where it ends"),
        ("زلزله )", "‹)› at letter 7 closes nothing"),
        ("زلزله OR", "‹OR› at letter 7 has nothing behind it"),
        ("OR زلزله", "‹OR› at letter 1 has nothing before it"),
        ("زلزله OR OR قم", "‹OR› at letter 7 has nothing behind it"),
        ("زلزله NOT", "‹NOT› at letter 7 has nothing behind it"),
        ("زلزله | ) قم", "‹|› at letter 7 has nothing behind it"),
        ("(زلزله AND ) قم", "‹AND› at letter 8 has nothing behind it"),
        ("NEAR زلزله", "‹NEAR› at letter 1 has nothing before it"),
        ("زلزله NEAR/2", "‹NEAR/2› at letter 7 has nothing behind it"),
        ("زلزله NEAR tag:قم", "‹NEAR› at letter 7 must stand between two words or phrases"),
        ("(زلزله قم) NEAR شهر", "‹NEAR› at letter 12 must stand between two words or phrases"),
        ("زلزله NEAR/5000 قم", "‹NEAR/5000› at letter 7 is too far: 1000 words are the most"),
        ("کت*اب", "‹کت*اب› at letter 1 has a star inside"),
        ("ک*", "‹ک*› at letter 1 is too short"),
        ("*", "‹*› at letter 1 is too short"),
        ("tags:قم", "‹tags:› at letter 1 is no field; these are: title:, lead:, tag:"),
        ("قم tag:", "‹tag:› at letter 4 needs a value behind it"),
        ("tag:(قم)", "‹tag:› at letter 1 needs a value behind it"),
        ("tag:!", "‹!› at letter 5 has no letter and no digit"),
        ("title:(قم tag:قم)", "‹tag:› at letter 11 cannot stand inside title:( )"),
        ("from:دیروز", "‹دیروز› at letter 6 is no day, month or year of either calendar"),
        ("on:1399-13", "‹1399-13› at letter 4 is no day"),
        ("on:1399-12-31", "‹1399-12-31› at letter 4 is no day"),
        ("to:1399-13", "‹1399-13› at letter 4 is no day"),
        ("date:1400..1399", "‹1400..1399› at letter 6 is no day"),
        ("date:..", "‹..› at letter 6 is no day"),
        ("(((((((قم)))))))", "‹(› at letter 7 is the 7th parenthesis inside another: 6 are enough"),
        ('"' + "قم " * 101 + '"', "has 101 words: a phrase may have 100"),
        (" ".join(f"w{number}" for number in range(101)), "has 101 words and phrases: 100 can be"),
    ],
)
def test_what_cannot_be_read_is_refused_with_where_it_goes_wrong(query: str, told: str) -> None:
    with pytest.raises(UsageError) as refused:
        Filter(query=query)
    assert told in str(refused.value)
    assert refused.value.exit_code == 2
    assert len(str(refused.value)) < 300


SIGNS = st.sampled_from(
    [
        *('"', "«", "»", "“", "”", "*", "(", ")", "|", "-", ":", ",", "/", "^", "+", "\0", "'", " ", "..", "9", "1399"),
        *(" OR ", " AND ", " NOT ", " NEAR ", " NEAR/3 ", "title:", "tag:", "date:", "from:", "place:"),
        *("می\u200cرود", "کتاب", "ها", "بین المللی", "قم*", "U.S.", "\u200c", "\u200f", "\u00a0", "\u064e", "e\u0301"),
        *("\ud83d", "\U0001e900"),
    ]
)


@settings(max_examples=400, deadline=None)
@given(query=st.lists(SIGNS, max_size=25).map("".join) | st.text(max_size=60))
@example(query="-" * 3000 + "قم")
@example(query="(" * 3000)
@example(query="قم " * 3000)
@example(query="ا" * 10_000)
@example(query='"' + "شهر ها " * 40 + '"')
@example(query="می رود " * 40)
@example(query="((((((قم OR شهر) ناشران) OR کتاب) شهر) OR سیل) ها)")
@example(query="(((((title:(قم OR شهر) ناشران) OR کتاب) شهر) OR سیل) ها)")
@example(query=" NEAR ".join(["مسئول هیئت"] * 20))
@example(query="می\u200c" * 50)
@example(query="agency:\ud83dx")
@example(query="tag:\0x")
def test_whatever_is_typed_is_answered_or_refused(archive: Archive, query: str) -> None:
    try:
        codes = found(archive, query)
        hits = {hit.news_code for hit in archive.search(query, sort="relevance")}
    except UsageError:
        return
    assert hits == set(codes)


@given(query=st.lists(SIGNS, max_size=12).map("".join))
@settings(max_examples=200, deadline=None)
def test_what_is_not_meant_is_all_the_rest(archive: Archive, query: str) -> None:
    try:
        parse(f"({query})")
        meant, rest = found(archive, f"({query})"), found(archive, f"-({query})")
    except UsageError:
        return
    assert sorted(meant + rest) == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    "command", [("search", "(زلزله"), ("export", "x.csv", "--query", "(زلزله"), ("trend", "(زلزله")]
)
def test_every_command_refuses_a_query_in_one_sentence(archive: Archive, command: tuple[str, ...]) -> None:
    done = CliRunner().invoke(app, [*command, "--archive", str(archive.path)])
    told = (
        "The query cannot be read: ‹(› at letter 1 is never closed: write ) where it ends, "
        "or put it between quotation marks.\n"
    )
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", told)
