"""Sending every request to one origin instead of its host: for replays and tests.

``https://host/path?q`` is asked for at ``<origin>/host/path?q``. This happens in the download
handler, below every middleware, so that robots.txt, cookies and redirects see the real host.
"""

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.http import Response

HANDLERS = dict.fromkeys(("http", "https"), "crawlers.origin.OriginHandler")


class OriginHandler(HTTP11DownloadHandler):
    """An HTTP handler with one address for the whole web."""

    async def download_request(self, request: Request) -> Response:
        origin: str = self.crawler.settings["ORIGIN"]
        scheme, _, rest = request.url.partition("://")
        rewritten = request.replace(url=f"{origin}/{rest}")
        response = await super().download_request(rewritten)
        # Scrapy measures the latency on the request that it knows nothing of.
        request.meta.update(
            {key: rewritten.meta[key] for key in ("download_latency",) if key in rewritten.meta}
        )
        return response.replace(url=f"{scheme}://{rest}")
