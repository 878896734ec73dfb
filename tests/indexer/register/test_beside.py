"""What stands beside a value in long and wide rows, on the headers that real sheets and platforms print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from indexer.register import gather, sourcefile
from indexer.register.runs import Run
from indexer.register.templates import Templates
from tests.indexer.register.folder import SOURCE, SUBJECT

GAS = {
    "监测点名称": "1#锅炉排气筒", "监测日期": "2021-02-10", "工况负荷（%）": "80", "流量（m3/h)": "12000",
    "烟气温度(℃)": "80", "含氧量(%)": "11.2", "监测项目名称": "二氧化硫",
    "实测浓度(mg/m3)": "30.10", "折算浓度(mg/m3)": "36.50", "标准限值(mg/m3)": "35",
    "排放单位": "mg/m3", "是否超标": "是", "超标倍数": "0.04", "备注": "",
}  # fmt: skip


def measured(*rows: dict[str, str]) -> list[dict[str, Any]]:
    records: list[Any] = [
        {
            "source": "demo", "kind": "monitoring", "url": "http://127.0.0.1/x", "captured_at": "2021-05-01T02:00:00Z",
            "place": f"rows[{n}]", "key": None, "capture": {"run": "r", "file": "f", "offset": 0, "digest": "sha256:0"},
            "fields": row, "title": None, "text": None, "published_at": None, "subject": SUBJECT | {"name": "甲厂"},
            "rows": 1,
        }
        for n, row in enumerate(rows)
    ]  # fmt: skip
    source = sourcefile.parse(SOURCE)
    run = Run(Path("x"), {"run": "r", "source": "demo", "status": "finished"}, SOURCE, "0")
    part = gather.gather(records, run, Templates(source))
    return [dict(item) for items in part.measurements.values() for item in items]


def test_a_gas_row_keeps_both_values_its_oxygen_and_its_flow() -> None:
    first, second = measured(GAS, {**GAS, "监测日期": "2021-02-11", "折算浓度(mg/m3)": "", "备注": "设备校准"})
    assert (first["value"], first["measured"], first["oxygen"], first["flow"]) == (36.5, 30.1, 11.2, 12000.0)
    assert first["decimals"] == 2 and first["times"] == 0.04 and "mark" not in first and "unconverted" not in first
    assert second["value"] == 30.1 and second["unconverted"] is True and second["mark"] == "calibration"
    assert "measured" not in second


def test_a_tonne_of_waste_water_is_a_cubic_metre_and_a_plain_row_has_nothing_beside() -> None:
    row = {
        "监测点名称": "总排口",
        "监测日期": "2021-02-10",
        "监测项目名称": "氨氮",
        "污染物浓度": "1.25",
        "单位": "mg/L",
    }
    water, plain = measured({**row, "监测点流量(吨/天)": "240"}, {**row, "监测日期": "2021-02-11"})
    assert water["flow"] == 10.0
    assert not {"mark", "measured", "unconverted", "decimals", "times", "oxygen", "flow"} & set(plain)


def test_the_columns_of_one_pollutant_in_a_wide_row_are_one_value() -> None:
    row = {
        "监测时间": "2021-02-10 10:00", "监测点位": "DA001",
        "val_201": "30", "cvt_201": "36.50", "stand_201": "35", "state_201": "N",
        "val_203": "-9999", "stand_203": "50", "state_203": "M",
    }  # fmt: skip
    sulphur, nitrogen = measured(row)
    assert (sulphur["pollutant"], sulphur["limit_high"]) == ("二氧化硫", 35.0)
    assert (sulphur["value"], sulphur["measured"], sulphur["decimals"]) == (36.5, 30.0, 2) and "mark" not in sulphur
    assert (nitrogen["value"], nitrogen["mark"]) == (None, "maintenance")
    assert nitrogen["present"] == ["limit", "point", "pollutant", "time"]
    sheet = {"监测时间": "2021-02-10", "二氧化硫折算浓度(mg/m3)": "36", "二氧化硫实测浓度(mg/m3)": "30"}
    (both,) = measured(sheet)
    assert (both["value"], both["measured"], both["unit"]) == (36.0, 30.0, "mg/m³")


@pytest.mark.parametrize(("text", "kept"), [
    ("2021-02-10 12:05:30", "2021-02-10T12:05"), ("2021/2/10 9:05", "2021-02-10T09:05"), ("2021-02-10", "2021-02-10"),
    ("2021-02-10 00:00:00", "2021-02-10"), ("2021-02-10 24:00", "2021-02-11"), ("", None),
])  # fmt: skip
def test_the_stated_time_of_publication_is_kept_to_the_minute(text: str, kept: str | None) -> None:
    row = {"监测点名称": "1#排气筒", "监测日期": "2021-02-10 03:00", "监测项目名称": "二氧化硫", "污染物浓度": "1.25",
           "单位": "mg/m3"}  # fmt: skip
    # The second row is filled into the template of the first.
    rows = ({**row, "监测日期": f"2021-02-10 0{hour}:00", "发布时间": text} for hour in (3, 4))
    said = [item.get("published") for item in measured(*rows)]
    assert said == [kept, kept]


def test_limits_are_kept_in_the_unit_of_their_value() -> None:
    row = {
        "监测点名称": "总排口",
        "监测日期": "2021-02-10",
        "监测项目名称": "总磷",
        "污染物浓度": "324.7",
        "单位": "μg/L",
    }
    shapes = {"0.5mg/L": (None, 500.0), "500": (None, 500.0), "0.5": (None, 0.5), "3kg/h": (None, None)}
    for limit, kept in shapes.items():
        found = measured({**row, "标准限值": limit}, {**row, "监测日期": "2021-02-11", "标准限值": limit})
        assert [(one["limit_low"], one["limit_high"]) for one in found] == [kept, kept]
    (own,) = measured({**row, "标准限值(mg/L)": "0.5"})
    assert own["limit_high"] == 500.0
    behind = {**row, "单位": "", "标准限值": "0.5mg/L"}
    first, second = measured(
        {**behind, "污染物浓度": "0.3mg/L"}, {**behind, "监测日期": "2021-02-11", "污染物浓度": "300ug/L"}
    )
    assert (first["limit_high"], second["limit_high"]) == (0.5, 500.0)
