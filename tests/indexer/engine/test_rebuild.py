"""Rebuilding: readers see the old indices until the new ones are full, and then only the new ones."""

from __future__ import annotations

import pytest

from indexer.engine import lease, rebuild, schema, versions
from indexer.engine.errors import EngineError, LockedError
from indexer.engine.rebuild import Census
from indexer.engine.store import Store
from tests.indexer.engine.samples import event, measurement


def _settings(store: Store) -> dict[str, dict[str, str]]:
    answer = store.client.indices.get_settings(index=f"{store.prefix}-duty_events-*", flat_settings=True)
    return {name: entry["settings"] for name, entry in answer.body.items()}


def _filled(store: Store, number: int = 20) -> None:
    store.bulk("duty_events", [event(n) for n in range(number)])
    store.refresh("duty_events")


def test_a_rebuild_moves_the_alias_and_drops_the_old(store: Store) -> None:
    _filled(store)
    before, reader = store.indices.live()["duty_events"], Store(store.client, store.prefix)
    with store.rebuild(["duty_events"]) as new:
        new.bulk("duty_events", [event(n, after="met") for n in range(21)])
        new.refresh("duty_events")
        assert new.count("duty_events", {"term": {"after": "met"}}) == 21
        assert reader.count("duty_events", {"term": {"after": "met"}}) == 0
        assert reader.count("duty_events") == 20
    assert reader.count("duty_events", {"term": {"after": "met"}}) == 21
    assert store.indices.live()["duty_events"] != before
    assert before not in store.indices.all()


def test_a_rebuilt_index_is_synced_and_refreshed_as_any_other(store: Store) -> None:
    _filled(store)
    with store.rebuild(["duty_events"]) as new:
        new.bulk("duty_events", [event(n) for n in range(20)])
        assert "async" in {found.get("index.translog.durability") for found in _settings(store).values()}
    assert all("index.refresh_interval" not in found for found in _settings(store).values())
    assert all("index.translog.durability" not in found for found in _settings(store).values())


def test_a_failed_rebuild_leaves_the_old(store: Store) -> None:
    _filled(store)
    before = store.indices.all()
    with pytest.raises(ZeroDivisionError), store.rebuild(["duty_events"]) as new:
        new.bulk("duty_events", [event(1, after="met")])
        raise ZeroDivisionError
    assert store.indices.all() == before
    assert store.count("duty_events") == 20
    assert store.bulk("duty_events", [event(1)]).updated == 1


def test_a_rebuild_that_lost_documents_is_refused_unless_forced(store: Store) -> None:
    _filled(store)
    with pytest.raises(EngineError, match="duty_events: 3 documents, 20 before"), store.rebuild(["duty_events"]) as new:
        new.bulk("duty_events", [event(n) for n in range(3)])
    assert store.count("duty_events") == 20
    with store.rebuild(["duty_events"], force=True) as new:
        new.bulk("duty_events", [event(n) for n in range(3)])
    assert store.count("duty_events") == 3


def test_a_rebuild_whose_fields_became_empty_is_refused(store: Store) -> None:
    store.bulk("duty_events", [event(n, before="missing") for n in range(20)])
    with pytest.raises(EngineError, match=r"before: filled in 50%, 100% before"), store.rebuild(["duty_events"]) as new:
        new.bulk("duty_events", [event(n, before="missing" if n % 2 else None) for n in range(20)])


def test_measurements_are_rebuilt_year_by_year_and_years_without_values_go(store: Store) -> None:
    store.bulk("measurements", [measurement(1, "2022-05-01T00:00:00Z"), measurement(2, "2023-05-01T00:00:00Z")])
    with store.rebuild(["measurements"]) as new:
        new.bulk("measurements", [measurement(n, f"202{n}-05-01T00:00:00Z") for n in (3, 4)])
    years = {unit for unit in store.indices.live() if unit.startswith("measurements-")}
    assert {"measurements-2023", "measurements-2024"} <= years
    assert "measurements-2022" not in years
    assert store.count("measurements") == 2


def test_leftovers_of_a_rebuild_that_died_are_dropped_by_the_next(store: Store) -> None:
    leftover = store.indices.create("duty_events", with_aliases=False)
    with store.rebuild(["runs"]):
        assert leftover not in store.indices.all()


def test_two_rebuilds_at_once_are_refused(store: Store) -> None:
    other = Store(store.client, store.prefix)
    with (
        store.rebuild(["runs"]),
        pytest.raises(LockedError, match="already being done by process"),
        other.rebuild(["runs"]),
    ):
        pass  # pragma: no cover


def test_a_changed_mapping_is_seen_and_a_rebuild_heals_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions.schema, "fingerprint", lambda family: "0" * 8)
    assert set(store.stale()) == set(store.indices.live())
    with store.rebuild(["runs"]):
        pass
    assert "runs" not in store.stale()


def test_a_lock_of_a_dead_process_or_past_its_time_is_taken_over(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    index = store.indices.locks
    with lease.leased(store.client, index, "a"):
        assert not lease.Lease(store.client, index, "a").acquire()
        monkeypatch.setattr(lease.psutil, "pid_exists", lambda pid: False)
        assert lease.Lease(store.client, index, "a").acquire()
    monkeypatch.undo()
    # Its first holder noticed nothing, so the lock is still the second's; only time frees it.
    assert not lease.Lease(store.client, index, "a").acquire()
    monkeypatch.setattr(lease.time, "time", lambda: 9e9)
    assert lease.Lease(store.client, index, "a").acquire()


def test_a_lost_lock_is_noticed_when_renewed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (lease.Lease(store.client, store.indices.locks, "b") for _ in range(2))
    assert first.acquire()
    monkeypatch.setattr(lease.psutil, "pid_exists", lambda pid: False)
    assert second.acquire()
    with pytest.raises(LockedError, match="lost the lock"):
        first.renew()


def test_losses_compare_counts_first_and_an_empty_old_index_allows_all() -> None:
    old = Census(100, {"a": 100, "b": 50})
    assert rebuild.losses("f", Census(0, {}), Census(0, {})) == []
    assert rebuild.losses("f", old, Census(96, {"a": 90, "b": 45})) == []
    assert rebuild.losses("f", old, Census(94, {"a": 94, "b": 50})) == ["f: 94 documents, 100 before"]
    assert rebuild.losses("f", old, Census(100, {"a": 100, "b": 30})) == ["f.b: filled in 30%, 50% before"]


def test_fill_rates_are_counted_only_where_the_cluster_can() -> None:
    assert "identities" not in schema.countable("enterprises")
    assert "names" not in schema.countable("enterprises")
    assert {"name", "memberships", "location"} <= set(schema.countable("enterprises"))
