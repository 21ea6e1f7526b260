"""Scrapy's settings for this house: one honest, slow visitor."""

import os
from importlib.metadata import version

BOT_NAME = "fengkou"
SPIDER_MODULES = ["crawlers.spiders"]
SPIDER_LOADER_CLASS = "crawlers.spider.BoardLoader"
NEWSPIDER_MODULE = "crawlers.spiders"
COMMANDS_MODULE = "crawlers.commands"

# Who we are, with somebody to write to. Some hosts look for "Mozilla/5.0" and for nothing after it.
CONTACT = os.environ.get("FENGKOU_CONTACT") or "https://example.org/fengkou"
USER_AGENT = f"Mozilla/5.0 (compatible; Fengkou/{version('fengkou')}; +{CONTACT})"
ROBOTSTXT_USER_AGENT = "Fengkou"
ROBOTSTXT_OBEY = True
DEFAULT_REQUEST_HEADERS = {"Accept": "*/*", "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"}
ROBOTS_KEPT_HOURS = 24.0  # between runs, unless the host says shorter; RFC 9309 allows no more
REFERRER_POLICY = "no-referrer"  # a board states its own Referer

# A board is one page: nobody needs it faster than this.
# Scrapy counts for each board; crawlers/http/throttle.py holds all boards of a host to these.
CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_ITEMS = 1  # a page is one item; Scrapy starts this many tasks for each response
DOWNLOAD_DELAY = 2.0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = DOWNLOAD_DELAY
# Text as it stands in the environment, which Scrapy reads as a number: whoever begins a crawl has had it
# checked (fengkou/settings.py), and to import this file must not fail.
DOWNLOAD_TIMEOUT = os.environ.get("FENGKOU_TIMEOUT_SECONDS") or 20.0
DNS_TIMEOUT = 10
CRAWL_DELAY_LIMIT_SECONDS = 60.0  # a Crawl-delay in robots.txt is kept up to this

# Only the board's own hosts, at public addresses; no scheme but http and https has a handler.
TWISTED_DNS_RESOLVER = "crawlers.http.address_guard.GuardedResolver"
DOWNLOAD_HANDLERS = {
    **dict.fromkeys(("http", "https"), "crawlers.http.throttle.PoliteHandler"),
    **dict.fromkeys(("data", "file", "ftp", "s3")),
}
# Scrapy takes any certificate unless told otherwise: whoever stands between could write a list, and would
# be handed the operator's keys.
DOWNLOAD_VERIFY_CERTIFICATES = True
HTTPPROXY_ENABLED = True  # HTTP_PROXY, HTTPS_PROXY and NO_PROXY of the environment

# 403 is an answer, not an accident: it is not asked again.
RETRY_TIMES = 2
RETRY_HTTP_CODES = [408, 429, 500, 502, 503, 504, 522, 524]
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # the landed outcome says it
RETRY_BACKOFF_SECONDS = 3.0
RETRY_AFTER_LIMIT_SECONDS = 60.0  # a longer pause is kept by not asking until then
REDIRECT_MAX_TIMES = 5

# A host that failed so often in a row is left alone, each time twice as long; 0: whatever it does.
CIRCUIT_FAILURES = os.environ.get("FENGKOU_CIRCUIT_FAILURES") or 3
CIRCUIT_MINUTES = 30
CIRCUIT_LIMIT_MINUTES = 12 * 60
CONDITIONAL_REQUESTS = True

# The longest list seen is 130 kB; ten megabytes of anything is not a list.
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0

# Every board builds its own of each, so that of Scrapy's only what a crawl of one page needs stands here.
DOWNLOADER_MIDDLEWARES_BASE = {
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": 600,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": 700,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 750,
}
DOWNLOADER_MIDDLEWARES = {
    "crawlers.http.address_guard.GuardMiddleware": 60,
    "crawlers.http.throttle.RobotsMiddleware": 100,
    "crawlers.http.retry.PatientRetryMiddleware": 550,
}
SPIDER_MIDDLEWARES_BASE = {
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": 25,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": 700,
}
EXTENSIONS_BASE = {
    "crawlers.http.memory_limit.MemoryLimit": 0,
    "scrapy.extensions.closespider.CloseSpider": 0,
    "scrapy.extensions.throttle.AutoThrottle": 0,
}
ITEM_PIPELINES = {"crawlers.landing.LandingPipeline": 300}
LANDING_DIR = os.environ.get("FENGKOU_LANDING", "landing")
LANDING_DURABLE = True

TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
LOG_LEVEL = "WARNING"
STATS_DUMP = False
MEMUSAGE_LIMIT_MB = 1024
CLOSESPIDER_TIMEOUT = (
    240  # whatever happens, a collection ends; what was not fetched is landed as crawl_died
)
