"""States of what was found: elsewhere_only, partial, late, met, and what the public sees of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.law.facts import Decision, Subject
from tests.indexer.gaps.conftest import (
    EID,
    EL_2023,
    F1,
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

CHAPTERS = frozenset({"G0", "G1", "G2", "G3", "G5", "G6", "G7"})
M3 = frozenset({"point", "time", "pollutant", "conc", "limit", "ok", "mode", "to"})


def test_seen_by_the_due_day_is_met_whatever_the_page_states_later() -> None:
    judged = state_of(subject(found=(found("2021-06-28", published=D("2021-07-01")),)), "O31-1", "2021-07-20")
    assert (judged.state, judged.timeliness_known, judged.delay_days) == ("met", True, 0)
    assert judged.findings == ()


def test_first_seen_after_due_without_day_or_look_is_met_with_unknown_timeliness() -> None:
    judged = state_of(subject(found=(found("2021-07-05"),)), "O31-1", "2021-07-20")
    assert (judged.state, judged.timeliness_known, judged.delay_days) == ("met", False, None)


def test_a_stated_day_in_time_is_believed_without_a_look_against_it() -> None:
    judged = state_of(subject(found=(found("2021-07-05", published=D("2021-06-20")),)), "O31-1", "2021-07-20")
    assert (judged.state, judged.timeliness_known, judged.delay_days) == ("met", True, -8)


def test_late_by_the_stated_day_alone_is_of_low_confidence_and_not_public() -> None:
    judged = state_of(subject(found=(found("2021-07-05", published=D("2021-07-01")),)), "O31-1", "2021-07-20")
    assert (judged.state, judged.public_state, judged.delay_days) == ("late", "disclosed", 3)
    assert [(f.rule, f.confidence, f.audience, f.severity) for f in judged.findings] == [
        ("LAT-02", "low", "staff", "S1")
    ]


def test_late_by_a_look_that_did_not_find_it() -> None:
    who = subject(looks=(look("2021-07-05"),), found=(found("2021-08-10"),))
    judged = state_of(who, "O31-1", "2021-08-20")
    assert (judged.state, judged.public_state, judged.delay_days) == ("late", "late", 43)
    (finding,) = judged.findings
    assert (finding.rule, finding.severity) == ("LAT-01", "S1")
    assert finding.words == "应于2021-06-28前公开；2021-07-05有效查看未见，2021-08-10首次见到，至少逾期7日。线索,非结论"
    assert finding.visits == ("v-eic-profile-2021-07-05",) and finding.captures


@pytest.mark.parametrize(
    ("last", "severity"), [("2021-07-05", "S1"), ("2021-07-06", "S2"), ("2021-07-28", "S2"), ("2021-07-29", "S3")]
)
def test_severity_of_lateness_goes_by_its_proven_part(last: str, severity: str) -> None:
    who = subject(looks=(look(last),), found=(found("2021-09-10"),))
    assert state_of(who, "O31-1", "2021-09-20").severity == severity


@pytest.mark.parametrize("outcome", ["failed", "blocked", "unreadable"])
def test_a_bad_look_proves_no_lateness(outcome: str) -> None:
    who = subject(looks=(look("2021-07-05", outcome=outcome),), found=(found("2021-08-10"),))
    assert state_of(who, "O31-1", "2021-08-20").state == "met"


def test_a_look_on_or_before_the_due_day_proves_no_lateness() -> None:
    who = subject(looks=(look("2021-06-28"),), found=(found("2021-08-10"),))
    assert state_of(who, "O31-1", "2021-08-20").state == "met"


def test_a_look_contradicts_an_earlier_stated_day() -> None:
    who = subject(looks=(look("2021-07-05"),), found=(found("2021-08-10", published=D("2021-06-01")),))
    judged = state_of(who, "O31-1", "2021-08-20")
    assert (judged.state, judged.public_state) == ("late", "late")
    assert [(f.rule, f.severity, f.audience) for f in judged.findings] == [
        ("LAT-01", "S1", "public"), ("LAT-04", "S3", "confirmed_only"),
    ]  # fmt: skip


def test_a_second_source_never_looked_at_in_between_may_have_had_it_in_time() -> None:
    own = channel("own", O31_KINDS, "own_site")
    both = (found("2021-08-10"), found("2021-08-12", source="own", channel="own_site"))
    who = subject(looks=(look("2021-07-05"),), found=both, channels=(PLATFORM, own))
    assert state_of(who, "O31-1", "2021-08-20").state == "met"
    looked = replace(who, looks=(*who.looks, look("2021-07-06", source="own")))
    assert state_of(looked, "O31-1", "2021-08-20").state == "late"


def test_earliest_sighting_and_earliest_stated_day_of_several_documents_count() -> None:
    both = (found("2021-07-05", published=D("2021-07-04")), found("2021-07-06", published=D("2021-06-20"), id="d-2"))
    judged = state_of(subject(found=both), "O31-1", "2021-07-20")
    assert (judged.state, judged.first_seen, judged.published) == ("met", D("2021-07-05"), D("2021-06-20"))


def test_partial_names_what_is_missing_and_weighs_it() -> None:
    judged = state_of(subject(found=(found("2021-06-01", present=F1 - {"products", "scale"}),)), "O31-1", "2021-07-20")
    assert (judged.state, judged.public_state, judged.missing_fields) == ("partial", "partial", ("products", "scale"))
    assert judged.completeness == 0.8  # 7 fields of weight 1 and the code of weight 3: 8 of 10
    (finding,) = judged.findings
    assert (finding.rule, finding.severity) == ("INC-01", "S2")
    assert "缺少：产品、规模" in finding.words and "80%" in finding.words


def test_either_code_passes_and_fields_stated_as_not_produced_pass() -> None:
    with_org = F1 - {"uscc"} | {"org_code"}
    assert state_of(subject(found=(found("2021-06-01", present=with_org),)), "O31-1", "2021-07-20").state == "met"
    neither = state_of(subject(found=(found("2021-06-01", present=F1 - {"uscc"}),)), "O31-1", "2021-07-20")
    assert neither.missing_fields == ("org_code|uscc",)
    stated = found("2021-06-01", present=F1 - {"products"}, not_produced=frozenset({"products"}))
    assert state_of(subject(found=(stated,)), "O31-1", "2021-07-20").state == "met"


def test_documents_complete_each_other() -> None:
    halves = (found("2021-06-01", present=F1 - {"scale"}), found("2021-06-02", present=frozenset({"scale"})))
    assert state_of(subject(found=halves), "O31-1", "2021-07-20").state == "met"


def test_a_document_not_read_field_by_field_is_not_called_incomplete() -> None:
    scan = found("2021-06-01", present=frozenset({"name", "document"}))
    judged = state_of(subject(found=(scan,)), "O31-1", "2021-07-20")
    assert (judged.state, judged.completeness) == ("met", None)


def test_partial_outranks_late_and_keeps_both_findings() -> None:
    who = subject(looks=(look("2021-07-05"),), found=(found("2021-08-10", present=F1 - {"scale"}),))
    judged = state_of(who, "O31-1", "2021-08-20")
    assert judged.state == "partial"
    assert [f.rule for f in judged.findings] == ["INC-01", "LAT-01"]


def test_one_approval_of_two_kinds_is_enough() -> None:
    permit = found("2021-06-01", "permit", frozenset({"permit_no", "issuer"}))
    assert state_of(subject(found=(permit,)), "O31-4", "2021-07-20").state == "met"
    neither = replace(permit, present=frozenset({"issuer"}))
    assert state_of(subject(found=(neither,)), "O31-4", "2021-07-20").state == "partial"


def report(source: str, channel: str, present: frozenset[str] = CHAPTERS) -> Subject:
    item = found("2024-03-01", "annual_report", present, source, channel=channel, period="2023")
    days = ("2024-03-19", "2024-03-20", "2024-03-21")
    looks = tuple(look(day, "annual_report", source="eid") for day in days)
    return subject(memberships=(EL_2023,), channels=(EID,), found=(item,), looks=looks if source != "eid" else ())


def test_elsewhere_only_needs_the_prescribed_channel_proven_empty() -> None:
    who = report("own", "own_site")
    judged = state_of(who, "O24-Y", "2024-03-21")
    assert (judged.state, judged.public_state, [f.rule for f in judged.findings]) == (
        "elsewhere_only",
        "elsewhere_only",
        ["MIS-08"],
    )
    assert [(row.source, row.lawful, row.found) for row in judged.channels] == [
        ("eid", True, False),
        ("own", False, True),
    ]
    short = state_of(replace(who, looks=who.looks[:2]), "O24-Y", "2024-03-21")
    assert (short.state, short.reason, short.findings) == ("not_observable", "channel_unproven", ())
    unknown = state_of(replace(who, channels=()), "O24-Y", "2024-03-21")
    assert (unknown.state, unknown.reason) == ("not_observable", "channel_unproven")


def test_annual_report_by_chapters_and_the_carbon_chapter_only_for_those_who_owe_it() -> None:
    assert state_of(report("eid", "eid_system"), "O24-Y", "2024-03-21").state == "met"
    lacking = state_of(report("eid", "eid_system", CHAPTERS - {"G5"}), "O24-Y", "2024-03-21")
    assert (lacking.state, lacking.missing_fields) == ("partial", ("G5",))
    who = report("eid", "eid_system")
    trading = replace(who, memberships=(EL_2023, replace(EL_2023, cls="ETS")))
    assert state_of(trading, "O24-Y", "2024-03-21").missing_fields == ("G4",)


def test_monitoring_fields_from_memory_are_for_staff_only() -> None:
    item = found("2023-04-05", "monitoring", M3 - {"ok"}, "mee", channel="permit_platform", period="2023Q1")
    who = subject(memberships=(PERMIT,), channels=(PERMITS,), found=(item,))
    judged = state_of(who, "M23-1", "2023-04-20", "2023Q1")
    assert (judged.state, judged.public_state, judged.findings[0].audience) == ("partial", "disclosed", "staff")
    month = replace(item, period="2023-02", present=M3)
    assert state_of(replace(who, found=(month,)), "M23-1", "2023-04-20", "2023Q1").state == "met"
    other = replace(item, period="2023Q2")
    assert state_of(replace(who, found=(other,)), "M23-1", "2023-04-20", "2023Q1").found == ()


def test_a_quarterly_report_does_not_answer_for_the_year() -> None:
    item = found("2024-01-05", "permit_report", frozenset({"report", "load"}), "mee", channel="permit_platform")
    who = subject(memberships=(PERMIT,), channels=(PERMITS,), found=(replace(item, period="2023Q4"),))
    assert state_of(who, "PR-2", "2024-03-08", "2023").found == ()
    assert state_of(replace(who, found=(replace(item, period="2023"),)), "PR-2", "2024-03-08", "2023").state == "met"


def test_rows_for_staff_accuse_nobody_in_public() -> None:
    kinds = {"other", "social_report", "monitoring_plan"}
    looks = tuple(look(day, kind) for day in ("2021-07-05", "2021-07-10", "2021-07-15") for kind in sorted(kinds))
    who = subject(looks=looks, channels=(channel("eic", kinds, "city_bureau"),))
    judged = state_of(who, "O31-6", "2021-07-20")
    assert (judged.state, judged.public_state, judged.findings[0].audience) == ("missing", "not_observable", "staff")


def test_law_from_memory_accuses_nobody_in_public() -> None:
    held = replace(PERMIT, valid_from=D("2020-01-01"))
    looks = tuple(look(day, "permit_report", source="mee") for day in ("2021-03-01", "2021-03-02", "2021-03-03"))
    who = subject(memberships=(held,), channels=(replace(PERMITS, first_capture=D("2021-01-01")),), looks=looks)
    judged = state_of(
        replace(who, memberships=(replace(held, first_seen=D("2021-01-02")),)), "PR-2", "2021-03-08", "2020"
    )
    assert (judged.state, judged.public_state, judged.duty.law_seen) == ("missing", "not_observable", False)
    assert "待核对" in judged.duty.basis


def decision(kind: str, day: str, **changes: object) -> Decision:
    return Decision(**({"id": "1", "duty": "O31-1|once:2021", "kind": kind, "day": D(day)} | changes))  # type: ignore[arg-type]


def test_exemptions_hold_from_their_day_until_they_run_out() -> None:
    looks = tuple(look(day) for day in ("2021-07-05", "2021-07-10", "2021-07-15"))
    who = subject(looks=looks, decisions=(decision("exempt", "2021-07-20", until=D("2021-07-25")),))
    assert [state_of(who, "O31-1", day).state for day in ("2021-07-19", "2021-07-20", "2021-07-25", "2021-07-26")] == [
        "missing", "exempt", "exempt", "missing",
    ]  # fmt: skip
    assert state_of(who, "O31-1", "2021-07-20").reason == "decision 1"
    other = replace(who, decisions=(decision("exempt", "2021-07-01", duty="e-1:O31-2:once:2021"),))
    assert state_of(other, "O31-1", "2021-07-20").state == "missing"
    overruled = replace(who, decisions=(*who.decisions, decision("confirmed", "2021-07-21", id="2")))
    assert state_of(overruled, "O31-1", "2021-07-22").state == "missing"


def test_what_a_person_called_a_false_alarm_is_not_shown_to_the_public() -> None:
    looks = tuple(look(day) for day in ("2021-07-05", "2021-07-10", "2021-07-15"))
    who = subject(looks=looks, decisions=(decision("false_alarm", "2021-07-16"),))
    judged = state_of(who, "O31-1", "2021-07-20")
    assert (judged.state, judged.public_state, judged.decision_kind) == ("missing", "not_observable", "false_alarm")


def test_short_held_permit_is_exempt_by_law() -> None:
    for start, state in (("2021-10-01", "not_due"), ("2021-10-02", "exempt")):
        held = replace(PERMIT, valid_from=D(start), first_seen=D("2021-11-01"))
        judged = state_of(subject(memberships=(held,), channels=(PERMITS,)), "PR-2", "2021-12-01", "2021")
        assert judged.state == state, start
    assert judged.reason is not None and judged.reason.startswith("HJ 944-2018")


def test_a_due_day_whose_calendar_is_not_yet_published_accuses_nobody_in_public() -> None:
    held = replace(PERMIT, valid_to=D("2028-01-31"))
    looks = tuple(look(day, "permit_report", source="mee") for day in ("2027-03-01", "2027-03-02", "2027-03-03"))
    judged = state_of(subject(memberships=(held,), channels=(PERMITS,), looks=looks), "PR-2", "2027-03-03", "2026")
    assert judged.duty.due.provisional
    assert (judged.state, judged.public_state, judged.findings[0].confidence) == ("missing", "not_observable", "medium")
