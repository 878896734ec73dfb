"""Transitions are those of judging every single day, and of no other day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.gaps.finding import Judged, Standing
from indexer.gaps.judge import judge
from indexer.gaps.transitions import Transition, history, transitions
from indexer.law.duties import duties
from indexer.law.facts import Decision, Look, Membership, Subject
from indexer.law.rules import default
from tests.indexer.gaps.conftest import (
    EID,
    EL_2023,
    F1,
    LIST_2021,
    O31_KINDS,
    PERMIT,
    PERMITS,
    PLATFORM,
    D,
    channel,
    found,
    look,
    subject,
)  # fmt: skip

OWN = channel("own", O31_KINDS, "own_site")


def stands(judged: Judged) -> Standing:
    """What the whole judgement says of how the duty stands."""
    return Standing(
        judged.state, judged.reason, judged.public_state, judged.severity, judged.decision_kind,
        judged.duty.due.latest, judged.duty.law_seen, tuple(sorted({look.source for look in judged.channels})),
    )  # fmt: skip


def day_by_day(who: Subject, identifier: str, start: date, end: date) -> list[Transition]:
    """The transitions found by judging each day on its own."""
    rows: list[Transition] = []
    last: Standing | None = None
    day = start
    while day <= end:
        duty = next((d for d in duties(who, default(), day) if d.id == identifier), None)
        if duty is not None:
            now: Standing | None = stands(judge(duty, who, day))
        else:
            now = Standing("void", None, "void") if last is not None else None
        if now != last and now is not None:
            rows.append(Transition(day, last.state if last else None, now))
        last = now
        day += timedelta(days=1)
    return rows


def test_the_life_of_a_duty() -> None:
    looks = (look("2021-07-05"), look("2021-07-10"), look("2021-07-15"))
    who = subject(looks=looks, found=(found("2021-08-10"),))
    (duty,) = [d for d in duties(who, default(), D("2021-09-01")) if d.obligation.id == "O31-1"]
    found_ = [(str(t.day), t.before, t.after, t.reason) for t in transitions(duty, who, D("2021-09-01"))]
    assert found_ == [
        ("2021-04-01", None, "not_due", None),
        ("2021-06-29", "not_due", "not_observable", "awaiting_visits 0/3"),
        ("2021-07-05", "not_observable", "not_observable", "awaiting_visits 1/3"),
        ("2021-07-10", "not_observable", "not_observable", "awaiting_visits 2/3"),
        ("2021-07-15", "not_observable", "missing", None),
        ("2021-08-10", "missing", "late", None),
    ]
    assert transitions(duty, who, D("2021-07-12")) == transitions(duty, who, D("2021-09-01"))[:4]


def test_what_is_missing_long_enough_is_a_transition_of_its_own() -> None:
    looks = (look("2021-07-05"), look("2021-07-10"), look("2021-07-15"))
    changes = history(subject(looks=looks), D("2021-12-31"), default())["e-1:O31-1:once:2021"]
    told = [(str(t.day), t.before, t.after, t.standing.severity) for t in changes[-2:]]
    assert told == [
        ("2021-07-15", "not_observable", "missing", "S3"),
        ("2021-09-27", "missing", "missing", "S4"),
    ]


def test_a_duty_set_off_by_an_earlier_list_learned_later_ends_as_void() -> None:
    older = replace(LIST_2021, year=2020, published=D("2020-03-30"), first_seen=D("2021-05-01"))
    who = subject(memberships=(LIST_2021, older))
    changes = history(who, D("2021-07-20"), default())
    assert [(str(t.day), t.after) for t in changes["e-1:O31-1:once:2021"]] == [
        ("2021-04-01", "not_due"),
        ("2021-05-01", "void"),
    ]
    assert [str(t.day) for t in changes["e-1:O31-1:once:2020"]] == ["2021-05-01"]


DAYS = st.integers(0, 300).map(lambda n: date(2021, 3, 1) + timedelta(days=n))
LOOKS = st.builds(
    lambda day, outcome, source: Look(source, "profile", day, outcome, None, f"v-{source}-{day}-{outcome}"),
    DAYS,
    st.sampled_from(["absent", "absent", "absent", "found", "failed", "blocked"]),
    st.sampled_from(["eic", "own"]),
)  # fmt: skip
FOUNDS = st.builds(
    lambda day, present, stated, source: found(str(day), present=present, published=stated, source=source),
    DAYS, st.sampled_from([F1, F1 - {"scale"}]), st.none() | DAYS, st.sampled_from(["eic", "own"]),
)  # fmt: skip
LISTS = st.builds(
    lambda year, seen: Membership("KPU.A", year, None, None, None, None, None, max(seen, date(year, 3, 1))),
    st.sampled_from([2020, 2021]), DAYS,
)  # fmt: skip
DECISIONS = st.builds(
    lambda day, kind, length: Decision("1", "O31-1|once:2021", kind, day, day + timedelta(days=length)),
    DAYS, st.sampled_from(["exempt", "confirmed", "false_alarm", "note"]), st.integers(0, 60),
)  # fmt: skip
SUBJECTS = st.builds(
    lambda looks, founds, lists, decisions, channels: subject(
        looks=tuple(looks), found=tuple(founds), memberships=tuple(lists), decisions=tuple(decisions), channels=channels
    ),
    st.lists(LOOKS, max_size=12), st.lists(FOUNDS, max_size=2), st.lists(LISTS, min_size=1, max_size=2),
    st.lists(DECISIONS, max_size=1),
    st.sampled_from([
        (PLATFORM,), (PLATFORM, OWN), (replace(PLATFORM, first_capture=None), OWN),
        (PLATFORM, replace(OWN, active_from=D("2021-08-01"))),
    ]),
)  # fmt: skip


@settings(max_examples=10, deadline=None)
@given(SUBJECTS)
def test_transitions_are_those_of_judging_every_day(who: Subject) -> None:
    start, end = date(2021, 2, 27), date(2021, 12, 31)
    changes = history(who, end, default())
    for identifier in (f"e-1:O31-1:once:{year}" for year in (2020, 2021)):
        assert changes.get(identifier, []) == day_by_day(who, identifier, start, end)


def test_transitions_of_yearly_and_quarterly_duties_are_those_of_every_day() -> None:
    item = found("2024-02-20", "permit_report", frozenset({"report"}), "mee", channel="permit_platform", period=None,
                 sightings=(D("2023-05-01"), D("2024-02-20")))  # fmt: skip
    item = replace(item, first_seen=D("2023-05-01"))
    looks = tuple(look(d, "permit_report", o, "mee") for d, o in (
        ("2024-03-06", "absent"), ("2024-03-07", "blocked"), ("2024-03-09", "absent"), ("2024-03-10", "absent"),
        ("2024-03-11", "failed"), ("2024-03-12", "absent"),
    ))  # fmt: skip
    who = subject(memberships=(PERMIT, EL_2023), channels=(PERMITS, EID), looks=looks, found=(item,))
    changes = history(who, D("2024-04-30"), default())
    for identifier in ("e-1:PR-2:2023", "e-1:M23-1:2023Q4", "e-1:O24-Y:2023"):
        assert changes[identifier][1:] == day_by_day(who, identifier, D("2023-09-01"), D("2024-04-30"))[1:]
    assert changes["e-1:PR-2:2023"][-1].reason == "period_unknown"
