"""Between two scans of all those alone are judged anew whom new runs concern; the rows are those of a scan of all."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from indexer import pipeline, scan, scanned, waiting
from indexer.engine.node import Node
from indexer.engine.store import Store
from indexer.settings import Settings, load
from indexer.touched import touched, whole
from tests.indexer.register.folder import SOURCE, Folder

DAY = date(2021, 8, 2)
OTHER = SOURCE | {"name": "other", "title": "另一平台", "covers": [
    {"kinds": ["profile", "emergency_plan"], "classes": ["KPU"], "regions": ["9902"]}
]}  # fmt: skip
MADE = ("duties", "duty_events", "findings", "prints", "enterprises")
FIRMS = [
    {"name": f"{word}厂有限公司", "external_id": str(n), "region": "甲一区" if n % 2 else "乙一区"}
    for n, word in enumerate("子丑寅卯辰巳午未申酉")
]


@pytest.fixture
def settings(tmp_path: Path, store: Store, es_node: Node, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("QINGCE_CLOCK", DAY.isoformat())
    own = replace(load(), var=tmp_path, database_url="", elasticsearch_url=es_node.url, index_prefix=store.prefix)
    own.sources.mkdir()
    for source in (SOURCE, OTHER):
        (own.sources / f"{source['name']}.json").write_text(json.dumps(source), encoding="utf-8")
    return own


def listed(root: Path, at: str, source: dict[str, Any] = SOURCE) -> Folder:
    """A walk of the whole list."""
    folder = Folder(root, at, source)
    for firm in FIRMS:
        name = {"单位名称": str(firm["name"])}
        folder.record("listing", firm, name, title="2021年重点排污单位名录", published_at="2021-03-20")
    for kind in source["covers"][0]["kinds"]:
        folder.walk(kind)
    return folder


def looked(root: Path, at: str, firms: list[dict[str, Any]], source: dict[str, Any] = SOURCE) -> Folder:
    """Looks at the pages of some, with a plan that is new each time."""
    folder = Folder(root, at, source)
    for firm in firms:
        folder.page("profile", firm, "found")
        folder.record("profile", firm, {"单位名称": str(firm["name"]), "生产地址": f"一路{at[8:10]}号"})
        folder.record("emergency_plan", firm, {"预案名称": f"预案{at}"}, key="plan")
    return folder


def everything(store: Store) -> dict[str, list[dict[str, Any]]]:
    store.refresh(*MADE)
    return {name: sorted(store.scan(name), key=lambda row: str(row["id"])) for name in MADE}


def index(folder: Folder, store: Store, settings: Settings) -> None:
    assert pipeline.index_run(folder.write(), store, settings).skipped is None


def of(store: Store, firm: dict[str, Any]) -> str:
    (found,) = [row["id"] for row in store.scan("enterprises") if row["name"] == firm["name"]]
    return str(found)


def test_looks_at_pages_concern_whom_they_name(store: Store, settings: Settings) -> None:
    index(listed(settings.var, "2021-04-01T02:00:00Z"), store, settings)
    assert whole(store, settings, DAY)
    scan.scan(store, settings)
    assert not whole(store, settings, DAY) and whole(store, settings, date(2021, 8, 3))
    assert waiting.read(settings) == []
    index(looked(settings.var, "2021-07-06T02:00:00Z", FIRMS[:2]), store, settings)
    runs = waiting.read(settings)
    assert [(run["source"], run["wide"]) for run in runs] == [("demo", False)]
    ids = touched(store, settings, runs)
    assert {one for one in ids if one.startswith("e-")} == {of(store, FIRMS[0]), of(store, FIRMS[1])}
    assert {"a-99", "a-9901", "a-9902"} <= set(ids)


def test_a_walk_concerns_all_whom_its_source_lists_or_covers(store: Store, settings: Settings) -> None:
    index(listed(settings.var, "2021-04-01T02:00:00Z"), store, settings)
    scan.scan(store, settings)
    walk = Folder(settings.var, "2021-07-06T02:00:00Z", OTHER)
    walk.walk("profile")
    index(walk, store, settings)
    ids = set(touched(store, settings, waiting.read(settings)))
    covered = {of(store, firm) for firm in FIRMS if firm["region"] == "乙一区"}
    assert {one for one in ids if one.startswith("e-")} == covered


@pytest.mark.parametrize("seed", [1, 2])
def test_the_rows_are_those_of_a_scan_of_all(store: Store, settings: Settings, seed: int) -> None:
    chance = random.Random(seed)
    index(listed(settings.var, "2021-04-01T02:00:00Z"), store, settings)
    index(looked(settings.var, "2021-04-02T02:00:00Z", FIRMS[4:7]), store, settings)
    scan.scan(store, settings)
    for n in range(4):
        at, some = f"2021-07-{10 + n}T02:00:00Z", chance.sample(FIRMS, 3)
        # A firm of the other platform is one with that of the first only by its name and region: identities move.
        sort = chance.choice(("list", "pages", "other"))
        source = OTHER if sort == "other" else SOURCE
        folder = listed(settings.var, at) if sort == "list" else looked(settings.var, at, some, source)
        index(folder, store, settings)
        runs = waiting.read(settings)
        scan.scan(store, settings, enterprises=touched(store, settings, runs))
        waiting.settle(settings, runs)
        assert waiting.read(settings) == []
        partly = everything(store)
        again = scan.scan(store, settings)
        assert (again.written, again.removed, again.events_written, again.events_removed) == (0, 0, 0, 0)
        assert everything(store) == partly


def test_a_new_day_writes_only_what_changed(store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    index(listed(settings.var, "2021-04-01T02:00:00Z"), store, settings)
    index(looked(settings.var, "2021-07-02T02:00:00Z", FIRMS[:7]), store, settings)
    # The due day of all is 2021-06-18.
    first = scan.scan(store, settings, date(2021, 6, 18))
    assert first.written == first.duties
    for day, changes in (("2021-06-19", True), ("2021-06-20", False), ("2021-06-18", True)):
        again = scan.scan(store, settings, date.fromisoformat(day))
        assert (again.written > 0) is changes and again.duties == first.duties
        judged = {row["id"]: row for row in scan.judge_all(store, settings, date.fromisoformat(day))}
        kept = {row["id"]: row for row in store.scan("duties")}
        assert {key: row | {"as_of": day} for key, row in kept.items()} == judged
        assert max(row["as_of"] for row in kept.values()) == min(day, "2021-06-19")
        assert scanned.until(settings, store.prefix) == date.fromisoformat(day)


def test_several_processes_keep_the_same_rows(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(listed(settings.var, "2021-04-01T02:00:00Z"), store, settings)
    index(looked(settings.var, "2021-07-02T02:00:00Z", FIRMS[:7]), store, settings)
    one = scan.scan(store, replace(settings, scan_processes=1))
    alone = everything(store)
    for name in MADE[:-1]:
        store.delete(name, [row["id"] for row in alone[name]])
    store.refresh(*MADE)
    monkeypatch.setattr(scan, "WORTH_IT", 1)
    monkeypatch.setattr(scan, "BATCH", 2)
    two = scan.scan(store, replace(settings, scan_processes=2))
    assert everything(store) == alone
    assert replace(two, issues=[], findings_closed=0) == replace(one, issues=[], findings_closed=0)
    assert sorted(two.issues) == sorted(one.issues)
