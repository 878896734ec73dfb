"""An outage never accuses: more bad looks, or bad looks in place of good ones, add no finding (hypothesis)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.gaps.judge import judge
from indexer.gaps.transitions import history
from indexer.law.duties import duties
from indexer.law.facts import Look, Subject
from indexer.law.rules import default
from tests.indexer.gaps.conftest import found, subject
from tests.indexer.gaps.test_transitions import DAYS, SUBJECTS

BAD = st.builds(
    lambda day, outcome, source: Look(source, "profile", day, outcome, "503", f"v-bad-{source}-{day}"),
    DAYS, st.sampled_from(["failed", "blocked", "unreadable"]), st.sampled_from(["eic", "own"]),
)  # fmt: skip
AS_OF = st.integers(60, 320).map(lambda n: date(2021, 3, 1) + timedelta(days=n))


def rules_that_speak(who: Subject, day: date) -> set[tuple[str, str]]:
    """(duty, rule) of every finding on a day."""
    rows = [judge(duty, who, day) for duty in duties(who, default(), day) if duty.obligation.id == "O31-1"]
    return {(row.duty.id, finding.rule) for row in rows for finding in row.findings}


@settings(max_examples=50, deadline=None)
@given(SUBJECTS, st.lists(BAD, max_size=8), AS_OF)
def test_more_bad_looks_never_add_a_finding(who: Subject, bad: list[Look], day: date) -> None:
    assert rules_that_speak(replace(who, looks=(*who.looks, *bad)), day) <= rules_that_speak(who, day)


@settings(max_examples=50, deadline=None)
@given(SUBJECTS, st.sets(DAYS), AS_OF)
def test_outages_in_place_of_good_looks_never_add_missing(who: Subject, down: set[date], day: date) -> None:
    looks = tuple(replace(item, outcome="failed") if item.day in down else item for item in who.looks)
    assert rules_that_speak(replace(who, looks=looks), day) <= rules_that_speak(who, day)


@settings(max_examples=20, deadline=None)
@given(SUBJECTS, AS_OF)
def test_later_facts_do_not_change_the_answer_of_a_past_day(who: Subject, day: date) -> None:
    """What the caller cuts off and what it leaves gives the same judgement."""
    cut = replace(
        who,
        looks=tuple(item for item in who.looks if item.day <= day),
        found=tuple(item for item in who.found if item.first_seen <= day),
        memberships=tuple(item for item in who.memberships if item.first_seen <= day),
        decisions=tuple(item for item in who.decisions if item.day <= day),
    )
    assert [judge(d, who, day) for d in duties(who, default(), day)] == [
        judge(d, cut, day) for d in duties(cut, default(), day)
    ]
    full, short = history(who, day, default()), history(cut, day, default())
    assert full == short


@settings(max_examples=30, deadline=None)
@given(SUBJECTS, st.randoms(use_true_random=False), AS_OF)
def test_the_order_of_facts_does_not_matter(who: Subject, random: Random, day: date) -> None:
    looks, founds = list(who.looks), list(who.found)
    random.shuffle(looks)
    random.shuffle(founds)
    mixed = replace(who, looks=tuple(looks), found=tuple(founds))
    assert [judge(d, who, day) for d in duties(who, default(), day)] == [
        judge(d, mixed, day) for d in duties(mixed, default(), day)
    ]


def test_an_outage_on_every_day_leaves_nothing_to_say() -> None:
    days = [date(2021, 7, 1) + timedelta(days=n) for n in range(30)]
    looks = tuple(Look("eic", "profile", day, "failed", "503", f"v-{day}") for day in days)
    who = subject(looks=looks, found=(found("2021-08-10"),))
    assert rules_that_speak(who, date(2021, 8, 1)) == set()
    assert rules_that_speak(who, date(2021, 9, 1)) == set()
