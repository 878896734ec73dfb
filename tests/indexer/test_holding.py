"""A run that would make much disappear is held: no span ends, no absence counts, until a person has looked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from indexer import pipeline, settings
from indexer.engine.store import Store
from indexer.register import decisions
from indexer.settings import Settings
from tests.indexer.register.folder import Folder
from tests.indexer.test_pipeline import everything

FIRMS = [
    {"name": f"第{number:02d}化工有限公司", "external_id": f"f{number:02d}", "region": "甲一区"} for number in range(30)
]
DAYS = [f"2021-0{month}-01T02:00:00Z" for month in range(1, 8)]


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    return replace(settings.load(), var=tmp_path, database_url="")


def run(root: Path, at: int, there: int, listed: int = 30, changed: str = "", facilities: int = 0) -> Path:
    """A whole run: the first ``there`` firms show their plan, other pages are empty; ``listed`` firms are listed."""
    folder = Folder(root, DAYS[at])
    for number, firm in enumerate(FIRMS):
        if number < listed:
            title = "2021年重点排污单位名录"
            folder.record("listing", firm, {"单位名称": firm["name"]}, title=title, published_at="2020-12-20")
        if number < there:
            folder.record("emergency_plan", firm, {"预案名称": f"{firm['name']}预案{changed}"}, key="plan")
        for outlet in range(facilities):
            folder.record("profile", firm, {"单位名称": firm["name"], "设施": f"{outlet}号"}, key=f"{outlet}")
        folder.page("emergency_plan", firm, "found" if number < there else "absent")
    folder.walk("listing")
    folder.walk("emergency_plan")
    return folder.write()


def index(paths: list[Path], store: Store, own: Settings) -> dict[str, dict[str, Any]]:
    for path in paths:
        assert pipeline.index_run(path, store, own).skipped is None
    return everything(store)


def holds(found: dict[str, dict[str, Any]]) -> list[str | None]:
    """The state of each run in order."""
    return [found["runs"][name].get("hold") for name in sorted(found["runs"])]


def gone(found: dict[str, dict[str, Any]]) -> int:
    return sum(doc["gone"] for doc in found["disclosures"].values())


def good(found: dict[str, dict[str, Any]], name: str) -> int:
    """Looks of a run that prove something."""
    visits = [visit for visit in found["visits"].values() if visit["run"] == name]
    return sum(visit["outcome"] in ("found", "absent") for visit in visits)


def decide(own: Settings, kind: str, name: str) -> None:
    engine = decisions.open_engine(own.database)
    decisions.Base.metadata.create_all(engine)
    with Session(engine) as session:
        decisions.record(session, kind, "demo", name, author="officer", text="看过了")
        session.commit()
    engine.dispose()


def rebuilt(store: Store, own: Settings) -> dict[str, dict[str, Any]]:
    pipeline.rebuild(store, own, force=True)
    return everything(store)


def same(one: dict[str, dict[str, Any]], other: dict[str, dict[str, Any]]) -> None:
    for family in ("disclosures", "visits", "runs"):
        assert one[family] == other[family], family


def test_mass_disappearance_is_held_also_when_it_lasts_and_after_any_order(store: Store, own: Settings) -> None:
    paths = [run(own.var, 0, 30), run(own.var, 1, 5), run(own.var, 2, 5), run(own.var, 3, 28)]
    found = index(paths, store, own)
    assert holds(found) == [None, "held", "held", None]
    assert gone(found) == 2
    held = found["runs"][paths[1].name]
    assert held["hold_words"] == "25 of 30 disclosures would disappear"
    assert good(found, paths[1].name) == 0 and good(found, paths[3].name) > 30
    same(found, rebuilt(store, own))
    again = index([paths[2], paths[1], paths[0]], store, own)
    same(found, again)
    store.delete("runs", [path.name for path in paths])
    for family in ("disclosures", "visits"):
        store.delete(family, list(again[family]))
    same(found, index([paths[3], paths[1], paths[0], paths[2]], store, own))


def test_a_released_run_counts_after_all_and_frees_those_that_repeat_it(store: Store, own: Settings) -> None:
    paths = [run(own.var, 0, 30), run(own.var, 1, 5), run(own.var, 2, 5)]
    index(paths, store, own)
    decide(own, "release", paths[1].name)
    assert pipeline.decide_run(store, own, "demo", paths[1].name) == [paths[1].name, paths[2].name]
    found = everything(store)
    assert holds(found) == [None, "released", None] and gone(found) == 25
    assert "officer" in found["runs"][paths[1].name]["hold_words"]
    assert {doc["seen"][-1]["to"] for doc in found["disclosures"].values() if doc["gone"]} == {"2021-01-01"}
    same(found, rebuilt(store, own))


def test_a_rejected_run_never_counts_and_a_later_word_outweighs_it(store: Store, own: Settings) -> None:
    paths = [run(own.var, 0, 30), run(own.var, 1, 5)]
    index(paths, store, own)
    decide(own, "reject", paths[1].name)
    pipeline.decide_run(store, own, "demo", paths[1].name)
    found = everything(store)
    assert holds(found) == [None, "rejected"] and gone(found) == 0 and good(found, paths[1].name) == 0
    same(found, rebuilt(store, own))
    decide(own, "release", paths[1].name)
    pipeline.decide_run(store, own, "demo", paths[1].name)
    assert gone(everything(store)) == 25


def test_a_list_that_lost_most_of_its_firms_is_held(store: Store, own: Settings) -> None:
    paths = [run(own.var, 0, 30), run(own.var, 1, 30, listed=6), run(own.var, 2, 30)]
    found = index(paths, store, own)
    assert holds(found) == [None, "held", None]
    assert found["runs"][paths[1].name]["hold_words"] == "24 of 30 listed firms would disappear"
    change = found["runs"][paths[2].name]["list_change"]
    assert change["against"] == paths[0].name and (change["added_count"], change["gone_count"]) == (0, 0)
    same(found, rebuilt(store, own))


def test_a_kind_that_disappears_is_held_though_it_is_a_small_part_of_all(store: Store, own: Settings) -> None:
    paths = [run(own.var, 0, 30, facilities=5), run(own.var, 1, 0, facilities=5)]
    found = index(paths, store, own)
    assert holds(found) == [None, "held"] and gone(found) == 0
    assert found["runs"][paths[1].name]["hold_words"] == "30 of 30 disclosures of kind emergency_plan would disappear"
    same(found, index([paths[1]], store, own))


@pytest.mark.parametrize("build", [
    lambda root: [run(root, 0, 30), run(root, 1, 25)],
    lambda root: [run(root, 0, 30), run(root, 1, 30, changed="二")],
], ids=["a few", "all changed, none gone"])  # fmt: skip
def test_what_is_usual_is_not_held(store: Store, own: Settings, build: Callable[[Path], list[Path]]) -> None:
    found = index(build(own.var), store, own)
    assert holds(found) == [None, None] and gone(found) in (5, 30)
