"""Findings as one list: grouping, certainty, who may see them, decisions on them; and the days they were open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from indexer.gaps import params
from indexer.gaps.checks.observation import Check, Observation
from indexer.gaps.checks.view import View
from indexer.gaps.leads import Lead, leads, observations
from indexer.gaps.life import lived
from indexer.gaps.params import GapRule, GapRules
from indexer.judging import Judge, standing_since
from indexer.law.facts import Decision, Subject
from tests.indexer.gaps.conftest import D, found, look, subject

LOOKS = (look("2021-07-05"), look("2021-07-10"), look("2021-07-15"))
DAY = D("2021-07-20")
TRY = "TRY-01"


def with_rule(**changes: Any) -> GapRules:
    """The project's rules and one more."""
    gaps = params.load()
    rule = GapRule(TRY, "1", "试", "stale", "public", ("profile",), "medium", {}, {"severity": "S2"}, frozenset(), {})
    return replace(gaps, rules={**gaps.rules, TRY: replace(rule, **changes)})


def one(**changes: Any) -> Observation:
    """An instance of the rule on the duty of basic data."""
    made = Observation("S2", "high", "甲", D("2021-07-10"), "O31-1", "once:2021", "a", ({"run": "r", "offset": 1},))
    return replace(made, **changes)


def listed(seen: list[Observation], who: Subject | None = None, **changes: Any) -> dict[str, Lead]:
    """The findings by rule, of a subject whose duty of basic data is missing."""
    who, gaps, judge = who or subject(looks=LOOKS), with_rule(**changes), Judge.today()
    told = judge.survey(who, DAY)
    view = View(who, told.evidence, {m.duty.id: m for m in told.cases}, {j.duty.id: j for j in told.judged}, DAY,
                judge.rules)  # fmt: skip

    def run(_view: View, _rule: GapRule) -> Iterator[Observation]:
        return iter(seen)

    made = leads(view, gaps, observations(view, gaps, {TRY: Check(TRY, run, ())}), standing_since(told))
    return {lead.rule.id: lead for lead in made}


def test_instances_of_one_duty_are_one_finding_whatever_their_order() -> None:
    seen = [one(), one(severity="S3", about="b", words="乙", since=D("2021-07-12"), confidence="medium"), one()]
    made = [listed(list(order))[TRY] for order in permutations(seen)]
    assert len({repr(lead) for lead in made}) == 1
    lead = made[0]
    assert (lead.severity, lead.confidence, lead.since, lead.last_seen) == (
        "S3", "medium", D("2021-07-10"), D("2021-07-12"),
    )  # fmt: skip
    assert (lead.words, lead.instances, len(lead.captures)) == ("乙；甲。线索,非结论", 2, 1)


def test_five_instances_are_told_and_the_rest_counted() -> None:
    lead = listed([one(about=str(n), words=f"第{n}处") for n in range(7)])[TRY]
    assert lead.words == "第0处；第1处；第2处；第3处；第4处；等7处。线索,非结论"


def test_what_is_too_uncertain_makes_no_finding() -> None:
    assert TRY not in listed([one(confidence="low")])
    assert listed([one(confidence="low"), one(about="b", words="乙")])[TRY].instances == 1
    assert listed([one(confidence="low")], min_confidence="low")[TRY].audience == "staff"


@pytest.mark.parametrize(("changes", "of_rule", "wanted"), [
    ({}, "public", "public"), ({"confidence": "medium"}, "public", "staff"), ({}, "staff", "staff"),
    ({}, "confirmed_only", "confirmed_only"), ({"confidence": "medium"}, "confirmed_only", "confirmed_only"),
    ({"obligation": None, "period": None}, "public", "public"), ({"obligation": "O31-6"}, "public", "staff"),
    ({"obligation": "none such"}, "public", "staff"), ({"obligation": "none such"}, "confirmed_only", "staff"),
])  # fmt: skip
def test_law_from_memory_and_doubt_are_for_staff(changes: dict[str, Any], of_rule: Any, wanted: str) -> None:
    assert listed([one(**changes)], audience=of_rule)[TRY].audience == wanted


def test_what_a_state_says_stands_in_the_same_list_since_the_state_holds() -> None:
    lead = listed([])["MIS-01"]
    assert (lead.obligation, lead.period, lead.since, lead.last_seen) == (
        "O31-1", "once:2021", D("2021-07-15"), D("2021-07-15"),
    )  # fmt: skip
    assert lead.words.endswith("逾期22日，在已查渠道未见。线索,非结论") and lead.visits == tuple(v.visit for v in LOOKS)
    assert listed([], subject(looks=LOOKS, found=(found("2021-06-01"),))) == {}


def test_a_person_decides_on_the_finding_or_on_its_duty() -> None:
    duty = Decision("1", "O31-1|once:2021", "false_alarm", DAY)
    own = Decision("2", f"e-1:{TRY}@O31-1:once:2021", "confirmed", DAY)
    later = replace(own, id="3", day=D("2021-07-21"))
    made = listed([one()], subject(looks=LOOKS, decisions=(duty, own, later)))
    assert (made["MIS-01"].decision, made[TRY].decision) == (duty, own)
    assert made[TRY].key == f"{TRY}@O31-1|once:2021"


ONE, TWO, THREE = D("2021-01-01"), D("2021-02-01"), D("2021-03-01")


@pytest.mark.parametrize(("spans", "since", "day", "wanted"), [
    ((), ONE, TWO, ((ONE, None),)),
    ((), None, TWO, ()),
    (((ONE, None),), ONE, THREE, ((ONE, None),)),
    (((ONE, None),), None, THREE, ((ONE, THREE),)),
    (((ONE, None),), None, ONE, ()),
    (((TWO, None),), ONE, THREE, ((ONE, None),)),
    (((ONE, TWO),), None, THREE, ((ONE, TWO),)),
    (((ONE, TWO),), ONE, THREE, ((ONE, TWO), (TWO, None))),
    (((ONE, TWO),), THREE, THREE, ((ONE, TWO), (THREE, None))),
    (((ONE, THREE),), None, TWO, ((ONE, THREE),)),
    (((THREE, None),), None, TWO, ((THREE, None),)),
])  # fmt: skip
def test_a_finding_closes_by_itself_and_may_open_anew(spans: Any, since: date | None, day: date, wanted: Any) -> None:
    assert lived(spans, since, day) == wanted
