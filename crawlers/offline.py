"""No request beside those of the sources: tldextract would fetch its list of public suffixes from the web.

Scrapy's cookies and web-poet's rules use it with its default; the list inside the package does for both.
"""

from __future__ import annotations

import tldextract.tldextract
from scrapy.downloadermiddlewares import cookies
from tldextract import TLDExtract


def keep_offline() -> None:
    """Let both use the packaged list alone; to be called before a crawl begins."""
    cookies._split_domain = TLDExtract(suffix_list_urls=(), include_psl_private_domains=True)
    tldextract.tldextract.TLD_EXTRACTOR = TLDExtract(suffix_list_urls=())
