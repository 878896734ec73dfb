"""Searches judged on a real node: who comes first, who comes at all."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from indexer.engine import connect
from indexer.engine.node import Node
from indexer.engine.store import Store
from indexer.normalise import regions
from indexer.search import duties, enterprise, facets, queries, runs, suggest
from indexer.search.duties import GapFilters
from indexer.search.queries import Filters
from tests.webapp import samples

NAMES = {
    "e1": ("宝山钢铁股份有限公司", ("上海宝钢集团",), "31", "310113", "91310000631696382C", "91310000631696382C001P"),
    "e2": ("上海宝山钢铁贸易有限公司", (), "31", "310113", "91310113MA1GK00000", ""),
    "e3": ("温州市鹿城电镀厂", (), "33", "330302", "91330302145001234A", "91330302145001234A002V"),
    "e4": ("上海石化股份有限公司", (), "31", "310116", "91310000132212291W", ""),
    "e5": ("上海石化", (), "31", "310116", "91310116132212291X", ""),
    "e6": ("苏州化学需氧量研究所", (), "32", "320505", "91320505132212291X", ""),
}


@pytest.fixture(scope="module")
def store(es_node: Node) -> Iterator[Store]:
    """A store with six enterprises."""
    with connect.client(es_node.url) as client:
        made = Store(client, f"test-{uuid.uuid4().hex[:8]}")
        made.ensure()
        made.bulk("enterprises", [_enterprise(identifier, *facts) for identifier, facts in NAMES.items()])
        made.bulk(
            "duties", [samples.duty(), samples.duty("O31-6", audience="staff"), samples.duty("O31-5", law_seen=False)]
        )
        made.bulk("duties", [_confirmed("O31-3", None), _confirmed("O31-4", "confirmed")])
        made.bulk("measurements", [samples.measurement(hour, float(hour)) for hour in range(5)])
        made.bulk("measurements", [samples.measurement(9, 1.0, outlet=None, averaging=None)])
        made.bulk(
            "runs",
            [
                samples.run(),
                samples.run(id="20210401T020000Z-ab12cd", status="stopped", started="2021-04-01T02:00:00Z"),
            ],
        )
        made.refresh()
        yield made
        made.drop()


def _confirmed(obligation: str, decision: str | None) -> Any:
    return samples.duty(obligation, audience="confirmed_only", decision_kind=decision)


def _enterprise(
    identifier: str, name: str, former: tuple[str, ...], top: str, region: str, uscc: str, permit: str
) -> Any:
    return samples.enterprise(
        name,
        former,
        id=identifier,
        region_path=[top, region],
        region=region,
        usccs=[uscc],
        uscc=uscc,
        permit_nos=[permit] if permit else [],
        pollutants=["化学需氧量"] if identifier == "e3" else ["颗粒物"],
    )


def found(store: Store, text: str, **filters: Any) -> list[str]:
    query = queries.enterprises(text, Filters(**filters), regions.china())
    return [hit["_id"] for hit in store.search("enterprises", queries.page(query, 0, 20))["hits"]["hits"]]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("上海石化", "e5"),  # the whole name before the longer one
        ("上海石化股份有限公司", "e4"),
        ("宝山钢铁", "e1"),  # the beginning of a name before its middle
        ("上海宝钢集团", "e1"),  # a former name
        ("91330302145001234a002v", "e3"),  # a permit number in small letters
        ("91330302145", "e3"),  # the beginning of a code
        ("145001234A", "e3"),  # a piece of a code
        ("温州电镀", "e3"),  # characters apart
        ("wzslcddc", "e3"),  # initials
        ("wenzhou", "e3"),  # pinyin
        ("鹿城 电镀", "e3"),
        ("化学需氧量", "e6"),  # a name before the pollutant of the same word
    ],
)
def test_who_comes_first(store: Store, text: str, first: str) -> None:
    assert found(store, text)[0] == first


def test_a_pollutant_and_a_region_select(store: Store) -> None:
    assert set(found(store, "COD")) == {"e3"} and set(found(store, "温州市")) == {"e3"}
    assert set(found(store, "上海市")) >= {"e1", "e2", "e4", "e5"}
    assert found(store, "上海市 电镀") == [] and found(store, "钢铁", region="33") == []


def test_no_person_is_found(store: Store) -> None:
    assert found(store, "欧阳保密") == []


def test_facets_count_what_was_found(store: Store) -> None:
    query = queries.enterprises("", Filters(), regions.china())
    answer = store.search(
        "enterprises", {"query": query, "size": 0, "aggs": facets.of_enterprises(["missing", "late"])}
    )
    counted = {choice.value: choice.count for choice in facets.choices(answer, "region")}
    assert counted["31"] == 4 and {c.value: c.count for c in facets.choices(answer, "state")} == {"missing": 6}


AHEAD = [("上海石", {"e4", "e5"}), ("bsgt", {"e1", "e2"}), ("9133030214", {"e3"}), ("宝山钢", {"e1", "e2"})]


@pytest.mark.parametrize(("text", "names"), AHEAD)
def test_type_ahead(store: Store, text: str, names: set[str]) -> None:
    body = suggest.type_ahead(text)
    assert body and {hit["_id"] for hit in store.search("enterprises", body)["hits"]["hits"]} == names


@pytest.mark.parametrize(("text", "near"), [("宝山钢鉄股份有限公司", "e1"), ("温洲市鹿城电镀厂", "e3")])
def test_one_wrong_character_still_finds_its_neighbour(store: Store, text: str, near: str) -> None:
    body = suggest.near(text)
    assert body and store.search("enterprises", body)["hits"]["hits"][0]["_id"] == near


def test_the_public_meets_only_what_is_for_it(store: Store) -> None:
    def seen(reader: duties.Reader) -> set[str]:
        answer = store.search("duties", duties.gap_page(GapFilters(), reader, "severity", 0, 20))
        return {hit["_source"]["obligation"] for hit in answer["hits"]["hits"]}

    assert seen("public") == {"O31-2", "O31-4"}
    assert seen("staff") == {"O31-2", "O31-3", "O31-4", "O31-5", "O31-6"}


@pytest.mark.parametrize("order", list(duties.ORDERS))
def test_every_order_and_every_filter_is_a_query_the_node_takes(store: Store, order: str) -> None:
    filters = GapFilters(("missing",), "31", "O31-2", 2020, "S3", samples.SOURCE)
    answer = store.search("duties", duties.gap_page(filters, "public", order, 0, 20))
    assert answer["hits"]["total"]["value"] == 1
    assert facets.choices(answer, "year") == [facets.Choice("2020", 1)]


def test_series_and_their_points_agree(store: Store) -> None:
    buckets = store.search("measurements", enterprise.series(samples.ID))["aggregations"]["series"]["buckets"]
    assert len(buckets) == 2
    for bucket in buckets:
        key = bucket["key"]
        points = enterprise.points(samples.ID, key["outlet"], key["pollutant"], key["averaging"], key["unit"])
        assert store.search("measurements", points)["hits"]["total"]["value"] == bucket["doc_count"]


def test_the_last_finished_run_of_a_source_is_told_from_its_last(store: Store) -> None:
    [bucket] = store.search("runs", runs.by_source())["aggregations"]["source"]["buckets"]
    assert bucket["last"]["hits"]["hits"][0]["_source"]["status"] == "stopped"
    assert bucket["finished"]["last"]["hits"]["hits"][0]["_id"] == samples.RUN
