"""Lists of notices of any CMS, walked page by page: what families that read notices build on."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.http import Response

from crawlers.items import Harvest, Seen, issue
from crawlers.pages.noticelists import NoticeLink, NoticeListPage
from crawlers.readers.apart import APART
from crawlers.spiders.base import SourceSpider, Yield
from crawlers.spiders.listwalk import LIST_FIRST
from crawlers.subjects import filled
from crawlers.visits import Look, Walk

_TOLD = ("via", "items", "hidden", "rows", "title", "link", "day", "date", "pages", "total")


@dataclass
class Listed:
    """One list being walked: its first address, the lines it states and holds, pages still open."""

    url: str
    stated: int | None = None
    lines: int = 0
    open: int = 0
    pages: int | None = None
    cut: bool = False
    """Left before its end: what follows is older than the days that the crawl is about."""


class NoticeListSpider(SourceSpider):
    """A family says in ``ask_line`` what is asked for a wanted line; each address is asked once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.walk = Walk(stated=0)
        self.walks.append(self.walk)
        self._asked: set[str] = set()
        self._open = 0

    async def start(self) -> AsyncIterator[Any]:
        """The page that opens a session where the source names one, else the first page of every list."""
        APART.begin()
        spec = self.source.walk["list"]
        if spec["start"]:
            yield self.ask(spec["start"], self.parse_session, self._first_bad, priority=LIST_FIRST, renew=True)
            return
        for url in spec["urls"]:
            yield self._ask_list(Listed(url), 0)

    def parse_session(self, response: Response) -> Yield:
        """Callback of the page that opens a session."""
        self.seen(response)
        for url in self.source.walk["list"]["urls"]:
            yield self._ask_list(Listed(url), 0)

    def ask_line(self, item: NoticeLink, page: Seen) -> Yield:
        """Requests for a wanted line of the list on ``page``; every one of them ends in ``closed_one``."""
        raise NotImplementedError

    # -- asking ---------------------------------------------------------------------------------------------------

    def _ask_list(self, listed: Listed, number: int) -> Request:
        spec = self.source.walk["list"]
        self._open += 1
        listed.open += 1
        values = self._values(number)
        url = filled(listed.url, values)
        if number:
            url = urljoin(self.source.url(url), filled(self._next, values)) if self._next else url
        params = {name: spec[name] for name in _TOLD}
        params["may_end"] = number > 0 and spec["end"] == "short"
        params["second"] = self._second if spec["end"] == "stated" and spec["via"] == "html" else ""
        form = {name: filled(text, values) for name, text in spec["form"].items()} or None
        return self.ask(
            url, self.parse_list, self._bad if number else self._first_bad, params, method=spec["method"], form=form,
            send=spec["send"], referer=spec["referer"], priority=LIST_FIRST, listed=listed, number=number,
        )  # fmt: skip

    @property
    def _next(self) -> str:
        """Address of a further page relative to the first; "" where the form alone tells pages apart."""
        spec = self.source.walk["list"]
        return str(spec["next"] or ("" if spec["form"] else "index_{n}.html"))

    @property
    def _second(self) -> str:
        """What a link to the second page holds: its file's name, or its query where that alone tells pages apart."""
        second, third = (urlsplit(filled(self._next, self._values(number))) for number in (1, 2))
        return second.path.rpartition("/")[2] if second.path != third.path else second.query

    def _values(self, number: int) -> dict[str, str]:
        spec = self.source.walk["list"]
        size = spec["size"] or 0
        return {
            "n": str(number + spec["step"]), "start": str(number * size + 1), "end": str((number + 1) * size)
        }  # fmt: skip

    # -- answers --------------------------------------------------------------------------------------------------

    def _first_bad(self, look: Look) -> Yield:
        self.walk.failed(look)
        raise self.stop_at_list(look)
        yield

    def _bad(self, look: Look) -> Yield:
        self.walk.failed(look)
        self.distrust(look.page)
        self.closed_one()
        words = f"a page of the list: {look.reason}; the walk is not complete"
        yield Harvest(look.page, issues=[issue(look.page, "error", "list-page-bad", words)])

    def parse_list(self, response: Response, page: NoticeListPage, listed: Listed, number: int) -> Yield:
        """Callback of a page of a list: its wanted lines are asked, and the pages that follow."""
        seen = self.seen(response)
        if page.problem:
            look = Look("unreadable", seen, page.problem)
            if number == 0:
                raise self.stop_at_list(look)
            yield from self._bad(look)
            return
        self.walk.pages_ok += 1
        listed.open -= 1
        listed.lines += len(page.items) + sum(map(self._wanted, page.lost))
        if number == 0:
            listed.stated = page.total
        yield from self._further(seen, page, listed, number)
        for item in page.items:
            if self._wanted(item["title"]) and self._within(item) and item["url"] not in self._asked:
                self._asked.add(item["url"])
                yield from self.ask_line(item, seen)
        yield from self._lost(seen, page.lost)
        if not listed.open:
            yield from self._counted(seen, listed)
        self.closed_one()

    def _further(self, seen: Seen, page: NoticeListPage, listed: Listed, number: int) -> Yield:
        """The pages after this one: all at once from the first; one by one where the list states no end, or days do."""
        spec = self.source.walk["list"]
        if spec["end"] == "short":
            more = len(page.items) + len(page.lost) >= spec["size"]
            numbers = range(number + 1, number + 2) if more and not self._older(listed, page) else range(0)
        elif self.window is not None:
            listed.pages = self._pages(page) if number == 0 else listed.pages
            more = number + 1 < (listed.pages or 1) and not self._older(listed, page)
            numbers = range(number + 1, number + 2) if more else range(0)
        elif number:
            return
        else:
            numbers = range(1, self._pages(page))
        most = spec["max_pages"]
        if numbers.stop > most:
            words = f"the list has {numbers.stop} pages or more, {most} may be asked; raise max_pages or narrow it"
            self.walk.bad.append(Look("unreadable", seen, words))
            yield Harvest(seen, issues=[issue(seen, "error", "list-too-long", words)])
        for following in range(numbers.start, min(numbers.stop, most)):
            yield self._ask_list(listed, following)

    def _pages(self, page: NoticeListPage) -> int:
        size: int | None = self.source.walk["list"]["size"]
        if page.pages is None and page.total is not None and size:
            return max(1, -(-page.total // size))
        return page.pages or 1

    def _wanted(self, title: str) -> bool:
        spec = self.source.walk["list"]
        unwanted = spec["without"] and re.search(spec["without"], title)
        return re.search(spec["include"], title) is not None and not unwanted

    def _within(self, item: NoticeLink) -> bool:
        """Whether a line's day lies in the days that the crawl is about."""
        return self.window is None or self.window.holds(item["date"])

    def _older(self, listed: Listed, page: NoticeListPage) -> bool:
        """Whether every line is older than the days that the crawl is about: the list runs backwards and ends there."""
        window = self.window
        listed.cut = window is not None and bool(page.items) and all(window.before(i["date"]) for i in page.items)
        return listed.cut

    def _lost(self, seen: Seen, titles: list[str]) -> Yield:
        for title in filter(self._wanted, titles):
            words = f"{title}: its address is not where the source says; correct walk.list.hidden or link"
            self.walk.failed(Look("unreadable", seen, words))
            yield Harvest(seen, issues=[issue(seen, "error", "line-without-address", words)])

    def _counted(self, seen: Seen, listed: Listed) -> Yield:
        """The last page of a list is read: its lines against the total it states."""
        if listed.stated is not None and listed.stated != listed.lines and not listed.cut:
            words = f"the list states {listed.stated} notices, {listed.lines} were listed"
            self.walk.bad.append(Look("unreadable", seen, words))
            yield Harvest(seen, issues=[issue(seen, "error", "list-incomplete", f"{words}; the walk is not complete")])

    def closed_one(self) -> None:
        """One page, notice or file less to wait for; after the last the walk has reached its end."""
        self._open -= 1
        self.walk.reached_end = self._open == 0

    def opened_one(self) -> None:
        """One notice or file more to wait for."""
        self._open += 1
