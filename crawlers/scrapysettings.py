"""Scrapy's settings for one source: the order of middlewares and pipelines, politeness, limits."""

from __future__ import annotations

import math
from typing import Any

from scrapy.settings import Settings as ScrapySettings

from crawlers import quietlog
from crawlers.settings import Settings
from crawlers.source import Source

MIDDLEWARES: dict[str, int | None] = {
    "crawlers.middlewares.bounds.BoundsMiddleware": 60,
    "crawlers.middlewares.pages.PagesMiddleware": 543,
    "crawlers.middlewares.conditional.RememberMiddleware": 540,
    "crawlers.middlewares.verdict.VerdictMiddleware": 545,
    "crawlers.middlewares.takeover.TakeOverMiddleware": 865,
    "crawlers.middlewares.conditional.ConditionalMiddleware": 870,
    # Nearest to the wire: what it stores is the body as sent, with redirects and errors.
    "crawlers.middlewares.archive.ArchiveMiddleware": 880,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
    # Counted by the run itself.
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
}
SPIDER_MIDDLEWARES: dict[str, int | None] = {
    # What an answer's status means is the verdict's to say.
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,
    # These two drop what may not be asked in silence.
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "crawlers.middlewares.following.FollowingMiddleware": 900,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
PIPELINES = {
    "crawlers.pipelines.glyphs.GlyphsPipeline": 100,
    "crawlers.pipelines.merge.MergePipeline": 200,
    "crawlers.pipelines.count.CountPipeline": 300,
    "crawlers.pipelines.write.WritePipeline": 900,
}
DEPTH = 50
"""Longest chain of pages that led to one another; a paging feed counts each of its pages."""
SLICE = 3
"""Requests that begin a slice, beside its pages."""
HANDLER = "crawlers.downloading.PatientHandler"
FIXED: dict[str, Any] = {
    # Only these two schemes can be asked at all.
    "DOWNLOAD_HANDLERS": {"http": HANDLER, "https": HANDLER, "file": None, "ftp": None, "s3": None, "data": None},
    "ROBOTSTXT_OBEY": True,
    "EXTENSIONS": {"crawlers.crawldelay.CrawlDelay": 500},
    "HTTPERROR_ALLOW_ALL": True,
    "REDIRECT_MAX_TIMES": 5,
    # Not 429: who is told to ask less does not ask again.
    "RETRY_HTTP_CODES": [408, 500, 502, 503, 504, 522, 524],
    "METAREFRESH_ENABLED": False,
    # Scrapy makes this many tasks for every answer; with its default of 100 they take half of a crawl's time.
    "CONCURRENT_ITEMS": 1,
    "COOKIES_ENABLED": True,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "LOGSTATS_INTERVAL": 0,
    "STATS_DUMP": False,
    "AUTOTHROTTLE_START_DELAY": 1.0,
    "AUTOTHROTTLE_MAX_DELAY": 60.0,
    "TWISTED_DNS_RESOLVER": "crawlers.resolver.GuardedResolver",
    "DEFAULT_REQUEST_HEADERS": {
        "Accept": "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8",
        "Accept-Language": "zh-CN,zh;q=0.9",
    },
}


def of_process(settings: Settings) -> dict[str, Any]:
    """Settings that all sources of a process share (the resolver belongs to the process)."""
    return {**FIXED, **quietlog.settings(settings.log_level), "USER_AGENT": settings.user_agent}


def of_source(source: Source, settings: Settings) -> dict[str, Any]:
    """Settings of one source's crawler."""
    pace = source.pace
    return {
        "DOWNLOADER_MIDDLEWARES": dict(MIDDLEWARES),
        "SPIDER_MIDDLEWARES": dict(SPIDER_MIDDLEWARES),
        "ITEM_PIPELINES": dict(PIPELINES),
        "DOWNLOAD_DELAY": pace.delay,
        "CONCURRENT_REQUESTS": pace.concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": pace.concurrency,
        "AUTOTHROTTLE_ENABLED": pace.autothrottle,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": float(pace.concurrency),
        "DOWNLOAD_TIMEOUT": pace.timeout,
        "RETRY_TIMES": pace.retries,
        "DOWNLOAD_MAXSIZE": settings.max_bytes,
        "DEPTH_LIMIT": DEPTH + deepest(source),
        "CLOSESPIDER_PAGECOUNT": settings.max_requests,
        "CLOSESPIDER_TIMEOUT": settings.run_seconds if math.isfinite(settings.run_seconds) else 0,
    }


def deepest(source: Source) -> int:
    """The most pages that a list or feed of the source may have, each asked from the one before."""
    walk = source.walk
    most = max(
        (part["max_pages"] for part in (walk.get("list", {}), *walk.get("feeds", [])) if "max_pages" in part), default=0
    )
    # Slices of a list that is turned page by page follow each other too.
    return (most + SLICE) * max(1, len(walk.get("slices", [])))


def merged(source: Source, settings: Settings) -> ScrapySettings:
    """Both as Scrapy takes them."""
    return ScrapySettings({**of_process(settings), **of_source(source, settings)}, priority="project")
