"""Whose an article of a file is, and its one address: judged by what it says and by what its owner says of the file."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from crawler import agencies
from crawler.errors import BayeganError, RefusedError
from crawler.undeclared import undeclared
from crawler.urls import host_of, is_web

if TYPE_CHECKING:
    from crawler.items import Article


class ImportFileError(BayeganError):
    """The file could not be read at all."""


def placed(article: Article, given: str | None) -> Article:
    """The article with its agency and the canonical form of its address; raises what speaks against either."""
    agency, url = _agency_of(article, given), article.url
    if url is None:
        return replace(article, agency=agency.name)
    if not agency.owns(url):
        raise RefusedError(f"{url} is no address of {agency.name}.")
    code = agency.code_of(url)
    if agency.name not in _known():
        # A crawl knows such a site's articles by their addresses alone, whatever number the page shows.
        article = replace(article, news_code=code or article.news_code)
    if article.news_code and code not in {None, article.news_code}:
        raise RefusedError(f"{url} is not the address of the news code {article.news_code}.")
    return replace(article, agency=agency.name, url=agency.canonical(url))


def is_domain(name: str) -> bool:
    """Whether it names a site that nobody declared; its articles say their addresses."""
    return "." in name and undeclared(f"https://{name}").name == name


def _agency_of(article: Article, given: str | None) -> agencies.Agency:
    """The agency that the article names, where we know it; else the given one; else the one of its address."""
    known = _known()
    named = known.get(article.agency or "")
    if named and given not in {None, named.name}:
        raise RefusedError(f"It is an article of {named.name}, not of {given}.")
    return named or known.get(given or "") or _site_of(article, given or article.agency)


def _site_of(article: Article, name: str | None) -> agencies.Agency:
    """The agency of an address; a site that nobody declared is one under its domain, and answers to that name alone."""
    url = article.url or ""
    site = undeclared(url) if is_web(url) and host_of(url) else None
    if name is not None and (site is None or name != site.name):
        return agencies.agency(name)  # raises, with near names
    if site is None:
        raise RefusedError("It does not say its agency: name it with --agency.")
    return site


@cache
def _known() -> dict[str, agencies.Agency]:
    return {one.name: one for one in agencies.all_agencies()}
