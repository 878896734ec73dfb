"""Headers and values to canonical facts; real sheets leave nothing unexplained."""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from indexer.normalise import fields, pollutants
from indexer.normalise.data import load

BROKEN = {"松环保许管[2011]号"}
"""Values of the real sheets that say nothing: a document number without a number."""
SHEETS = [
    ("Enterprises_2020-08-27_contacts-masked.xlsx", "企业详细信息", "profile"),
    ("PollutionInfo.xlsx", "排放口信息", "emission"), ("PollutionInfo.xlsx", "排放项目信息", "emission"),
    ("AdministrativeLicensing.xlsx", "排污许可证", "permit"),
    ("AdministrativeLicensing.xlsx", "建设项目行政办理事项", "eia"),
    ("EmergencyPlan.xlsx", "应急方案", "emergency_plan"), ("LicenseInformation.xlsx", "企业列表", "permit"),
    ("PollutionControlFacilities.xlsx", "污染处理设施建设运行情况", "facility"),
    ("PollutionControlFacilities.xlsx", "产生污染设施情况", "facility"),
    ("MonitoringData_2020-08-08.xlsx", "废水手工监测记录", "monitoring"),
    ("OtherInformation.xlsx", "环保奖励情况", "other"),
]  # fmt: skip


def test_every_key_of_the_vocabulary_has_a_type_that_is_read() -> None:
    for kind in set(load("fields")) - {"common", "ignored", "ignored_shapes", "positional"}:
        for entry in fields.entries(kind).values():
            fields.facts.read(entry.type, "2020-01-01")


@pytest.mark.parametrize(("header", "key"), [
    ("排污单位名称", "name"), ("单位名称：", "name"), ("1、企业名称", "name"), ("注册号/统一社会信用代码", "uscc"),
    ("县（市、区）", "region"), ("监管类别", "category"), ("统一社会信用代码\n", "uscc"),
])  # fmt: skip
def test_headers_of_lists(header: str, key: str) -> None:
    entry = fields.lookup("listing", header)
    assert entry is not None and entry.key == key


def test_a_statement_of_nothing_and_a_placeholder_differ() -> None:
    said = fields.interpret(
        "emission", {"主要污染物": "化学需氧量、氨氮", "核定的排放总量": "不适用", "排放总量": "/", "超标情况": "null"}
    )
    assert said.facts["pollutant"] == "化学需氧量、氨氮"
    assert said.not_produced == {"quota"}
    assert said.present == {"pollutant"}


def test_unknown_headers_are_told_and_positions_are_not() -> None:
    said = fields.interpret("profile", {"序号": "1", "神秘栏目": "x1", "单位名称": "甲厂"})
    assert said.unknown == ["神秘栏目"]


def test_a_list_may_carry_whole_profiles() -> None:
    said = fields.interpret(
        "listing", {"单位名称": "甲厂", "经营范围": "造纸", "成立日期": "2001-02-03", "神秘栏目": "x1"}
    )
    assert said.facts["founded"] == "2001-02-03" and "business" in said.present and said.unknown == ["神秘栏目"]


def test_a_source_adds_headers_of_its_own() -> None:
    own = {"emission": {"stFoo": "pollutant"}}
    said = fields.interpret("emission", {"stFoo": "COD"}, own)
    assert said.facts == {"pollutant": "化学需氧量"}


def test_contacts_imply_that_a_contact_is_given() -> None:
    assert "contact" in fields.interpret("profile", {"联系电话": "2210****"}).present


def test_chapters_of_the_annual_report() -> None:
    said = fields.interpret("annual_report", {
        "企业名称": "甲", "报告年度": "2022", "一、企业基本信息": "甲厂位于乙地。",
        "污染物产生、治理与排放信息": "达标排放。",
        "碳排放信息": "未产生：不属于重点排放单位", "生态环境违法信息": "无", "本年度临时环境信息依法披露情况": "",
    })  # fmt: skip
    assert {"G0", "G1", "G3"} <= said.present and "G7" not in said.present
    assert said.not_produced == {"G4", "G6"}


def test_an_interim_report_on_a_penalty_or_permit_can_say_all_that_the_law_asks_for() -> None:
    penalty = fields.interpret("interim_report", {
        "事项": "生态环境行政处罚", "决定书文号": "甲环罚〔2024〕7号", "收到日期": "2024-05-08",
        "处罚机关": "甲市生态环境局",
        "处罚依据": "《排污许可管理条例》第三十六条", "违法事实": "未按规定公开", "处罚内容": "罚款五万元",
        "整改情况": "已改正",
    })  # fmt: skip
    wanted = {"doc_no", "date_received", "authority", "law", "fact", "content", "correction"}
    assert wanted <= penalty.present and penalty.facts["date_received"] == "2024-05-08" and not penalty.unknown
    permit = fields.interpret("interim_report", {
        "事项": "生态环境行政许可变更", "许可名称": "排污许可证", "许可编号": "91110000000000000A001P",
        "事件日期": "2024-05-06", "许可机关": "甲市生态环境局",
    })  # fmt: skip
    assert {"permit", "act", "date", "authority", "no"} <= permit.present and not permit.unknown


def test_a_chapter_whose_columns_say_that_there_was_none_is_stated() -> None:
    said = fields.interpret("annual_report", {
        "报告年度": "2022", "行政处罚": "无", "临时报告数量": "0", "临时报告名称": "无",
        "行政许可名称": "未产生，原因：本年度未发生相关事项", "应急预案": "", "突发环境事件": "未发生",
    })  # fmt: skip
    assert {"G2", "G5", "G6"} <= said.not_produced and "G7" in said.present
    nothing = fields.interpret("annual_report", {"报告年度": "2022", "行政处罚": "", "临时报告数量": "/"})
    assert not {"G2", "G5", "G6", "G7"} & (nothing.present | nothing.not_produced)


@pytest.mark.parametrize(("file", "sheet", "kind"), SHEETS)
def test_real_sheets_have_no_unknown_header_and_no_unread_value(
    realdata: Path, file: str, sheet: str, kind: str
) -> None:
    header, *rows = (
        CalamineWorkbook.from_path(realdata / "shanghai-eic" / file).get_sheet_by_name(sheet).to_python(nrows=400)
    )
    for row in rows:
        said = fields.interpret(kind, {str(h): str(v) for h, v in zip(header, row, strict=True)})
        assert not said.unknown and not [text for _, text, _ in said.problems if text not in BROKEN]


def test_every_item_name_of_the_real_platform_is_a_known_pollutant(realdata: Path) -> None:
    rows = (
        CalamineWorkbook.from_path(realdata / "shanghai-eic" / "PollutionInfo.xlsx")
        .get_sheet_by_name("排放项目信息")
        .to_python()
    )
    column = rows[0].index("stProject")
    words = {str(row[column]) for row in rows[1:] if row[column]}
    assert len(words) > 100
    assert [word for word in sorted(words) if pollutants.resolve(word) is None] == []


@pytest.mark.parametrize(("word", "name"), [
    ("COD", "化学需氧量"), ("化学需氧量(mg/L)", "化学需氧量"), ("w01018", "化学需氧量"),
    ("011", "化学需氧量"), ("PH值", "pH"),
    ("a21026z", "二氧化硫"), ("二氧化硫折算浓度", "二氧化硫"), ("烟尘", "颗粒物"),
    ("VOCs", "挥发性有机物"), ("NMHC", "非甲烷总烃"),
])  # fmt: skip
def test_pollutant_words(word: str, name: str) -> None:
    found = pollutants.resolve(word)
    assert found is not None and found.name == name


def test_lists_of_pollutants_keep_brackets_whole() -> None:
    known, unknown = pollutants.canonical("氨（氨气）,颗粒物,烟尘,其他特征污染物（甲、乙）")
    assert known == ["氨", "颗粒物"] and unknown == ["其他特征污染物(甲、乙)"]
