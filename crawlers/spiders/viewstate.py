"""Family ``viewstate``: each page is posted with the hidden state of the one before, slice after slice."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from scrapy import Request
from scrapy.http import Response

from crawlers.items import Harvest, Seen, issue
from crawlers.pages.base import PageRow
from crawlers.pages.viewstate import ViewStatePage
from crawlers.spiders.base import SourceSpider, Yield
from crawlers.spiders.form_post import WHOLE
from crawlers.spiders.rows import record_of
from crawlers.subjects import subject
from crawlers.visits import Look, Walk, page_visit
from crawlers.webforms import REASON

BAD_IN_A_ROW = 3
"""So many bad pages one after the other end a slice: what follows would be as bad."""
_TOLD = ("state", "table", "header", "required", "id", "pages", "total", "current", "nothing")


@dataclass
class Turning:
    """One slice being turned: the page asked for, the state to ask with, what the last good page showed."""

    form: Mapping[str, str]
    walk: Walk
    page: int = 1
    last: int = 1
    state: dict[str, str] = field(default_factory=dict)
    shown: list[dict[str, str]] = field(default_factory=list)
    bad: int = 0
    fresh: set[int] = field(default_factory=set)
    """Pages for which the state was fetched anew, once each; what is posted then is not taken over from another run."""


class ViewStateSpider(SourceSpider):
    """See ``walks.ViewStateWalk``."""

    name = "viewstate"

    async def start(self) -> AsyncIterator[Any]:
        """The page as it is without a post."""
        slices = self.source.walk["slices"] or [WHOLE]
        self._slices: Iterator[Turning] = iter([self._turning(part) for part in slices])
        yield self._begin(next(self._slices))

    def _turning(self, part: Mapping[str, Any]) -> Turning:
        walk = Walk(region=part["region"], period=part["period"])
        self.walks.append(walk)
        return Turning({**self.source.walk["list"]["form"], **part["form"]}, walk)

    # -- asking ---------------------------------------------------------------------------------------------------

    def _begin(self, turning: Turning) -> Request:
        """Get the page anew, for its state."""
        url = self.source.walk["list"]["url"]
        return self.ask(
            url, self.parse_fresh, lambda look: self._bad(turning, look), self._params, renew=True, turning=turning
        )

    @property
    def _params(self) -> dict[str, Any]:
        return {name: self.source.walk["list"][name] for name in _TOLD}

    @property
    def _searched(self) -> bool:
        """Whether the first page of a slice needs a post: a filter or a button."""
        return bool(self.source.walk["list"]["search"] or self.source.walk["slices"])

    def _post(self, turning: Turning, event: Mapping[str, str], callback: Any) -> Request:
        spec = self.source.walk["list"]
        asked = {**turning.form, "__EVENTTARGET": "", "__EVENTARGUMENT": "", **event}
        return self.ask(
            spec["url"], callback, lambda look: self._bad(turning, look), self._params, method="POST",
            form={**turning.state, **asked}, session=tuple(set(turning.state) - set(asked)),
            renew=turning.page in turning.fresh, turning=turning,
        )  # fmt: skip

    def _turn(self, turning: Turning) -> Request:
        """Post for the page that is due."""
        spec = self.source.walk["list"]
        argument = spec["argument"].replace("{page}", str(turning.page))
        event = {"__EVENTTARGET": spec["target"], "__EVENTARGUMENT": argument}
        return self._post(turning, event, self.parse_page)

    # -- answers --------------------------------------------------------------------------------------------------

    def parse_fresh(self, response: Response, page: ViewStatePage, turning: Turning) -> Yield:
        """Callback of the page without a post: page 1 itself, or the state to post the slice's filter with."""
        if self._searched:
            seen = self.seen(response)
            if missing := [name for name in self.source.walk["list"]["state"] if not page.hidden.get(name)]:
                words = f"layout changed: no hidden field {', '.join(missing)}"
                yield from self._bad(turning, Look("unreadable", seen, words))
                return
            turning.state = page.hidden
            yield self._post(turning, self.source.walk["list"]["search"], self.parse_first)
        else:
            yield from self.parse_first(response, page, turning)

    def parse_first(self, response: Response, page: ViewStatePage, turning: Turning) -> Yield:
        """Callback of a slice's first page; where it was asked anew for its state alone, the page due is posted."""
        if turning.page == 1:
            yield from self.parse_page(response, page, turning)
        elif page.problem:
            yield from self._bad(turning, Look("unreadable", self.seen(response), page.problem))
        else:
            turning.state = page.hidden
            yield self._turn(turning)

    def parse_page(self, response: Response, page: ViewStatePage, turning: Turning) -> Yield:
        """Callback of a page of the grid: its rows, then the next page with this one's state."""
        seen = self.seen(response)
        if problem := page.problem or self._unturned(page, turning):
            yield from self._bad(turning, Look("unreadable", seen, problem))
            return
        walk, harvest = turning.walk, Harvest(seen)
        walk.pages_ok += 1
        turning.state, turning.bad = page.hidden, 0
        rows = [] if page.is_empty else page.rows
        walk.rows += sum(row["rows"] for row in rows)
        harvest.records += [self._record(harvest, turning, row) for row in rows]
        turning.shown = [row["fields"] for row in rows]
        yield from self._counted(harvest, turning, page)
        yield harvest
        yield from self._next(turning)

    def _unturned(self, page: ViewStatePage, turning: Turning) -> str | None:
        """A site that does not take the state shows its first page again, with status 200."""
        if page.current is not None and page.current != turning.page:
            return f"the page did not turn: {turning.page} was asked, {page.current} is shown"
        if turning.page > 1 and not page.rows:
            return "a page of the list without rows before its end"
        if turning.page > 1 and turning.shown and [row["fields"] for row in page.rows] == turning.shown:
            return f"the page did not turn: {turning.page} was asked, the rows of the page before are shown"
        return None

    def _counted(self, harvest: Harvest, turning: Turning, page: ViewStatePage) -> Yield:
        """Pages and total as stated: of the first page they say where the end is, later ones must agree."""
        walk, most = turning.walk, self.source.walk["list"]["max_pages"]
        if turning.page > 1:
            if page.total != walk.stated:
                walk.bad.append(Look("unreadable", harvest.page, "the stated total changed during the walk"))
            return
        pages = 1 if page.is_empty else page.pages or 1
        walk.stated = 0 if page.is_empty else page.total
        turning.last = min(pages, most)
        if pages > most:
            words = f"the list has {pages} pages, {most} may be asked; narrow the query with slices"
            walk.bad.append(Look("unreadable", harvest.page, words))
            yield Harvest(harvest.page, issues=[issue(harvest.page, "error", "list-too-long", words)])

    def _next(self, turning: Turning) -> Yield:
        """The next page, or after the last the next slice."""
        turning.page += 1
        if turning.page <= turning.last:
            yield self._turn(turning)
            return
        turning.walk.reached_end = True
        following = next(self._slices, None)
        if following is not None:
            yield self._begin(following)

    def _record(self, harvest: Harvest, turning: Turning, row: PageRow) -> dict[str, Any]:
        spec = self.source.walk["list"]
        whom = subject({**row["fields"], "id": row["id"] or ""}, spec["subject"])
        whom["external_id"] = whom["external_id"] or row["id"]
        turning.walk.keys.add(whom["external_id"] or f"{whom['name']}|{whom['region']}")
        harvest.visits.append(page_visit(self.source.name, spec["kind"], whom, Look("found", harvest.page)))
        return record_of(self.source, spec["kind"], harvest.page, row, whom)

    # -- bad answers ----------------------------------------------------------------------------------------------

    def _bad(self, turning: Turning, look: Look) -> Yield:
        """A refused state is fetched anew, once a page; else the page is left out, and after several the slice."""
        if look.reason == REASON and turning.page not in turning.fresh:
            turning.fresh.add(turning.page)
            self.distrust(look.page)
            words = f"page {turning.page}: {look.reason}; it was fetched anew"
            yield Harvest(look.page, issues=[issue(look.page, "info", "state-expired", words)])
            yield self._begin(turning)
            return
        turning.walk.failed(look)
        self.distrust(look.page)
        if turning.page == 1:
            raise self.stop_at_list(look)
        turning.bad += 1
        words = f"page {turning.page} of the list: {look.reason}; the walk is not complete"
        yield Harvest(look.page, issues=[issue(look.page, "error", "list-page-bad", words)])
        yield from self._after_bad(turning, look.page)

    def _after_bad(self, turning: Turning, page: Seen) -> Yield:
        if turning.bad < BAD_IN_A_ROW:
            yield from self._next(turning)
            return
        left = turning.last - turning.page
        words = f"{left} pages after page {turning.page} were not asked: {turning.bad} bad ones came before"
        turning.walk.bad.append(Look("failed", page, words))
        yield Harvest(page, issues=[issue(page, "error", "list-broken-off", words)])
        turning.page = turning.last
        yield from self._next(turning)
