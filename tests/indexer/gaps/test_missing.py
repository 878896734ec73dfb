"""Missing is said only with three good days on every known channel, inside the watched window."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.gaps.judge import judge
from indexer.law.duties import duties
from indexer.law.facts import Channel, Subject
from indexer.law.rules import Rules
from tests.indexer.gaps.conftest import (
    EID,
    EL_2023,
    LIST_2021,
    O31_KINDS,
    PERMIT,
    PERMITS,
    PLATFORM,
    D,
    channel,
    found,
    look,
    state_of,
    subject,
)  # fmt: skip

THREE = (look("2021-07-05"), look("2021-07-10"), look("2021-07-15"))
OWN_SITE = channel("own", O31_KINDS, "own_site")


def said(who: Subject, day: str = "2021-07-20") -> tuple[str, str | None]:
    judged = state_of(who, "O31-1", day)
    return judged.state, judged.reason


def test_three_good_days_without_it_are_missing_with_the_arithmetic() -> None:
    judged = state_of(subject(looks=THREE), "O31-1", "2021-07-20")
    assert (judged.state, judged.public_state, judged.severity) == ("missing", "missing", "S3")
    (finding,) = judged.findings
    assert finding.rule == "MIS-01"
    assert finding.words == (
        "应于2021-06-28前公开；其后3次有效查看（07-05、07-10、07-15）均未见；截至2021-07-20逾期22日，在已查渠道未见。线索,非结论"
    )
    assert finding.visits == ("v-eic-profile-2021-07-05", "v-eic-profile-2021-07-10", "v-eic-profile-2021-07-15")
    assert not judged.all_lawful_watched
    assert [(row.good_count, row.found, row.lawful) for row in judged.channels] == [(3, False, True)]


def test_the_due_day_itself_and_the_day_before_the_third_look_are_not_missing() -> None:
    who = subject(looks=THREE)
    assert said(who, "2021-06-28") == ("not_due", None)
    assert said(who, "2021-06-29") == ("not_observable", "awaiting_visits 0/3")
    assert said(who, "2021-07-14") == ("not_observable", "awaiting_visits 2/3")
    assert said(who, "2021-07-15") == ("missing", None)


def test_one_visit_day_with_many_looks_is_one_look() -> None:
    looks = tuple(look("2021-07-05", visit=f"v-{n}") for n in range(5))
    assert said(subject(looks=looks)) == ("not_observable", "awaiting_visits 1/3")


def test_looks_within_grace_do_not_count() -> None:
    looks = (look("2021-06-30"), look("2021-07-01"), look("2021-07-02"), look("2021-07-03"))
    assert said(subject(looks=looks)) == ("not_observable", "awaiting_visits 2/3")


@pytest.mark.parametrize("outcome", ["blocked", "failed", "unreadable"])
def test_a_channel_whose_last_look_is_bad_is_not_observable(outcome: str) -> None:
    looks = (*THREE[:2], look("2021-07-15", outcome=outcome))
    judged = state_of(subject(looks=looks), "O31-1", "2021-07-20")
    assert (judged.state, judged.reason, judged.public_state) == ("not_observable", "bad_channel", "not_observable")
    assert judged.findings == ()
    assert judged.channels[0].bad == ((D("2021-07-15"), outcome, "503"),)


def test_a_good_look_on_the_same_day_outweighs_a_bad_one() -> None:
    looks = (*THREE, look("2021-07-10", outcome="failed", visit="v-again"))
    assert said(subject(looks=looks)) == ("missing", None)


def test_every_known_channel_must_be_proven() -> None:
    who = subject(looks=THREE, channels=(PLATFORM, OWN_SITE))
    assert said(who) == ("not_observable", "awaiting_visits 0/3")
    both = (*THREE, *(replace(item, source="own") for item in THREE))
    assert said(replace(who, looks=both)) == ("missing", None)


def test_a_channel_first_captured_after_the_due_day_saw_nothing_of_it() -> None:
    late_start = replace(PLATFORM, first_capture=D("2021-06-29"))
    assert said(subject(looks=THREE, channels=(late_start,))) == ("not_observable", "before_observation")
    on_the_day = replace(PLATFORM, first_capture=D("2021-06-28"))
    assert said(subject(looks=THREE, channels=(on_the_day,))) == ("missing", None)


def test_a_channel_never_read_well_is_bad_where_looks_failed_and_else_unobserved() -> None:
    never = replace(PLATFORM, first_capture=None)
    assert said(subject(channels=(never,))) == ("not_observable", "before_observation")
    failing = tuple(replace(item, outcome="failed") for item in THREE)
    assert said(subject(channels=(never,), looks=failing)) == ("not_observable", "bad_channel")


@pytest.mark.parametrize(
    "covers",
    [channel("eic", O31_KINDS, "city_bureau", ("SOIL",)), channel("eic", {"penalty"}, "city_bureau"),
     replace(PLATFORM, active_from=D("2022-01-01")), replace(PLATFORM, active_to=D("2021-07-01"))],
)  # fmt: skip
def test_no_channel_where_no_active_source_covers_class_and_kind(covers: Channel) -> None:
    assert said(subject(looks=THREE, channels=(covers,))) == ("not_observable", "no_channel")


def test_regions_are_prefixes_and_an_unknown_region_asks_for_more_proof_not_less() -> None:
    elsewhere = replace(PLATFORM, source="other", covers=(replace(PLATFORM.covers[0], regions=("3205",)),))
    who = subject(looks=THREE, channels=(PLATFORM, elsewhere))
    assert said(who) == ("missing", None)
    assert said(replace(who, region_path=())) == ("not_observable", "awaiting_visits 0/3")
    municipal = replace(PLATFORM, source="xuhui", covers=(replace(PLATFORM.covers[0], regions=("310104",)),))
    vague = replace(who, channels=(PLATFORM, municipal), region_path=("310000",))
    assert said(vague) == ("not_observable", "awaiting_visits 0/3")


def test_a_look_that_found_something_not_understood_proves_no_absence() -> None:
    looks = (*THREE[:2], look("2021-07-15", outcome="found"))
    judged = state_of(subject(looks=looks), "O31-1", "2021-07-20")
    assert (judged.state, judged.reason) == ("not_observable", "bad_channel")
    assert judged.channels[0].bad[0][1] == "unreadable"


def test_a_channel_of_two_kinds_must_be_looked_at_for_both() -> None:
    who = subject(looks=tuple(look(day, "permit") for day in ("2021-07-05", "2021-07-10", "2021-07-15")))
    assert state_of(who, "O31-4", "2021-07-20").reason == "awaiting_visits 0/3"
    both = (*who.looks, *(look(day, "eia") for day in ("2021-07-05", "2021-07-10", "2021-07-15")))
    assert state_of(replace(who, looks=both), "O31-4", "2021-07-20").state == "missing"


def test_severity_rises_after_ninety_days_and_for_the_yearly_report() -> None:
    assert state_of(subject(looks=THREE), "O31-1", "2021-09-26").severity == "S3"
    assert state_of(subject(looks=THREE), "O31-1", "2021-09-27").severity == "S4"
    looks = tuple(look(day, "annual_report", source="eid") for day in ("2024-03-19", "2024-03-20", "2024-03-21"))
    judged = state_of(subject(memberships=(EL_2023,), channels=(EID,), looks=looks), "O24-Y", "2024-03-21")
    assert (judged.state, judged.severity, judged.all_lawful_watched) == ("missing", "S4", True)
    assert "未公开" in judged.findings[0].words


def test_a_report_of_another_year_explains_a_found_look() -> None:
    days = ("2024-03-06", "2024-03-07", "2024-03-08")
    older = found("2023-02-01", "permit_report", source="mee", channel="permit_platform", period="2022",
                  sightings=tuple(D(day) for day in days))  # fmt: skip
    looks = tuple(look(day, "permit_report", "found", "mee") for day in days)
    who = subject(memberships=(PERMIT,), channels=(PERMITS,), looks=looks, found=(older,))
    assert state_of(who, "PR-2", "2024-03-08", "2023").state == "missing"
    assert state_of(replace(who, found=()), "PR-2", "2024-03-08", "2023").reason == "bad_channel"


def test_a_document_of_unknown_period_may_be_the_one_owed() -> None:
    days = ("2024-03-06", "2024-03-07", "2024-03-08")
    looks = tuple(look(day, "permit_report", source="mee") for day in days)
    who = subject(memberships=(PERMIT,), channels=(PERMITS,), looks=looks)
    assert state_of(who, "PR-2", "2024-03-08", "2023").state == "missing"
    vague = found("2024-02-01", "permit_report", source="mee", channel="permit_platform")
    assert state_of(replace(who, found=(vague,)), "PR-2", "2024-03-08", "2023").reason == "period_unknown"
    old = replace(vague, first_seen=D("2023-05-01"), sightings=(D("2023-05-01"),), last_seen=D("2023-05-01"))
    assert state_of(replace(who, found=(old,)), "PR-2", "2024-03-08", "2023").state == "missing"


def test_looks_at_the_page_of_another_year_say_nothing_of_this_one() -> None:
    days = ("2024-03-06", "2024-03-07", "2024-03-08")
    other = tuple(look(day, "permit_report", source="mee", period="2022") for day in days)
    who = subject(memberships=(PERMIT,), channels=(PERMITS,), looks=other)
    assert state_of(who, "PR-2", "2024-03-08", "2023").reason == "awaiting_visits 0/3"
    own = tuple(replace(item, period="2023") for item in other)
    assert state_of(replace(who, looks=own), "PR-2", "2024-03-08", "2023").state == "missing"


def test_a_chapter_owed_as_one_class_is_looked_for_where_the_report_of_the_other_class_stands() -> None:
    audited = replace(EL_2023, cls="CP.1")
    looks = tuple(look(day, "annual_report", source="eid") for day in ("2024-03-19", "2024-03-20", "2024-03-21"))
    who = subject(memberships=(EL_2023, audited), channels=(EID,), looks=looks)
    assert state_of(who, "O24-Y-CP", "2024-03-21").state == "missing"


def test_a_class_of_later_on_makes_no_source_a_channel_of_an_earlier_duty() -> None:
    permits = channel("mee", {"profile"}, "permit_platform", ("PK",), first_capture=D("2021-08-01"))
    held = replace(PERMIT, valid_from=D("2021-08-01"), first_seen=D("2021-08-01"))
    who = subject(memberships=(LIST_2021, held), channels=(PLATFORM, permits), looks=THREE)
    assert said(who, "2021-09-01") == ("missing", None)


def test_a_prescribed_channel_must_be_known() -> None:
    own = channel("own", {"annual_report"}, "own_site", ("EL",))
    looks = tuple(look(day, "annual_report", source="own") for day in ("2024-03-19", "2024-03-20", "2024-03-21"))
    who = subject(memberships=(EL_2023,), channels=(own,), looks=looks)
    assert state_of(who, "O24-Y", "2024-03-21").reason == "no_channel"


def test_list_day_as_a_range_is_late_only_beyond_its_end(rules: Rules) -> None:
    vague = replace(LIST_2021, published=None, published_from=D("2021-01-01"), published_to=D("2021-04-01"))
    judged = state_of(subject(memberships=(vague,), looks=THREE), "O31-1", "2021-07-20")
    assert (judged.duty.due.earliest, judged.duty.due.latest) == (D("2021-04-01"), D("2021-06-30"))
    assert judged.state == "missing"
    who = subject(memberships=(replace(LIST_2021, assumed=True),), looks=THREE)
    (duty,) = [d for d in duties(who, rules, D("2021-07-20")) if d.obligation.id == "O31-1"]
    assert (duty.due.earliest, duty.due.latest) == (D("2021-06-28"), D("2021-06-30"))
    assert judge(duty, who, D("2021-06-30")).state == "not_due"
