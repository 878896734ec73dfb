"""The pipeline on a real node: order, repetition, rebuild, killing in the middle, decisions, privacy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from indexer import pipeline, settings
from indexer.engine.store import Store
from indexer.register import decisions, facts, resolving, sourcefile
from indexer.settings import Settings
from tests.indexer.register.folder import SOURCE, Folder

DAYS = ("2021-03-01T02:00:00Z", "2021-04-01T02:00:00Z", "2021-05-01T02:00:00Z", "2021-06-01T02:00:00Z")
FIRM = {"name": "甲厂（示例）有限公司", "external_id": "1", "region": "甲一区", "uscc": "91330100799655058B"}
PLANT = {"name": "乙厂", "external_id": "2", "region": "甲市"}
PERSON, PHONE, MAIL = "赵大宝", "13812345678", "zhao@example.org"


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    return replace(settings.load(), var=tmp_path, database_url="")


def day(root: Path, n: int, plan: str | None, plan_visit: str = "found") -> Folder:
    """One visit day of a small platform: two firms, one emergency plan whose text changes, monitoring that repeats."""
    folder = Folder(root, DAYS[n])
    plant = PLANT | {"name": "乙厂" if n < 2 else "乙厂新名"}
    for firm in (FIRM, plant):
        folder.record(
            "listing", firm, {"单位名称": str(firm["name"])}, title="2021年重点排污单位名录", published_at="2021-02-20"
        )
        folder.page("profile", firm, "found")
    contact = {"联系人": PERSON, "联系电话": PHONE, "电子邮箱": MAIL, "生产情况简介": f"由{PERSON}负责，电话{PHONE}"}
    folder.record("profile", FIRM, {"单位名称": str(FIRM["name"]), "生产地址": "一路1号", **contact})
    folder.record("profile", plant, {"单位名称": str(plant["name"]), "生产地址": "二路2号"})
    if plan:
        folder.record("emergency_plan", FIRM, {"预案名称": plan, "备案编号": "990101-2020-1"}, key="plan")
    folder.page("emergency_plan", FIRM, plan_visit)
    value = "30" if n < 3 else "31"
    for item, text in (("化学需氧量", value), ("氨氮", "<0.05")):
        row = {"监测点位": "总排口", "监测时间": "2021-02-10 10:15", "监测项目": item, "监测结果": text}
        folder.record("monitoring", FIRM, {**row, "标准限值": "50", "是否达标": "是" if n else ""})
    for kind in ("listing", "profile"):
        folder.walk(kind)
    return folder


def story(root: Path) -> list[Path]:
    """A → B → failed → A, then gone is never said by the failed look."""
    plans = (("A", "found"), ("B", "found"), (None, "failed"), ("A", "found"))
    return [day(root, n, plan, outcome).write() for n, (plan, outcome) in enumerate(plans)]


def everything(store: Store) -> dict[str, dict[str, Any]]:
    store.refresh(*pipeline.FAMILIES)
    return {name: {body["id"]: body for body in store.scan(name)} for name in pipeline.FAMILIES}


def index(paths: Iterable[Path], store: Store, own: Settings) -> dict[str, dict[str, Any]]:
    for path in paths:
        assert pipeline.index_run(path, store, own).skipped is None
    return everything(store)


def plans(found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {d["fields"]["预案名称"]: d for d in found["disclosures"].values() if d["kind"] == "emergency_plan"}


def test_versions_show_as_spans_and_a_failed_look_ends_none(store: Store, own: Settings, tmp_path: Path) -> None:
    found = plans(index(story(tmp_path), store, own))
    assert found["A"]["seen"] == [{"from": "2021-03-01", "to": "2021-03-01"}, {"from": "2021-06-01", "to": None}]
    assert found["B"]["seen"] == [{"from": "2021-04-01", "to": "2021-04-01"}]
    assert (found["A"]["gone"], found["B"]["gone"]) == (False, True)
    assert found["A"]["sightings"] == [DAYS[0], DAYS[3]]
    assert found["A"]["document_no"] == "990101-2020-1" and found["A"]["present"] == ["file_no", "plan"]


def test_order_and_repetition_of_indexing_change_nothing(store: Store, own: Settings, tmp_path: Path) -> None:
    paths = story(tmp_path)
    ordered = index(paths, store, own)
    assert index(paths, store, own) == ordered
    store.drop()
    store.ensure()
    shuffled = index([paths[2], paths[0], paths[3], paths[1], paths[0]], store, own)
    for name in pipeline.FAMILIES:
        assert shuffled[name] == ordered[name], name


def test_pending_indexes_what_is_new_and_leaves_the_rest(store: Store, own: Settings, tmp_path: Path) -> None:
    story(tmp_path)
    (tmp_path / "runs" / "demo" / "20210101T000000Z-bad000").mkdir()
    first = list(pipeline.index_pending(store, own))
    assert [r.skipped is None for r in first] == [True, True, True, True, False]
    assert "run.json" in str(first[-1].skipped)
    assert [r.run for r in pipeline.index_pending(store, own)] == ["20210101T000000Z-bad000"]


def test_rebuild_gives_the_same_documents_id_by_id(store: Store, own: Settings, tmp_path: Path) -> None:
    for enterprise in index(story(tmp_path), store, own)["enterprises"].values():
        store.bulk("enterprises", [{**enterprise, "duty_states": {"missing": 1}, "severities": ["S3"]}])
    before = everything(store)
    assert len(pipeline.rebuild(store, own)) == len(DAYS)
    assert everything(store) == before


class KilledError(Exception):
    """Stands for kill -9: nothing after it runs."""


class Mortal:
    """A store that dies at its n-th write."""

    def __init__(self, store: Store, writes: int) -> None:
        self.store, self.left = store, writes

    def __getattr__(self, name: str) -> Any:
        if name in ("bulk", "delete"):
            self.left -= 1
            if self.left < 0:
                raise KilledError
        return getattr(self.store, name)


def test_a_process_killed_at_any_write_loses_and_doubles_nothing(store: Store, own: Settings, tmp_path: Path) -> None:
    paths = story(tmp_path)
    whole = index(paths, store, own)
    survived = False
    for writes in (0, 2, 4, 6, 8, 10, 14):
        store.drop()
        store.ensure()
        pipeline.index_run(paths[0], store, own)
        try:
            pipeline.index_run(paths[1], Mortal(store, writes), own)
            survived = True
        except KilledError:
            pass
        list(pipeline.index_pending(store, own))
        assert everything(store) == whole, f"killed at write {writes}"
        if survived:
            break
    assert survived, "the run needs more writes than were tried: add larger numbers"


def test_a_run_that_grew_is_indexed_anew(store: Store, own: Settings, tmp_path: Path) -> None:
    folder = day(tmp_path, 0, None, "absent")
    folder.status = "running"
    index([folder.write()], store, own)
    folder.record("emergency_plan", FIRM, {"预案名称": "后补"}, key="plan")
    folder.page("emergency_plan", FIRM, "found", url="http://127.0.0.1/again")
    folder.status = "finished"
    folder.write()
    (result,) = list(pipeline.index_pending(store, own))
    assert result.skipped is None
    assert plans(everything(store))["后补"]["gone"] is False


def test_values_have_revisions_and_the_quarter_has_one_disclosure(store: Store, own: Settings, tmp_path: Path) -> None:
    found = index(story(tmp_path), store, own)
    values = [m for m in found["measurements"].values() if m["pollutant"] == "化学需氧量"]
    cod = sorted((m["revision"], m["value"], m["verdict"], m["first_seen"], m["last_seen"]) for m in values)
    assert cod == [
        (1, 30.0, None, "2021-03-01", "2021-03-01"), (2, 30.0, "ok", "2021-04-01", "2021-05-01"),
        (3, 31.0, "ok", "2021-06-01", "2021-06-01"),
    ]  # fmt: skip
    (batch,) = [d for d in found["disclosures"].values() if d["kind"] == "monitoring"]
    assert (batch["period"], batch["rows"], batch["sightings"]) == ("2021Q1", 2, list(DAYS))
    assert batch["present"] == ["conc", "limit", "point", "pollutant", "time"]
    low = [m for m in found["measurements"].values() if m["pollutant"] == "氨氮"]
    assert {(m["value"], m["censored"], m["dl"]) for m in low} == {(None, "lt", 0.05)}


def test_a_complete_walk_ends_what_it_lacks(store: Store, own: Settings, tmp_path: Path) -> None:
    first = Folder(tmp_path, DAYS[0])
    first.record("emission", FIRM, {"主要污染物": "COD"}, key="a")
    # Both name their item alike, as firms name their files: a key is one within its subject.
    first.record("emission", PLANT, {"主要污染物": "COD"}, key="a")
    first.walk("emission")
    second = Folder(tmp_path, DAYS[1])
    second.record("emission", FIRM, {"主要污染物": "COD"}, key="a")
    second.walk("emission")
    third = Folder(tmp_path, DAYS[2], status="aborted")
    third.walk("emission")
    found = index([f.write() for f in (first, second, third)], store, own)["disclosures"]
    assert {d["key"]: (d["gone"], d["seen"][0]["to"]) for d in found.values()} == {
        "1|a": (False, None), "2|a": (True, "2021-03-01"),
    }  # fmt: skip


def test_a_rename_keeps_the_enterprise(store: Store, own: Settings, tmp_path: Path) -> None:
    found = index(story(tmp_path), store, own)["enterprises"]
    assert len(found) == 2
    renamed = next(e for e in found.values() if e["identity_keys"] == ["demo|2"])
    assert [(n["name"], n["first"], n["last"], n["current"]) for n in renamed["names"]] == [
        ("乙厂新名", "2021-05-01", "2021-06-01", True), ("乙厂", "2021-03-01", "2021-04-01", False),
    ]  # fmt: skip
    assert {"乙厂", "乙厂新名"} <= set(renamed["search_names"])
    firm = next(e for e in found.values() if e["identity_keys"] == ["demo|1"])
    assert firm["region_path"] == ["99", "9901", "990101"] and firm["classes"] == ["KPU"]
    assert firm["memberships"][0]["published"] == "2021-02-20" and firm["memberships"][0]["first_seen"] == "2021-03-01"
    assert firm["kinds"] == ["emergency_plan", "listing", "monitoring", "profile"]


def test_merging_by_a_person_repoints_and_survives_a_rebuild(store: Store, own: Settings, tmp_path: Path) -> None:
    before = index(story(tmp_path), store, own)
    engine = decisions.open_engine(own.database)
    decisions.Base.metadata.create_all(engine)
    with Session(engine) as session:
        decisions.record(session, "merge", "demo", "1", author="officer", other=("demo", "2"))
        session.commit()
        pipeline.decide(store, session, ["demo|1"])
    merged = everything(store)
    (enterprise,) = merged["enterprises"].values()
    assert set(enterprise["aliases"]) == set(before["enterprises"])
    for name in ("disclosures", "measurements", "visits"):
        owners = {body["enterprise"] for body in merged[name].values() if body["identity_key"]}
        assert owners == {enterprise["id"]}
    pipeline.rebuild(store, own)
    assert everything(store) == merged
    assert resolving.owner_of(store, "demo", "2") == enterprise["id"]


def test_nothing_public_names_a_person(store: Store, own: Settings, tmp_path: Path) -> None:
    found = index(story(tmp_path), store, own)
    staff = {"staff_fields", "legal_rep", "legal_reps"}
    for name, bodies in found.items():
        for body in bodies.values():
            public = str({key: value for key, value in body.items() if key not in staff})
            for secret in (PERSON, PHONE, MAIL):
                assert secret not in public, f"{name} {body['id']}"
            assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)|[\w.]+@[\w.]+", public)
    profile = next(d for d in found["disclosures"].values() if d["kind"] == "profile" and d["staff_fields"])
    assert profile["staff_fields"]["联系人"] == PERSON and "contact" in profile["present"]


def test_unknown_headers_and_nameless_records_are_issue_rows(store: Store, own: Settings, tmp_path: Path) -> None:
    folder = day(tmp_path, 0, "A")
    for _ in range(3):
        folder.record("profile", FIRM, {"神秘栏目": "内容"})
    folder.record("eia", {}, {"项目名称": "某项目"})
    index([folder.write()], store, own)
    document = store.get("runs", folder.name)
    assert document is not None
    rows = {row["code"]: row for row in document["issue_rows"]}
    assert rows["unknown-header"]["count"] == 3 and "神秘栏目" in rows["unknown-header"]["message"]
    assert rows["no-subject"]["severity"] == "error"
    kept = [d for d in store.scan("disclosures") if "神秘栏目" in d["fields"]]
    assert kept and kept[0]["fields"] == {"神秘栏目": "内容"}


def test_the_law_is_told_what_was_known_on_the_day(store: Store, own: Settings, tmp_path: Path) -> None:
    index(story(tmp_path), store, own)
    sources = [sourcefile.parse(SOURCE)]
    told = {
        as_of: {s.name: s for s in facts.subjects(store, None, date.fromisoformat(as_of), None, sources)}
        for as_of in ("2021-02-28", "2021-03-01", "2021-05-15", "2021-06-01")
    }
    assert told["2021-02-28"] == {}
    firm = told["2021-05-15"][str(FIRM["name"])]
    by_plan = {f.facts["plan"]: f for f in firm.found if f.kind == "emergency_plan"}
    assert by_plan["A"].sightings == (date(2021, 3, 1),) and by_plan["B"].first_seen == date(2021, 4, 1)
    looks = [(look.day.isoformat(), look.outcome) for look in firm.looks if look.kind == "emergency_plan"]
    assert looks == [("2021-03-01", "found"), ("2021-04-01", "found"), ("2021-05-01", "failed")]
    assert {c.first_capture for c in firm.channels} == {date(2021, 3, 1)}
    assert [m.cls for m in firm.memberships] == ["KPU"]
    assert len({f.id for f in told["2021-03-01"][str(FIRM["name"])].found}) == 3


def test_a_complete_walk_is_absence_for_everyone_covered(store: Store, own: Settings, tmp_path: Path) -> None:
    index(story(tmp_path), store, own)
    other = Folder(tmp_path, DAYS[3], source=SOURCE | {"name": "second"}, suffix="000002")
    other.record("emission", FIRM | {"external_id": None}, {"主要污染物": "COD"}, key="a")
    other.walk("emission")
    index([other.write()], store, own)
    sources = [sourcefile.parse(SOURCE), sourcefile.parse(SOURCE | {"name": "second"})]
    told = {s.name: s for s in facts.subjects(store, None, date(2021, 6, 1), None, sources)}
    assert len(told) == 2, "the second source's firm is the first's"
    outcomes = {
        name: [look.outcome for look in s.looks if (look.source, look.kind) == ("second", "emission")]
        for name, s in told.items()
    }
    assert outcomes == {FIRM["name"]: ["found"], "乙厂新名": ["absent"]}
