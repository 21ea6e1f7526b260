"""Sending every request to one origin instead of its host: for replays and tests.

``https://host/path?q`` is asked for at ``<origin>/host/path?q``. This happens in the download
handler, below every middleware, so that the guard, robots.txt, cookies and redirects see the real host.
"""

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.http import Response

from crawlers.http.throttle import PoliteHandler
from crawlers.settings import DOWNLOAD_HANDLERS

HANDLERS = {
    **DOWNLOAD_HANDLERS,
    **dict.fromkeys(("http", "https"), "crawlers.simulation.origin_handler.OriginHandler"),
}


class OriginHandler(PoliteHandler):
    """An HTTP handler with one address for the whole web."""

    async def fetch(self, request: Request, host: str) -> Response:
        origin: str = self.crawler.settings["ORIGIN"]
        scheme, _, rest = request.url.partition("://")
        rewritten = request.replace(url=f"{origin}/{rest}")
        # The origin is the operator's own: that it is a private address is no reason to refuse it.
        response = await HTTP11DownloadHandler.download_request(self, rewritten)
        # Scrapy measures the latency on the request that it knows nothing of.
        request.meta.update(
            {key: rewritten.meta[key] for key in ("download_latency",) if key in rewritten.meta}
        )
        return response.replace(url=f"{scheme}://{rest}")
