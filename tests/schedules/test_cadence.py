"""When a source is due: pure arithmetic over days."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.cadence import AFTER, BEFORE, Plan, parse
from schedules.errors import ScheduleError
from schedules.trigger import CadenceTrigger

MONTH, WEEK, DAY, HOUR = timedelta(days=30), timedelta(days=7), timedelta(days=1), timedelta(hours=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(("text", "length"), [("weekly", WEEK), ("6h", 6 * HOUR), ("2d", 2 * DAY), ("1w", WEEK)])
def test_a_cadence_is_a_word_or_a_number_with_a_unit(text: str, length: timedelta) -> None:
    assert parse(text) == length


@pytest.mark.parametrize("text", ["", "often", "0d", "-1d", "5m", "1.5d", "d"])
def test_another_cadence_is_refused_with_what_would_do(text: str) -> None:
    with pytest.raises(ScheduleError, match=r"weekly.*6h"):
        parse(text)


def test_far_from_a_due_day_the_cadence_alone_counts() -> None:
    plan = Plan(MONTH, (date(2026, 3, 15),))
    assert plan.next_after(at("2026-05-01")) == at("2026-05-31")


def test_a_slow_source_is_looked_at_daily_around_a_due_day() -> None:
    plan = Plan(MONTH, (date(2026, 3, 15),))
    assert plan.next_after(at("2026-03-10")) == at("2026-03-11")
    assert plan.next_after(at("2026-03-20")) == at("2026-03-21")


def test_a_long_interval_never_steps_over_the_opening_of_the_window() -> None:
    # 14 days before 15 March, at midnight in Shanghai.
    assert Plan(MONTH, (date(2026, 3, 15),)).next_after(at("2026-02-20")) == at("2026-02-28T16:00")


def test_the_window_ends_and_the_cadence_takes_over() -> None:
    assert Plan(WEEK, (date(2026, 3, 15),)).next_after(at("2026-03-24T16:00")) == at("2026-03-31T16:00")


def test_a_source_looked_at_more_than_daily_stays_so() -> None:
    assert Plan(6 * HOUR, (date(2026, 3, 15),)).next_after(at("2026-03-15")) == at("2026-03-15T06:00")


@given(st.dates(date(2025, 1, 1), date(2027, 1, 1)), st.sampled_from([DAY, WEEK, MONTH, 12 * MONTH]),
       st.datetimes(datetime(2024, 6, 1), datetime(2024, 12, 1)))  # fmt: skip
def test_three_looks_fall_after_the_grace_whatever_the_cadence(due: date, every: timedelta, start: datetime) -> None:
    plan, moment, looks = Plan(every, (due,)), start.replace(tzinfo=UTC), set()
    while moment.date() <= due + AFTER:
        following = plan.next_after(moment)
        assert following > moment
        moment = following
        looks.add((moment + timedelta(hours=8)).date())
    assert len([day for day in looks if due + timedelta(days=3) < day <= due + AFTER]) >= 3
    assert any(due - BEFORE <= day <= due for day in looks)


def test_a_source_never_looked_at_is_due_at_once() -> None:
    now = at("2026-05-01")
    assert CadenceTrigger(Plan(WEEK), timedelta(0)).get_next_fire_time(None, now) == now


def test_a_restart_does_not_begin_all_sources_at_once() -> None:
    trigger = CadenceTrigger(Plan(WEEK), timedelta(0), last=at("2026-04-30"))
    assert trigger.get_next_fire_time(None, at("2026-05-01")) == at("2026-05-07")


def test_jitter_is_added_and_never_taken_off() -> None:
    trigger, now = CadenceTrigger(Plan(DAY), HOUR), at("2026-05-01")
    moments = {trigger.get_next_fire_time(now, now) for _ in range(50)}
    assert all(now + DAY <= moment <= now + DAY + HOUR for moment in moments if moment) and len(moments) > 1


def test_a_turn_missed_long_ago_is_made_up_for_now() -> None:
    now = at("2026-05-01")
    assert CadenceTrigger(Plan(WEEK), timedelta(0)).get_next_fire_time(at("2026-03-01"), now) == now


def test_a_trigger_survives_the_job_store() -> None:
    trigger = CadenceTrigger(Plan(WEEK, (date(2026, 3, 15),)), HOUR, last=at("2026-04-30"))
    assert pickle.loads(pickle.dumps(trigger)).same_plan(trigger)
    assert not trigger.same_plan(CadenceTrigger(Plan(DAY), HOUR))
