"""The floor of relevance: a smaller sample of the labelled queries, asked of a real node."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from bench.search_relevance import material, typed
from bench.search_relevance.judging import Judged, judge, share
from bench.search_relevance.labels import KINDS, Label, labels
from bench.search_relevance.material import Known
from bench.search_relevance.report import page
from indexer.engine.store import Store
from indexer.normalise import regions

FIRST, FIVE = 0.95, 0.99


def asked(store: Store, world: material.World, each: int, famous: bool) -> list[Judged]:
    store.bulk("enterprises", material.bodies(world))
    store.refresh("enterprises")
    made = labels(world.known, each, 21, famous)
    return judge(store, made, world.ids(), regions.china())


def test_the_right_enterprise_of_shanghai_comes_first(store: Store, realdata: Path) -> None:
    os.environ.setdefault("QINGCE_REALDATA", str(realdata))
    judged = asked(store, material.shanghai(realdata), 12, famous=True)
    assert {one.label.kind for one in judged} == set(KINDS)
    missed = [(one.label.kind, one.label.query, one.first) for one in judged if one.place != 1]
    assert share(judged, 1) >= FIRST and share(judged, 5) >= FIVE, missed


def test_so_does_the_right_enterprise_of_the_province(store: Store) -> None:
    judged = asked(store, material.province(60), 8, famous=False)
    assert share(judged, 1) >= FIRST and share(judged, 5) >= FIVE


def test_a_query_is_what_a_person_types() -> None:
    assert (
        typed.core("上海赫腾精细化工有限公司") == "赫腾精细化工"
        and typed.short("上海赫腾精细化工有限公司") == "赫腾化工"
    )
    assert typed.pinyin("赫腾") == "heteng" and typed.initials("赫腾化工") == "hthg"
    assert typed.traditional("宝山钢铁", "s2t") == "寶山鋼鐵"
    assert len(typed.without_one("赫腾化工", Random(1))) == 3
    wrong = typed.Mistyping(["赫腾化工", "鹤藤画公"]).mistyped("赫腾化工", Random(1))
    assert len(wrong) == 4 and sum(a != b for a, b in zip(wrong, "赫腾化工", strict=True)) == 1


def test_all_sites_that_a_query_could_mean_are_right() -> None:
    known = [Known("a", "上海甲乙化工有限公司", (), ("AAAA1111",)), Known("b", "甲乙化工（上海）有限公司", (), ())]
    found = [one for one in labels(known, 9, 1, famous=False) if one.kind == "short name"]
    assert [one.right for one in found] == [frozenset("ab")]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_seed_gives_the_same_queries(seed: int) -> None:
    known = material.province(40).known
    assert labels(known, 5, seed, False) == labels(known, 5, seed, False)


def test_the_report_shows_each_miss() -> None:
    label = Label("pinyin", "heteng", frozenset("a"))
    text = page({"甲": [Judged(label, None, "乙厂"), Judged(label, 1, "甲厂")]}, {"a": "甲厂"}, 7)
    assert "`heteng` → 甲厂: not found; first came 乙厂" in text and "| pinyin | 2 | 50.0% | 50.0% |" in text
