"""CON-14, 15, 16, 18: codes, amounts, statements and permits that contradict; and those just within."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from indexer.law.facts import Dated, Profile
from tests.indexer.gaps.checks.papers import EID, FIRM_2023, PERMITS
from tests.indexer.gaps.checks.views import FIRM, found, run, view

WRONG = "91230600716671629P"
VALID = "91330100799655058B"


def coded(key: str, value: str) -> dict[str, Any]:
    """A firm whose basic data prints this code."""
    return {"found": (found("profile", "2021-06-01", facts={key: value}),)}


@pytest.mark.parametrize(
    ("key", "value"),
    [("uscc", WRONG), ("uscc", "91640000788225076K"), ("org_code", "79965505-9"), ("permit_no", f"{WRONG}001P")],
)
def test_a_check_digit_that_does_not_hold_is_a_hint(key: str, value: str) -> None:
    (one,) = run("CON-14", view("2021-07-01", **coded(key, value)))
    assert (one.severity, str(one.since)) == ("S1", "2021-06-01") and value.replace("-", "")[:18] in one.words


@pytest.mark.parametrize(("key", "value"), [
    ("uscc", VALID), ("uscc", "9133 0100-7996 55058b"), ("uscc", "91350203M0001QAY9B"), ("org_code", "79965505-8"),
    ("uscc", "310115"), ("org_code", "无"),
])  # fmt: skip
def test_a_code_that_holds_or_is_none(key: str, value: str) -> None:
    assert run("CON-14", view("2021-07-01", **coded(key, value))) == []


def test_one_code_in_many_documents_is_one_hint() -> None:
    many = (*coded("uscc", WRONG)["found"], found("eia", "2021-05-01", facts={"uscc": WRONG}))
    (one,) = run("CON-14", view("2021-07-01", found=many))
    assert str(one.since) == "2021-05-01"


def amounts(mine: Any, theirs: Any, **more: Any) -> dict[str, Any]:
    """The year's report and the permit's report on 2023 with these loads of chemical oxygen demand."""
    water = {"pollutants": ("化学需氧量",)}
    report = found("annual_report", "2024-03-01", source=EID, period="2023", facts={"actual_load": mine}, **water)
    other = found("permit_report", "2024-01-20", source=PERMITS, period="2023", facts={"load": theirs}, **water)
    return {**FIRM_2023, "found": (report, replace(other, **more))}


@pytest.mark.parametrize(("mine", "theirs", "severity"), [
    (100.0, 99.0, None), (100.0, 98.9, "S1"), (100.0, 90.0, "S1"), (100.0, 89.9, "S2"), (100.0, 50.0, "S2"),
    (0.43, 0.13, "S3"), ("12.3吨", "12.3t", None), ("12.3吨", "12300千克", None), ("12.3吨", "12.0吨", "S1"),
    ("12.3吨", 12.3, None), ("12.3至13.1吨", "99吨", None), (0.0, 0.0, None),
])  # fmt: skip
def test_two_places_that_differ(mine: Any, theirs: Any, severity: str | None) -> None:
    told = run("CON-15", view("2024-05-06", **amounts(mine, theirs)))
    assert [one.severity for one in told] == ([severity] if severity else [])
    assert all(len(one.found) == 2 and str(one.since) == "2024-03-01" and one.period == "2023" for one in told)


@pytest.mark.parametrize("changes", [
    {"period": "2022"}, {"pollutants": ("氨氮",)}, {"outlet": "DW002"}, {"kind": "annual_report", "source": EID},
])  # fmt: skip
def test_amounts_of_something_else_are_not_compared(changes: dict[str, Any]) -> None:
    assert run("CON-15", view("2024-05-06", **amounts(100.0, 10.0, **changes))) == []


def test_verdicts_that_contradict() -> None:
    facts = amounts("不计", "不计")
    report, other = facts["found"]
    over = replace(other, facts={"compliance": "超标"})
    within = replace(report, not_produced=frozenset({"exceed"}))
    (one,) = run("CON-15", view("2024-05-06", **{**facts, "found": (within, over)}))
    assert one.severity == "S3" and "达标结论相反" in one.words
    assert (
        run("CON-15", view("2024-05-06", **{**facts, "found": (within, replace(other, facts={"compliance": "达标"}))}))
        == []
    )


PENALTY = found("penalty", "2023-07-01", source="bureau", facts={
    "date": "2023-06-05", "uscc": VALID, "name": FIRM.name, "doc_no": "沪0115环罚〔2023〕12号",
}, document_no="沪0115环罚〔2023〕12号", authority="浦东新区生态环境局")  # fmt: skip
KNOWN = Profile(names=(Dated(FIRM.name, date(2021, 1, 1), date(2024, 1, 1)),), usccs=(VALID,))


def denying(penalty: Any = PENALTY, **more: Any) -> dict[str, Any]:
    """A report on 2023 that says something of penalties, beside one that an authority published."""
    report = found("annual_report", "2024-03-01", source=EID, period="2023")
    return {**FIRM_2023, "profile": KNOWN, "found": (replace(report, **more), penalty)}


@pytest.mark.parametrize("more", [
    {"not_produced": frozenset({"penalties"})}, {"facts": {"penalties": "0"}, "present": frozenset({"penalties"})},
    {"text": "本年度未受到生态环境行政处罚。"}, {"text": "行政处罚：无"}, {"not_produced": frozenset({"G6"})},
])  # fmt: skip
def test_a_report_that_denies_a_penalty(more: dict[str, Any]) -> None:
    (one,) = run("CON-16", view("2024-05-06", **denying(**more)))
    assert (one.severity, one.confidence, one.obligation, one.period) == ("S4", "high", "O24-Y", "2023")
    assert len(one.captures) == 2 and "2023-06-05" in one.words


@pytest.mark.parametrize(("penalty", "more"), [
    ({}, {"facts": {"penalties": "沪0115环罚〔2023〕12号"}, "present": frozenset({"penalties"})}), ({}, {}),
    ({"facts": {**PENALTY.facts, "date": "2022-12-31"}}, {"not_produced": frozenset({"penalties"})}),
    ({"facts": {"uscc": VALID}}, {"not_produced": frozenset({"penalties"})}),
    ({}, {"not_produced": frozenset({"penalties"}), "period": "2022"}),
])  # fmt: skip
def test_a_report_that_denies_nothing(penalty: dict[str, Any], more: dict[str, Any]) -> None:
    assert run("CON-16", view("2024-05-06", **denying(replace(PENALTY, **penalty), **more))) == []


def test_a_penalty_known_by_name_alone_is_less_certain() -> None:
    by_name = replace(PENALTY, facts={"date": "2023-06-05", "name": FIRM.name})
    (one,) = run("CON-16", view("2024-05-06", **denying(by_name, not_produced=frozenset({"penalties"}))))
    assert one.confidence == "medium"


def permitted(**facts: Any) -> dict[str, Any]:
    """A firm with its own code and name beside a permit that prints these."""
    own = found("profile", "2021-06-01", source="eic", facts={"uscc": VALID, "name": FIRM.name})
    said = {"permit_no": f"{VALID}001P", "name": FIRM.name, "region": "上海市浦东新区", **facts}
    return {"profile": KNOWN, "found": (own, found("permit", "2021-06-08", source=PERMITS, facts=said))}


@pytest.mark.parametrize(("facts", "words"), [
    ({"permit_no": "914403001922038216001V"}, "前18位914403001922038216"),
    ({"name": "别家化工有限公司"}, "别家化工有限公司"), ({"region": "江苏省苏州市"}, "苏州市"),
])  # fmt: skip
def test_a_permit_that_is_another_s(facts: dict[str, Any], words: str) -> None:
    (one,) = run("CON-18", view("2021-07-01", **permitted(**facts)))
    assert (one.severity, str(one.since)) == ("S2", "2021-06-08") and words in one.words


def test_a_permit_of_another_city_by_the_table_of_its_source() -> None:
    """The codes of a development area or an invented province stand in no common table."""
    (one,) = run("CON-18", view("2021-07-01", **permitted(region="子川市子东区", region_code="991102")))
    assert one.words.startswith("许可证载明地区“子川市子东区”（9911）与企业所在地（上海市")
    assert run("CON-18", view("2021-07-01", **permitted(region="滨海新城", region_code="310115"))) == []


@pytest.mark.parametrize("facts", [
    {}, {"permit_no": f"{VALID.replace('0', 'O', 1)}001P"},
    {"name": f"{FIRM.name}（原旧名水务有限公司）"}, {"name": FIRM.name.replace("有限公司", " 有限公司")},
    {"permit_no": "沪环许2020-12"}, {"region": "浦东新区"}, {"region": "开发区"}, {"name": "示例水务…"},
])  # fmt: skip
def test_a_permit_that_is_its_own(facts: dict[str, Any]) -> None:
    assert run("CON-18", view("2021-07-01", **permitted(**facts))) == []


def test_former_names_come_first() -> None:
    former = Profile(
        names=(*KNOWN.names, Dated("旧名水务有限公司", date(2019, 1, 1), date(2020, 1, 1))), usccs=(VALID,)
    )
    facts = {**permitted(name="旧名水务有限公司"), "profile": former}
    assert run("CON-18", view("2021-07-01", **facts)) == []


def test_a_city_that_no_table_knows_is_compared_as_printed() -> None:
    for city, told in (("乙城市", 1), ("甲城", 0), ("甲城市", 0)):
        own = found("profile", "2021-06-01", source="eic", facts={"name": FIRM.name, "city": "甲城市"})
        row = found("permit", "2021-06-08", source=PERMITS, facts={"name": FIRM.name, "city": city})
        assert len(run("CON-18", view("2021-07-01", profile=KNOWN, found=(own, row)))) == told
