"""MIS-02, MIS-06, MIS-07, MIS-09: nothing was there though everything was looked at; and the case just beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from indexer.gaps.checks.view import View
from tests.indexer.gaps.checks.papers import (
    EID,
    FIRM_2023,
    PLATFORM,
    absent,
    channel,
    listed,
    outages,
    penalty,
    permit,
)
from tests.indexer.gaps.checks.views import found, look, run, view

YEAR = ("2023-07-03", "2023-10-09", "2024-02-05")
SILENT: dict[str, Any] = {
    **FIRM_2023, "channels": (channel(EID, {"annual_report"}, "eid_system", {"EL"}),),
    "looks": absent("annual_report", *YEAR),
}  # fmt: skip


def test_twelve_months_of_silence_on_a_list() -> None:
    (one,) = run("MIS-02", view("2024-05-02", **SILENT))
    assert (one.severity, one.confidence, str(one.since)) == ("S4", "high", "2024-02-05")
    assert "2023-07-03、2023-10-09、2024-02-05" in one.words and len(one.visits) == 3


def test_one_on_a_list_whom_no_row_of_the_law_asks_for_anything_is_silent_too() -> None:
    platform = channel("city", {"profile", "emission"}, "city_bureau", {"KPU"})
    looked = (*absent("profile", *YEAR, source="city"), *absent("emission", *YEAR, source="city"))
    facts = {"memberships": (listed("KPU.A", 2023), listed("KPU.A", 2024)), "channels": (platform,), "looks": looked}
    shown = view("2024-05-02", **facts)
    assert not shown.cases
    (one,) = run("MIS-02", shown)
    assert "2类信息经3日有效查看" in one.words
    assert run("MIS-02", view("2024-05-02", **{**facts, "looks": looked[:-1]})) == []


def test_a_list_counts_from_its_own_day_though_it_was_read_later() -> None:
    member = listed("EL", 2023, seen="2023-05-20", published=date(2023, 4, 28))
    (one,) = run("MIS-02", view("2024-05-02", **{**SILENT, "memberships": (member,)}))
    assert "2023-04-28起列入2023年EL名录" in one.words


@pytest.mark.parametrize("changes", [
    {"found": (found("annual_report", "2023-05-03", source=EID),)},  # seen within the twelve months
    {"looks": absent("annual_report", *YEAR[:2])},
    {"looks": (*absent("annual_report", *YEAR[:2]), look(YEAR[2], "failed", "annual_report", source=EID))},
    # On the list for a day less; its day not stated either.
    {"memberships": (listed("EL", 2023, seen="2023-05-03", published=date(2023, 5, 3)),)},
    {"memberships": (listed("EL", 2023, seen="2023-05-03", published=None),)},
    {"channels": (channel(EID, {"annual_report"}, "eid_system", {"EL"}, first="2023-05-03"),)},
    {"channels": (*SILENT["channels"], channel("own", {"annual_report"}, "own_site", {"EL"}))},  # nobody looked there
])  # fmt: skip
def test_no_silence_is_told_where_it_is_not_proven(changes: dict[str, Any]) -> None:
    assert run("MIS-02", view("2024-05-02", **{**SILENT, **changes})) == []


def test_what_an_authority_says_of_a_firm_breaks_no_silence() -> None:
    told = (found("penalty", "2024-01-02", source="bureau"),)
    assert len(run("MIS-02", view("2024-05-02", **{**SILENT, "found": told}))) == 1
    old = (found("annual_report", "2022-05-03", last_seen="2023-05-02", source=EID),)
    assert len(run("MIS-02", view("2024-05-02", **{**SILENT, "found": old}))) == 1


# Decided on Monday 2023-06-05: + 15 days is the 20th; five working days later, over 22–23 June off and 25 worked, 28.
AFTER = ("2023-06-29", "2023-07-03", "2023-07-10")


def fined(**changes: Any) -> View:
    """A firm with a penalty and no report on it."""
    facts: dict[str, Any] = {
        **FIRM_2023, "events": (penalty("2023-06-05", "2023-06-12"),), "looks": absent("interim_report", *AFTER),
        **changes,
    }  # fmt: skip
    return view("2023-07-10", **facts)


def test_a_penalty_without_an_interim_report() -> None:
    (one,) = run("MIS-06", fined())
    assert (one.severity, one.obligation, str(one.since)) == ("S3", "O24-T2", "2023-07-10")
    assert "2023-06-05+15日+5个工作日" in one.words and "未见临时报告" in one.words and one.captures


@pytest.mark.parametrize("changes", [
    {"found": (found("interim_report", "2023-06-26", source=EID, title="行政处罚临时报告"),)},
    {"found": (found("interim_report", "2023-07-11", source=EID, document_no="沪0115环罚〔2023〕12号"),)},
    {"looks": absent("interim_report", *AFTER[:2])},
    {"looks": (*absent("interim_report", *AFTER[:2]), look(AFTER[2], "blocked", "interim_report", source=EID))},
    {"memberships": (listed("KPU.W", 2023),)},  # not one that discloses by Order 24
    {"channels": ()},
    {"events": (penalty("2022-01-28", "2023-06-12"),)},  # before Order 24
])  # fmt: skip
def test_a_penalty_of_which_nothing_is_proven(changes: dict[str, Any]) -> None:
    if "found" in changes and str(changes["found"][0].first_seen) > "2023-07-10":
        changes = {"found": (replace(changes["found"][0], first_seen=fined().as_of, sightings=(fined().as_of,)),)}
    assert run("MIS-06", fined(**changes)) == []


def test_the_mail_and_five_working_days_are_waited_for() -> None:
    looked = absent("interim_report", "2023-06-26", "2023-06-27", "2023-06-28")
    on_time = {**FIRM_2023, "events": (penalty("2023-06-05", "2023-06-12"),), "looks": looked}
    assert run("MIS-06", view("2023-06-28", **on_time)) == []
    other = found("interim_report", "2023-06-26", source=EID, title="环评批复", document_no="沪环评〔2023〕5号")
    assert len(run("MIS-06", fined(found=(other,)))) == 1


def test_a_permit_changed_without_an_interim_report() -> None:
    granted = replace(penalty("2023-06-05", "2023-06-12"), kind="permit_changed", ref="2023-06-05", extra={})
    (one,) = run("MIS-07", fined(events=(granted,)))
    assert (one.severity, one.obligation, (one.period or "")[:6]) == ("S2", "O24-T1", "event:")
    told = found("interim_report", "2023-06-26", source=EID, title="排污许可证变更")
    assert run("MIS-07", fined(events=(granted,), found=(told,))) == []
    early = replace(told, published=granted.day.replace(day=4), id="d-early")
    assert len(run("MIS-07", fined(events=(granted,), found=(early,)))) == 1


LISTS = tuple(look(on, "absent", "listing", source="bureau") for on in ("2024-04-02", "2024-04-09", "2024-05-06"))
BUREAU = channel("bureau", {"listing"}, "city_bureau", {"KPU"})
HOLDER: dict[str, Any] = {"memberships": (permit(),), "channels": (PLATFORM, BUREAU), "looks": LISTS}


def test_a_holder_under_key_management_on_no_list() -> None:
    (one,) = run("MIS-09", view("2024-06-03", **HOLDER))
    assert (one.severity, one.to_authority, str(one.since)) == ("S2", True, "2024-05-06")


@pytest.mark.parametrize("changes", [
    {"memberships": (permit(), listed("KPU.W", 2024))}, {"memberships": (permit(), listed("KPU", 2023))},
    {"memberships": (permit(cls="PS"),)}, {"memberships": (permit(end="2024-06-02"),)}, {"looks": LISTS[:2]},
        {"channels": (PLATFORM, channel("bureau", {"listing"}, "city_bureau", {"SOIL"}))},
])  # fmt: skip
def test_a_holder_of_whom_nothing_is_asked(changes: dict[str, Any]) -> None:
    assert run("MIS-09", view("2024-06-03", **{**HOLDER, **changes})) == []


@pytest.mark.parametrize(("rule", "day", "facts"), [
    ("MIS-02", "2024-05-02", SILENT), ("MIS-06", "2023-07-10", {}), ("MIS-09", "2024-06-03", HOLDER),
])  # fmt: skip
def test_outages_add_nothing(rule: str, day: str, facts: dict[str, Any]) -> None:
    few = {**FIRM_2023, **facts, "looks": (*facts.get("looks", absent("interim_report", *AFTER))[:2],)}
    few.setdefault("events", (penalty("2023-06-05", "2023-06-12"),))
    assert run(rule, view(day, **few)) == []
    assert run(rule, view(day, **{**few, "looks": (*few["looks"], *outages(few["looks"]), *outages(LISTS))})) == []


def test_kinds_that_nobody_asked_for_leave_a_doubt() -> None:
    facts: dict[str, Any] = {
        "memberships": (listed("KPU.W", 2021), listed("KPU.W", 2023)), "looks": absent("profile", *YEAR),
        "channels": (channel(EID, {"profile", "emission"}, "city_bureau", {"KPU"}),),
    }  # fmt: skip
    (one,) = run("MIS-02", view("2024-05-02", **facts))
    assert one.confidence == "medium"
    looks = (*facts["looks"], *absent("emission", *YEAR[:2]))
    assert run("MIS-02", view("2024-05-02", **{**facts, "looks": looks})) == []
    (sure,) = run("MIS-02", view("2024-05-02", **{**facts, "looks": (*looks, *absent("emission", YEAR[2]))}))
    assert sure.confidence == "high"
