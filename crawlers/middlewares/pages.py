"""Page objects for callbacks: built by scrapy-poet, or at once where a page needs its answer and parameters alone.

scrapy-poet plans the dependencies of every single request anew, which takes a third of a crawl's processor time. All
pages of ours are made of the same two things, so for them the plan is the callback's signature, read once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_type_hints

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.defer import maybe_deferred_to_future
from scrapy_poet.downloadermiddlewares import InjectionMiddleware
from twisted.internet.threads import deferToThread
from web_poet import HttpResponse, HttpResponseHeaders, PageParams

from crawlers.headertext import readable
from crawlers.pages.attachments import AttachmentPage
from crawlers.pages.base import SourcePage

Pages = dict[str, type[SourcePage]]
GIVEN = "return"


class PagesMiddleware(InjectionMiddleware):
    """scrapy-poet's middleware with a short way for :class:`SourcePage` and its subclasses."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._known: dict[Any, Pages | None] = {}

    def process_request(self, request: Request, spider: Spider | None = None) -> Any:
        """Nothing to skip: pages of ours always need their answer."""
        return super().process_request(request) if self._pages(request) is None else None

    async def process_response(self, request: Request, response: Response, spider: Spider | None = None) -> Any:
        """Fill the callback's page arguments."""
        pages = self._pages(request)
        if pages is None:
            return await super().process_response(request, response)
        if pages:
            answer = HttpResponse(
                url=response.url, body=response.body, status=response.status,
                headers=HttpResponseHeaders.from_bytes_dict(readable(response.headers)),
            )  # fmt: skip
            params = PageParams(request.meta.get("page_params", {}))
            made = {name: page(answer, params) for name, page in pages.items()}
            for page in made.values():
                if isinstance(page, AttachmentPage) and page.slow:
                    page.take(await maybe_deferred_to_future(deferToThread(page.read_apart)))
            request.cb_kwargs.update(made)
        return response

    def _pages(self, request: Request) -> Pages | None:
        """The page arguments of a request's callback; None where scrapy-poet must see to it."""
        callback = getattr(request.callback, "__func__", None)
        if callback is None:
            return None
        if callback not in self._known:
            self._known[callback] = _plan(callback)
        return self._known[callback]


def _plan(callback: Callable[..., Any]) -> Pages | None:
    hints = {name: kind for name, kind in get_type_hints(callback).items() if name != GIVEN}
    pages = {name: kind for name, kind in hints.items() if isinstance(kind, type) and issubclass(kind, SourcePage)}
    others = [kind for name, kind in hints.items() if name not in pages and _is_dependency(kind)]
    plain = all(page.__init__ is SourcePage.__init__ for page in pages.values())
    return pages if plain and not others else None


def _is_dependency(kind: Any) -> bool:
    """Whether a type comes from web-poet: then scrapy-poet knows how to make it."""
    return str(getattr(kind, "__module__", "")).split(".")[0] in ("web_poet", "scrapy_poet")
