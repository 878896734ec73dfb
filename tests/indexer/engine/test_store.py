"""The store's verbs against a real node."""

from __future__ import annotations

import pytest

from indexer.engine import bulk, reading
from indexer.engine.errors import EngineError
from indexer.engine.store import Store
from tests.indexer.engine.samples import enterprise, event, measurement


def _found(store: Store, query: dict[str, object], name: str = "enterprises") -> list[str]:
    return [hit["_source"]["name"] for hit in store.search(name, {"query": query})["hits"]["hits"]]


def test_chinese_names_are_found_by_any_part_and_case_of_latin_does_not_count(store: Store) -> None:
    names = ["中国石化上海石油化工股份有限公司", "上海COD水务有限公司", "苏州某纺织厂"]
    store.bulk("enterprises", [enterprise(number, name) for number, name in enumerate(names)])
    store.refresh("enterprises")
    assert _found(store, {"match": {"search_names": {"query": "石油化工", "operator": "and"}}}) == names[:1]
    assert _found(store, {"match": {"search_names": {"query": "cod", "operator": "and"}}}) == names[1:2]
    assert _found(store, {"prefix": {"search_names.start": "苏州"}}) == names[2:]
    assert _found(store, {"match": {"address": {"query": "金山区", "operator": "and"}}}) != []
    assert _found(store, {"term": {"uscc": "91310000ma1k000000"}}) != []


def test_bulk_is_idempotent_and_returns_counts(store: Store) -> None:
    docs = [event(number) for number in range(30)]
    assert store.bulk("duty_events", docs) == bulk.Counts(created=30)
    assert store.bulk("duty_events", docs) == bulk.Counts(updated=30)
    store.refresh("duty_events")
    assert store.count("duty_events") == 30
    assert store.count("duty_events", {"term": {"after": "met"}}) == 0


def test_bulk_sends_many_batches_and_every_document_arrives(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "BATCH_ITEMS", 7)
    assert store.bulk("duty_events", (event(number) for number in range(100))).created == 100


def test_a_refused_document_is_named(store: Store) -> None:
    with pytest.raises(EngineError, match=r"x-000002 refused.*strict_dynamic_mapping_exception.*undeclared"):
        store.bulk("duty_events", [event(1), event(2, undeclared="x")])
    with pytest.raises(EngineError, match="without an id"):
        store.bulk("duty_events", [{"duty": "d"}])


def test_get_and_mget_give_what_exists_in_the_order_asked(store: Store) -> None:
    store.bulk("duty_events", [event(1), event(2)])
    assert store.get("duty_events", "x-000001") == event(1)
    assert store.get("duty_events", "x-999999") is None
    assert list(store.mget("duty_events", ["x-000002", "x-999999", "x-000001"])) == ["x-000002", "x-000001"]
    assert store.mget("duty_events", []) == {}


def test_scan_pages_through_everything_once_in_order(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PAGE", 10)
    # Equal sort values across page ends: the tie-break must neither skip nor repeat.
    days = ["2021-07-05"] * 25 + ["2021-07-04"] * 25
    store.bulk("duty_events", [event(number, day=day) for number, day in enumerate(days)])
    store.refresh("duty_events")
    assert [doc["day"] for doc in store.scan("duty_events", sort=[{"day": "asc"}])] == sorted(days)
    assert {doc["id"] for doc in store.scan("duty_events", source=["id"])} == {event(n)["id"] for n in range(50)}
    assert list(store.scan("duty_events", {"term": {"period": "2024"}})) == []


def test_scan_left_early_closes_its_view(store: Store) -> None:
    store.bulk("duty_events", [event(1), event(2)])
    store.refresh("duty_events")
    scan = store.scan("duty_events")
    next(scan)
    scan.close()
    stats = store.client.nodes.stats(metric="indices", index_metric="search", filter_path="nodes.*.indices.search")
    assert [node["indices"]["search"]["open_contexts"] for node in stats["nodes"].values()] == [0]


def test_msearch_answers_in_order_and_raises_on_a_bad_one(store: Store) -> None:
    store.bulk("duty_events", [event(1)])
    store.refresh()
    everything, nothing = {"query": {"match_all": {}}}, {"query": {"match_none": {}}}
    answers = store.msearch([("duty_events", everything), ("enterprises", nothing)])
    assert [answer["hits"]["total"]["value"] for answer in answers] == [1, 0]
    with pytest.raises(EngineError, match="duty_events"):
        store.msearch([("enterprises", everything), ("duty_events", {"from": 10_001})])


def test_delete_counts_what_was_there(store: Store) -> None:
    store.bulk("duty_events", [event(1), event(2)])
    assert store.delete("duty_events", ["x-000001", "x-999999"]) == 1
    assert store.get("duty_events", "x-000001") is None


def test_measurements_lie_in_an_index_a_year_behind_one_alias(store: Store) -> None:
    docs = [measurement(1, "2023-12-31T16:00:00Z"), measurement(2, "2024-05-01T16:00:00Z")]
    assert store.bulk("measurements", docs).created == 2
    store.refresh("measurements")
    assert {"measurements-2023", "measurements-2024"} <= set(store.indices.live())
    assert store.mget("measurements", [docs[1]["id"], docs[0]["id"]]) == {doc["id"]: doc for doc in docs}
    assert store.count("measurements", {"range": {"time": {"gte": "2024-01-01"}}}) == 1
    assert store.delete("measurements", [docs[0]["id"]]) == 1


def test_errors_are_ours_with_the_status(store: Store) -> None:
    with pytest.raises(EngineError) as bad:
        store.search("enterprises", {"query": {"no_such_query": {}}})
    assert bad.value.status == 400
    with pytest.raises(EngineError, match="qingce rebuild") as gone:
        Store(store.client, "test-nothing-here").count("duties")
    assert gone.value.status == 404
    with pytest.raises(KeyError, match="no index family 'dutys'"):
        store.count("dutys")


def test_ensure_twice_makes_no_second_index(store: Store) -> None:
    before = store.indices.all()
    Store(store.client, store.prefix).ensure()
    assert store.indices.all() == before
    assert store.stale() == []
