"""A new agency out of one page: what is seen of it, the file that is written, and what is refused."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest
from nastooh_pages import article

from bayegan.growing import newcomer
from bayegan.growing.evidence import look
from crawler import agencies, families
from crawler.errors import BayeganError, EmptyPageError, InterstitialError, NotAnArticleError, UsageError
from crawler.markup import MARKUPS

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.markup import Markup

HEAD = '<meta property="og:site_name" content="خبرگزاری نمونه">'
ADDRESS = "https://www.nemune.ir/news/1234/x"
SOURCE = """\
from crawler.families import Nastooh


class Nemune(Nastooh):
    name = "nemune"
    title = "خبرگزاری نمونه"
    home = "https://www.nemune.ir"
"""
PROVEN = '    proven = ("address",)\n'
FEED = '<link rel="alternate" type="application/rss+xml" href="{}">'


def nastooh(head: str = HEAD) -> bytes:
    return article("<p>یک</p>", head).encode()


def test_the_file_is_in_the_form_of_all_others() -> None:
    assert look(nastooh(), "https://www.nemune.ir/").source == SOURCE
    assert look(nastooh(), ADDRESS).source == SOURCE + PROVEN


def test_the_file_declares_what_was_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = look(nastooh(), ADDRESS)
    assert newcomer.write(found, tmp_path) == tmp_path / "nemune.py"
    monkeypatch.setattr(agencies, "spiders_folder", lambda: tmp_path)
    agencies._names.cache_clear()
    try:
        declared = agencies.agency("nemune")
    finally:
        monkeypatch.undo()
        agencies._names.cache_clear()
    assert (declared.title, declared.home, declared.family) == ("خبرگزاری نمونه", "https://www.nemune.ir", "nastooh")


@pytest.mark.parametrize(
    ("html", "family", "evidence"),
    [
        (article(), "nastooh", "generator"),
        ('<meta property="nastooh:nid" content="7"><h1 class="title">x</h1><div></div>', "nastooh", "nastooh:"),
        ('<article id="item"><div class="item-text">یک</div></article>', "nastooh", "item-text"),
        ("<head><title>x</title></head><div><p>یک</p></div>", "generic", "no family's mark was found"),
    ],
)
def test_the_family_is_named_with_what_it_was_known_by(html: str, family: str, evidence: str) -> None:
    found = look(html.encode(), ADDRESS)
    assert found.family == family
    assert evidence in found.evidence


def test_the_owners_word_beats_the_marks_of_the_page_which_are_still_told() -> None:
    found = look(nastooh(), ADDRESS, family="generic")
    assert found.family == "generic"
    assert "--family" in found.evidence
    assert "nastooh" in found.evidence


@pytest.mark.parametrize(
    ("head", "title", "seen"),
    [
        (HEAD, "خبرگزاری نمونه", "og:site_name"),
        ('<meta name="application-name" content=" نمونه ">', "نمونه", "application-name"),
        ('<meta property="og:site_name" content="نمونه \\ &quot;تازه&quot;">', 'نمونه \\ "تازه"', "og:site_name"),
        ('<meta property="og:site_name" content="NEMUNE | نمونه | خبرهای ایران و جهان">', "نمونه", "og:site_name"),
        ('<meta property="og:site_name" content="Nemune">', "Nemune", "og:site_name"),
        ("<title>نمونه</title>", "nemune.ir", "domain"),
        (f'<meta property="og:site_name" content="{"نمونه " * 20}">', "nemune.ir", "domain"),
    ],
)
def test_a_title_is_what_the_site_calls_itself_or_its_domain(head: str, title: str, seen: str) -> None:
    found = look(nastooh(head), ADDRESS)
    assert found.title == title
    assert seen in found.titled
    written = ast.parse(found.source).body[1]
    assert isinstance(written, ast.ClassDef)
    assert [ast.literal_eval(one.value) for one in written.body if isinstance(one, ast.Assign)][1] == title


@pytest.mark.parametrize(
    ("address", "name", "home"),
    [
        ("http://nemune.ir/a", "nemune", "http://nemune.ir"),
        ("https://www.nemune-news.co.ir/", "nemune_news", "https://www.nemune-news.co.ir"),
        ("https://fa.nemune.com:8080/news/1?x=1#y", "nemune", "https://fa.nemune.com:8080"),
        ("https://118.ir/news/1", "n118", "https://118.ir"),
        ("https://who:secret@nemune.ir/news/1", "nemune", "https://nemune.ir"),
    ],
)
def test_the_name_is_the_first_label_of_the_domain(address: str, name: str, home: str) -> None:
    found = look(nastooh(), address)
    assert (found.name, found.home) == (name, home)
    assert isinstance(ast.parse(found.source).body[1], ast.ClassDef)


def test_a_class_never_bears_the_name_of_its_family() -> None:
    found = look(nastooh(), ADDRESS, name="nastooh")
    assert "class NastoohNews(Nastooh):" in found.source


@pytest.mark.parametrize(
    ("head", "family", "feeds", "declared"),
    [
        (FEED.format("/rss"), None, ("/rss",), ()),
        (FEED.format("https://www.nemune.ir/rss/tp/1"), None, ("/rss/tp/1",), ("/rss/tp/1",)),
        (FEED.format("/comments/feed") + FEED.format("https://other.ir/rss"), None, (), ()),
        ("", None, (), ()),
    ],
)
def test_a_feed_is_declared_where_the_family_does_not_ask_for_it(
    head: str, family: str | None, feeds: tuple[str, ...], declared: tuple[str, ...]
) -> None:
    found = look(nastooh(head), ADDRESS, family=family)
    assert (found.feeds, found.declared) == (feeds, declared)
    assert ("feeds = " in found.source) is bool(declared)


def test_a_saved_page_may_say_where_it_stands() -> None:
    head = '<link rel="canonical" href="https://www.nemune.ir/news/7/x">'
    assert look(nastooh(head), "").home == "https://www.nemune.ir"


@pytest.mark.parametrize(
    ("html", "error"),
    [
        (b"", EmptyPageError),
        (b"<html><body></body></html>", EmptyPageError),
        (b"\x89PNG\r\n\x1a\n\x00\x00", NotAnArticleError),
        (b'{"urls": []}', NotAnArticleError),
        (b"<script>var AR_SiteKey = 1</script><h1>Transferring to the website...</h1>", InterstitialError),
    ],
)
def test_what_is_no_page_of_a_site_is_refused_by_name(html: bytes, error: type[NotAnArticleError]) -> None:
    with pytest.raises(NotAnArticleError) as raised:
        look(html, ADDRESS)
    assert type(raised.value) is error
    assert str(raised.value).endswith(".")


@pytest.mark.parametrize(
    ("url", "name", "family", "said"),
    [
        ("", None, None, "does not say where it stands: give its address with --url"),
        ("https://fars.shabestan.ir/x", None, None, "belongs to shabestan already: change spiders/shabestan.py"),
        ("nemune.ir", None, None, "«nemune.ir» is no address of a site: give one such as https://example.ir"),
        ("ftp://nemune.ir", None, None, "«ftp://nemune.ir» is no address of a site"),
        ("https://nemune news.ir/", None, None, "is no address of a site"),
        ("https://nemune.ir:99999/", None, None, "is no address of a site"),
        ("http://[::1", None, None, "is no address of a site"),
        ("https://نمونه.ir/", None, None, "نمونه.ir has no Latin letters to make a name of: say one with --name."),
        (ADDRESS, "shabestan", None, "There is an agency called shabestan already"),
        (ADDRESS, "Nemune", None, "«Nemune» is no name for an agency"),
        (ADDRESS, "../x", None, "«../x» is no name for an agency"),
        (ADDRESS, "class", None, "«class» is no name for an agency"),
        (ADDRESS, None, "nastoh", "No family is called «nastoh»: did you mean nastooh?"),
        (ADDRESS, None, "Xyzzy", "No family is called «Xyzzy»: there are nastooh, "),
    ],
)
def test_what_makes_no_sense_is_told(url: str, name: str | None, family: str | None, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        look(nastooh(), url, name=name, family=family)
    assert said in str(raised.value)


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "nemune.py").write_text("mine")
    with pytest.raises(UsageError, match="is there already"):
        newcomer.write(look(nastooh(), ADDRESS), tmp_path)
    assert (tmp_path / "nemune.py").read_text() == "mine"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(BayeganError, match="could not be written"):
        newcomer.write(look(nastooh(), ADDRESS), tmp_path / "none")


def test_the_folder_is_the_one_that_is_named_or_the_checkouts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert newcomer.folder(tmp_path) == tmp_path
    assert newcomer.folder(None) == agencies.spiders_folder()
    with pytest.raises(UsageError, match="There is no folder"):
        newcomer.folder(tmp_path / "none")
    monkeypatch.setattr(agencies, "spiders_folder", lambda: tmp_path)
    with pytest.raises(UsageError, match="is no checkout that can be written: name a folder for the file with --into"):
        newcomer.folder(None)


@pytest.mark.parametrize("markup", MARKUPS, ids=lambda markup: markup.name)
def test_every_family_that_is_recognised_can_be_crawled(markup: Markup) -> None:
    assert hasattr(families, newcomer.camel(markup.name))
