"""Monitoring values of enterprises as the law wing takes them: series of points, each the revision current on a day.

The values of one enterprise may be a hundred thousand, so they come one enterprise at a time, out of one scan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from indexer.law.facts import Point, Rows, Series
from indexer.normalise import pollutants, units
from indexer.register.storage import Storage, all_of, terms

DAYS = 400
"""How far back values are read, in days; the whole year before that of the day is read in any case, since reports on
it fall due in the year after."""
_FIELDS = [
    "enterprise", "source", "identity_key", "outlet", "outlet_name", "medium", "pollutant", "pollutant_code", "time",
    "averaging", "value", "censored", "dl", "unit", "limit_low", "limit_high", "verdict", "present", "revision",
    "first_seen", "last_seen", "capture", "place", "mark", "measured", "unconverted", "decimals", "times", "oxygen",
    "flow", "standard", "published",
]  # fmt: skip
BELOW = "未检出"
"""Text of a value below a detection limit that is not stated."""
_SHANGHAI = timedelta(hours=8)
_Body = dict[str, Any]


def stream(
    store: Storage, enterprises: Sequence[str], as_of: date, days: int = DAYS
) -> Iterator[tuple[str, tuple[Series, ...]]]:
    """(enterprise, its series) of those that have values, ascending by id, from one scan that is read as it is asked.

    Values seen first after ``as_of`` are left out, so are slots older than ``days``.
    """
    query = all_of(
        terms("enterprise", enterprises),
        {"range": {"time": {"gte": _start(as_of, days)}}},
        {"range": {"first_seen": {"lte": as_of.isoformat()}}},
    )
    bodies = store.scan("measurements", query, _FIELDS, [{"enterprise": "asc"}])
    for enterprise, own in groupby(bodies, key=lambda body: str(body["enterprise"])):
        yield enterprise, of(own, as_of)


class Reader:
    """The series of a batch of enterprises, taken in ascending order of id; nothing is asked where none is wanted."""

    def __init__(self, store: Storage, enterprises: Sequence[str], as_of: date, days: int = DAYS) -> None:
        self._stream = stream(store, enterprises, as_of, days) if enterprises else iter(())
        self._next: tuple[str, tuple[Series, ...]] | None = None

    def take(self, enterprise: str) -> tuple[Series, ...]:
        """Its series; those of ids before it are passed over."""
        while self._next is None or self._next[0] < enterprise:
            self._next = next(self._stream, None)
            if self._next is None:
                return ()
        found, own = self._next
        return own if found == enterprise else ()


def _start(as_of: date, days: int) -> str:
    first = min(as_of - timedelta(days=days), date(as_of.year - 1, 1, 1))
    return f"{first}T00:00:00+08:00"


class _Row(NamedTuple):
    """What is kept of one measurement: a tenth of its document."""

    seen: tuple[str, int]
    """Day of the last sighting known to lie before the day, and number of the revision: the greater is current."""
    point: Point
    limits: tuple[float | None, float | None]
    standard: str | None
    valued: bool
    unjudged: bool
    capture: _Body
    outlet_name: str | None
    code: str | None
    medium: str | None


_Key = tuple[str, ...]
_KEY = ("source", "identity_key", "outlet", "pollutant", "averaging", "unit")


def of(bodies: Iterator[_Body], as_of: date) -> tuple[Series, ...]:
    """The series of one enterprise from its measurements in any order."""
    groups: dict[_Key, dict[datetime, _Row]] = {}
    captures: dict[tuple[str, str, int], _Body] = {}
    for body in bodies:
        slots = groups.setdefault(tuple(body[name] or "" for name in _KEY), {})
        row = _row(body, captures, as_of)
        known = slots.get(row.point.time)
        slots[row.point.time] = row if known is None else _current(row, known)
    return tuple(_series(key, [slots[time] for time in sorted(slots)]) for key, slots in sorted(groups.items()))


def _row(body: _Body, captures: dict[tuple[str, str, int], _Body], as_of: date) -> _Row:
    present, capture = body["present"], body["capture"]
    shared = captures.setdefault((capture["run"], capture["file"], capture["offset"]), capture)
    return _Row(
        _seen_last(body, as_of), _point(body), (body["limit_low"], body["limit_high"]), body.get("standard"),
        "conc" in present, "limit" not in present or "ok" not in present, shared, body["outlet_name"],
        body["pollutant_code"], body["medium"],
    )  # fmt: skip


def _current(one: _Row, other: _Row) -> _Row:
    """Of two revisions the current one, with the day on which the slot first showed a value."""
    chosen = max(one, other, key=lambda row: row.seen)
    said = [row.point for row in (one, other) if row.point.says]
    days = [point.slot_seen or point.first_seen for point in said]
    told = [point.stated for point in said if point.stated is not None]
    return chosen._replace(
        point=chosen.point._replace(slot_seen=min(days, default=None), stated=min(told, default=None))
    )


def _seen_last(body: _Body, as_of: date) -> tuple[str, int]:
    # Of a revision that was seen again after the day, only its first sighting is known to lie before it.
    seen = body["last_seen"] if body["last_seen"] <= as_of.isoformat() else body["first_seen"]
    return seen, body["revision"]


def _series(key: _Key, rows: list[_Row]) -> Series:
    source, _, outlet, pollutant, averaging, unit = key
    places: dict[tuple[str, str, int], int] = {}
    captures: list[_Body] = []
    points = []
    for row in rows:
        name = row.capture["run"], row.capture["file"], row.capture["offset"]
        if name not in places:
            places[name] = len(captures)
            captures.append(row.capture)
        points.append(row.point._replace(capture=places[name]))
    last, limits = rows[-1], _limits(rows)
    low, high = limits[-1][1:] if limits else (None, None)
    return Series(
        source=source, outlet=outlet or None, outlet_name=last.outlet_name, pollutant=pollutant, code=last.code,
        medium=last.medium, averaging=averaging or None, unit=unit or None, limit_low=low, limit_high=high,
        points=tuple(points), captures=tuple(captures),
        standard=next((row.standard for row in reversed(rows) if row.standard), None),
        limits=limits, rows=_rows(rows, not unit and _has_unit(pollutant)),
    )  # fmt: skip


def _point(body: _Body) -> Point:
    unstated = body["censored"] is not None and body["dl"] is None
    return Point(
        _slot(body["time"]), body["value"], body["dl"], body["verdict"], body.get("mark"), _day(body["first_seen"]),
        BELOW if unstated else _printed(body["value"], body.get("decimals")), body.get("measured"),
        not body.get("unconverted", False), body.get("times"), body.get("oxygen"), body.get("flow"),
        stated=_stated(body.get("published")),
    )  # fmt: skip


@lru_cache(maxsize=50_000)
def _slot(time: str) -> datetime:
    """Start of the slot on the clock of Shanghai."""
    return datetime.fromisoformat(time.removesuffix("Z")) + _SHANGHAI


@lru_cache(maxsize=20_000)
def _stated(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@lru_cache(maxsize=2_000)
def _day(text: str) -> date:
    return date.fromisoformat(text)


@lru_cache(maxsize=50_000)
def _printed(value: float | None, decimals: int | None) -> str:
    """The number as it was printed: with the zeros at its end that ``decimals`` tells of."""
    if value is None:
        return ""
    return f"{value:.{decimals}f}" if decimals is not None else repr(value).removesuffix(".0")


def _limits(rows: list[_Row]) -> tuple[tuple[datetime, float | None, float | None], ...]:
    """From which slot on which printed limits hold; a row without one changes nothing."""
    found: list[tuple[datetime, float | None, float | None]] = []
    for row in rows:
        if row.limits != (None, None) and (not found or found[-1][1:] != row.limits):
            found.append((row.point.time, *row.limits))
    return tuple(found)


def _rows(rows: list[_Row], unitless: bool) -> tuple[Rows, ...]:
    """By quarter, among the rows that carry a value: how many lack a limit or verdict, and how many a unit."""
    counts: dict[str, list[int]] = {}
    for row in rows:
        if row.valued:
            at = row.point.time
            count = counts.setdefault(f"{at.year}Q{(at.month + 2) // 3}", [0, 0])
            count[0] += 1
            count[1] += row.unjudged
    return tuple(Rows(quarter, every, few, every if unitless else 0) for quarter, (every, few) in counts.items())


@lru_cache(maxsize=5_000)
def _has_unit(pollutant: str) -> bool:
    """True where a value says nothing without its unit; pH and colour are plain numbers."""
    known = pollutants.resolve(pollutant)
    return (
        known is not None
        and known.unit is not None
        and units.dimension(known.unit)
        not in (
            "none",
            "dilution",
            "count",
            "grade",
        )
    )
