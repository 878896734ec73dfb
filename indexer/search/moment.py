"""Which day is asked about (as_of): ``known_at`` what was known by its end, ``public_on`` what was public on it.

Both cut at captures: what was first seen after the day is not there. ``public_on`` also leaves out what the spans of
good looks say was no longer, or not yet again, on the site. Days are those of Asia/Shanghai.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

Body = dict[str, Any]

How = Literal["known_at", "public_on"]
HOWS: tuple[How, ...] = get_args(How)


@dataclass(frozen=True)
class Moment:
    """A day and what is asked of it; without a day everything known today."""

    day: str | None = None
    how: How = "known_at"

    @property
    def argument(self) -> dict[str, str]:
        """The day as an address carries it: ``{"known_at": "2021-03-01"}``, nothing for today."""
        return {self.how: self.day} if self.day else {}


TODAY = Moment()


def parse(given: Mapping[str, str], today: date) -> Moment:
    """The moment in an address's arguments; raises ValueError in words where the day is none or not yet over."""
    asked: list[tuple[How, str]] = [(how, given[how]) for how in HOWS if given.get(how)]
    if not asked:
        return TODAY
    if len(asked) > 1:
        raise ValueError("known_at and public_on exclude each other: give one of them")
    how, text = asked[0]
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{how}={text[:20]} is no day: write it as 2021-03-01") from None
    if day > today:
        raise ValueError(f"{how}={day} lies after today, {today}")
    return Moment(day.isoformat(), how) if day < today else TODAY


def enterprises(moment: Moment) -> tuple[Body, ...]:
    """Clauses for enterprises: those first seen by the end of the day."""
    return (_by("first_seen", moment.day),) if moment.day else ()


def disclosures(moment: Moment) -> tuple[Body, ...]:
    """Clauses for disclosures: seen by then, or in a span that holds the day."""
    if not moment.day:
        return ()
    if moment.how == "known_at":
        return (_by("first_seen", moment.day),)
    ended: Body = {"exists": {"field": "seen.to"}}
    until: Body = {"range": {"seen.to": {"gte": moment.day}}}
    inside: Body = {
        "filter": [_by("seen.from", moment.day)],
        "should": [{"bool": {"must_not": [ended]}}, until],
        "minimum_should_match": 1,
    }
    return ({"nested": {"path": "seen", "query": {"bool": inside}}},)


def duties(moment: Moment) -> tuple[Body, ...]:
    """Clauses for duty events: those that hold on the day. Both ways of asking judge by what was known by its end."""
    if not moment.day:
        return ()
    over: Body = {"range": {"until": {"lte": moment.day}}}
    never: Body = {"term": {"after": "void"}}
    return (_by("day", moment.day), {"bool": {"must_not": [over, never]}})


def measurements(moment: Moment) -> tuple[Body, ...]:
    """Clauses for measurements: revisions first seen by then (``public`` chooses among them)."""
    return (_by("first_seen", moment.day),) if moment.day else ()


def _by(field: str, day: str | None) -> Body:
    return {"range": {field: {"lte": day}}}


def enterprise(document: dict[str, Any], moment: Moment) -> dict[str, Any]:
    """The enterprise with the names and list lines known by then; counts of today's duties are left out.

    Codes, address and industry carry no day in the register and stay as they are.
    """
    day = moment.day
    if not day:
        return document
    names = [name for name in document["names"] if name["first"] <= day]
    latest = max(names, key=lambda name: (min(name["last"], day), name["first"]), default=None)
    current = latest["name"] if latest else document["name"]
    out = {key: value for key, value in document.items() if key not in ("duty_states", "severities")}
    out |= {"name": current, "names": [{**name, "current": name["name"] == current} for name in names]}
    out["last_seen"] = min(document["last_seen"], day)
    if "memberships" in document:
        known = [line for line in document["memberships"] if line["first_seen"] <= day]
        out |= {"memberships": known, "classes": sorted({line["cls"] for line in known})}
    return out


def sightings(document: dict[str, Any], moment: Moment) -> dict[str, Any]:
    """A disclosure with its spans as they were known by the end of the day: a span that ended later is still open."""
    day = moment.day
    if not day:
        return document
    spans = [span for span in document["seen"] if span["from"] <= day]
    cut = [{**span, "to": span["to"] if span["to"] and span["to"] < day else None} for span in spans]
    taken_down = document.get("withdrawn")
    known = {
        "missed": [missed for missed in document.get("missed") or [] if missed <= day],
        "withdrawn": taken_down if taken_down and taken_down <= day else None,
    }
    return {**document, **known, "seen": cut, "gone": bool(cut) and cut[-1]["to"] is not None}


def public(revisions: Iterable[dict[str, Any]], moment: Moment) -> list[dict[str, Any]]:
    """Of each moment of measuring what ``moment`` shows: every revision known, or only the one public on the day.

    That is the one seen last by then. A value that went and came back keeps only its first and last sighting, so
    between the two the other one is shown where it was seen later.
    """
    rows = list(revisions)
    if not moment.day or moment.how == "known_at":
        return rows
    best: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        key = (row["source"], row["outlet"], row["pollutant"], row["time"], row["averaging"])
        if key not in best or _seen(best[key], moment.day) < _seen(row, moment.day):
            best[key] = row
    chosen = {id(row) for row in best.values()}
    return [row for row in rows if id(row) in chosen]


def _seen(row: dict[str, Any], day: str) -> tuple[str, str]:
    return min(row["last_seen"], day), row["first_seen"]
