"""Page objects over typed pages."""

from __future__ import annotations

import asyncio
import json
from typing import Any, TypeVar

from web_poet import HttpResponse, PageParams

from crawlers.pages.base import SourcePage
from crawlers.source import Source

Page = TypeVar("Page", bound=SourcePage)
URL = "http://site.example/a/b.html"


def page(kind: type[Page], body: str | bytes, /, content_type: str = "text/html;charset=utf-8", **params: Any) -> Page:
    """A page object over a body, with these params."""
    data = body.encode() if isinstance(body, str) else body
    response = HttpResponse(URL, data, status=200, headers={"Content-Type": content_type})
    return kind(response, PageParams(params))


def data_page(kind: type[Page], value: Any, /, **params: Any) -> Page:
    """The same over JSON."""
    return page(kind, json.dumps(value, ensure_ascii=False), "application/json", **params)


def item(found: SourcePage) -> dict[str, Any]:
    """All that a page object reads."""
    return asyncio.run(found.to_item())


def list_params(source: Source) -> dict[str, Any]:
    """What a page of a ``json_api`` source's list is told."""
    from crawlers.spiders.jsonpaging import ASKED

    spec = source.walk["list"]
    return {"paged": bool(spec["page_param"]), **{name: spec[name] for name in ASKED}}
