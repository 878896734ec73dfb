"""EIA and acceptance notices of one project."""

from __future__ import annotations

from crawlers.prose import showing

LABELLED = """关于某建设项目环境影响评价文件拟批准的公示
一、项目名称：年产5万吨箱板纸生产线建设项目
建设地点：甲川市甲东区示例大道1号
建 设 单 位：甲川鼎盛造纸有限公司
环境影响评价机构：示例环保科技有限公司
公示期限：2026年3月2日至3月13日（10个工作日）
联系电话：0990-8000000"""


def test_labelled_lines_are_read() -> None:
    assert showing.read(LABELLED).fields == {
        "项目名称": "年产5万吨箱板纸生产线建设项目", "建设单位": "甲川鼎盛造纸有限公司",
        "建设地点": "甲川市甲东区示例大道1号",
        "环评机构": "示例环保科技有限公司", "公示起止": "2026年3月2日至3月13日（10个工作日）",
    }  # fmt: skip


def test_the_showing_is_read_off_a_sentence_and_the_project_off_the_title() -> None:
    text = "现将拟审批的建设项目予以公示，公示期为2026年3月2日-2026年3月6日（5个工作日）。\n建设单位：甲川化工有限公司"
    facts = showing.read(text, "关于甲川化工有限公司印染线技改项目环境影响报告书拟批准的公示")
    assert facts.recognised
    assert facts.fields["公示起止"] == "2026年3月2日-2026年3月6日（5个工作日）"
    assert facts.fields["项目名称"] == "甲川化工有限公司印染线技改项目"


def test_working_days_alone_are_what_is_stated() -> None:
    facts = showing.read("建设单位：甲川化工有限公司\n项目名称：某项目\n自公示之日起5个工作日内可提出意见。")
    assert facts.fields["公示起止"] == "自公示之日起5个工作日"


def test_a_notice_without_builder_or_project_says_so() -> None:
    facts = showing.read("关于放假的通知。")
    assert not facts.recognised
    assert {issue.code for issue in facts.issues} == {"project-missing", "builder-missing"}
