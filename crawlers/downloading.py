"""The HTTP download handler with more patience at its end."""

from __future__ import annotations

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler


class PatientHandler(HTTP11DownloadHandler):
    """Scrapy gives idle connections one second to close and, where reading a large file takes longer, its timer and the
    closing connection call the same Deferred: a traceback in the log of a crawl that went well."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._disconnect_timeout = 15
