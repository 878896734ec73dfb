"""What all families share: asking within the source's facts, turning bad answers into looks, stopping with a reason.

A spider yields one ``Harvest`` a page and requests. It never swallows an error: a fault in reading stops the run.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, cast

from scrapy import FormRequest, Request, Spider, signals
from scrapy.core.scheduler import Scheduler
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DownloadCancelledError, IgnoreRequest
from scrapy.http import JsonRequest, Response
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.defer import deferred_from_coro
from twisted.python.failure import Failure

from crawlers.badanswers import BadAnswer, NotCaptured, OutOfBounds
from crawlers.clock import Clock
from crawlers.completed import fingerprint
from crawlers.counting import Counts
from crawlers.frontier import Frontier
from crawlers.items import Harvest, Seen, issue
from crawlers.runs import Run
from crawlers.source import Source
from crawlers.spiders.closing import close
from crawlers.visits import Look, OpenSubjects, Walk
from crawlers.window import USUAL_DAYS, Window, dated

Yield = Iterator[Harvest | Request]
Ended = Callable[[dict[str, Any]], None]
OnBad = Callable[[Look], Yield]
NETWORK_FAILURES = 5
"""So many requests in a row without any answer: the site is down, asking on is no use and no kindness."""


class SourceSpider(Spider):
    """Base of the families. ``walks`` and ``subjects`` are what is told of at the end, see ``closing``.

    ``window`` are the days that the crawl is about, None for all: a family whose list states days asks
    ``window.holds(day)`` of each item. ``{from}`` and ``{to}`` in addresses and forms are filled in by ``ask``.
    """

    name = "source"

    def __init__(
        self, source: Source, run: Run, clock: Clock, ended: Ended, flush_seconds: float = 2.0,
        window: Window | None = None, frontier: Frontier | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self.source, self.run, self.clock, self.window = source, run, clock, window
        self.frontier = frontier or Frontier({})
        self.walks: list[Walk] = []
        self.subjects = OpenSubjects()
        self.stopped: Look | None = None
        self.counts = Counts(source.floors["fill"])
        self._unanswered = 0
        self._ended, self._flush_seconds = ended, flush_seconds
        self._doubts: dict[str, list[int]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> SourceSpider:
        """Called by Scrapy."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.opened, signals.spider_opened)
        crawler.signals.connect(spider.fault, signals.spider_error)
        crawler.signals.connect(spider.unwritten, signals.item_error)
        crawler.signals.connect(spider.closed_for, signals.spider_closed)
        return spider

    # -- asking ---------------------------------------------------------------------------------------------------

    def ask(
        self, url: str, callback: Callable[..., Any], on_bad: OnBad, params: Mapping[str, Any] | None = None, *,
        method: str = "GET", form: Mapping[str, str] | None = None, send: str = "form", referer: str | None = None,
        empty: str = "unreadable", priority: int = 0, session: Collection[str] = (), renew: bool = False,
        **context: Any,
    ) -> Request:  # fmt: skip
        """A request: ``params`` tell its page object, ``on_bad`` says what a bad answer means, ``context`` goes on.

        Names and values of the query and the form are sent in the source's ``encoding``. ``session`` names fields of
        the form whose values only live in a session (hidden keys), ``renew`` marks the page that hands them out: a run
        takes over what one cut short has read, and asks the rest with keys of its own. A subject passed on as ``whom``
        decides how soon it is asked (see ``frontier``); what its page leads to is as urgent.
        """
        meta: dict[str, Any] = {"page_params": dict(params or {}), "on_bad": on_bad, "empty": empty}
        if urgency := self.frontier.urgency(context.get("whom")):
            meta["urgency"] = urgency
        form = {name: self._dated(value) for name, value in form.items()} if form is not None else None
        kind, data = _body(form, send)
        request = kind(
            self.source.url(self._dated(url)), callback, method=method, errback=self.failed, meta=meta,
            cb_kwargs=context, headers=self._headers(referer), dont_filter=True, priority=priority,
            encoding=self.source.data["encoding"], **data,
        )  # fmt: skip
        if not renew:
            lasting = {name: value for name, value in (form or {}).items() if name not in session}
            request.meta["asks"] = fingerprint(request, lasting if session else None)
        return request

    @property
    def last_day(self) -> date:
        """The last day that the crawl is about: the window's, else today."""
        return (self.window.last if self.window else None) or self.clock.today()

    def days(self, back: int) -> tuple[date, date]:
        """First and last day to ask for: those of the window, else the last ``back`` days, today included."""
        last = self.last_day
        return (self.window.first if self.window else None) or last - timedelta(days=back - 1), last

    def _headers(self, referer: str | None) -> dict[str, str]:
        """The page that is said to have led here, where the source names one; a name in it as browsers send it."""
        if referer is None:
            return {}
        return {"Referer": Request(self.source.url(referer), encoding=self.source.data["encoding"]).url}

    def _dated(self, value: Any) -> Any:
        """``{from}`` and ``{to}`` of an address or form value filled in, other ``{column}`` left as they are.

        A JSON body also holds numbers, lists and mappings.
        """
        return dated(value, *self.days(USUAL_DAYS)) if isinstance(value, str) else value

    def seen(self, response: Response) -> Seen:
        """The page as rows refer to it; from here on it counts as read, unless it is distrusted."""
        self._unanswered = 0
        page = Seen(response.url, response.meta["captured_at"], response.meta["capture"])
        if (asked := response.meta.get("asks")) is not None:
            self.run.completed.add(asked, page.url, page.at, response.meta["capture"])
        return page

    @property
    def waiting(self) -> int:
        """Requests that wait in memory to be asked."""
        if not self.crawler.crawling:
            return 0
        assert self.crawler.engine is not None
        scheduler = self.crawler.engine.scheduler
        return len(scheduler) if isinstance(scheduler, Scheduler) else 0

    def distrust(self, page: Seen) -> None:
        """The page is not what it should be: a run that takes this one up asks for it again."""
        self.run.completed.withdraw(page.capture)

    # -- bad answers ----------------------------------------------------------------------------------------------

    def failed(self, failure: Failure) -> Yield:
        """Errback of every request: a look with its reason, then what the request says that means."""
        request: Request = failure.request  # type: ignore[attr-defined]
        look = self._look(failure, request)
        yield from request.meta["on_bad"](look)
        if look.outcome == "blocked" and isinstance(failure.value, BadAnswer):
            raise self.stop(look)
        if self._unanswered >= NETWORK_FAILURES:
            raise self.stop(Look("failed", look.page, f"site down: {look.reason}"))

    def _look(self, failure: Failure, request: Request) -> Look:
        error = failure.value
        if isinstance(error, BadAnswer):
            self._unanswered = 0
            page = Seen(error.response.url, request.meta["captured_at"], request.meta["capture"])
            return Look(error.outcome, page, error.reason)
        page = Seen(request.url, self.clock.stamp(), None)
        if isinstance(error, OutOfBounds | NotCaptured):
            return Look("failed", page, f"refused: {error}" if isinstance(error, OutOfBounds) else str(error))
        if isinstance(error, IgnoreRequest):
            # Scrapy's own: forbidden by robots.txt, or larger than allowed after decompression.
            if "DOWNLOAD_MAXSIZE" in str(error):
                return Look("unreadable", page, "unreadable: larger than allowed once it is decompressed")
            outcome = "blocked" if "robots.txt" in str(error) else "unreadable"
            return Look(cast(Any, outcome), page, f"{outcome}: {error}")
        if isinstance(error, DownloadCancelledError):
            return Look("unreadable", page, f"unreadable: larger than allowed: {error}"[:300])
        self._unanswered += 1
        return Look("failed", page, f"no answer: {type(error).__name__}: {' '.join(str(error).split())}"[:300])

    def stop(self, look: Look) -> CloseSpider:
        """End the run for a named reason; raise what this returns. The first reason counts."""
        if self.stopped is None:
            self.stopped = look
        self.distrust(look.page)
        return CloseSpider(look.reason or look.outcome)

    def stop_at_list(self, look: Look) -> CloseSpider:
        """The list itself cannot be read: nothing can be said of anyone."""
        reason = look.reason or look.outcome
        if look.outcome == "failed" and not reason.startswith(("site down", "refused")):
            down = reason.startswith(("no answer", "status 5"))
            reason = f"site down: {reason}" if down else f"the list cannot be read: {reason}"
        return self.stop(Look(look.outcome, look.page, reason))

    def doubt(self, part: str, page: Seen, problem: str | None) -> Look | None:
        """Whether a page of ``part`` is what the source describes: its bad look, or None where it is good.

        Three pages bad and fewer good ones mean a new layout, not a bad page: the run stops (CloseSpider is raised).
        """
        tally = self._doubts.setdefault(part, [0, 0])
        tally[0 if problem is None else 1] += 1
        if problem is None:
            return None
        self.distrust(page)
        look = Look("unreadable", page, problem)
        if tally[1] >= 3 and tally[1] > tally[0]:
            raise self.stop(look)
        return look

    @property
    def pages(self) -> dict[str, list[int]]:
        """Part of the walk → its pages that were as described, and those that were not."""
        return self._doubts

    # -- Scrapy's signals -----------------------------------------------------------------------------------------

    def opened(self) -> None:
        """Make the run durable at intervals from now on."""
        if self.frontier.problem:
            page = Seen(self.source.base_url, self.clock.stamp(), None)
            self.run.issues.add(issue(page, "warning", "frontier-unreadable", self.frontier.problem))
        self._flushing = create_looping_call(self.run.commit)
        self._flushing.start(self._flush_seconds, now=False)

    def fault(self, failure: Failure, response: Any) -> None:
        """A fault in reading: an issue row, and the run stops, for what comes after may be wrong too."""
        error = failure.value
        url = getattr(response, "url", None) or ""
        page = Seen(url, self.clock.stamp(), getattr(response, "meta", {}).get("capture") if url else None)
        words = f"fault: {type(error).__name__}: {' '.join(str(error).split())[:300]}"
        self.run.issues.add(issue(page, "error", "fault", f"{words}; this page could not be read, report it"))
        self.end(Look("failed", page, words))

    def unwritten(self, failure: Failure) -> None:
        """A page's rows could not be kept (disk full, a row against the contract): stop."""
        words = f"cannot keep rows: {type(failure.value).__name__}: {failure.value}"
        self.end(Look("failed", Seen("", self.clock.stamp(), None), words))

    def end(self, look: Look) -> None:
        """Stop from outside a callback."""
        self.stop(look)
        assert self.crawler.engine is not None
        deferred_from_coro(self.crawler.engine.close_spider_async(reason=look.reason or look.outcome))

    def closed_for(self, reason: str) -> None:
        """The last word: walk visits, open looks, floors, and the run's status."""
        self._flushing.stop()
        self._ended(close(self, reason))


def _body(form: Mapping[str, str] | None, send: str) -> tuple[type[Request], dict[str, Any]]:
    """The class of a request and its body's argument."""
    if form is None:
        return Request, {}
    return (JsonRequest, {"data": dict(form)}) if send == "json" else (FormRequest, {"formdata": dict(form)})


def spider_of(crawler: Crawler) -> SourceSpider:
    """The spider that a crawler runs."""
    return cast(SourceSpider, crawler.spider)
