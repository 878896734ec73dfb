"""Findings against a real Elasticsearch: one list, days they were open, past days, and what firms disclosed alike."""

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
from indexer.register import prints
from indexer.scan import find_all, scan
from indexer.settings import Settings, load
from tests.indexer.gaps.checks.views import hours, series
from tests.indexer.gaps.conftest import D, found, look, subject

LOOKS = tuple(look(day) for day in ("2021-07-05", "2021-07-10", "2021-07-15"))
MISSING = subject(looks=LOOKS)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a data folder of its own."""
    return replace(load(), var=tmp_path)


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sets whom the register knows, each with the facts of the day asked for alone."""

    def set_to(*subjects: Subject) -> None:
        def answer(
            _store: Any, _session: Any, as_of: date, ids: Sequence[str] | None = None, *_more: Any, **_options: Any
        ) -> Iterator[Subject]:
            for item in sorted(subjects, key=lambda one: one.id):
                if ids is None or item.id in ids:
                    yield cut(item, as_of)

        monkeypatch.setattr(scanning.facts, "subjects", answer)

    return set_to


def cut(who: Subject, day: date) -> Subject:
    """What is known of a subject at the end of a day."""
    seen = [item for item in who.found if item.first_seen <= day]
    return replace(
        who, memberships=tuple(m for m in who.memberships if m.first_seen <= day),
        looks=tuple(one for one in who.looks if one.day <= day),
        decisions=tuple(d for d in who.decisions if d.day <= day),
        found=tuple(
            replace(item, sightings=tuple(s for s in item.sightings if s <= day), last_seen=min(item.last_seen, day))
            for item in seen
        ),
    )  # fmt: skip


def rows(store: Store, name: str = "findings") -> dict[str, Any]:
    """Every stored row by its rule and enterprise."""
    store.refresh(name)
    return {f"{row['rule']} {row['enterprise']}": row for row in store.scan(name)}


def test_a_finding_opens_closes_by_itself_and_opens_anew(
    store: Store, settings: Settings, people: Callable[..., None]
) -> None:
    people(MISSING)
    first = scan(store, settings, D("2021-07-20"))
    row = rows(store)["MIS-01 e-1"]
    assert (first.findings, first.findings_written, row["state"], row["since"]) == (1, 1, "open", "2021-07-15")
    assert (row["duty"], row["audience"], row["closed"]) == ("e-1:O31-1:once:2021", "public", None)
    assert row["spans"] == [{"from": "2021-07-15", "to": None}] and row["last_seen"] == "2021-07-15"
    again = scan(store, settings, D("2021-07-20"))
    assert (again.findings_written, again.findings_closed, rows(store)["MIS-01 e-1"]) == (0, 0, row)

    people(replace(MISSING, found=(found("2021-07-25"),)))
    later = scan(store, settings, D("2021-07-26"))
    closed = rows(store)["MIS-01 e-1"]
    assert (later.findings_closed, closed["state"], closed["closed"]) == (1, "closed", "2021-07-26")
    assert closed["words"] == row["words"] and closed["spans"] == [{"from": "2021-07-15", "to": "2021-07-26"}]
    late = rows(store)["LAT-01 e-1"]
    assert (late["state"], later.findings) == ("open", 1)

    people(MISSING)
    scan(store, settings, D("2021-07-30"), enterprises=["e-1"])
    anew = rows(store)["MIS-01 e-1"]
    assert anew["state"] == "open"
    assert anew["spans"] == [{"from": "2021-07-15", "to": "2021-07-26"}, {"from": "2021-07-26", "to": None}]
    people()
    scan(store, settings, D("2021-07-31"))
    assert rows(store) == {}


def test_what_was_open_on_a_past_day_is_a_function_of_its_facts(
    store: Store, settings: Settings, people: Callable[..., None]
) -> None:
    person = Decision("7", "MIS-01@O31-1|once:2021", "false_alarm", D("2021-08-02"))
    own = replace(person, duty="e-1:MIS-01@O31-1:once:2021")
    people(replace(MISSING, decisions=(own,)))
    answers = {day: list(find_all(store, settings, D(day))) for day in ("2021-07-14", "2021-07-20", "2021-08-03")}
    assert [len(told) for told in answers.values()] == [0, 1, 1]
    assert [answers[day][0]["decision_kind"] for day in ("2021-07-20", "2021-08-03")] == [None, "false_alarm"]
    more = replace(
        MISSING, decisions=(own,), found=(found("2021-09-01"),), looks=(*reversed(LOOKS), look("2021-08-20"))
    )
    people(more)
    scan(store, settings, D("2021-09-10"))
    assert {day: list(find_all(store, settings, D(day))) for day in answers} == answers
    # A scan of a past day changes nothing of what is known of later ones.
    before = rows(store)
    scan(store, settings, D("2021-07-14"))
    assert {key: row["spans"] for key, row in rows(store).items()} == {key: row["spans"] for key, row in before.items()}


TEXT = "有限公司成立应急指挥部，由总经理任总指挥，发生突发环境事件时立即启动应急预案，并在一小时内上报主管部门。"


def firm(number: int, first: str = "2021-06-01", text: str = TEXT) -> Subject:
    """One of several firms with the same plan under their own names."""
    plan = found(first, "emergency_plan", frozenset({"plan"}), text=f"第{number}印染{text}")
    return subject(id=f"e-{number}", name=f"第{number}印染有限公司", found=(plan,))


def test_the_fifth_firm_with_the_same_words_makes_a_finding_of_all(
    store: Store, settings: Settings, people: Callable[..., None]
) -> None:
    firms = [firm(number) for number in range(1, 6)]
    people(*firms[:4])
    scan(store, settings, D("2021-07-01"))
    assert "INC-02 e-1" not in rows(store)
    people(*firms)
    result = scan(store, settings, D("2021-07-02"), enterprises=["e-5"])
    told = {key: row for key, row in rows(store).items() if row["rule"] == "INC-02"}
    assert sorted(told) == [f"INC-02 e-{number}" for number in range(1, 6)] and result.enterprises == 1
    assert "合计至少5家" in told["INC-02 e-1"]["words"] and told["INC-02 e-1"]["audience"] == "staff"
    # The whole scan, in another order and from nothing, says the same.
    store.delete("findings", [row["id"] for row in store.scan("findings")])
    store.delete("prints", [row["id"] for row in store.scan("prints")])
    people(*reversed(firms))
    scan(store, settings, D("2021-07-02"))
    assert {key: row for key, row in rows(store).items() if row["rule"] == "INC-02"} == told
    # On the day before the fifth was known there were four.
    people(*firms[:4], firm(5, "2021-07-02"))
    scan(store, settings, D("2021-07-02"))
    assert [row["rule"] for row in find_all(store, settings, D("2021-07-01")) if row["rule"] == "INC-02"] == []
    people(
        *firms[:4], firm(5, text="有限公司自己编写了完全不同的应急预案，内容与其他单位都不一样，并且经过了专家评审。")
    )
    scan(store, settings, D("2021-07-03"), enterprises=["e-5"])
    assert {row["state"] for key, row in rows(store).items() if row["rule"] == "INC-02"} == {"closed"}


def test_of_many_owners_the_first_nine_are_told(store: Store, settings: Settings, people: Callable[..., None]) -> None:
    firms = [firm(number, f"2021-06-{number:02}") for number in range(1, 13)]
    people(*firms)
    scan(store, settings, D("2021-07-01"))
    sharing = prints.load(store, D("2021-07-01"))
    (mark,) = sharing.shared("e-1").texts
    assert len(sharing.shared("e-1").texts[mark]) == 8 and len(sharing.shared("e-12").texts[mark]) == 9
    assert len(prints.load(store, D("2021-06-03")).shared("e-12").texts[mark]) == 3
    turned = prints.Turned({mark})
    assert prints.companions(store, turned, ["e-12"]) == set()
    assert len(prints.companions(store, turned, ["e-3"])) == 12
    assert len(prints.companions(store, prints.Turned({mark}, {mark}), ["e-99"])) == 12


def test_a_day_of_values_is_known_when_the_last_of_them_was_seen() -> None:
    points = hours("2021-06-01T00:00", [10.0 + n for n in range(24)], changes={23: {"first_seen": "2021-06-05"}})
    own = prints.of(subject(series=(series(points),)))
    assert list(own) == ["day"] and list(own["day"].values()) == [D("2021-06-05")]
    other = prints.of(subject(id="e-2", series=(series(points, outlet="DW002", source="else"),)))
    assert own["day"].keys() == other["day"].keys()
    (row,) = prints.rows(subject(), own)
    assert (row["sort"], row["month"], row["known"]) == ("day", "2021-06", dict.fromkeys(row["prints"], "2021-06-05"))
