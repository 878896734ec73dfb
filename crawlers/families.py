"""Family name → spider."""

from __future__ import annotations

from crawlers.spiders.base import SourceSpider
from crawlers.spiders.directory import DirectorySpider
from crawlers.spiders.form_post import FormPostSpider
from crawlers.spiders.json_api import JsonApiSpider
from crawlers.spiders.notices import NoticesSpider
from crawlers.spiders.own_site import OwnSiteSpider
from crawlers.spiders.prose import ProseSpider
from crawlers.spiders.viewstate import ViewStateSpider

FAMILIES: dict[str, type[SourceSpider]] = {
    spider.name: spider
    for spider in (
        DirectorySpider,
        FormPostSpider,
        JsonApiSpider,
        NoticesSpider,
        OwnSiteSpider,
        ProseSpider,
        ViewStateSpider,
    )
}
