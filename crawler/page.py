"""The only reader: a page as served, and its address, make an article. No network, no clock, no Scrapy."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crawler import generic
from crawler import reading as read
from crawler.dateline import place_of
from crawler.document import absolute, first, line
from crawler.errors import EmptyPageError, NotAnArticleError, SoftNotFoundError
from crawler.items import Article
from crawler.kinds import kind
from crawler.moments import modified, published
from crawler.opening import open_page
from crawler.refusal import says_not_found, why_no_article
from crawler.text import fold, tidy
from crawler.urls import path_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element as Element

    from crawler.agencies import Agency
    from crawler.document import Document
    from crawler.opening import Opened
    from crawler.reading import Reading

_FEWEST_LETTERS = 200  # of a text that is taken for the article's though its family keeps texts elsewhere
_HOME_PATHS = frozenset({"", "fa"})
_LONGEST_APOLOGY = 300  # letters; an article that speaks of missing pages says more


def read_page(html: str | bytes, url: str = "") -> Article:
    """Read one page, or a fragment of one; ``url`` is where it was served, as far as that is known.

    What the page does not hold is None or (). Raises NotAnArticleError, or the one of its kinds that says why the
    page is no article: InterstitialError, SoftNotFoundError, EmptyPageError.
    """
    opened = open_page(html, url)
    r = opened.reading()
    if r is None:
        return generic.read_opened(opened).article
    if opened.known is None:
        article = _article(r, opened.agency, read.code(r))
        return article if _is_read(article, opened.page) else generic.read_opened(opened).article
    return _read_known(r, opened)


def _is_read(article: Article, page: Document) -> bool:
    """Whether selectors that no mark of their family speaks for have found the article; a fragment is its body."""
    if not article.body or not (article.title or page.is_fragment):
        return False
    return len(article.body) >= _LONGEST_APOLOGY or not says_not_found(page)


def _read_known(r: Reading, opened: Opened) -> Article:
    type_ = _page_type(r)
    if type_ in r.markup.listings:
        raise NotAnArticleError(f"The page is a list of articles ({type_}), no article: read the pages that it names.")
    if type_ in r.markup.errors:
        raise SoftNotFoundError("The page is the site's error page, though it was served as if it were an article.")
    code = read.code(r)
    article = _article(r, opened.agency, code)
    is_told = article.body or article.kind != "text" or opened.page.is_fragment
    whole = article if is_told or (code is None and _is_list(r)) else _with_text(article, opened)
    if code is None and whole is article:
        _refuse_what_is_none(r, article, type_)
    return whole


def _with_text(article: Article, opened: Opened) -> Article:
    """The article with the text that the generic reader finds, in a theme where the family's selectors find none."""
    try:
        found = generic.read_opened(opened).article
    except NotAnArticleError:
        return article
    if len(found.body or "") < _FEWEST_LETTERS:
        return article
    named = article.title is None or (found.title or "\n") in article.title  # the head's has the site's name, too
    return replace(
        article,
        title=found.title if named else article.title,
        lead=article.lead or found.lead,
        body=found.body,
        reader=f"{article.reader}+{found.reader}",
    )


def _page_type(r: Reading) -> str | None:
    """The type that the page says it is of, in its meta or in a class of its body; None where it says none."""
    body = r.page.root.find("body")
    classes = "" if body is None or not r.markup.prefix else body.get("class", "")
    shown = next((name[3:] for name in classes.split() if name.startswith("pt-")), None)
    return (r.own_meta("pagetype") or shown or "").lower() or None


def _article(r: Reading, agency: Agency | None, code: str | None) -> Article:
    title, kicker, lead = read.title(r), r.find(r.css.kicker), read.lead(r)
    origin = None if lead is None else first(lead, r.css.origin)
    body = read.prose(r, [node for node in (title, kicker, lead) if node is not None])
    lead_text = _lead(r, lead, origin)
    address = _address(r, agency)
    return Article(
        agency=agency.name if agency else None,
        news_code=code or _code_of_address(r, agency, address) or read.node_id(r),
        url=address,
        title=line(title) or read.title_in_head(r),
        kicker=line(kicker),
        lead=lead_text,
        body="\n\n".join(body) or None,
        tags=read.tags(r),
        sections=read.sections(r),
        authors=_persons(read.authors(r, body[0] if body else ""), agency),
        place=place_of(lead_text, body[:3], line(origin)),
        published=published(r),
        modified=modified(r),
        image=read.image(r),
        kind=kind(r, has_text=any(not read.END_MARK.fullmatch(one) for one in body)),
        language=read.language(r),
        reader=r.markup.reader,
    )


def _lead(r: Reading, lead: Element | None, origin: Element | None) -> str | None:
    """The lead as shown, without its origin; a page of which there is only the head says it there."""
    if lead is not None:
        return line(lead, skip=[origin] if origin is not None else [])
    said = r.page.meta("og:description", "description") if r.is_head_alone else None
    return tidy(said or "") or None


def _persons(names: Sequence[str], agency: Agency | None) -> tuple[str, ...]:
    """The names without the agency's own, with which it signs what nobody else wrote."""
    own = set() if agency is None else {*fold(agency.title).split(), agency.name}
    return tuple(name for name in names if not own.issuperset(fold(name).split()))


def _address(r: Reading, agency: Agency | None) -> str | None:
    """One address for the article, the agency's canonical one where the agency is known."""
    served, stated = r.addresses
    if agency is not None:
        named = (one for one in r.addresses if one and agency.code_of(one) is not None)
        return agency.canonical(next(named, served or stated))
    short = first(r.page.root, r.css.short_link)
    return absolute(stated, served) or served or (None if short is None else short.get("value") or line(short))


def _code_of_address(r: Reading, agency: Agency | None, address: str | None) -> str | None:
    if agency is not None:
        return agency.code_of(address or "")
    found = r.markup.scheme.match(path_of(address or ""))
    return found["code"] if found else None


def _refuse_what_is_none(r: Reading, article: Article, type_: str | None) -> None:
    """Raise for a page of the family, without a code, that holds no article: an apology, a list, or nothing at all."""
    if len(article.body or "") < _LONGEST_APOLOGY and says_not_found(r.page):
        raise SoftNotFoundError("The site says that this page does not exist, though it was served as if it did.")
    if not (article.title or article.lead or article.body or article.kind != "text"):
        raise why_no_article(r.page) if r.box is r.page.root else EmptyPageError("The article on the page is empty.")
    is_home = bool(r.addresses[0]) and path_of(r.addresses[0]).strip("/") in _HOME_PATHS
    if not article.body and (is_home or _is_list(r)):
        raise NotAnArticleError("The page is a list of articles, no article: read the pages that it names.")
    known = type_ is not None or article.body or article.published or first(r.page.root, r.markup.marks) is not None
    if not known:
        raise why_no_article(r.page)


def _is_list(r: Reading) -> bool:
    """Whether the page bears what stands only on its family's lists."""
    return first(r.page.root, r.markup.list_marks) is not None
