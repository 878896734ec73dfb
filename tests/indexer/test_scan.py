"""The scan against a real Elasticsearch: rows, events and counts kept; nothing written twice; past days answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from indexer import scan as scanning
from indexer.engine.store import Store
from indexer.law.facts import Decision, Subject
from indexer.scan import judge_all, scan
from indexer.search import duties
from indexer.search.duties import GapFilters, Reader
from indexer.search.moment import Moment
from indexer.settings import Settings, load
from tests.indexer.gaps.conftest import EID, EL_2023, LIST_2021, PLATFORM, D, channel, found, look, subject

LOOKS = (look("2021-07-05"), look("2021-07-10"), look("2021-07-15"))
MISSING = subject(looks=LOOKS)
MET = subject(id="e-2", name="守约公司", found=(found("2021-06-01"),), looks=())
OLD = subject(id="e-3", name="无届公司", memberships=(replace(LIST_2021, year=None),))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a data folder of its own."""
    return replace(load(), var=tmp_path)


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sets whom the register knows."""

    def set_to(*subjects: Subject) -> None:
        def answer(
            _store: Any, _session: Any, as_of: date, ids: Sequence[str] | None = None, _sources: Any = (), **_: Any
        ) -> Iterator[Subject]:
            for item in subjects:
                known = any(member.first_seen <= as_of for member in item.memberships)
                if known and (ids is None or item.id in ids):
                    yield item

        monkeypatch.setattr(scanning.facts, "subjects", answer)

    return set_to


def rows(store: Store, name: str) -> list[dict[str, Any]]:
    """Every stored row by id."""
    store.refresh(name)
    return sorted(store.scan(name), key=lambda row: str(row["id"]))


def enterprise(identifier: str) -> dict[str, Any]:
    return {"id": identifier, "name": identifier, "names": [], "memberships": [], "identities": []}


def test_duties_events_and_counts_are_written_once(
    store: Store, settings: Settings, people: Callable[..., None]
) -> None:
    people(MISSING, MET)
    store.bulk("enterprises", [enterprise("e-1"), enterprise("e-2")])
    told: list[int] = []
    first = scan(store, settings, D("2021-07-20"), progress=told.append)
    assert (first.enterprises, first.duties, first.written, first.unchanged, first.removed) == (2, 14, 14, 0, 0)
    assert first.states == {"missing": 1, "met": 2, "not_observable": 11}
    assert told == [2]
    stored = rows(store, "duties")
    (missing,) = [row for row in stored if row["state"] == "missing"]
    assert (missing["id"], missing["due"], missing["public_state"]) == ("e-1:O31-1:once:2021", "2021-06-28", "missing")
    assert missing["channels"][0]["good"] == ["2021-07-05", "2021-07-10", "2021-07-15"]
    assert stored == sorted(judge_all(store, settings, D("2021-07-20")), key=lambda row: row["id"])
    assert store.get("enterprises", "e-1")["duty_states"] == {"missing": 1, "not_observable": 4}  # type: ignore[index]
    assert store.get("enterprises", "e-2")["duty_states"] == {"met": 1, "not_observable": 4}  # type: ignore[index]
    severities = [store.get("enterprises", name)["severities"] for name in ("e-1", "e-2")]  # type: ignore[index]
    assert severities == [[missing["severity"]], []]
    events = rows(store, "duty_events")
    again = scan(store, settings, D("2021-07-20"))
    assert (again.written, again.unchanged, again.removed, again.events_written, again.events_removed) == (
        0,
        14,
        0,
        0,
        0,
    )
    assert rows(store, "duties") == stored and rows(store, "duty_events") == events


def test_events_are_the_same_however_often_one_scanned(
    store: Store, settings: Settings, people: Callable[..., None]
) -> None:
    people(MISSING)
    for day in ("2021-05-01", "2021-07-07", "2021-07-08", "2021-07-20", "2021-07-12", "2021-07-20"):
        scan(store, settings, D(day))
    often = rows(store, "duty_events")
    life = [(row["day"], row["after"], row["reason"]) for row in often if row["obligation"] == "O31-1"]
    assert sorted(life) == [
        ("2021-04-01", "not_due", None),
        ("2021-06-29", "not_observable", "awaiting_visits 0/3"),
        ("2021-07-05", "not_observable", "awaiting_visits 1/3"),
        ("2021-07-10", "not_observable", "awaiting_visits 2/3"),
        ("2021-07-15", "missing", None),
    ]
    store.delete("duty_events", [row["id"] for row in often])
    scan(store, settings, D("2021-07-20"))
    assert rows(store, "duty_events") == often


def test_a_past_day_is_answered_and_its_events_leave_later_ones_alone(
    store: Store, settings: Settings, people: Callable[..., None]
) -> None:
    people(MISSING)
    scan(store, settings, D("2021-07-20"))
    before = rows(store, "duty_events")
    states = {row["id"]: row["state"] for row in judge_all(store, settings, D("2021-06-28"))}
    assert set(states.values()) == {"not_due"} and len(states) == 7
    assert list(judge_all(store, settings, D("2021-03-31"))) == []
    scan(store, settings, D("2021-07-12"))
    assert {row["as_of"] for row in rows(store, "duties")} == {"2021-07-12"}
    assert rows(store, "duty_events") == before


OWN = channel("own", {"profile"}, "own_site", active_from=D("2021-08-01"))
LIVELY = (
    replace(MISSING, decisions=(Decision("1", "O31-1|once:2021", "false_alarm", D("2021-08-05"), D("2021-09-01")),)),
    replace(MISSING, id="e-2", found=(found("2021-07-20"),), region_path=("310000", "310116"),
            channels=(PLATFORM, OWN)),
    # A list of the year before, learned later, sets the duties of 2021 aside.
    replace(MISSING, id="e-3", memberships=(LIST_2021, replace(LIST_2021, year=2020, published=D("2020-03-30"),
                                                                first_seen=D("2021-07-12")))),
)  # fmt: skip
PAST = ["2021-03-31", "2021-04-01", "2021-06-28", "2021-06-29", "2021-07-07", "2021-07-12", "2021-07-15", "2021-07-20",
        "2021-08-01", "2021-08-05", "2021-09-01", "2021-09-02", "2021-09-27", "2021-11-30"]  # fmt: skip
LISTED = ("public_state", "severity", "due", "region_path", "obligation", "decision_kind", "law_seen", "audience")


def listed(store: Store, reader: Reader, day: str, **filters: Any) -> dict[str, Any]:
    """What the list of gaps of a past day is made from, by duty."""
    at = Moment(day)
    body = duties.gap_page(GapFilters(**filters), reader, "severity", 0, 100, at)
    hits = store.search(duties.index(at), body)["hits"]["hits"]
    rows = {hit["_source"]["duty"]: hit["_source"] for hit in hits}
    assert len(rows) == len(hits)
    return rows


def agree(store: Store, settings: Settings, days: Sequence[str]) -> None:
    """The list of each day says of every duty what judging that day anew says."""
    for day in days:
        judged = {duty["id"]: duty for duty in judge_all(store, settings, D(day))}
        told = listed(store, "staff", day)
        assert told.keys() == judged.keys(), day
        for key, event in told.items():
            duty = judged[key]
            assert event["after"] == duty["state"] and event["reason"] == duty["reason"], (day, key)
            assert set(event["sources"]) == {look["source"] for look in duty["channels"]}, (day, key)
            assert {name: event[name] for name in LISTED} == {name: duty[name] for name in LISTED}, (day, key)  # type: ignore[literal-required]
        seen = {key for key, duty in judged.items() if duty["law_seen"] and duty["audience"] == "public"}
        assert listed(store, "public", day).keys() == seen, day
        missing = {key for key in seen if judged[key]["public_state"] == "missing"}
        assert listed(store, "public", day, states=("missing",)).keys() == missing, day


def test_a_past_day_s_list_is_that_of_judging_it_anew(
    store: Store, settings: Settings, people: Callable[..., None]
) -> None:
    people(*LIVELY)
    scan(store, settings, D("2021-12-31"))
    agree(store, settings, PAST)
    first = "e-1:O31-1:once:2021"
    assert [
        listed(store, "public", day)[first]["public_state"] for day in ("2021-07-15", "2021-08-05", "2021-09-02")
    ] == [
        "missing",
        "not_observable",
        "missing",
    ]
    assert listed(store, "staff", "2021-08-05", states=("missing",), region="310115").keys() == {first}
    assert listed(store, "staff", "2021-07-31", source="own") == {}
    assert listed(store, "staff", "2021-08-01", source="own").keys() == {"e-2:O31-1:once:2021", "e-2:O31-9:once:2021"}
    assert listed(store, "staff", "2021-09-27", severity="S4").keys() >= {first}
    # Scans of past days, whole or of one enterprise, leave every later day's answer as it was.
    before = rows(store, "duty_events")
    scan(store, settings, D("2021-07-13"))
    scan(store, settings, D("2021-07-16"), enterprises=["e-1"])
    assert rows(store, "duty_events") == before


def test_a_later_scan_ends_what_held_until_then(store: Store, settings: Settings, people: Callable[..., None]) -> None:
    people(*LIVELY)
    for day in ("2021-06-29", "2021-07-15", "2021-12-31"):
        scan(store, settings, D(day))
        agree(store, settings, [past for past in PAST if past <= day])


def test_an_index_of_another_version_s_mapping_is_made_anew(
    store: Store, settings: Settings, people: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    people(*LIVELY)
    scan(store, settings, D("2021-12-31"))
    wanted, old = rows(store, "duty_events"), store.indices.live()["duty_events"]
    monkeypatch.setattr(Store, "stale", lambda _store: ["duty_events", "visits"])
    result = scan(store, settings, D("2021-12-31"))
    assert store.indices.live()["duty_events"] != old and rows(store, "duty_events") == wanted
    assert result.events_written == len(wanted) and result.written == 0


def test_some_enterprises_get_what_all_would(store: Store, settings: Settings, people: Callable[..., None]) -> None:
    people(MISSING, MET)
    scan(store, settings, D("2021-07-20"))
    people(MISSING, replace(MET, found=()))
    part = scan(store, settings, D("2021-07-20"), enterprises=["e-2"])
    assert (part.enterprises, part.written, part.unchanged) == (1, 2, 5)
    after = rows(store, "duties")
    whole = scan(store, settings, D("2021-07-20"))
    assert (whole.written, rows(store, "duties")) == (0, after)


def test_rows_of_what_no_longer_exists_are_removed(
    store: Store, settings: Settings, people: Callable[..., None]
) -> None:
    people(MISSING, MET)
    scan(store, settings, D("2021-07-20"))
    people(MISSING)
    result = scan(store, settings, D("2021-07-20"), enterprises=["e-2"])
    assert (result.removed, result.enterprises) == (7, 0)
    assert {row["enterprise"] for row in rows(store, "duties")} == {"e-1"}
    assert {row["enterprise"] for row in rows(store, "duty_events")} == {"e-1"}
    people()
    assert scan(store, settings, D("2021-07-20")).removed == 7
    assert rows(store, "duties") == [] and rows(store, "duty_events") == []


def test_what_makes_no_duty_is_named(store: Store, settings: Settings, people: Callable[..., None]) -> None:
    people(
        replace(OLD, memberships=(replace(LIST_2021, year=None, source="list-a"), EL_2023), channels=(PLATFORM, EID))
    )
    result = scan(store, settings, D("2023-07-20"))
    assert result.issues == ["e-3 无届公司: list-a: a list of class KPU.W without a year"]
