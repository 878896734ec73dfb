"""Looks: what a page visit and a walk visit say, and how several pages of one look become one outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from crawlers.items import Seen
from crawlers.kinds import BAD, Outcome
from crawlers.subjects import Subject

SWEEP = 1000
"""Subjects held before the first sweep."""


@dataclass(frozen=True)
class Look:
    """One page's word on a kind: its outcome, and for a bad one the reason."""

    outcome: Outcome
    page: Seen
    reason: str | None = None


def page_visit(source: str, kind: str, subject: Subject, look: Look, period: str | None = None) -> dict[str, Any]:
    """A visit row of scope ``page``."""
    return {
        "scope": "page", "source": source, "kind": kind, "subject": subject, "period": period, "url": look.page.url,
        "at": look.page.at, "outcome": look.outcome, "reason": look.reason, "capture": look.page.capture,
    }  # fmt: skip


def together(looks: Iterable[Look]) -> Look:
    """Several pages of one look as one: found where any found; else the worst bad one; absent only where all were good.

    A found look of which a part failed keeps that as its reason.
    """
    pages = list(looks)
    bad = sorted((look for look in pages if look.outcome in BAD), key=lambda look: BAD.index(look.outcome))
    found = next((look for look in pages if look.outcome == "found"), None)
    if found is None:
        return bad[0] if bad else pages[-1]
    if not bad:
        return found
    return Look("found", found.page, f"{len(bad)} of {len(pages)} pages bad: {bad[0].reason}")


class Subjects:
    """The looks at one subject, a kind being done when all its pages have answered."""

    def __init__(self, source: str, subject: Subject, pages: dict[str, int]) -> None:
        self.source, self.subject = source, subject
        self._open = dict(pages)
        self._looks: dict[str, list[Look]] = {kind: [] for kind in pages}

    def add(self, kind: str, look: Look) -> list[dict[str, Any]]:
        """Take one page's word; the page visit of the kind once it is the last, else nothing."""
        self._looks[kind].append(look)
        self._open[kind] -= 1
        if self._open[kind]:
            return []
        return [page_visit(self.source, kind, self.subject, together(self._looks[kind]))]

    def expect(self, kind: str, pages: int) -> None:
        """So many more pages belong to the look at a kind that is not done yet."""
        self._open[kind] += pages

    def fail(self, look: Look) -> list[dict[str, Any]]:
        """No page of the kinds still open can be asked any more: a bad visit each."""
        kinds = [kind for kind, left in self._open.items() if left > 0]
        self._open = dict.fromkeys(self._open, 0)
        return [page_visit(self.source, kind, self.subject, together([*self._looks[kind], look])) for kind in kinds]

    @property
    def done(self) -> bool:
        """Whether every kind has had its visit."""
        return not any(left > 0 for left in self._open.values())


class OpenSubjects:
    """The subjects of a run with looks still open; those that are done are forgotten: a long run stays small."""

    def __init__(self) -> None:
        self._held: list[Subjects] = []
        self._sweep_at = SWEEP

    def append(self, subject: Subjects) -> None:
        """Remember one until it is done."""
        if len(self._held) >= self._sweep_at:
            self._held = [held for held in self._held if not held.done]
            self._sweep_at = max(SWEEP, 2 * len(self._held))
        self._held.append(subject)

    def __iter__(self) -> Iterator[Subjects]:
        return (held for held in self._held if not held.done)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass
class Walk:
    """The tally of one list: ``stated`` by the site, rows seen, pages good and bad; one for each region of a query."""

    region: str | None = None
    period: str | None = None
    stated: int | None = None
    rows: int = 0
    keys: set[str] = field(default_factory=set)
    pages_ok: int = 0
    pages_failed: int = 0
    reached_end: bool = False
    bad: list[Look] = field(default_factory=list)

    def failed(self, look: Look) -> None:
        """One page of the list was not good."""
        self.pages_failed += 1
        self.bad.append(look)

    @property
    def shortfall(self) -> str | None:
        """Why the walk is not complete; None where it is."""
        if self.bad:
            return f"{self.pages_failed} pages bad: {self.bad[0].reason}"
        if not self.reached_end:
            return "the last page was not reached"
        if self.stated is not None and self.stated != self.rows:
            return f"the site states {self.stated} items, {self.rows} were read"
        return None

    def visit(self, source: str, kind: str, at: str, stopped: Look | None = None) -> dict[str, Any]:
        """A visit row of scope ``walk``; ``stopped`` is why the whole run ended, if it did."""
        reason = stopped.reason if stopped else self.shortfall
        bad = stopped or (together(self.bad) if self.bad else None)
        outcome = "found" if reason is None else (bad.outcome if bad else "unreadable")
        return {
            "scope": "walk", "source": source, "kind": kind, "period": self.period, "region": self.region, "at": at,
            "stated_total": self.stated, "rows_seen": self.rows, "distinct_keys": len(self.keys),
            "pages_ok": self.pages_ok, "pages_failed": self.pages_failed, "complete": reason is None,
            "outcome": outcome, "reason": reason,
        }  # fmt: skip
