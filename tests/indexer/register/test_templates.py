"""A row filled into a template says what it says when it is read as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.register import gather, sourcefile
from indexer.register.records import Record
from indexer.register.runs import Run
from indexer.register.templates import Columns, Template, Templates
from tests.indexer.register.folder import SOURCE, SUBJECT

FIRM = SUBJECT | {"name": "甲厂（示例）有限公司", "external_id": "1", "region": "甲一区", "uscc": "91330100799655058B"}
PLANT = SUBJECT | {"name": "乙厂", "external_id": "2", "region": "无此区"}
TIMES = ["2021-02-10 10:15", "2021-02-10 23:00:00", "2021-02-10 24:00", "2021年3月31日 23时", "2021-04-01", "昨天", ""]
VALUES = [
    "35.2",
    "0",
    "<0.05",
    "0.05L",
    "未检出",
    "6~9",
    "50倍",
    "-9999",
    "一",
    "",
    "1,234.50",
    "3mg/L",
    "停产",
    "无",
    "35.20",
]
LONG = {
    "序号": st.sampled_from(["1", "2"]),
    "监测点位": st.sampled_from(["总排口", "DA001"]),
    "监测时间": st.sampled_from(TIMES),
    "监测项目": st.sampled_from(["化学需氧量", "氨氮", "奇怪物质", ""]),
    "监测结果": st.sampled_from(VALUES),
    "标准限值": st.sampled_from(["50", "6~9", "", "0.5mg/L", "<500ug/L"]),
    "单位": st.sampled_from(["mg/L", "", "奇怪单位"]),
    "是否达标": st.sampled_from(["是", "否", "", "不详"]),
    "备注": st.sampled_from(["", "停炉", "未停产", "设备校准"]),
}
OVER = {name: values for name, values in LONG.items() if name != "是否达标"} | {
    "是否超标": st.sampled_from(["是", "否", "未超标", ""]),
    "实测浓度": st.sampled_from(VALUES),
    "发布日期": st.sampled_from(["2021-04-02", "2021/4/5", "2021-04-02 12:30:05", "近日", ""]),
    "数据类型": st.sampled_from(["小时均值", "日均值"]),
    "数据标记": st.sampled_from(["", "正常", "N", "F", "停运", "奇怪标记"]),
    "含氧量（%）": st.sampled_from(["", "9.5", "/", "<1"]),
    "流量（m3/h)": st.sampled_from(["", "1200", "5吨/天", "很大"]),
    "超标倍数": st.sampled_from(["", "0.10", "无"]),
}
WIDE = {
    "监测时间": LONG["监测时间"],
    "化学需氧量(mg/L)": st.sampled_from(VALUES),
    "氨氮(mg/L)": st.sampled_from(VALUES),
}
ROWS = st.lists(st.one_of(*map(st.fixed_dictionaries, (LONG, OVER, WIDE))), max_size=14)


class Forgetful(Templates):
    """Knows no template, so that every row is read as a whole."""

    def find(self, record: Record) -> tuple[Template | None, Columns]:
        return None, self.columns(record)


def records(rows: list[dict[str, str]], firms: list[Any]) -> list[Any]:
    return [
        {
            "source": "demo", "kind": "monitoring", "url": "http://127.0.0.1/x",
            "captured_at": f"2021-05-01T02:00:{number // 3:02d}Z", "place": f"rows[{number}]", "key": None,
            "capture": {"run": "r", "file": "f", "offset": number // 3, "digest": "sha256:" + "0" * 64},
            "fields": row, "title": None, "text": None, "published_at": "2021-04-09" if number % 4 == 0 else None,
            "subject": firms[number % len(firms)], "rows": 1,
        }
        for number, row in enumerate(rows)
    ]  # fmt: skip


def told(kind: type[Templates], found: list[Any]) -> dict[str, Any]:
    source = sourcefile.parse(SOURCE)
    run = Run(Path("x"), {"run": "r", "source": "demo", "status": "finished"}, SOURCE, "0")
    part = gather.gather(found, run, kind(source))
    return {
        "measurements": part.measurements,
        "disclosures": part.disclosures,
        "quarters": part.quarters.documents(source, "r"),
        "identities": {key: entry.document("r") for key, entry in part.identities.items()},
        "issues": (run.issues.counts, run.issues.first),
        "records": part.records,
    }


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, st.sampled_from([[FIRM], [PLANT], [FIRM, PLANT]]))
def test_both_ways_say_the_same(rows: list[dict[str, str]], firms: list[Any]) -> None:
    # Each row comes again some rows later, as hours do.
    found = records([*rows, *rows], firms)
    assert told(Templates, found) == told(Forgetful, found)


def test_hours_of_one_outlet_share_a_template() -> None:
    row = {"监测点位": "总排口", "监测项目": "氨氮", "标准限值": "15", "单位": "mg/L", "是否达标": "是"}
    rows = [{**row, "监测时间": f"2021-02-10 {hour:02d}:00", "监测结果": str(hour / 10)} for hour in range(24)]
    templates = Templates(sourcefile.parse(SOURCE))
    run = Run(Path("x"), {"run": "r", "source": "demo", "status": "finished"}, SOURCE, "0")
    part = gather.gather(records(rows, [FIRM]), run, templates)
    assert len(part.measurements) == 24
    assert all(templates.find(record)[0] is not None for record in records(rows, [FIRM]))
