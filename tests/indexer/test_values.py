"""From printed rows to findings on a real node: marks, permits, reports and values as sites print them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from indexer import pipeline, scan, settings
from indexer.engine.store import Store
from indexer.register import facts, sourcefile
from indexer.settings import Settings
from tests.indexer.register.folder import SOURCE, Folder

FIRM = {"name": "甲厂（示例）有限公司", "external_id": "1", "region": "甲一区", "uscc": None}
FIRST = date(2026, 10, 4)
LAST = date(2026, 10, 9)
KINDS = ["listing", "profile", "emission", "emergency_plan", "monitoring", "permit", "permit_report", "annual_report"]

COVERING = {**SOURCE, "covers": [{**SOURCE["covers"][0], "kinds": KINDS}]}


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    return replace(settings.load(), var=tmp_path, database_url="", scan_processes=1)


def water(day: date, hour: int) -> dict[str, str]:
    """An hour of the outlet: one over the limit called within it, a calibration, and a day that ends early."""
    value = f"{30 + (hour * 7 + day.day * 5) % 13 + hour / 10:.2f}"
    row = {
        "监测点位": "总排口", "点位编号": "DW001", "监测时间": f"{day} {hour:02d}:00", "监测项目": "化学需氧量",
        "监测结果": value, "标准限值": "50", "单位": "mg/L", "是否达标": "是", "数据类型": "小时均值", "备注": "",
    }  # fmt: skip
    if (day.day, hour) == (5, 3):
        row["监测结果"] = "55"
    if (day.day, hour) == (6, 4):
        row |= {"监测结果": "-9999", "备注": "设备校准"}
    return row


def gas(day: date) -> dict[str, str]:
    """A result of a gas outlet whose conversion does not fit its oxygen content (reference 3.5 %: 42.53)."""
    return {
        "监测点名称": "1#锅炉排气筒", "排放口编号": "DA001", "监测日期": str(day), "含氧量(%)": "12.0",
        "监测项目名称": "二氧化硫", "实测浓度(mg/m3)": "21.90", "折算浓度(mg/m3)": "30.00", "标准限值(mg/m3)": "50",
        "排放单位": "mg/m3", "是否超标": "否", "评价标准": "GB 13271-2014 表2 燃气锅炉", "数据类型": "手工",
    }  # fmt: skip


def runs(root: Path) -> Iterator[Path]:
    """A visit each morning that reads the day before; the permit and two reports are there from the first on."""
    for number in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=number)
        folder = Folder(root, f"{day + timedelta(days=1)}T02:00:00Z", source=COVERING)
        folder.record(
            "listing", FIRM, {"单位名称": str(FIRM["name"])}, title="2026年重点排污单位名录", published_at="2026-03-20"
        )
        for hour in range(24 if day.day != 8 else 12):
            folder.record("monitoring", FIRM, water(day, hour))
        folder.record("monitoring", FIRM, gas(FIRST))
        permit = {
            "排放口编号": "DW001",
            "污染物": "化学需氧量",
            "许可排放浓度限值": "40",
            "浓度单位": "mg/L",
            "许可年排放量限值": "10吨/年",
        }
        folder.record("permit", FIRM, permit, key="permit")
        report = {
            "排放口编号": "DW001",
            "污染物": "化学需氧量",
            "报告年度": "2025年",
            "实际排放量(千克)": "10500",
            "许可排放量(吨)": "10",
        }
        folder.record("annual_report", FIRM, report, key="report")
        waste = {
            "报告年度": "2025年",
            "固体废物名称": "污泥",
            "产生量": "100吨",
            "利用量": "20",
            "处置量": "50吨",
            "贮存量": "10",
        }
        folder.record("annual_report", FIRM, waste, key="waste")
        for kind in ("monitoring", "permit", "annual_report"):
            folder.page(kind, FIRM, "found")
        yield folder.write()


def test_printed_rows_become_findings(store: Store, own: Settings, tmp_path: Path) -> None:
    own.sources.mkdir(parents=True)
    (own.sources / "demo.json").write_text(json.dumps(COVERING), encoding="utf-8")
    for path in runs(tmp_path):
        assert pipeline.index_run(path, store, own).skipped is None
    found: dict[str, list[Any]] = {}
    for row in scan.find_all(store, own, date(2026, 10, 11)):
        found.setdefault(row["rule"], []).append(row)
    (over,) = found["CON-01"]
    assert (
        "排放口DW001化学需氧量2026-10-05 03:00小时值55 mg/L，许可限值40 mg/L，超出0.38倍，而标注为达标" in over["words"]
    )
    assert over["captures"] and over["severity"] == "S4"
    (lacking,) = found["MIS-03"]
    assert "2026-10-08应公开24个时段，见12个，缺10个（42%）" in lacking["words"]
    (limit,) = found["CON-03"]
    assert "所载限值50 mg/L，排污许可证为40 mg/L，宽于许可" in limit["words"]
    (load,) = found["CON-04"]
    assert "2025年度排放量10.5 t，所载许可量10 t，超出0.5 t" in load["words"]
    assert "相差20 t（20%）" in found["CON-19"][0]["words"]
    assert "按基准氧含量3.5%折算应为42.58" in found["CON-06"][0]["words"]
    assert not {"CON-02", "CON-07", "CON-09", "CON-10", "CON-11", "CON-21", "LAT-03"} & set(found)
    told = scan.scan(store, own, date(2026, 10, 11))
    assert told.findings >= 6
    # Series come one enterprise at a time, cut at the end of the day.
    sources = (sourcefile.parse(SOURCE),)
    (subject,) = facts.subjects(store, None, date(2026, 10, 6), None, sources, values=True)
    water_, gas_ = sorted(subject.series, key=lambda one: one.outlet or "", reverse=True)
    assert len(water_.points) == 2 * 24 and water_.points[-1].time.isoformat() == "2026-10-05T23:00:00"
    assert [one.capture for one in water_.points[:25]] == [0] * 24 + [water_.points[24].capture]
    (only,) = gas_.points
    assert (only.measured, only.value, only.oxygen, only.text) == (21.9, 30.0, 12.0, "30.00")
    assert gas_.standard == "GB 13271-2014 表2 燃气锅炉" and gas_.averaging == "manual"
    (bare,) = facts.subjects(store, None, date(2026, 10, 6), None, sources)
    assert bare.series == ()
