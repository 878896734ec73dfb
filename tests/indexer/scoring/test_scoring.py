"""The verb against a real Elasticsearch: rows by month, the same bytes again, ranks, objections, who was touched."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from indexer import scoring
from indexer.engine.connect import client
from indexer.engine.node import Node
from indexer.engine.store import Store
from indexer.register.decisions import Base, open_engine
from indexer.scoring import verb
from indexer.scoring.objections import object_to
from indexer.settings import Settings, load
from tests.indexer.scoring.rows import DAY, duty, enterprise, finding, told

DUES = {"2025Q4": "2026-01-15", "2026Q1": "2026-04-15", "2026Q2": "2026-07-15", "2026Q3": "2026-10-22"}
CITY = ("32", "3205", "320505")
OFFICE = {"due": "2026-03-31", "enterprise_name": "某市局", "region_path": ["31"]}
USED = ("enterprises", "duties", "findings", "disclosures", "measurements", "scores")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a data folder of its own, on the day of the rows."""
    monkeypatch.setenv("QINGCE_CLOCK", DAY)
    return replace(load(), var=tmp_path)


@pytest.fixture(scope="module")
def emptied(es_node: Node) -> Iterator[Store]:
    """One store for all tests here: making its indices takes longer than the tests."""
    with client(es_node.url) as made:
        fresh = Store(made, f"test-{uuid.uuid4().hex[:8]}")
        fresh.ensure()
        yield fresh
        fresh.drop()


@pytest.fixture
def filled(emptied: Store, settings: Settings) -> Store:
    """Three enterprises, two in one city and one elsewhere, each with four quarters; one authority."""
    store = emptied
    for name in USED:
        store.delete(name, [row["id"] for row in store.scan(name, source=["id"])])
    store.bulk("enterprises", [enterprise("e-1"), enterprise("e-2"), enterprise("e-3", CITY), enterprise("e-4")])
    store.bulk("duties", [
        *quarters("e-1"),
        *quarters("e-2", late={"2026Q1": 15}),
        *quarters("e-3", late={"2026Q1": 15, "2026Q2": 15}, region_path=list(CITY)),
        duty("e-2", "O34-1", "missing", "standing", law_seen=False, audience="staff"),
        duty("o-31", "GOV-1", "late", "2026", delay_days=45, findings=[told()], **OFFICE),
        duty("o-31", "GOV-2", "met", "2026", **OFFICE),
    ])  # fmt: skip
    store.bulk("findings", [finding("e-2", audience="staff"), finding("e-3", number=2, state="closed")])
    store.refresh()
    return store


def quarters(owner: str, late: dict[str, int] | None = None, **more: Any) -> list[Any]:
    """Four quarterly reports, some late by so many days."""
    return [
        duty(owner, "PR-3", "late" if period in (late or {}) else "met", period, due=due,
             **({"delay_days": late[period], "findings": [told()]} if late and period in late else {}), **more)
        for period, due in DUES.items()
    ]  # fmt: skip


def stored(store: Store, **filters: str) -> dict[str, dict[str, Any]]:
    """Stored scores by ``subject:reader``, those of the filters."""
    store.refresh("scores")
    found = [row for row in store.scan("scores") if all(row[name] == value for name, value in filters.items())]
    return {f"{row['subject']}:{row['reader']}": row for row in found}


def ranks(row: dict[str, Any]) -> dict[str, tuple[int, int]]:
    return {rank["scope"]: (rank["rank"], rank["of"]) for rank in row["ranks"]}


def test_scores_of_everybody(filled: Store, settings: Settings) -> None:
    result = scoring.score(filled, settings)
    assert (result.enterprises, result.authorities, result.later) == (3, 1, None)
    ours = stored(filled, rubric="ours", kind="enterprise")
    assert set(ours) == {f"{owner}:{reader}" for owner in ("e-1", "e-2", "e-3") for reader in ("public", "staff")}
    best, second, third = (ours[f"e-{number}:public"] for number in (1, 2, 3))
    # T of the second: 3.5 of 4 quarters, of the third 3 of 4.
    assert [row["heads"][0]["value"] for row in (best, second, third)] == [100, 87.5, 75]
    assert (ranks(best), ranks(second), ranks(third)) == (
        {"all": (1, 3), "31": (1, 2), "310116": (1, 2)},
        {"all": (2, 3), "31": (2, 2), "310116": (2, 2)},
        {"all": (3, 3), "32": (1, 1), "3205": (1, 1), "320505": (1, 1)},
    )
    assert (best["month"], best["as_of"], best["since"], best["due"]) == ("2026-11", DAY, "2025-11-26", 4)
    assert best["ranked_on"] == DAY and best["grade"] == "A" and best["objection"] is None


def test_what_only_staff_may_see_is_in_their_scores_alone(filled: Store, settings: Settings) -> None:
    scoring.score(filled, settings)
    ours = stored(filled, rubric="ours", kind="enterprise")
    public, staff = ours["e-2:public"], ours["e-2:staff"]
    assert staff["due"] == 5 and public["due"] == 4 and staff["total"] < public["total"]
    text = str(public)
    assert "f-e-2-1" not in text and "O34-1" not in text and "CON-05" not in text
    assert "f-e-2-1" in str(staff) and "O34-1" in str(staff)
    assert "CON-05" not in str(ours["e-3:staff"])


def test_regions_and_authorities_stand_beside_each_other(filled: Store, settings: Settings) -> None:
    scoring.score(filled, settings)
    cities = stored(filled, rubric="ours", kind="city", reader="public")
    assert set(cities) == {"31:public", "3205:public"}
    shanghai = cities["31:public"]
    totals = {
        key: row["total"] for key, row in stored(filled, rubric="ours", kind="enterprise", reader="public").items()
    }
    # Two of three enterprises: (2 · own mean + 10 · mean of all) / 12.
    own, whole = (totals["e-1:public"] + totals["e-2:public"]) / 2, sum(totals.values()) / 3
    assert shanghai["total"] == pytest.approx((2 * own + 10 * whole) / 12, abs=0.01)
    assert (shanghai["subjects"], shanghai["ranked"], ranks(shanghai)) == (2, 2, {"all": (1, 2)})
    assert ranks(cities["3205:public"]) == {"all": (2, 2), "32": (1, 1)}
    (authority,) = stored(filled, kind="authority", reader="public").values()
    # T (.5 + 1) / 2, C whole: (75 + 100) / 2.
    assert (authority["name"], authority["rubric"], authority["total"]) == ("某市局", "authority", 87.5)
    assert not [row for row in stored(filled, rubric="ours").values() if "GOV" in str(row["lines"])]
    monitoring = stored(filled, rubric="monitoring", kind="province")
    assert monitoring == {}


def test_the_same_day_gives_the_same_bytes(filled: Store, settings: Settings) -> None:
    scoring.score(filled, settings)
    before = list(filled.scan("scores", sort=[{"id": "asc"}]))
    again = scoring.score(filled, settings)
    filled.refresh("scores")
    assert list(filled.scan("scores", sort=[{"id": "asc"}])) == before
    assert (again.written, again.removed) == (len(before), 0)


def test_months_are_kept_and_the_month_s_row_is_its_last_day(
    filled: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in ("2026-11-24", "2026-11-25", "2026-12-01"):
        monkeypatch.setenv("QINGCE_CLOCK", day)
        scoring.score(filled, settings, enterprises=["e-1"])
        assert scoring.due(filled, date.fromisoformat(day))
        scoring.score(filled, settings)
        assert not scoring.due(filled, date.fromisoformat(day))
    days = {(row["month"], row["as_of"]) for row in filled.scan("scores")}
    assert days == {("2026-11", "2026-11-25"), ("2026-12", "2026-12-01")}
    monkeypatch.setenv("QINGCE_CLOCK", "2026-11-25")
    monkeypatch.setenv("QINGCE_CLOCK", "2026-11-20")
    earlier = scoring.score(filled, settings)
    assert (earlier.later, earlier.written) == ("2026-11-25", 0)


def test_a_past_day_is_judged_anew(filled: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from indexer.scoring import facts

    def judged(_store: Any, _settings: Any, day: date, ids: Any, refresh: bool) -> list[Any]:
        assert day == date(2026, 8, 31) and not refresh
        return [row for owner in ids for row in quarters(owner) if owner in ("e-1", "e-2") and row["due"] < "2026-09"]

    monkeypatch.setattr(facts, "judge_all", judged)
    monkeypatch.setattr(facts, "find_all", lambda *_args, **_more: iter([finding("e-1")]))
    result = scoring.score(filled, settings, date(2026, 8, 31))
    ours = stored(filled, rubric="ours", kind="enterprise", reader="public")
    assert result.enterprises == 2 and {row["month"] for row in ours.values()} == {"2026-08"}
    assert (ours["e-1:public"]["due"], ours["e-1:public"]["heads"][3]["value"]) == (3, 85)
    assert ours["e-2:public"]["heads"][3]["value"] == 100


def test_touched_enterprises_get_new_scores_and_keep_their_ranks(filled: Store, settings: Settings) -> None:
    scoring.score(filled, settings)
    others = stored(filled, subject="e-1")
    filled.bulk("duties", quarters("e-3"))
    part = scoring.score(filled, settings, enterprises=["e-3", "o-31"])
    assert stored(filled, kind="authority").keys() == {"o-31:public", "o-31:staff"}
    assert (part.enterprises, part.written, part.regions) == (1, 2, 0)
    touched = stored(filled, subject="e-3")["e-3:public"]
    assert touched["heads"][0]["value"] == 100 and ranks(touched)["all"] == (3, 3)
    assert stored(filled, subject="e-1") == others
    scoring.score(filled, settings)
    assert ranks(stored(filled, subject="e-3")["e-3:public"])["all"] == (1, 3)
    filled.delete("duties", [row["id"] for row in quarters("e-3")])
    filled.refresh("duties")
    gone = scoring.score(filled, settings, enterprises=["e-3"])
    assert gone.removed == 2 and stored(filled, subject="e-3") == {}


def test_an_objection_stops_the_public_rank_for_a_while(
    filled: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    scoring.score(filled, settings)
    engine = open_engine(settings.database)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        made = object_to(session, "s", "e-3", "officer", "数据口径有误")
        made.at = datetime(2026, 11, 25, 3, tzinfo=UTC)
        session.commit()
    engine.dispose()
    filled.bulk("duties", quarters("e-3"))
    filled.refresh("duties")
    seen = {}
    for day in ("2026-11-25", "2026-12-10", "2026-12-11"):
        monkeypatch.setenv("QINGCE_CLOCK", day)
        scoring.score(filled, settings)
        rows = stored(filled, subject="e-3", month=day[:7])
        seen[day] = (ranks(rows["e-3:public"])["all"], ranks(rows["e-3:staff"])["all"], rows["e-3:public"]["objection"])
    held = {"day": "2026-11-25", "until": "2026-12-10"}
    assert seen == {
        "2026-11-25": ((3, 3), (1, 3), held),
        "2026-12-10": ((3, 3), (1, 3), held),
        "2026-12-11": ((1, 3), (1, 3), None),
    }


def test_failed_looks_make_nobody_s_score_lower(filled: Store, settings: Settings) -> None:
    filled.bulk("duties", [duty("e-3", "O24-Y", "missing", "2025", due="2026-03-16", region_path=list(CITY))])
    filled.refresh("duties")
    scoring.score(filled, settings)
    before = stored(filled, subject="e-3")["e-3:public"]
    filled.bulk("duties", [duty("e-3", "O24-Y", "not_observable", "2025", due="2026-03-16", region_path=list(CITY))])
    scoring.score(filled, settings)
    after = stored(filled, subject="e-3")["e-3:public"]
    assert before["total"] == 49 and after["total"] > 80 and after["observable"] == 0.8


def test_conduct_is_read_from_what_was_disclosed(
    filled: Store, settings: Settings, disclosed: Callable[..., Any]
) -> None:
    filled.bulk("disclosures", [
        disclosed("d-1", "social_report", period="2024"), disclosed("d-2", "social_report", period="2024"),
        disclosed("d-3", "carbon"), disclosed("d-4", "permit_report"),
        disclosed("d-5", "carbon", seen=[{"from": "2020-01-01", "to": "2021-01-01"}], period="2019"),
        disclosed("d-6", "permit", outlet="DW001", pollutants=["化学需氧量", "氨氮"]),
    ])  # fmt: skip
    filled.bulk("measurements", [{
        "id": "m-1", "enterprise": "e-1", "outlet": "DW001", "pollutant": "氨氮", "time": "2026-05-01T00:00:00Z",
        "first_seen": "2026-05-02",
    }])  # fmt: skip
    filled.refresh()
    scoring.score(filled, settings)
    lines = stored(filled, subject="e-1")["e-1:public"]["lines"]
    words = {line["part"]: line["words"] for line in lines}
    assert words["voluntary"] == "义务以外公开2项（满5项得1）：碳排放 1、社会责任报告 1"
    assert [line["words"] for line in lines if line["part"] == "coverage"] == [
        "排污许可证列明2个排放口×污染物，1个有公开数值", "排污许可证列明的DW001 化学需氧量没有公开数值",
    ]  # fmt: skip


@pytest.fixture
def disclosed() -> Callable[..., Any]:
    """A disclosure of the first enterprise, seen since 2026."""

    def make(identifier: str, kind: str, **more: Any) -> dict[str, Any]:
        made = {"id": identifier, "enterprise": "e-1", "kind": kind, "period": None, "outlet": None, "pollutants": [],
                "seen": [{"from": "2026-02-01", "to": None}]}  # fmt: skip
        return {**made, **more}

    return make


def test_an_index_of_another_version_s_mapping_keeps_past_months(
    filled: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    scoring.score(filled, settings)
    monkeypatch.setenv("QINGCE_CLOCK", "2026-12-01")
    before, old = stored(filled, month="2026-11"), filled.indices.live()["scores"]
    monkeypatch.setattr(Store, "stale", lambda _store: ["scores"])
    scoring.score(filled, settings)
    assert filled.indices.live()["scores"] != old and stored(filled, month="2026-11") == before


def test_the_period_ends_on_the_day() -> None:
    assert verb.back(date(2026, 11, 25), 12) == date(2025, 11, 26)
    assert verb.back(date(2024, 2, 29), 12) == date(2023, 3, 1)
    assert verb.back(date(2026, 1, 31), 2) == date(2025, 12, 1)
