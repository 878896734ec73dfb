"""A revised hour of monitoring: found as an edit, read as it was on any past day, in whatever order indexed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer import pipeline, settings
from indexer.engine.store import Store
from indexer.search import moment
from indexer.search.enterprise import points
from indexer.search.moment import Moment
from tests.indexer.register.folder import Folder

FIRM = {"name": "甲厂（示例）有限公司", "external_id": "1", "region": "甲一区", "uscc": None}
VISITS = (("2021-03-01", "62.5", "否"), ("2021-03-02", "42.5", "是"), ("2021-03-03", "42.5", "是"))
"""The hour was over its limit when first shown, and within it a day later."""


def runs(root: Path) -> list[Path]:
    """A run a visit day; two hours, of which one is revised."""
    made = []
    for day, value, verdict in VISITS:
        folder = Folder(root, f"{day}T02:00:00Z")
        for hour, printed, said in (("08:00", value, verdict), ("09:00", "30.1", "是")):
            row = {
                "监测点位": "总排口",
                "监测时间": f"2021-02-28 {hour}",
                "监测项目": "化学需氧量",
                "监测结果": printed,
            }
            folder.record("monitoring", FIRM, {**row, "单位": "mg/L", "标准限值": "50", "是否达标": said})
        made.append(folder.write())
    return made


def read(store: Store, at: Moment) -> list[tuple[str, float, str]]:
    """The revisions of 08:00 that a reader of that day sees: (first seen, value, verdict)."""
    (firm,) = list(store.scan("enterprises"))
    answer = store.search("measurements", points(firm["id"], "总排口", "化学需氧量", None, "mg/L", at))
    rows: list[Any] = moment.public([hit["_source"] for hit in answer["hits"]["hits"]], at)
    found = [(row["first_seen"], row["value"], row["verdict"]) for row in rows if row["time"] == "2021-02-28T00:00:00Z"]
    return sorted(found)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_a_revised_hour_is_an_edit_and_reads_as_it_was(store: Store, tmp_path: Path, order: tuple[int, ...]) -> None:
    own = replace(settings.load(), var=tmp_path, database_url="")
    made = runs(tmp_path)
    for number in order:
        assert pipeline.index_run(made[number], store, own).skipped is None
    store.refresh(*pipeline.FAMILIES)
    before, after = ("2021-03-01", 62.5, "over"), ("2021-03-02", 42.5, "ok")
    assert read(store, moment.TODAY) == [before, after]
    assert read(store, Moment("2021-03-01", "known_at")) == [before]
    assert read(store, Moment("2021-03-02", "known_at")) == [before, after]
    assert read(store, Moment("2021-03-01", "public_on")) == [before]
    assert read(store, Moment("2021-03-02", "public_on")) == [after]
    assert read(store, Moment("2021-02-27", "known_at")) == []
    others = [m for m in store.scan("measurements") if m["time"] == "2021-02-28T01:00:00Z"]
    assert [(m["revision"], m["first_seen"], m["last_seen"]) for m in others] == [(1, "2021-03-01", "2021-03-03")]
