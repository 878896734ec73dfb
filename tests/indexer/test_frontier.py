"""Whom to ask first: from the stored duties and looks into files that crawls and the schedule read."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawlers import frontier as reading
from indexer import frontier
from indexer.engine.store import Store
from indexer.settings import Settings, load

TODAY = date(2026, 11, 20)
SOURCE = {
    "name": "platform", "title": "某平台", "channel": "city_bureau", "active": {"from": None, "to": None}, "fields": {},
    "covers": [{"kinds": ["profile", "monitoring"], "classes": ["KPU"], "regions": ["99"]}],
}  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A data folder with one enabled source, and a file of one that is enabled no longer."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "platform.json").write_text(json.dumps(SOURCE), encoding="utf-8")
    (tmp_path / "frontier").mkdir()
    (tmp_path / "frontier" / "gone.jsonl").write_text("", encoding="utf-8")
    return replace(load(), var=tmp_path)


def _enterprise(number: int, external_id: str) -> dict[str, Any]:
    key = f"platform|{external_id}"
    identities = [{"source": "platform", "external_id": external_id}, {"source": "elsewhere", "external_id": "x"}]
    return {
        "id": f"e-{number}", "name": f"企业{number}有限公司", "names": [], "memberships": [], "identities": identities,
        "identity_keys": [key],
    }  # fmt: skip


def _duty(number: int, obligation: str, due: str, state: str = "not_due") -> dict[str, Any]:
    identifier = f"e-{number}:{obligation}:{due}"
    return {"id": identifier, "enterprise": f"e-{number}", "obligation": obligation, "due": due, "state": state}


def _visit(number: int, external_id: str, day: str, outcome: str) -> dict[str, Any]:
    return {
        "id": f"v-{number}", "scope": "page", "source": "platform", "kind": "profile", "outcome": outcome, "day": day,
        "at": f"{day}T02:00:00Z", "identity_key": f"platform|{external_id}",
    }  # fmt: skip


@pytest.fixture
def filled(store: Store) -> Store:
    """Three enterprises: one with a duty just due, one looked at lately, one never."""
    store.bulk("enterprises", [_enterprise(1, "a"), _enterprise(2, "b"), _enterprise(3, "企业3有限公司|99")])
    store.bulk("duties", [
        _duty(1, "O31-1", "2026-11-18", "not_observable"), _duty(1, "M23-1", "2027-01-08"),
        _duty(1, "O24-Y", "2026-11-19"), _duty(2, "O31-1", "2026-11-18", "met"), _duty(2, "O31-1", "2020-01-01"),
    ])  # fmt: skip
    store.bulk("visits", [
        _visit(1, "a", "2026-11-01", "found"), _visit(2, "b", "2026-11-12", "absent"),
        _visit(3, "b", "2026-11-19", "blocked"), _visit(4, "b", "2026-11-02", "found"),
    ])  # fmt: skip
    store.refresh("enterprises", "duties", "visits")
    return store


def test_subjects_stand_by_their_duties_then_by_the_last_good_look(filled: Store, settings: Settings) -> None:
    assert frontier.write(filled, settings, TODAY) == {"platform": 3}
    folder = settings.var / "frontier"
    rows = [json.loads(line) for line in (folder / "platform.jsonl").read_text(encoding="utf-8").splitlines()]
    assert rows == [
        {"external_id": "a", "name": "企业1有限公司", "due": ["2026-11-18", "2027-01-08"], "looked": "2026-11-01"},
        {"external_id": None, "name": "企业3有限公司", "due": [], "looked": None},
        {"external_id": "b", "name": "企业2有限公司", "due": [], "looked": "2026-11-12"},
    ]
    assert frontier.due_days(settings.var, "platform") == (date(2026, 11, 18), date(2027, 1, 8))
    assert frontier.due_days(settings.var, "unknown") == () and not (folder / "gone.jsonl").exists()


def test_a_crawl_reads_them_as_urgency(filled: Store, settings: Settings) -> None:
    frontier.write(filled, settings, TODAY)
    found = reading.load(settings.var, "platform", TODAY)
    subjects = {"a": "企业1有限公司", "b": "企业2有限公司", "": "企业3有限公司"}
    levels = {name: found.urgency({"external_id": key or None, "name": name}) for key, name in subjects.items()}
    assert levels == {"企业1有限公司": 9, "企业2有限公司": 2, "企业3有限公司": 6}
    assert found.urgency({"external_id": "z", "name": "z"}) == found.urgency(None) == 0
