"""A site is told to have changed by its own earlier good runs, and not by its natural drift."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crawlers import layout
from crawlers.run import crawl
from tests.crawlers.scripted import (
    DIRECTORY,
    Answer,
    Asked,
    info_page,
    list_page,
    read_run,
    rows_answer,
    serving,
    write_source,
)

NO_FLOORS: dict[str, Any] = {"rows": {}, "fill": {}}


def _told(rows: int = 100, filled: int = 95, good: int = 100, bad: int = 0) -> dict[str, Any]:
    fill = {"emission": {"浓度": filled, "备注": 3, "名称": rows}}
    return {"rows": {"emission": rows}, "fill": fill, "pages": {"info": [good, bad]}}


BEFORE = [_told(filled=filled) for filled in (97, 95, 90, 96)]


def test_a_column_that_is_no_longer_filled_is_doubtful() -> None:
    found = layout.doubts(_told(filled=10), BEFORE, NO_FLOORS)
    assert found == {
        "emission": "layout changed: 浓度 of emission is filled in 10 of 100 rows, 90% to 97% in the 4 good runs before"
    }


def test_a_column_that_is_gone_and_a_kind_that_vanished_are_doubtful() -> None:
    gone = _told()
    del gone["fill"]["emission"]["浓度"]
    assert "浓度 of emission is filled in 0 of 100 rows" in layout.doubts(gone, BEFORE, NO_FLOORS)["emission"]
    vanished = {**_told(), "rows": {"emission": 4}}
    assert "4 rows of emission, 100 to 100" in layout.doubts(vanished, BEFORE, NO_FLOORS)["emission"]


def test_drift_rare_columns_few_rows_and_short_histories_are_no_change() -> None:
    assert layout.doubts(_told(filled=80), BEFORE, NO_FLOORS) == {}
    rare = _told()
    rare["fill"]["emission"]["备注"] = 0
    assert layout.doubts(rare, BEFORE, NO_FLOORS) == {}
    assert layout.doubts(_told(filled=0), BEFORE[:2], NO_FLOORS) == {}
    few = [_told(rows=10, filled=10)] * 5
    assert layout.doubts(_told(rows=10, filled=0), few, NO_FLOORS) == {}
    lively = [_told(filled=filled) for filled in (97, 20, 90, 96)]
    assert layout.doubts(_told(filled=10), lively, NO_FLOORS) == {}


def test_a_floor_that_the_source_states_speaks_instead() -> None:
    floors = {"rows": {"emission": 1}, "fill": {"emission": {"浓度": 0.05}}}
    assert layout.doubts(_told(filled=10), BEFORE, floors) == {}
    assert layout.doubts({**_told(), "rows": {"emission": 4}}, BEFORE, floors) == {}


def test_pages_that_are_no_longer_matched() -> None:
    words = layout.pages(_told(good=40, bad=60), BEFORE)
    assert words == (
        "layout changed: 60 of 100 pages of info are not as described, 100% to 100% in the 4 good runs before"
    )
    assert layout.pages(_told(good=95, bad=5), BEFORE) is None
    assert layout.pages(_told(good=3, bad=7), BEFORE) is None


@given(st.lists(st.integers(60, 100), min_size=3, max_size=8), st.integers(0, 100))
def test_never_while_the_rate_is_half_of_what_is_usual(before: list[int], now: int) -> None:
    found = layout.doubts(_told(filled=now), [_told(filled=filled) for filled in before], NO_FLOORS)
    if found:
        assert now < max(before) / 2 + 1 and now < min(before)
    if now == 0:
        assert found


def test_a_crawl_stops_holds_the_doubtful_kind_and_speaks_of_nobody(tmp_path: Path, sources: Path) -> None:
    """Three good runs, then the site's column is renamed: the table still stands, its values are elsewhere."""
    firms = [(str(number), f"企业{number}有限公司") for number in range(1, 31)]
    state = {"column": "stPfxz"}

    def script(asked: Asked) -> Answer:
        if asked.path == "/robots.txt":
            return Answer("", content_type="text/plain")
        if asked.path == "/list.jsp":
            return Answer(list_page(firms))
        if asked.path == "/info.jsp":
            return Answer(info_page(dict(firms)[asked.values["id"]], f"code{asked.values['id']}"))
        return rows_answer([{"stProject": "化学需氧量", state["column"]: "50"}])

    with serving(script) as site:
        write_source(sources, "drifting", site.url, **DIRECTORY)
        (good,) = crawl(["drifting"], tmp_path / "var")
        for name in ("20260101T000000Z-000001", "20260102T000000Z-000002"):
            shutil.copytree(good.folder, good.folder.with_name(name))
        state["column"] = "c_17"
        (changed,) = crawl(["drifting"], tmp_path / "var")
    statistics = json.loads((good.folder / "run.json").read_text(encoding="utf-8"))["statistics"]
    assert statistics["rows"] == {"listing": 30, "profile": 30, "emission": 30}
    assert statistics["fill"]["emission"] == {"stProject": 30, "stPfxz": 30}
    assert statistics["pages"] == {"info": [30, 0], "排放项目": [30, 0]}
    told = read_run(changed.folder)
    assert told.facts["status"] == "stopped"
    assert told.facts["reason"].startswith("layout changed: stPfxz of emission is filled in 0 of 30 rows")
    assert list(told.facts["doubtful"]) == ["emission"]
    assert not any(v["complete"] for v in told.visits if v["scope"] == "walk")
    assert any(i["code"] == "layout-changed" and "floors.fill of emission" in i["message"] for i in told.issues)
