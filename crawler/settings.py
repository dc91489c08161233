"""Scrapy's settings for every crawl; an agency's file, bayegan.toml and ``--set`` come after these."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

try:
    _VERSION = version("bayegan")
except PackageNotFoundError:  # a checkout that was never installed: `scrapy crawl` from its folder
    _VERSION = "0"

BOT_NAME = "bayegan"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"

# Who we are. The contact is an address or page of whoever runs the crawl, so that a site can reach them.
BAYEGAN_CONTACT = ""
USER_AGENT = f"bayegan/{_VERSION} (news archive)"
ROBOTSTXT_USER_AGENT = "bayegan"
ROBOTSTXT_OBEY = True

# One request at a time to a host, a second apart, slower where the site is slow.
CONCURRENT_REQUESTS = 8
CONCURRENT_ITEMS = 4  # Scrapy makes this many tasks for every answer: its 100 cost as much as reading the page
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0.2
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 30.0

# A page is tried four times; waits double from BAYEGAN_BACKOFF seconds, or are what Retry-After asks for.
RETRY_TIMES = 3
RETRY_HTTP_CODES = [408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524]
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # what became of the page is told once, by the ledger and the summary
BAYEGAN_BACKOFF = 1.0
BAYEGAN_LONGEST_WAIT = 120.0

# Ceilings: a dripping or endless answer is cut off.
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_MAXSIZE = 32 * 1024 * 1024
DOWNLOAD_WARNSIZE = 8 * 1024 * 1024
REDIRECT_MAX_TIMES = 8
METAREFRESH_ENABLED = False
DNS_TIMEOUT = 20
TWISTED_DNS_RESOLVER = "crawler.public_names.PublicNames"

# Only the web, with its certificates checked, and no door into this process.
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_HANDLERS = {"file": None, "ftp": None, "s3": None, "data": None}
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "fa,en;q=0.5",
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "crawler.manners.OnSite": 50,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": None,
    "crawler.manners.Signature": 500,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "crawler.manners.PatientRetry": 550,
    "crawler.public_names.PrivateNames": 560,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "crawler.cookies.Cookies": 700,
    "crawler.proxies.OwnProxy": 740,  # before Scrapy's own, which goes on from there
}
# Depth and address length say nothing that the ledger does not, and each costs CPU for every page.
SPIDER_MIDDLEWARES = {
    "pipelines.gate.LedgerGate": 900,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
}
EXTENSIONS = {
    "crawler.manners.CrawlDelay": 0,
    "pipelines.run.Run": 100,
    "pipelines.live_metrics.LiveMetrics": 150,
    "pipelines.alerts.Alerts": 200,  # after the run, whose end it tells
    "scrapy.extensions.telnet.TelnetConsole": None,  # nobody talks to a crawl from outside
    "scrapy.extensions.remote_control.RemoteControl": None,
}
ITEM_PIPELINES = {
    "pipelines.check.Check": 100,
    "pipelines.duplicates.Duplicates": 200,
    "pipelines.revisions.Revisions": 300,
    "pipelines.floor.Floor": 400,
    "pipelines.store.Store": 500,
}

# The archive, articles a transaction and the longest that one waits (seconds) before it is written.
BAYEGAN_ARCHIVE = "data/bayegan.db"
BAYEGAN_BATCH = 50
BAYEGAN_BATCH_SECONDS = 3.0
# Whom to tell when an agency falls ill, or is well again: addresses of Apprise's, such as tgram://TOKEN/CHAT.
BAYEGAN_ALERTS: list[str] = []
# Days that no crawl has walked, between others that one has: how many of them a run without --from and --to heals.
BAYEGAN_GAP_DAYS = 7

# bayegan.toml and the environment, read (None: yet to be read) and handed on; they set what follows, too.
ADDONS = {"pipelines.configured.Configured": 0}
BAYEGAN_SETTINGS = None
BAYEGAN_PROXY = ""
BAYEGAN_METRICS_PORT = None
BAYEGAN_METRICS_HOST = "127.0.0.1"

LOG_LEVEL = "INFO"
WARN_ON_GENERATOR_RETURN_VALUE = False  # it reads the source of every callback, at every start
LOGSTATS_INTERVAL = 60.0
STATS_DUMP = False
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
FEED_EXPORT_ENCODING = "utf-8"
