"""The only reader: a page as served, and its address, make an article. No network, no clock, no Scrapy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler import agencies
from crawler import reading as read
from crawler.dateline import place_of
from crawler.document import absolute, first, line, parse
from crawler.errors import EmptyPageError, NotAnArticleError, SoftNotFoundError
from crawler.items import Article
from crawler.markup import MARKUPS
from crawler.refusal import says_not_found, why_no_article
from crawler.text import tidy
from crawler.urls import path_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from crawler.agencies import Agency
    from crawler.document import Document
    from crawler.markup import Markup, Selectors
    from crawler.reading import Reading

_LONGEST_APOLOGY = 300  # letters; an article that speaks of missing pages says more


def read_page(html: str | bytes, url: str = "") -> Article:
    """Read one page, or a fragment of one; ``url`` is where it was served, as far as that is known.

    What the page does not hold is None or (). Raises NotAnArticleError, or the one of its kinds that says why the
    page is no article: InterstitialError, SoftNotFoundError, EmptyPageError.
    """
    page = parse(html)
    markup = next((one for one in MARKUPS if _is_of(page, one)), None)
    if markup is None:
        raise why_no_article(page)
    type_ = _page_type(page, markup)
    if type_ in markup.listings:
        raise NotAnArticleError(f"The page is a list of articles ({type_}), no article: read the pages that it names.")
    if type_ in markup.errors:
        raise SoftNotFoundError("The page is the site's error page, though it was served as if it were an article.")
    stated = page.link("canonical") or page.meta("og:url") or ""
    agency = agencies.agency_at(url or stated)
    r = read.reading(page, markup, _selectors(markup, agency), (url, stated))
    code = read.code(r)
    article = _article(r, agency, code)
    if code is None:
        _refuse_what_is_none(r, article, type_)
    return article


def _is_of(page: Document, markup: Markup) -> bool:
    """Whether the page is of this family: by its head, or, for a fragment, by boxes that only the family makes."""
    generator = page.meta("generator")
    if generator is not None:
        return markup.generator in generator.lower() or _has_own_metas(page, markup)
    if _has_own_metas(page, markup):
        return True
    mark = first(page.root, markup.marks)
    # Inside a box of this class it is text that was pasted into a page of another family.
    return mark is not None and not any("body" in above.get("class", "").split() for above in mark.iterancestors())


def _has_own_metas(page: Document, markup: Markup) -> bool:
    return any(name.startswith(markup.prefix) for name in page.metas)


def _page_type(page: Document, markup: Markup) -> str | None:
    """The type that the page says it is of, in its meta or in a class of its body; None where it says none."""
    said = page.meta(f"{markup.prefix}pagetype")
    body = page.root.find("body")
    classes = "" if body is None else body.get("class", "")
    shown = next((name[3:] for name in classes.split() if name.startswith("pt-")), None)
    return (said or shown or "").lower() or None


def _selectors(markup: Markup, agency: Agency | None) -> Selectors:
    """The family's, or the agency's own; where a site has moved to another family, that family's."""
    own = agency.page if agency is not None and agency.family == markup.name else None
    return own or markup.page


def _article(r: Reading, agency: Agency | None, code: str | None) -> Article:
    title, kicker, lead = read.title(r), r.find(r.css.kicker), r.find(r.css.lead)
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
        authors=read.authors(r),
        place=place_of(lead_text, body[:3], line(origin)),
        published=read.published(r),
        modified=read.modified(r),
        image=read.image(r),
        kind=read.kind(r, has_text=bool(body)),
        language=read.language(r),
        reader=r.markup.reader,
    )


def _lead(r: Reading, lead: Element | None, origin: Element | None) -> str | None:
    """The lead as shown, without its origin; a page of which there is only the head says it there."""
    if lead is not None:
        return line(lead, skip=[origin] if origin is not None else [])
    said = r.page.meta("og:description", "description") if r.is_head_alone else None
    return tidy(said or "") or None


def _address(r: Reading, agency: Agency | None) -> str | None:
    """One address for the article, the agency's canonical one where the agency is known."""
    served, stated = r.addresses
    if agency is not None:
        named = (one for one in r.addresses if one and agency.code_of(one) is not None)
        return agency.canonical(next(named, served or stated))
    return absolute(stated, served) or served or line(first(r.page.root, r.css.short_link))


def _code_of_address(r: Reading, agency: Agency | None, address: str | None) -> str | None:
    if agency is not None:
        return agency.code_of(address or "")
    found = r.markup.scheme.match(path_of(address or ""))
    return found["code"] if found else None


def _refuse_what_is_none(r: Reading, article: Article, type_: str | None) -> None:
    """Raise for a page of the family, without a code, that holds no article: an apology, or nothing at all."""
    if len(article.body or "") < _LONGEST_APOLOGY and says_not_found(r.page):
        raise SoftNotFoundError("The site says that this page does not exist, though it was served as if it did.")
    if not (article.title or article.lead or article.body or article.kind != "text"):
        raise why_no_article(r.page) if r.box is r.page.root else EmptyPageError("The article on the page is empty.")
    known = type_ is not None or article.body or article.published or first(r.page.root, r.markup.marks) is not None
    if not known:
        raise why_no_article(r.page)
