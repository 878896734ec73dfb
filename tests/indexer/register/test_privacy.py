"""Privacy: persons, phones and e-mails never stand in what is public."""

from __future__ import annotations

import pytest

from indexer.register import privacy


@pytest.mark.parametrize(("header", "key", "audience"), [
    ("联系人", None, "staff"), ("联系电话", "phone", "staff"), ("电子邮箱", "email", "staff"),
    ("法定代表人", "legal_rep", "staff"),
    ("环保负责人手机", None, "staff"), ("身份证号码", None, "drop"), ("单位名称", "name", "public"),
    ("E-mail", None, "staff"),
    ("采样人员", None, "staff"), ("生产地址", "address", "public"), ("xyz", "fax", "staff"),
])  # fmt: skip
def test_classes(header: str, key: str | None, audience: str) -> None:
    assert privacy.audience(header, key) == audience


@pytest.mark.parametrize("text", [
    "请拨打13812345678", "电话：021-62345678", "(0755)23456789", "联系138-1234-5678", "mail: a.b@example.com.cn",
    "身份证310101199003070012", "电话：2210****", "热线 6234567",
])  # fmt: skip
def test_personal_values_are_masked(text: str) -> None:
    masked = privacy.mask(text)
    assert "***" in masked
    for secret in ("13812345678", "62345678", "23456789", "1234-5678", "@example", "199003070012", "2210", "6234567"):
        assert secret not in masked


@pytest.mark.parametrize("text", [
    "91310117666047403W001Q", "913100006072204056", "2020-07-27至2023-07-26", "沪环保许管2007 417号", "117-007-11-1193",
    "5C3A32AF13AD4CE48A915574A681D263", "1,234,567.89", "121.411757", "6408BABF5E6D49F394120E551DDD116E", "共6234567元",
])  # fmt: skip
def test_numbers_that_are_none_stay(text: str) -> None:
    assert privacy.mask(text) == text


def test_a_person_named_in_one_field_is_masked_in_the_others() -> None:
    fields = {"联系人": "赵大宝，陈小凤", "简介": "由赵大宝和陈小凤管理。", "空": ""}
    split = privacy.split(fields, {"联系人": "contact_person"})
    assert split.staff == {"联系人": "赵大宝，陈小凤"}
    assert split.public == {"简介": "由***和***管理。"}


def test_labelled_persons_in_free_text_are_masked() -> None:
    assert privacy.mask("法定代表人：王五，地址：一路1号") == "法定代表人：***，地址：一路1号"


DECISION = (
    "当事人：甲川宏泰化工有限公司 法定代表人（负责人）：甄示甲 经营者示例乙，甄示甲在场。示例丙（身份证号：略）陈述，"
    "示例丁，男，拒绝签字。身份证号码：110101800101001。现场负责人 不在。"
)


def test_a_decision_s_text_names_no_person() -> None:
    masked = privacy.mask(DECISION)
    assert "甲川宏泰化工有限公司" in masked and masked.count("***") >= 6
    for secret in ("甄示甲", "示例乙", "示例丙", "示例丁", "110101800101001"):
        assert secret not in masked


@pytest.mark.parametrize(
    "text", ["群众投诉，男子篮球馆噪声扰民，群众投诉多次", "提交材料，身份证复印件一份；提交材料齐全"]
)
def test_words_before_a_label_that_are_no_name_stay(text: str) -> None:
    assert privacy.mask(text) == text


def test_what_officials_were_held_to_is_for_staff() -> None:
    assert privacy.audience("责任人被处理情况", "persons") == "staff"


def test_facts_of_staff_are_not_public() -> None:
    assert privacy.public_facts({"name": "甲厂", "phone": "1", "legal_rep": "王五"}) == {"name": "甲厂"}


@pytest.mark.parametrize("header", [
    "检查人员", "举报人", "实际控制人", "控股股东", "联系电话", "法定代表人", "电子邮箱", "填报人", "现场检查人",
])  # fmt: skip
def test_headers_of_persons_are_for_staff_in_every_kind(header: str) -> None:
    assert privacy.audience(header, None) == "staff"


@pytest.mark.parametrize("header", ["被检查人", "企业名称", "检查结果", "监测结果", "处罚机关", "检查机关", "上级公司"])
def test_headers_of_firms_and_offices_are_public(header: str) -> None:
    assert privacy.audience(header, None) == "public"
