"""Views built by hand: one enterprise with values, disclosures and looks; a check of the project run on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from indexer.gaps import params
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.registry import CHECKS
from indexer.gaps.checks.view import Shared, View
from indexer.gaps.params import GapRule
from indexer.judging import Judge
from indexer.law.facts import Found, Look, Point, Rows, Series, Subject

FIRM = Subject("e-1", "示例水务有限公司", ("310000", "310100", "310115"), "污水处理及其再生利用", (), (), (), ())
CAPTURE = {"run": "r", "file": "f", "offset": 0, "digest": "sha256:0"}
SOURCE = "self"


def day(text: str | date) -> date:
    """A day, also of ``YYYY-MM-DD``."""
    return text if isinstance(text, date) else date.fromisoformat(text)


def moment(text: str | date) -> datetime:
    """An instant of Shanghai, also of ISO words."""
    return text if isinstance(text, datetime) else datetime.fromisoformat(str(text))


def point(time: str | date, value: float | None, **more: Any) -> Point:
    """One value, seen first on the day after its own unless ``first_seen`` says another."""
    at = moment(time)
    seen = more.pop("first_seen", at.date() + timedelta(days=1))
    said = {"dl": None, "verdict": None, "mark": None, "capture": 0, **more}
    return Point(time=at, value=value, first_seen=day(seen), **said)


def hours(
    start: str, values: Iterable[float | None], step: int = 1, changes: dict[int, dict[str, Any]] | None = None,
    **more: Any,
) -> tuple[Point, ...]:  # fmt: skip
    """Values from ``start`` on every ``step`` hours; ``changes`` by position; ``more`` for all."""
    at = moment(start)
    return tuple(
        point(at + timedelta(hours=step * n), value, **{**more, **(changes or {}).get(n, {})})
        for n, value in enumerate(values)
    )


def series(points: Sequence[Point], **more: Any) -> Series:
    """Chemical oxygen demand of outlet DW001 by the hour, limit 50 mg/L, unless ``more`` says another."""
    said: dict[str, Any] = {
        "source": SOURCE, "outlet": "DW001", "outlet_name": "总排口", "pollutant": "化学需氧量", "code": "w01018",
        "medium": "water", "averaging": "1h", "unit": "mg/L", "limit_low": None, "limit_high": 50.0,
        "captures": (CAPTURE,), **more,
    }  # fmt: skip
    ordered = tuple(sorted(points))
    rows: dict[str, int] = {}
    for one in ordered:
        quarter = f"{one.time.year}Q{(one.time.month + 2) // 3}"
        rows[quarter] = rows.get(quarter, 0) + 1
    said.setdefault("rows", tuple(Rows(quarter, number, 0, 0) for quarter, number in rows.items()))
    return Series(points=ordered, **said)


def gas(points: Sequence[Point], **more: Any) -> Series:
    """Sulphur dioxide of outlet DA001 by the hour, limit 35 mg/m³, unless ``more`` says another."""
    said = {
        "outlet": "DA001", "outlet_name": "1#锅炉排气筒", "pollutant": "二氧化硫", "code": "a21026", "medium": "air",
        "unit": "mg/m³", "limit_high": 35.0, **more,
    }  # fmt: skip
    return series(points, **said)


def look(on: str | date, outcome: str = "found", kind: str = "monitoring", **more: Any) -> Look:
    """One look at the platform; its visit is named by what it is."""
    source = more.pop("source", SOURCE)
    reason = None if outcome in ("found", "absent") else "503"
    made = Look(source, kind, day(on), outcome, reason, f"v-{source}-{kind}-{on}-{outcome}")
    return replace(made, **more)


def looks(start: str, days: int, **more: Any) -> tuple[Look, ...]:
    """A good look on each of so many days."""
    return tuple(look(day(start) + timedelta(days=n), **more) for n in range(days))


def found(kind: str, seen: str | date, *, facts: dict[str, Any] | None = None, **more: Any) -> Found:
    """One disclosure; what carries a fact is ``present``; its id is made of kind, day, outlet, period and source."""
    first, last = day(seen), day(more.pop("last_seen", seen))
    said: dict[str, Any] = {
        "source": SOURCE, "channel": "self_monitoring", "period": None, "published": None, "outlet": None,
        "present": frozenset(facts or {}), "not_produced": frozenset(), "captures": (CAPTURE,), "key": "",
        "sightings": tuple(sorted({first, last})), **more,
    }  # fmt: skip
    identifier = "-".join(
        str(part) for part in (kind, said["source"], first, said["period"], said["outlet"], said["key"]) if part
    )
    said.setdefault("id", f"d-{identifier}")
    said.setdefault("pollutants", tuple(str((facts or {}).get("pollutant") or "").split("、")))
    said["pollutants"] = tuple(name for name in said["pollutants"] if name)
    return Found(kind=kind, first_seen=first, last_seen=last, facts=facts or {}, **said)


def view(as_of: str, *, shared: Shared | None = None, **facts: Any) -> View:
    """The enterprise on a day; ``facts`` are fields of its Subject (series, found, looks, memberships …)."""
    subject, judge = replace(FIRM, **facts), Judge.today()
    told = judge.survey(subject, day(as_of))
    return View(
        subject, told.evidence, {made.duty.id: made for made in told.cases},
        {judged.duty.id: judged for judged in told.judged}, day(as_of), judge.rules, shared or Shared(),
    )  # fmt: skip


def rule(name: str, **changes: Any) -> GapRule:
    """A gap rule as the files have it; ``changes`` are params of it."""
    own = params.load()[name]
    numbers = {key: value for key, value in changes.items() if isinstance(value, int | float)}
    return replace(own, params={**own.params, **changes}, numbers={**own.numbers, **numbers})


def run(name: str, shown: View, **changes: Any) -> list[Observation]:
    """What a check says of a view, in an order of its own."""
    seen = CHECKS[name].run(shown, rule(name, **changes))
    return sorted(seen, key=lambda one: (one.period or "", one.about, one.words))
