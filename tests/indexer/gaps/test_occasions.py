"""Duties that an event sets off, things that must be kept, lines of a permit's own table: judged on hand-made facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from indexer.gaps.finding import Judged
from indexer.gaps.transitions import survey
from indexer.law.facts import Event, Found
from indexer.law.rules import default
from tests.indexer.gaps.conftest import EID, EL_2023, F1, PERMIT, PERMITS, D, found, look, state_of, subject

# -- events -------------------------------------------------------------------------------------------------------

FINED = Event("penalty", D("2024-05-06"), D("2024-05-10"), "某环罚〔2024〕1号", "bureau", "行政处罚", "d-p", (),
              {"document_no": "某环罚〔2024〕1号", "from": "penalty"})  # fmt: skip
LOOKS = tuple(look(day, "interim_report", source="eid") for day in ("2024-06-03", "2024-06-10", "2024-06-17"))
SYSTEM = replace(EID, covers=tuple(replace(cover, kinds=frozenset({"interim_report"})) for cover in EID.covers))
EL_2024 = replace(EL_2023, year=2024, published=D("2024-03-28"), first_seen=D("2024-04-01"))


def told(first: str, **changes: Any) -> Found:
    return found(first, "interim_report", frozenset({"doc_no", "authority"}), "eid", channel="eid_system", **changes)


def fined(*items: Found, looks: Any = LOOKS, day: str = "2024-06-20") -> Judged:
    who = subject(memberships=(EL_2024,), channels=(SYSTEM,), events=(FINED,), looks=looks, found=items)
    return state_of(who, "O24-T2", day)


def test_a_penalty_of_which_nothing_was_told_is_a_lead_for_staff() -> None:
    judged = fined()
    assert (judged.state, judged.public_state) == ("missing", "not_observable")
    assert judged.findings[0].audience == "staff"
    assert "送达日不公开，另计15日" in judged.duty.due.words
    assert fined(looks=LOOKS[:2]).reason == "awaiting_visits 2/3"


def test_the_report_that_names_the_number_answers_and_one_of_another_number_does_not() -> None:
    assert fined(told("2024-05-20", document_no="某环罚〔2024〕1号")).state == "partial"  # of its fields one was read
    assert fined(told("2024-05-20", document_no="某环罚〔2024〕2号")).state == "missing"


def test_a_report_before_the_event_does_not_answer_it() -> None:
    assert fined(told("2024-05-03", title="行政处罚临时报告")).state == "missing"


def test_a_report_on_another_matter_does_not_answer_it() -> None:
    assert fined(told("2024-05-20", title="排污许可证变更临时报告")).state == "missing"


def test_a_vague_report_counts_while_in_time_and_afterwards_accuses_nobody() -> None:
    assert fined(told("2024-05-20", title="临时报告")).state in ("met", "partial")
    assert fined(told("2024-06-12", title="临时报告")).reason == "period_unknown"


def test_a_page_that_shows_another_report_may_prove_that_this_one_is_not_there() -> None:
    seen = tuple(replace(look_, outcome="found") for look_ in LOOKS)
    days = tuple(look_.day for look_ in LOOKS)
    other = told("2024-05-20", document_no="某环罚〔2024〕2号", sightings=days)
    assert fined(other, looks=seen).state == "missing"
    assert fined(looks=seen).state == "not_observable"


# -- what must be kept --------------------------------------------------------------------------------------------


def kept(*items: Found, looks: Any = (), day: str = "2022-06-01", year: str = "2022") -> Judged:
    who = subject(
        memberships=(replace(PERMIT, first_seen=D("2021-04-01")),), channels=(PERMITS,), found=items, looks=looks
    )
    return state_of(who, "PR-1", day, year)


def on_platform(first: str, *later: str) -> Found:
    days = (D(first), *(D(day) for day in later))
    keys = frozenset({"pollutant", "limit_conc", "limit_load", "report"})
    return found(first, "permit", keys, "mee", channel="permit_platform", sightings=days, last_seen=days[-1])


def absent(*days: str) -> tuple[Any, ...]:
    return tuple(look(day, kind, source="mee") for day in days for kind in ("permit", "permit_report", "monitoring"))


def test_what_must_be_kept_is_asked_each_year_of_what_was_seen_in_it() -> None:
    assert kept(on_platform("2021-05-01", "2022-05-01")).state == "met"
    assert kept(on_platform("2021-05-01")).state == "not_observable"
    assert kept(looks=absent("2022-03-01", "2022-04-01", "2022-05-01")).state == "missing"
    # Looks of the next year say nothing of this one.
    assert kept(looks=absent("2023-03-01", "2023-04-01", "2023-05-01"), day="2023-06-01").state == "not_observable"


def test_what_came_within_the_year_after_a_look_without_it_is_late() -> None:
    judged = kept(on_platform("2022-05-01"), looks=absent("2022-04-01"))
    assert (judged.state, judged.first_seen) == ("late", date(2022, 5, 1))
    unlooked = kept(on_platform("2021-05-01", "2022-05-01"))
    assert (unlooked.state, unlooked.timeliness_known) == ("met", False)


def test_what_must_be_kept_is_not_late_by_the_day_of_its_newest_version() -> None:
    judged = kept(replace(on_platform("2022-05-01"), published=D("2022-04-20")))
    assert (judged.state, judged.delay_days, judged.published) == ("met", None, D("2022-04-20"))


def test_history_of_kept_things_agrees_with_each_day() -> None:
    who = subject(memberships=(PERMIT,), channels=(PERMITS,), found=(on_platform("2021-05-01", "2022-05-01"),),
                  looks=absent("2022-03-01"))  # fmt: skip
    changes = survey(who, D("2022-12-31"), default()).transitions["e-1:PR-1:2022"]
    for day in ("2022-01-15", "2022-02-07", "2022-02-08", "2022-03-01", "2022-04-30", "2022-05-01", "2022-12-31"):
        cut = replace(
            who, found=tuple(replace(f, sightings=tuple(s for s in f.sightings if s <= D(day))) for f in who.found),
            looks=tuple(row for row in who.looks if row.day <= D(day)),
        )  # fmt: skip
        told_ = [change.after for change in changes if change.day <= D(day)][-1]
        assert state_of(cut, "PR-1", day, "2022").state == told_, day


def test_fields_of_kept_things_are_those_of_all_parts_together() -> None:
    assert F1 and kept(replace(on_platform("2022-05-01"), present=frozenset({"pollutant"}))).state == "partial"


# -- lines of a permit's own table ----------------------------------------------------------------------------------

LINE = Event("permit_line", D("2023-02-01"), D("2023-02-01"), "line", found="d-line", extra={
    "disclose_what": "清洁生产审核结果、厂界噪声监测方案", "disclose_when": "及时"})  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "title", "state"),
    [
        ("other", "厂界噪声监测方案（2023年）", "met"),
        ("profile", "基础信息", "not_observable"),
        ("other", "其他说明", "met"),
    ],
)
def test_a_line_of_the_permit_is_answered_by_what_holds_its_words(kind: str, title: str, state: str) -> None:
    who = subject(memberships=(PERMIT,), events=(LINE,), found=(found("2023-02-10", kind, title=title),))
    assert state_of(who, "PR-7", "2023-06-01").state == state


@pytest.mark.parametrize("outcome", ["failed", "blocked", "unreadable"])
def test_failures_of_ours_never_make_a_finding(outcome: str) -> None:
    """Failed looks in place of good ones, or beside them, leave events and kept things without a new accusation."""
    platform = absent("2022-03-01", "2022-04-01", "2022-05-01")
    for number in range(4):
        bad = [replace(row, outcome=outcome, visit=f"x-{row.visit}") for row in LOOKS[number:]]
        assert (fined(looks=(*LOOKS[:number], *bad)).state == "missing") == (number == 3)
        broken = [replace(row, outcome=outcome, visit=f"x-{row.visit}") for row in platform[3 * number :]]
        assert (kept(looks=(*platform[: 3 * number], *broken)).state == "missing") == (number == 3)
    beside = [replace(row, outcome=outcome, day=row.day + timedelta(days=1), visit="x") for row in LOOKS]
    assert fined(looks=(*LOOKS[:2], *beside)).state == "not_observable"
