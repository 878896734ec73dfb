"""What a crawl of a source will cost its site and this machine, told before it is enabled.

From the source's own finished runs where there are any; else from what its YAML states: the rows of its list
(``sizes``, else the least that ``floors.rows`` expects) and what its walk asks for each of them. What neither says is
left open, not guessed.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from crawlers.source import Source

LOOKED_AT = 5
"""Finished runs that count, the newest."""
PAGE_BYTES = 30_000
"""Of a page where no run has measured it: a list or detail page of such sites as it is sent."""
LIST_ROWS = 20
"""Rows of a list's page where its YAML does not say."""
TELLING = 10
"""A floor below this only says that there must be something."""
ANSWER_SECONDS = 1.0
"""Until an answer, where no run has measured it; AutoThrottle waits at least as long between requests."""
PERIODS = {
    "hourly": timedelta(hours=1), "daily": timedelta(days=1), "weekly": timedelta(days=7),
    "monthly": timedelta(days=30), "quarterly": timedelta(days=91), "yearly": timedelta(days=365),
}  # fmt: skip
UNITS = {"h": "hours", "d": "days", "w": "weeks"}


@dataclass(frozen=True)
class Plan:
    """One crawl of a source. ``days`` at its own pace, a crawl delay of robots.txt not counted; None: not known."""

    source: str
    requests: int | None
    bytes: int | None
    days: float | None
    pace: str
    cadence: str
    share: float | None
    """Of its cadence that one crawl takes; above 1 it would never be done."""
    runs: int | None
    """Runs that one crawl is cut into by the time limit, each taking up the one before."""
    basis: str


def plan(source: Source, var: Path, today: date, run_seconds: float) -> Plan:
    """The plan of a source; ``run_seconds`` is the limit of one run."""
    before = _finished(var / "runs" / source.name)
    requests: int | None
    size: int | None
    if before:
        requests, size = _usual(before, "requests"), _usual(before, "bytes")
        basis = f"{len(before)} finished runs, the last of {before[0]['started_at'][:10]}"
    else:
        requests, basis = stated(source, today)
        size = requests * PAGE_BYTES if requests is not None else None
    seconds = requests * interval(source) if requests is not None else None
    return Plan(
        source.name, requests, size, seconds / 86_400 if seconds is not None else None, pace(source),
        source.data["cadence"], seconds / period(source.data["cadence"]).total_seconds() if seconds else None,
        math.ceil(seconds / run_seconds) if seconds else None, basis,
    )  # fmt: skip


def interval(source: Source) -> float:
    """Seconds from one request to the next, politely."""
    own = source.pace
    waits = ANSWER_SECONDS / own.concurrency if own.autothrottle else 0.0
    return max(own.delay, waits)


def pace(source: Source) -> str:
    """The pace in words."""
    each = interval(source)
    return f"one every {each:g} s" if each else f"{source.pace.concurrency} at once, no delay"


def period(cadence: str) -> timedelta:
    """The time from one crawl to the next."""
    return PERIODS.get(cadence) or timedelta(**{UNITS[cadence[-1]]: int(cadence[:-1])})


def stated(source: Source, today: date) -> tuple[int | None, str]:
    """Requests that the YAML lets expect, and of what; None where it states no size."""
    walk, sizes, floors = source.walk, source.data["sizes"], source.floors["rows"]
    listed = walk.get("list") or {}
    kind = listed.get("kind") or next(iter((listed.get("kind_by") or {}).get("map", {}).values()), None)
    if "notice" in walk:
        kind = walk["notice"]["kind"]
    rows = sizes.get(kind) or floors.get(kind, 0)
    if rows < TELLING:
        return None, "nothing: no finished run, and neither sizes nor floors.rows tell how long its list is"
    by = f"{rows:,} rows ({kind}) of {'sizes' if kind in sizes else 'floors.rows'}"
    if "notice" in walk:
        # Whether a notice holds one row or a thousand is not stated: at most each row has one of its own.
        return _pages(listed, rows) + rows, f"at most a notice for each of {by}"
    each = behind(walk, today)
    about = "" if kind in sizes else "at least "
    return _pages(listed, rows) + rows * each, f"{about}{by}, {each} requests behind each"


def behind(walk: Mapping[str, Any], today: date) -> int:
    """Requests that the walk makes for one row of its list; further pages of its modules not counted."""
    pages = sum(1 for part in ("info", "detail") if walk.get(part)) + len(walk.get("tabs") or [])
    pages += sum(_spans(feed.get("windows")) for feed in walk.get("feeds") or [])
    reports = walk.get("reports")
    return pages + (today.year - reports["from_year"] + 1 if reports else 0)


def _spans(windows: Mapping[str, int] | None) -> int:
    return -(-windows["back"] // windows["span"]) if windows else 1


def _pages(listed: Mapping[str, Any], rows: int) -> int:
    size = listed.get("page_size") or listed.get("size") or LIST_ROWS
    most: int = listed.get("max_pages") or rows
    return min(most, max(1, -(-rows // size)))


def _finished(home: Path) -> list[dict[str, Any]]:
    """run.json of the newest finished crawls of the whole walk that asked for all of it themselves."""
    found: list[dict[str, Any]] = []
    for path in sorted(home.glob("[0-9]*/run.json"), reverse=True):
        facts = json.loads(path.read_text(encoding="utf-8"))
        whole = not facts.get("period") and not facts.get("taken_over")
        if facts.get("kind") == "crawl" and facts.get("status") == "finished" and whole:
            found.append(facts)
        if len(found) == LOOKED_AT:
            break
    return found


def _usual(before: Sequence[Mapping[str, Any]], what: str) -> int:
    amounts = [int(facts["counts"][what]) for facts in before]
    return round(median(amounts))
