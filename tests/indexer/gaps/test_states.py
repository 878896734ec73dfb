"""Withdrawn by looks alone; contradicted and stale by what checks observed; what never becomes an accusation."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from indexer.gaps import params
from indexer.gaps.checks.observation import Observation
from indexer.gaps.finding import Judged
from indexer.gaps.states import Observed, final, followed, overlays
from indexer.gaps.transitions import survey
from indexer.law.facts import Event, Subject
from indexer.law.rules import default
from tests.indexer.gaps.conftest import EID, EL_2023, PERMIT, PERMITS, D, found, look, state_of, subject

GONE = (D("2021-07-05"), D("2021-07-10"), D("2021-07-15"))
DOCUMENT = found("2021-06-01", absent=GONE)


def states(who: Subject, *days: str) -> list[str]:
    return [state_of(who, "O31-1", day).state for day in days]


def test_three_days_without_it_make_it_withdrawn() -> None:
    who = subject(found=(DOCUMENT,))
    assert states(who, "2021-07-01", "2021-07-14", "2021-07-15", "2021-12-01") == [
        "met",
        "met",
        "withdrawn",
        "withdrawn",
    ]
    assert state_of(who, "O31-1", "2021-07-15").public_state == "disclosed"
    assert states(subject(found=(replace(DOCUMENT, absent=GONE[:2]),)), "2021-12-01") == ["met"]


def test_one_document_that_still_stands_is_enough() -> None:
    other = replace(found("2021-06-02", source="own"), id="d-2")
    assert states(subject(found=(DOCUMENT, other)), "2021-08-01") == ["met"]
    both = subject(found=(DOCUMENT, replace(other, absent=GONE)))
    assert states(both, "2021-08-01") == ["withdrawn"]


def test_what_came_back_is_not_withdrawn_any_more_but_was() -> None:
    back = replace(DOCUMENT, sightings=(D("2021-06-01"), D("2021-08-01")), last_seen=D("2021-08-01"))
    who = subject(found=(back,))
    assert states(who, "2021-07-20", "2021-07-31", "2021-08-01") == ["withdrawn", "withdrawn", "met"]
    changes = survey(who, D("2021-09-01"), default()).transitions["e-1:O31-1:once:2021"]
    assert [(str(c.day), c.after) for c in changes][-3:] == [
        ("2021-06-29", "met"), ("2021-07-15", "withdrawn"), ("2021-08-01", "met"),
    ]  # fmt: skip


def acceptance(first_gone: str, kind: str = "acceptance_made") -> Judged:
    """A report on acceptance shown from 2024-04-01 on, its event, and three days without it."""
    start = D(first_gone)
    days = tuple(start + timedelta(days=number) for number in range(3))
    document = replace(found("2024-04-01", "eia"), absent=days)
    told = Event(kind, D("2024-04-01"), D("2024-04-01"), "项目", found=document.id, extra={"from": "eia"})
    return state_of(subject(memberships=(), found=(document,), events=(told,)), "ACC-2", "2024-07-01")


def test_after_the_term_of_display_a_report_may_be_taken_down() -> None:
    """Twenty working days from 2024-04-01 end on 29 April."""
    assert acceptance("2024-04-29").state == "withdrawn"
    assert acceptance("2024-04-30").state == "met"


def test_where_no_term_is_known_nothing_is_withdrawn() -> None:
    results = replace(
        found("2023-04-05", "monitoring", frozenset({"point"}), "mee", channel="permit_platform", period="2023Q1"),
        absent=GONE_LATER,
    )
    judged = state_of(
        subject(memberships=(PERMIT,), channels=(PERMITS,), found=(results,)), "M23-1", "2023-08-01", "2023Q1"
    )
    assert judged.state != "withdrawn"


GONE_LATER = (D("2023-05-01"), D("2023-05-02"), D("2023-05-03"))


def report(**changes: Any) -> Subject:
    """A yearly report in time, complete, on the prescribed channel."""
    chapters = frozenset({"G0", "G1", "G2", "G3", "G5", "G6", "G7"})
    document = found("2024-03-01", "annual_report", chapters, "eid", channel="eid_system", period="2023")
    return subject(memberships=(EL_2023,), channels=(EID,), found=(replace(document, **changes),))


def observed(rule: str, **changes: Any) -> Observed:
    plain = next(iter(params.load().rules.values()))
    group = {"CON": "inconsistent", "STA": "stale", "INC": "incomplete"}[rule[:3]]
    made = Observation("S3", "medium", "甲与乙不一致", D("2024-03-20"), "O24-Y", "2023")
    return replace(plain, id=rule, group=group), replace(made, **changes)


def stood(who: Subject, *seen: Observed) -> Judged:
    return final([state_of(who, "O24-Y", "2024-04-01")], seen)[0]


@pytest.mark.parametrize(
    ("seen", "state"),
    [
        (observed("CON-16"), "contradicted"),
        (observed("CON-04", severity="S4", obligation=None, period=None, found=("d-eid-annual_report-2024-03-01",)),
         "contradicted"),
        (observed("STA-03", period="2024", found=("d-eid-annual_report-2024-03-01",)), "met"),
        (observed("CON-15", obligation="PR-2", found=("d-eid-annual_report-2024-03-01",)), "contradicted"),
        (observed("CON-15", severity="S2"), "met"),
        (observed("CON-16", confidence="low"), "met"),
        (observed("CON-16", period="2022"), "met"),
        (observed("CON-16", obligation="PR-2"), "met"),
        (observed("INC-02"), "met"),
        (observed("STA-02"), "stale"),
        (observed("STA-08", severity="S1"), "stale"),
        (observed("STA-02", confidence="low"), "met"),
        (observed("STA-02", to_authority=True), "met"),
    ],
)  # fmt: skip
def test_what_checks_observe_lies_over_the_base_state(seen: Observed, state: str) -> None:
    judged = stood(report(), seen)
    assert judged.state == state
    assert judged.public_state == ("disclosed" if state != "met" else "met")
    assert judged.reason == (seen[0].id if state != "met" else None)


def test_what_was_seen_after_an_obligation_had_ended_says_nothing_of_it() -> None:
    met = state_of(subject(found=(found("2021-06-01"),)), "O31-1", "2023-06-01")
    expired = {"obligation": "PR-8a", "period": None, "found": met.found}
    for since, state in (("2022-02-07", "stale"), ("2022-02-08", "met")):
        assert final([met], [observed("STA-04", since=D(since), **expired)])[0].state == state


def test_the_order_of_states() -> None:
    contrary, stale = observed("CON-16"), observed("STA-02")
    assert stood(report(), stale, contrary).state == "contradicted"
    partial = report(present=frozenset({"G0", "G1"}))
    assert stood(partial, stale).state == "partial"
    assert stood(partial, stale, contrary).state == "contradicted"
    late = report(published=D("2024-03-25"), first_seen=D("2024-03-28"), sightings=(D("2024-03-28"),))
    assert (stood(late).state, stood(late, stale).state) == ("late", "stale")
    missing = subject(memberships=(EL_2023,), channels=(EID,), looks=tuple(
        look(day, "annual_report", source="eid") for day in ("2024-03-20", "2024-03-22", "2024-03-25")))  # fmt: skip
    assert stood(missing, contrary).state == "missing"
    gone = report(absent=(D("2024-03-18"), D("2024-03-19"), D("2024-03-20")))
    assert stood(gone, contrary, stale).state == "withdrawn"


def test_the_order_of_observations_does_not_matter() -> None:
    seen = [observed("CON-16"), observed("CON-04", since=D("2024-03-25")), observed("STA-02")]
    expected = stood(report(), *seen)
    assert expected.reason == "CON-04、CON-16"
    for seed in range(5):
        random.Random(seed).shuffle(seen)
        assert stood(report(), *seen) == expected


def test_transitions_tell_of_it_from_the_day_on_which_it_was_known() -> None:
    told = survey(report(), D("2024-04-01"), default())
    laid = overlays(told.judged, [observed("CON-16")])
    changes = followed(told.transitions, laid)["e-1:O24-Y:2023"]
    assert [(str(c.day), c.before, c.after) for c in changes][-2:] == [
        ("2024-03-16", "not_due", "met"), ("2024-03-20", "met", "contradicted"),
    ]  # fmt: skip
    assert changes[-1].standing.public_state == "disclosed"
    others = {key for key in told.transitions if key != "e-1:O24-Y:2023"}
    assert all(followed(told.transitions, laid)[key] == told.transitions[key] for key in others)
