"""Which rules can fire: by enabled sources, what they cover, whether they were read, and whom the register knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from indexer.gaps import params
from indexer.gaps.firing import Firing, Place, firing
from indexer.law.facts import Channel, Covers
from indexer.law.rules import default

DAY = date(2024, 6, 1)
EID = Covers(frozenset({"annual_report", "listing"}), frozenset({"EL"}), ("3100",), "eid_system")
PLATFORM = Channel("eid", (EID,), None, None, date(2022, 3, 1))
BUREAU = Channel("bureau", (replace(EID, channel="city_bureau"),), None, None, date(2022, 3, 1))


def told(*channels: Channel, region: str | None = "31", members: dict[str, int] | None = None) -> dict[str, Firing]:
    place = Place(region, channels, {"EL": 3, "PK": 2} if members is None else members)
    return {row.id: row for row in firing(default(), params.load(), place, DAY)}


def test_every_obligation_and_rule_is_told() -> None:
    assert set(told()) == {*default().obligations, *params.load().rules}


def test_without_a_source_nothing_fires_and_each_says_why() -> None:
    found = told()
    assert {row.able for row in found.values()} == {"no"}
    assert found["O24-Y"].reasons == ("no_source",) and "no_source" in found["MIS-01"].reasons
    assert "ended" in found["O31-1"].reasons


def test_a_source_that_covers_kind_class_and_region_lets_a_duty_be_judged() -> None:
    assert told(PLATFORM)["O24-Y"].able == "yes"
    assert told(PLATFORM)["O24-Y"].inputs[0].read == ("eid",)
    assert told(PLATFORM, region="3310")["O24-Y"].reasons == ("no_source",)
    assert told(PLATFORM, region="310104")["O24-Y"].able == "yes", "a county of the region covered"
    assert told(replace(PLATFORM, covers=(replace(EID, classes=frozenset({"PK"})),)))["O24-Y"].able == "no"


def test_what_keeps_it_from_firing_is_named() -> None:
    assert told(BUREAU)["O24-Y"].reasons == ("unlawful_source",)
    assert told(replace(PLATFORM, first_capture=None))["O24-Y"].reasons == ("never_read",)
    assert told(PLATFORM, members={"PK": 9})["O24-Y"].reasons == ("no_subject",)
    assert told(PLATFORM, members={"EL": 0, "PK": 9})["O24-Y"].reasons == ("no_subject",)


def test_a_gap_rule_with_some_inputs_fires_in_part() -> None:
    rule = replace(params.load()["MIS-01"], id="MIS-01", inputs=("annual_report", "penalty"))
    gaps = replace(params.load(), rules={"MIS-01": rule})
    place = Place("31", (PLATFORM,), {})
    (found,) = [row for row in firing(default(), gaps, place, DAY) if row.group == "missing"]
    assert (found.able, found.reasons) == ("partly", ("some_inputs",))
    assert [(item.kind, bool(item.sources)) for item in found.inputs] == [("annual_report", True), ("penalty", False)]
    assert told(PLATFORM)["MIS-01"].able == "yes", "looks alone are what it asks for"


def test_law_from_memory_is_never_for_the_public() -> None:
    found = told(PLATFORM)
    assert found["O24-Y"].public and not found["O31-7"].public
    rule = replace(params.load()["MIS-01"], rests_on=("O31-7",))
    gaps = replace(params.load(), rules={"MIS-01": rule})
    (row,) = [r for r in firing(default(), gaps, Place("31", (PLATFORM,), {}), DAY) if r.group == "missing"]
    assert not row.law_seen and not row.public


def test_what_an_authority_owes_is_told_by_the_records_behind_it() -> None:
    found = told(replace(PLATFORM, covers=(replace(EID, classes=frozenset({"KPU.W"})),)))
    assert found["GOV-1"].able == "yes" and [item.kind for item in found["GOV-1"].inputs] == ["listing"]
    assert found["GOV-2"].reasons == ("no_source",), "that source lists nobody who discloses by law"
    assert [item.kind for item in found["GOV-5"].inputs] == ["penalty"] and found["GOV-5"].reasons == ("no_source",)
