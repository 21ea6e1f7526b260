"""Scrapy's settings for this house: one honest, slow visitor."""

import os

BOT_NAME = "fengkou"
SPIDER_MODULES = ["crawlers.spiders"]
NEWSPIDER_MODULE = "crawlers.spiders"
COMMANDS_MODULE = "crawlers.commands"

# Who we are, with somebody to write to. Some hosts look for "Mozilla/5.0" and for nothing after it.
CONTACT = os.environ.get("FENGKOU_CONTACT", "https://example.org/fengkou")
USER_AGENT = f"Mozilla/5.0 (compatible; Fengkou/0.1; +{CONTACT})"
ROBOTSTXT_USER_AGENT = "Fengkou"
ROBOTSTXT_OBEY = True
DEFAULT_REQUEST_HEADERS = {"Accept": "*/*", "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"}
REFERRER_POLICY = "no-referrer"  # a board states its own Referer

# A board is one page: nobody needs it faster than this.
CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_ITEMS = 1  # a page is one item; Scrapy starts this many tasks for each response
DOWNLOAD_DELAY = 2.0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = DOWNLOAD_DELAY
DOWNLOAD_TIMEOUT = float(os.environ.get("FENGKOU_TIMEOUT_SECONDS", "20"))
DNS_TIMEOUT = 10

# 403 is an answer, not an accident: it is not asked again.
RETRY_TIMES = 2
RETRY_HTTP_CODES = [408, 429, 500, 502, 503, 504, 522, 524]
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # the landed outcome says it
RETRY_BACKOFF_SECONDS = 3.0
RETRY_AFTER_LIMIT_SECONDS = 60.0
REDIRECT_MAX_TIMES = 5

# The longest list seen is 130 kB; ten megabytes of anything is not a list.
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
HTTPERROR_ALLOW_ALL = True  # every answer is an outcome

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "crawlers.retry.PatientRetryMiddleware": 550,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
}
ITEM_PIPELINES = {"crawlers.landing.LandingPipeline": 300}
LANDING_DIR = os.environ.get("FENGKOU_LANDING", "landing")
LANDING_DURABLE = True

TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
LOG_LEVEL = "WARNING"
STATS_DUMP = False
LOGSTATS_INTERVAL = 0
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
MEMUSAGE_LIMIT_MB = 1024
CLOSESPIDER_TIMEOUT = (
    240  # whatever happens, a collection ends; what was not fetched is landed as crawl_died
)
