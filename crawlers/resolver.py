"""Name resolution that refuses names of the outside that lead into this network (DNS rebinding)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from crawlers.hosts import is_local, is_loopback


class GuardedResolver(CachingThreadedResolver):
    """A name may resolve to a local address only if the name itself says so (``localhost``)."""

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float) -> None:
        super().__init__(reactor, cache_size, timeout)

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> GuardedResolver:
        """Called by Scrapy."""
        timeout = crawler.settings.getfloat("DNS_TIMEOUT")
        return cls(reactor, crawler.settings.getint("DNSCACHE_SIZE"), timeout)

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802
        """The address of a name; fails with DNSLookupError where it is a local one."""
        return super().getHostByName(name, timeout).addCallback(_outside, name)


def _outside(address: Any, name: str) -> Any:
    if is_local(str(address)) and not is_loopback(name):
        raise DNSLookupError(f"{name} resolves to the local address {address}; refused")
    return address
