"""Records read off sentences, as the indexer understands them: sums, months, showings, nobody; persons masked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from indexer.register import disclosures, interpret, sourcefile
from indexer.register.runs import Issues
from tests.indexer.register.folder import SOURCE, Folder

AT = "2026-11-17T02:00:00Z"
FIRM = {"name": "甲川宏泰化工有限公司", "uscc": None, "external_id": None, "region": "甲市"}


def understood(tmp_path: Path, kind: str, subject: dict[str, Any], fields: dict[str, str], **more: Any) -> Any:
    """(the reading, its disclosure's document or None, the issues)."""
    record: Any = Folder(tmp_path, AT).record(kind, subject, fields, **more)
    source, issues = sourcefile.parse(SOURCE), Issues()
    reading = interpret.read(record, source, issues)
    return reading, disclosures.build(reading, source, "run") if reading else None, issues


def test_a_penalty_has_its_number_its_fine_in_yuan_and_its_day_and_names_no_person(tmp_path: Path) -> None:
    text = "当事人：甲川宏泰化工有限公司\n法定代表人（负责人）：甄示甲\n检查时甄示甲在场。罚款伍拾肆万元整"
    fields = {
        "行政处罚决定书文号": "甲环罚〔2026〕1号",
        "罚款金额": "伍拾肆万元整",
        "处罚决定日期": "二〇二六年四月二日",
    }
    reading, document, issues = understood(tmp_path, "penalty", FIRM, fields, text=text)
    assert document["facts"]["amount"] == 540_000 and document["facts"]["date"] == "2026-04-02"
    assert document["document_no"] == "甲环罚〔2026〕1号" and issues.total() == 0
    assert "甄示甲" not in document["text"] and "甲川宏泰化工有限公司" in document["text"]
    assert reading.who.name == FIRM["name"]


def test_a_monthly_list_of_complaints_has_its_month(tmp_path: Path) -> None:
    fields = {"举报编号": "2026100001", "被举报单位": "甲川宏泰化工有限公司", "举报内容": "夜间排放异味气体。"}
    reading, _, _ = understood(tmp_path, "complaint", FIRM, fields, title="某省2026年10月12369环保举报办理情况")
    assert reading.period == "2026-10" and reading.said.facts["case_no"] == "2026100001"


def test_an_eia_notice_has_its_showing(tmp_path: Path) -> None:
    fields = {"项目名称": "箱板纸项目", "建设单位": FIRM["name"], "公示起止": "2026年3月2日至3月13日"}
    reading, document, issues = understood(tmp_path, "eia", FIRM, fields)
    assert document["facts"]["shown"] == {"from": "2026-03-02", "to": "2026-03-13", "working_days": None}
    assert document["facts"]["project"] == "箱板纸项目" and issues.total() == 0 and reading.published is None


def test_a_permit_s_own_line_is_a_duty_in_words(tmp_path: Path) -> None:
    fields = {
        "公开方式": "全国排污许可证管理信息平台",
        "时间节点": "次年1月31日前",
        "公开内容": "执行报告年报",
        "其他信息": "",
    }
    _, document, issues = understood(tmp_path, "permit", FIRM, fields)
    assert {document["facts"][key] for key in ("disclose_what", "disclose_when")} == {"执行报告年报", "次年1月31日前"}
    assert issues.total() == 0


def test_what_officials_were_held_to_is_for_staff_alone(tmp_path: Path) -> None:
    fields = {"受理编号": "D01SL0001", "是否属实": "属实", "责任人被处理情况": "约谈示例甲1人"}
    _, document, _ = understood(tmp_path, "inspection", FIRM, fields)
    assert "责任人被处理情况" not in document["fields"] and "责任人被处理情况" in document["staff_fields"]
    assert "persons" not in document["facts"]


def test_a_record_that_names_nobody_stays_in_the_run_folder_with_an_issue(tmp_path: Path) -> None:
    nobody = {"name": None, "uscc": None, "external_id": None, "region": None}
    reading, document, issues = understood(tmp_path, "penalty", nobody, {"行政相对人名称": "", "处罚结果": "警告"})
    assert reading is None and document is None
    assert [row["code"] for row in issues.rows()] == ["no-subject"]


def test_a_permit_states_its_place_by_the_table_of_its_source(tmp_path: Path) -> None:
    fields = {"许可证编号": "91110000000000000A001P", "所在地区": "滨海市东新区", "城市": ""}
    record: Any = Folder(tmp_path, AT).record("permit", FIRM, fields)
    own = SOURCE | {"regions": {"9901": "滨海市", "990102": "东新区"}, "fields": {"permit": {"所在地区": "region"}}}
    told = interpret.read(record, sourcefile.parse(own), Issues())
    assert told and told.said.facts["region_code"] == "990102"
    plain = interpret.read(record, sourcefile.parse(SOURCE | {"fields": own["fields"]}), Issues())
    assert plain and "region_code" not in plain.said.facts
