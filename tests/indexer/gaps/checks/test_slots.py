"""MIS-03, LAT-03, CON-21: slots that lack, come late or carry marks; gaps of our own looks prove nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.law.facts import Look, Point, Series
from tests.indexer.gaps.checks.views import found, gas, hours, look, looks, run, series, view

DAY = "2026-10-31"
DAILY = looks("2026-10-02", 29)


def month(lacking: dict[str, int] | None = None, step: int = 1, **more: Any) -> Series:
    """October by the hour, each day seen on the next but one; ``lacking``: day → how many of its first slots lack."""
    wanted = lacking or {}
    points = [
        one._replace(first_seen=one.time.date() + timedelta(days=2))
        for one in hours("2026-10-01", [30.0 + n % 7 for n in range(28 * 24 // step)], step)
        if one.time.hour // step >= wanted.get(one.time.date().isoformat(), 0)
    ]
    return series(points, **({"averaging": "2h"} if step == 2 else {}) | more)


def test_a_day_that_lacks_more_than_a_quarter_of_its_slots() -> None:
    (one,) = run("MIS-03", view(DAY, series=(month({"2026-10-12": 7}),), looks=DAILY))
    assert (
        one.words == "排放口DW001化学需氧量2026-10-12应公开24个时段，见17个，缺7个（29%），2026-10-14的有效查看仍未见"
    )
    assert (one.severity, one.visits, one.since) == ("S2", ("v-self-monitoring-2026-10-14-found",), date(2026, 10, 14))
    assert run("MIS-03", view(DAY, series=(month({"2026-10-12": 6}),), looks=DAILY)) == []


@pytest.mark.parametrize(("lacking", "told"), [(4, True), (3, False)])
def test_slots_of_two_hours(lacking: int, told: bool) -> None:
    shown = view(DAY, series=(month({"2026-10-12": lacking}, step=2),), looks=DAILY)
    assert bool(run("MIS-03", shown)) is told


def test_three_days_of_seven_without_any_value() -> None:
    empty = {"2026-10-12": 24, "2026-10-14": 24, "2026-10-18": 24}
    seen = run("MIS-03", view(DAY, series=(month(empty),), looks=DAILY))
    assert sorted(one.severity for one in seen) == ["S2", "S2", "S2", "S3"]
    assert any("7日内有3日全天无数据（2026-10-12、2026-10-14、2026-10-18）" in one.words for one in seen)
    apart = {"2026-10-12": 24, "2026-10-14": 24, "2026-10-19": 24}
    assert {one.severity for one in run("MIS-03", view(DAY, series=(month(apart),), looks=DAILY))} == {"S2"}


def test_marked_slots_are_not_owed() -> None:
    own = month()
    marked = [
        one._replace(value=None, mark="maintenance")
        if one.time.date() == date(2026, 10, 12) and one.time.hour < 12
        else one
        for one in own.points
    ]
    assert run("MIS-03", view(DAY, series=(replace(own, points=tuple(marked)),), looks=DAILY)) == []
    unmarked = tuple(one._replace(mark="missing") if one.value is None else one for one in marked)
    assert len(run("MIS-03", view(DAY, series=(replace(own, points=unmarked),), looks=DAILY))) == 1


def test_a_stop_that_was_stated_owes_nothing() -> None:
    stop = found(
        "monitoring", "2026-10-13", facts={"reason": "停产", "stop_from": "2026-10-12", "stop_to": "2026-10-13"}
    )
    own = month({"2026-10-12": 24, "2026-10-13": 24, "2026-10-14": 24})
    assert len(run("MIS-03", view(DAY, series=(own,), looks=DAILY, found=(stop,)))) == 1


def test_days_without_a_look_that_reached_them_are_not_called_missing() -> None:
    own = month({"2026-10-12": 24})
    gap = tuple(one for one in DAILY if not date(2026, 10, 12) <= one.day <= date(2026, 10, 15))
    assert run("MIS-03", view(DAY, series=(own,), looks=gap)) == []
    failed = tuple(replace(one, outcome="failed", reason="503") if one not in gap else one for one in DAILY)
    assert run("MIS-03", view(DAY, series=(own,), looks=failed)) == []
    paged = (*gap, look("2026-10-25", period="2026-10-12"))
    assert len(run("MIS-03", view(DAY, series=(own,), looks=paged))) == 1
    assert run("MIS-03", view(DAY, series=(own,), looks=(*gap, look("2026-10-25", period="2026-10-13")))) == []


def test_the_last_slots_of_a_day_are_not_held_against_a_look_on_the_next() -> None:
    late = [one for one in month().points if not (one.time.date() == date(2026, 10, 12) and one.time.hour >= 17)]
    own = series([one._replace(first_seen=one.time.date() + timedelta(days=1)) for one in late])
    assert run("MIS-03", view("2026-10-29", series=(own,), looks=DAILY[:28])) == []


FAILURES = st.lists(st.tuples(st.integers(0, 29), st.sampled_from(["failed", "blocked", "unreadable"])), max_size=12)


@settings(max_examples=25, deadline=None)
@given(FAILURES, st.randoms())
@pytest.mark.parametrize("name", ["MIS-03", "LAT-03"])
def test_failed_looks_add_nothing_and_order_does_not_matter(name: str, failures: list[Any], random: Any) -> None:
    own = month({"2026-10-12": 9, "2026-10-15": 24})
    late = tuple(
        one._replace(first_seen=date(2026, 10, 20)) if one.time.date() == date(2026, 10, 9) else one
        for one in own.points
    )
    shown = replace(own, points=late)
    more: list[Look] = [*DAILY, *(look(date(2026, 10, 1) + timedelta(days=n), how) for n, how in failures)]
    random.shuffle(more)
    plain = run(name, view(DAY, series=(shown, gas(month().points)), looks=DAILY))
    assert plain
    assert run(name, view(DAY, series=(gas(month().points), shown), looks=tuple(more))) == plain


def test_a_stop_of_another_outlet_excuses_nothing() -> None:
    facts = {"reason": "停运", "stop_from": "2026-10-12", "stop_to": "2026-10-12"}
    own, other = month({"2026-10-12": 24}), month(outlet="DW002", outlet_name="北排口")
    for outlet, number in (("DW002", 1), ("DW001", 0), ("全厂", 0)):
        stop = found("monitoring", "2026-10-13", facts=facts, outlet=outlet)
        assert len(run("MIS-03", view(DAY, series=(own, other), looks=DAILY, found=(stop,)))) == number


def test_a_revision_does_not_make_a_slot_late() -> None:
    late = date(2026, 10, 16)
    seen = [
        one._replace(slot_seen=date(2026, 10, 14)) if one.first_seen == late and one.time.day == 12 else one
        for one in delayed("2026-10-12", str(late), 3).points
    ]
    assert run("LAT-03", view(DAY, series=(series(seen),), looks=DAILY)) == []


def delayed(day: str, seen: str, count: int = 24) -> Series:
    """A month in which the first slots of a day were seen later than the others."""
    points: list[Point] = []
    for one in month().points:
        late = one.time.date().isoformat() == day and one.time.hour < count
        points.append(one._replace(first_seen=date.fromisoformat(seen)) if late else one)
    return series(points)


def test_slots_that_a_look_after_their_grace_did_not_show() -> None:
    (one,) = run("LAT-03", view(DAY, series=(delayed("2026-10-12", "2026-10-16", 3),), looks=DAILY))
    assert one.severity == "S1" and one.period == "2026-10"
    assert one.words.startswith(
        "排放口DW001化学需氧量2026-10-12 00:00小时值应于2026-10-12 03:00前公开，2026-10-15的有效查看未见，"
        "首次见于2026-10-16（查看记录精确到日），至少迟69小时"
    )
    (many,) = run("LAT-03", view(DAY, series=(delayed("2026-10-12", "2026-10-16", 24),), looks=DAILY))
    assert many.severity == "S1"


def test_a_fifth_of_a_week_is_severe() -> None:
    own = delayed("2026-10-12", "2026-10-16")
    points = [
        one._replace(first_seen=date(2026, 10, 17)) if one.time.date() == date(2026, 10, 13) else one
        for one in own.points
    ]
    (one,) = run("LAT-03", view(DAY, series=(series(points),), looks=DAILY))
    assert one.severity == "S2" and "7日内最多占29%" in one.words


def test_values_seen_late_because_we_looked_late_are_not_late() -> None:
    own = delayed("2026-10-12", "2026-10-16")
    gap = tuple(one for one in DAILY if not date(2026, 10, 13) <= one.day <= date(2026, 10, 15))
    assert run("LAT-03", view(DAY, series=(own,), looks=gap)) == []
    next_day = series([one._replace(first_seen=one.time.date() + timedelta(days=1)) for one in own.points])
    assert run("LAT-03", view(DAY, series=(next_day,), looks=DAILY)) == []


@pytest.mark.parametrize(("marked", "told"), [(38, True), (37, False)])
def test_more_than_a_twentieth_of_a_months_hours_marked(marked: int, told: bool) -> None:
    points = [one._replace(mark="fault") if n < marked else one for n, one in enumerate(month().points)]
    seen = run("CON-21", view(DAY, series=(series(points),)))
    assert bool(seen) is told
    assert all(
        one.words == "排放口DW001化学需氧量2026-10共744小时，其中38小时（5.1%）带有标记：故障38小时" for one in seen
    )
    assert run("CON-21", view(DAY, series=(series([one._replace(mark="missing") for one in points]),))) == []


def published_at(minutes: dict[int, int], **more: Any) -> Series:
    """A day by the hour, captured on the next, whose slots say how many minutes after their begin they came out."""
    points = [
        one._replace(stated=one.time + timedelta(minutes=minutes.get(n, 70)))
        for n, one in enumerate(hours("2026-10-12", [30.0 + n % 7 for n in range(24)]))
    ]
    return gas(points, **more)


def test_slots_whose_own_time_of_publication_is_late() -> None:
    (one,) = run("LAT-03", view(DAY, series=(published_at({3: 540, 4: 121}),), looks=DAILY))
    assert (one.severity, one.confidence, one.visits) == ("S1", "medium", ())
    assert one.words.startswith(
        "排放口DA001二氧化硫2026-10-12 03:00小时值应于2026-10-12 05:00前公开，所载发布时间为2026-10-12 12:00，迟7.0小时"
        "；当月共2个时段"
    )
    assert run("LAT-03", view(DAY, series=(published_at({3: 120}),), looks=DAILY)) == []
    # A time behind the capture that shows the value is none of publication.
    assert run("LAT-03", view(DAY, series=(published_at({3: 60 * 48}),), looks=DAILY)) == []
    water = published_at({3: 181}, medium="water")
    assert len(run("LAT-03", view(DAY, series=(water,), looks=DAILY))) == 1
    assert run("LAT-03", view(DAY, series=(published_at({3: 179}, medium="water"),), looks=DAILY)) == []
