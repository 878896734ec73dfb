"""Authorities are judged as enterprises are: lists, penalties and the catalogue from what the register holds."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from indexer import pipeline, scan, settings
from indexer.engine.connect import client
from indexer.engine.node import Node
from indexer.engine.store import Store
from indexer.register import authority_facts
from indexer.settings import Settings
from tests.indexer.register.folder import SOURCE, Folder

FIRM = {"name": "甲化工有限公司", "external_id": "a", "region": "甲一区"}
OTHER = {"name": "乙印染有限公司", "external_id": "b", "region": "乙一区"}
"""One in 甲市 (9901), one in 乙市 (9902)."""
KINDS = ["listing", "penalty", "inspection", "complaint"]
DEFINITION = {**SOURCE, "covers": [{"kinds": KINDS, "classes": ["KPU"], "regions": ["99"]}]}
DAYS = ["2021-01-10", "2021-03-30", "2021-04-10", "2021-04-20", "2021-05-10", "2021-06-10"]
LAST = date.fromisoformat(DAYS[-1])
PENALTY = {"处罚机关": "示例市生态环境局"}
INSPECTION = {"检查日期": "2021-03-02", "检查内容": "现场检查"}
Tell = Callable[[Folder, str], None]
Rows = dict[str, dict[str, Any]]


def everything(folder: Folder, day: str) -> None:
    """甲市: a list in time, a late penalty, an inspection with its term, January's complaints. 乙市: each otherwise."""
    folder.record("complaint", FIRM, {"举报日期": "2021-01-05", "举报内容": "废气"}, key="c", published_at="2021-01-08")
    if day > "2021-03-25":
        title = "2021年重点排污单位名录"
        folder.record("listing", FIRM, {"单位名称": FIRM["name"]}, title=title, published_at="2021-03-25")
        folder.record("inspection", FIRM, {**INSPECTION, "整改时限": "2021-04-30"}, key="1", published_at="2021-03-10")
        folder.record("inspection", OTHER, INSPECTION, key="2", published_at="2021-03-10")
    if day >= "2021-04-20":
        for number, firm, decided in (("1", FIRM, "2021-03-01"), ("2", OTHER, "2021-04-01")):
            fields = {**PENALTY, "行政处罚决定书文号": f"环罚〔2021〕{number}号", "处罚决定日期": decided}
            folder.record("penalty", firm, fields, published_at="2021-04-15")


def undated(folder: Folder, _day: str) -> None:
    """A list of no year stands on the page all the time."""
    for firm in (FIRM, OTHER):
        folder.record("listing", firm, {"单位名称": firm["name"]}, title="重点排污单位名录", published_at=None)


def made(
    root: Path, store: Store, tell: Tell, bad: frozenset[str] = frozenset(), until: str = DAYS[-1], **rules: Any
) -> Settings:
    """A run a day, indexed; on ``bad`` days no walk is whole. ``rules`` say otherwise how lists tell their year."""
    definition = (
        {**DEFINITION, "membership": {"class": "KPU", "published": "published_at", **rules}} if rules else DEFINITION
    )
    own = replace(settings.load(), var=root, database_url="")
    own.sources.mkdir(parents=True)
    (own.sources / "demo.json").write_text(json.dumps(definition, ensure_ascii=False), encoding="utf-8")
    for day in (day for day in DAYS if day <= until):
        folder = Folder(root, f"{day}T02:00:00Z", source=definition)
        for firm in (FIRM, OTHER):
            folder.record("profile", firm, {"单位名称": firm["name"], "生产规模": "中"}, key="profile")
        tell(folder, day)
        for kind in KINDS:
            folder.walk(kind, complete=day not in bad)
        assert pipeline.index_run(folder.write(), store, own).skipped is None
    store.refresh()
    return own


def judged(store: Store, own: Settings, as_of: date = LAST) -> Rows:
    """The duties of authorities alone, by id."""
    found = scan.judge_all(store, own, as_of, [f"a-{code}" for code in ("99", "9901", "9902")])
    return {duty["id"]: dict(duty) for duty in found}


@pytest.fixture(scope="module")
def world(es_node: Node, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Settings]]:
    """Both cities with everything; for tests that only read."""
    with client(es_node.url) as connection:
        store = Store(connection, f"test-{uuid.uuid4().hex[:8]}")
        store.ensure()
        yield store, made(tmp_path_factory.mktemp("authorities"), store, everything)
        store.drop()


@pytest.fixture(scope="module")
def rows(world: tuple[Store, Settings]) -> Rows:
    """What is said of them on the last day."""
    return judged(*world)


def of(rows: Rows, obligation: str) -> Rows:
    """The duties of one obligation by authority; it has one a subject here."""
    return {duty["enterprise"]: duty for duty in rows.values() if duty["obligation"] == obligation}


def test_a_list_in_time_is_met_and_one_that_nobody_saw_is_missing(rows: Rows) -> None:
    met, missing = rows["a-9901:GOV-1:2021"], rows["a-9902:GOV-1:2021"]
    assert (met["state"], met["due"], met["published"]) == ("met", "2021-03-31", "2021-03-25")
    assert met["enterprise_name"] == "示例省甲市生态环境局" and met["region_path"] == ["99", "9901"]
    assert (missing["state"], missing["first_seen"]) == ("missing", None)
    assert missing["channels"][0]["good"] == ["2021-04-10", "2021-04-20", "2021-05-10", "2021-06-10"]
    assert not of(rows, "GOV-2"), "that list is owed from 2022 on"


def test_a_penalty_is_owed_twenty_working_days_after_its_decision(rows: Rows) -> None:
    late, met = of(rows, "GOV-5")["a-9901"], of(rows, "GOV-5")["a-9902"]
    assert (late["state"], late["due"], late["published"]) == ("late", "2021-03-29", "2021-04-15")
    assert (met["state"], met["due"]) == ("met", "2021-04-29") and late["audience"] == "staff"
    assert "作出行政处罚决定" in late["due_words"] and "第20个工作日" in late["due_words"]
    group = rows["a-9901:GOV-4-7:2021"]
    assert (group["state"], group["first_seen"], group["due"]) == ("not_due", "2021-04-20", "2022-01-29")


def test_an_inspection_asks_for_terms_of_rectification(rows: Rows) -> None:
    states = {key: (duty["state"], duty["law_seen"]) for key, duty in of(rows, "GOV-6").items()}
    assert states == {"a-9901": ("met", False), "a-9902": ("missing", False)}
    assert {duty["state"] for duty in of(rows, "GOV-4a").values()} == {"met"}


def test_complaints_are_asked_for_by_the_month(rows: Rows) -> None:
    months = {key.rsplit(":", 1)[1]: duty["state"] for key, duty in rows.items() if key.startswith("a-9901:GOV-7")}
    assert (months["2021-01"], months["2021-02"], months["2021-06"]) == ("met", "missing", "not_due")


def test_the_catalogue_is_a_checklist_of_eight_for_each_city(rows: Rows) -> None:
    groups = {key.split(":")[1] for key in rows if key.startswith("a-9901:GOV-4-")}
    assert groups == {f"GOV-4-{number}" for number in (1, 2, 3, 4, 6, 7, 8)}, "fees ended with the tax of 2018"
    assert {key.split(":")[1] for key in rows if key.startswith("a-99:")} == set(), "the province owes from 2023 on"


def test_a_past_day_is_judged_from_what_was_known_then(
    world: tuple[Store, Settings], store: Store, tmp_path: Path
) -> None:
    day = date(2021, 4, 25)
    then = judged(store, made(tmp_path, store, everything, until="2021-04-25"), day)
    assert judged(*world, day) == then
    assert then["a-9902:GOV-1:2021"]["state"] == "not_observable", "two looks are not three"


def test_no_look_that_failed_accuses_an_authority(store: Store, tmp_path: Path) -> None:
    found = judged(store, made(tmp_path, store, everything, bad=frozenset(DAYS[2:])))
    assert found["a-9902:GOV-1:2021"]["state"] == "not_observable"
    assert [key for key, duty in found.items() if duty["state"] == "missing"] == []


def test_a_list_of_no_year_keeps_a_missing_one_from_being_called_so(store: Store, tmp_path: Path) -> None:
    found = judged(store, made(tmp_path, store, undated))
    assert {duty["state"] for duty in of(found, "GOV-1").values()} == {"not_observable"}


def test_a_source_whose_lists_are_of_one_year_says_nothing_of_another(store: Store, tmp_path: Path) -> None:
    found = judged(store, made(tmp_path, store, undated, year=2020))
    states = {key: duty["state"] for key, duty in found.items() if ":GOV-1:" in key}
    assert states["a-9901:GOV-1:2020"] == "met" and states["a-9901:GOV-1:2021"] == "not_observable"


def test_a_scan_keeps_authorities_beside_enterprises(world: tuple[Store, Settings]) -> None:
    store, own = world
    result = scan.scan(store, own, LAST)
    assert result.enterprises == 2
    store.refresh("duties", "findings")
    stored = {row["id"]: row["state"] for row in store.scan("duties")}
    assert stored["a-9902:GOV-1:2021"] == "missing" and stored["a-9901:GOV-1:2021"] == "met"
    again = scan.scan(store, own, LAST, enterprises=["a-9902"])
    assert (again.enterprises, again.written, again.removed) == (0, 0, 0) and again.duties > 0
    spoken = {row["rule"] for row in store.scan("findings") if row["enterprise"].startswith("a-")}
    assert spoken == {"MIS-01", "LAT-01"}, "no check made for enterprises speaks of an authority"


def test_an_authority_is_called_by_its_region() -> None:
    names = [authority_facts.name(code) for code in ("31", "32", "3205")]
    assert names == ["上海市生态环境局", "江苏省生态环境厅", "江苏省苏州市生态环境局"]
