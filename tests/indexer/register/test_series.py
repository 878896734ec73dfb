"""Measurements of an enterprise as series: the current revision of each slot, whatever the order of the scan."""

from __future__ import annotations

import itertools
from datetime import date, datetime
from typing import Any

from indexer.register import series

DAY = date(2026, 11, 1)


def body(time: str, value: float | None, **more: Any) -> dict[str, Any]:
    said = {
        "enterprise": "e-1", "source": "self", "identity_key": "self|1", "outlet": "DW001", "outlet_name": "总排口",
        "medium": "water", "pollutant": "化学需氧量", "pollutant_code": "w01018", "time": time, "averaging": "1h",
        "value": value, "censored": None, "dl": None, "unit": "mg/L", "limit_low": None, "limit_high": 50.0,
        "verdict": "ok", "present": ["conc", "limit", "ok", "time"], "revision": 1, "first_seen": "2026-10-13",
        "last_seen": "2026-10-13", "capture": {"run": "r", "file": "f", "offset": 0, "digest": "sha256:0"},
        "place": "p",
    }  # fmt: skip
    return {**said, **more}


def test_slots_are_of_shanghai_and_the_order_of_the_scan_does_not_matter() -> None:
    bodies = [
        body("2026-10-11T19:00:00Z", 35.2, decimals=2),
        body("2026-10-11T20:00:00Z", None, dl=4.0, mark="maintenance", present=["time"]),
        body("2026-10-11T21:00:00Z", 36.0, limit_high=40.0, present=["conc"], capture={
            "run": "r", "file": "f", "offset": 9, "digest": "sha256:1"}),
    ]  # fmt: skip
    made = {repr(series.of(iter(order), DAY)) for order in itertools.permutations(bodies)}
    assert len(made) == 1
    (one,) = series.of(iter(bodies), DAY)
    assert [point.time.isoformat() for point in one.points] == [f"2026-10-12T0{h}:00:00" for h in (3, 4, 5)]
    assert [point.text for point in one.points] == ["35.20", "", "36"]
    assert one.points[1].mark == "maintenance" and one.points[1].dl == 4.0
    assert [low_high[2] for low_high in one.limits] == [50.0, 40.0] and one.limit_high == 40.0
    assert one.rows == (("2026Q4", 2, 1, 0),)
    assert [capture["offset"] for capture in one.captures] == [0, 9] and one.points[2].capture == 1


def test_the_revision_seen_last_by_the_day_is_current() -> None:
    first = body("2026-10-11T19:00:00Z", 35.0, last_seen="2026-10-20")
    second = body("2026-10-11T19:00:00Z", 55.0, revision=2, first_seen="2026-10-15", last_seen="2026-10-18")
    for day, value in (("2026-10-19", 55.0), ("2026-10-21", 35.0)):
        (one,) = series.of(iter([second, first]), date.fromisoformat(day))
        assert [point.value for point in one.points] == [value]


def test_a_revised_slot_knows_when_it_first_showed_a_value() -> None:
    bodies = [
        body("2026-10-11T19:00:00Z", None, present=["time"], mark="missing", last_seen="2026-10-14"),
        body("2026-10-11T19:00:00Z", 35.0, revision=2, first_seen="2026-10-15", last_seen="2026-10-15"),
        body("2026-10-11T19:00:00Z", 36.0, revision=3, first_seen="2026-10-17", last_seen="2026-10-17"),
    ]
    for order in itertools.permutations(bodies):
        (one,) = series.of(iter(order), DAY)
        (point,) = one.points
        assert (point.value, str(point.first_seen), str(point.slot_seen)) == (36.0, "2026-10-17", "2026-10-15")


def test_values_without_a_unit_are_counted_where_one_is_needed() -> None:
    made = series.of(iter([body("2026-10-11T19:00:00Z", 7.0, unit=None), body(
        "2026-10-11T19:00:00Z", 7.0, unit=None, pollutant="pH")]), DAY)  # fmt: skip
    assert {one.pollutant: one.rows[0].unitless for one in made} == {"化学需氧量": 1, "pH": 0}


def test_a_slot_keeps_the_earliest_time_of_publication_that_it_stated() -> None:
    bodies = [
        body("2026-10-11T19:00:00Z", 35.0, published="2026-10-12T04:10", last_seen="2026-10-14"),
        body("2026-10-11T19:00:00Z", 36.0, published="2026-10-15", revision=2, first_seen="2026-10-15",
             last_seen="2026-10-15"),
    ]  # fmt: skip
    for order in itertools.permutations(bodies):
        (one,) = series.of(iter(order), DAY)
        (point,) = one.points
        assert (point.value, point.stated) == (36.0, datetime(2026, 10, 12, 4, 10))
