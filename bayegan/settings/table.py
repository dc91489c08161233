"""The table of all settings: it validates ``bayegan.toml`` and the environment, and the documents are made from it.

pydantic comes with Typer, so that its errors, which say where and what kind, cost nothing more to install; it is
imported only where something is set.
"""

import re
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bayegan.durations import seconds
from crawler import agencies
from crawler.errors import UsageError

DIRECT: Final = "direct"
OWN: Final = {  # of Scrapy's names, those that have a better one here
    "BAYEGAN_ARCHIVE": "archive",
    "BAYEGAN_CONTACT": "contact",
    "BAYEGAN_PROXY": "proxy",
    "BAYEGAN_GAP_DAYS": "gap_days under budget",
    "BAYEGAN_METRICS_PORT": "port under metrics",
    "DOWNLOAD_DELAY": "delay",
    "BAYEGAN_ALERTS": "alerts",
    "LOG_LEVEL": "level under log",
}


def _agency(name: str) -> str:
    """A declared agency's name, or the domain of a site that nobody declared."""
    if "." not in name:
        try:
            agencies.agency(name)
        except UsageError as error:
            raise ValueError(str(error)) from None
    return name


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
        known = parts.port is None or parts.port > 0
    except ValueError:  # of a port or brackets that are none
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and known and not re.search(r"[\s\x00-\x1f]", url)


def _watch(url: str) -> str:
    if not _is_web(url) or urlsplit(url).username is not None:
        raise ValueError("must be an address that begins with http:// or https://, without a name and a password")
    return url


def _proxy(url: str) -> str:
    if url != DIRECT and not _is_web(url):
        raise ValueError(
            'must be the address of a proxy, such as "http://name:password@proxy.example:3128", or "direct"'
        )
    return url


def _address(written: str) -> str:
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*://.", written):
        raise ValueError('must be an address as Apprise takes it, such as "tgram://TOKEN/CHAT"')
    return written


def _length(written: str) -> str:
    if seconds(written) is None:
        raise ValueError('must be a length of time: "90" (minutes), "45m" or "1h30m"')
    return written


def _one_line(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise ValueError("must be one line of text")
    return text


def _scrapy(name: str) -> str:
    if not re.fullmatch(r"[A-Z][A-Z0-9_]*", name):
        raise ValueError(f"«{name}» is no setting of Scrapy: they are written in capital letters")
    if name in OWN:
        raise ValueError(f"«{name}» has a name of its own here: write {OWN[name]} instead")
    return name


Name = Annotated[str, AfterValidator(_agency)]
Text = Annotated[str, AfterValidator(_one_line)]
Watch = Annotated[str, AfterValidator(_watch)]
Proxy = Annotated[str, AfterValidator(_proxy)]
Address = Annotated[str, AfterValidator(_address)]
Length = Annotated[str, AfterValidator(_length)]
Names = Annotated[tuple[Name, ...], Field(strict=False)]
Addresses = Annotated[tuple[Address, ...], Field(strict=False)]
Delay = Annotated[float, Field(ge=0, le=3600)]
Scrapy = dict[Annotated[str, AfterValidator(_scrapy)], Any]


def _set(what: str, scrapy: str | None = None, *, secret: bool = False, file: bool = False, example: Any = None) -> Any:
    """A setting that may be left out; ``scrapy`` is what it is called there."""
    known = {"scrapy": scrapy, "secret": secret, "file": file, "example": example}
    return Field(default=None, description=what, json_schema_extra={key: one for key, one in known.items() if one})


class Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Paced(Table):
    """How a site is asked, for all agencies or for one."""

    delay: Delay | None = _set(
        "Seconds between two requests to a host. It beats what robots.txt asks for.", "DOWNLOAD_DELAY", example=2.5
    )
    proxy: Proxy | None = _set(
        "The HTTP proxy that is asked instead of the sites; `direct` for none. Without it, that of the environment "
        "(`http_proxy`, `https_proxy`).",
        "BAYEGAN_PROXY",
        secret=True,
        example="http://name:password@proxy.example:3128",
    )
    scrapy: Scrapy | None = Field(
        default=None,
        description="Any setting of Scrapy by its own name; a table is added to what is set.",
        json_schema_extra={"example": {"DOWNLOAD_TIMEOUT": 90}},
    )


class Budget(Table):
    """What one `bayegan crawl` may take."""

    jobs: Annotated[int, Field(ge=1, le=64)] | None = _set("Agencies that are crawled at the same time.", example=8)
    time_limit: Length | None = _set(
        'After which it ends in good order: `"90"` (minutes), `"45m"` or `"1h30m"`.', example="2h30m"
    )
    max_pages: Annotated[int, Field(ge=1)] | None = _set("Pages that all its agencies may ask for.", example=20_000)
    gap_days: Annotated[int, Field(ge=0, le=3660)] | None = _set(
        "Days that were never walked, between others that were, which a crawl without dates heals for each agency.",
        "BAYEGAN_GAP_DAYS",
        example=14,
    )


class Log(Table):
    """What is said on standard error while it crawls."""

    form: Literal["text", "json"] | None = _set(
        "`text` for people, `json` for machines: a document a line.", example="json"
    )
    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] | None = _set(
        "From which level on.", "LOG_LEVEL", example="INFO"
    )


class Metrics(Table):
    """Figures for Prometheus; needs `bayegan[monitor]`."""

    file: Text | None = _set(
        "Written after each crawl, for the text file collector of node_exporter.",
        file=True,
        example="/var/lib/node_exporter/textfile/bayegan.prom",
    )
    port: Annotated[int, Field(ge=1, le=65535)] | None = _set(
        "Where a crawl answers for as long as it runs.", "BAYEGAN_METRICS_PORT", example=9410
    )
    host: Text | None = _set(
        "The address of this machine to answer at; `0.0.0.0` for all that it has.", "BAYEGAN_METRICS_HOST"
    )


class Ping(Table):
    """A watch that raises the alarm when it hears nothing, in the manner of Healthchecks."""

    url: Watch | None = _set(
        "Asked with `/start` before a crawl, and with `/` and its exit code after it.",
        secret=True,
        example="https://hc-ping.example/6e9d2f3a",
    )


class OfAgency(Paced):
    """One agency's own."""


class Everything(Paced):
    """The whole of `bayegan.toml`."""

    archive: Text | None = _set("The archive, one SQLite file.", file=True, example="/srv/bayegan/news.db")
    agencies: Names | None = _set("What `bayegan crawl` without names crawls.", example=["shabestan", "mehr"])
    contact: Text | None = _set(
        "An address or page of whoever runs the crawl, told to every site.", "BAYEGAN_CONTACT", example="me@example.org"
    )
    alerts: Addresses | None = _set(
        "Whom to tell when an agency falls ill, or is well again: addresses of Apprise's; needs `bayegan[monitor]`.",
        "BAYEGAN_ALERTS",
        secret=True,
        example=["tgram://TOKEN/CHAT"],
    )
    budget: Budget | None = Field(default=None, description="Budgets")
    log: Log | None = Field(default=None, description="Log")
    metrics: Metrics | None = Field(default=None, description="Metrics")
    ping: Ping | None = Field(default=None, description="Ping")
    agency: dict[Name, OfAgency] | None = Field(default=None, description="One agency's own")
