"""INC-02, 03, 06, 07 and STA-02, 03, 08: what documents say, lack and repeat; and the case just beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from indexer.gaps.checks import replaced
from indexer.gaps.checks.copied import jaccard, numbers
from indexer.gaps.checks.view import Shared
from indexer.law.facts import Try
from indexer.normalise.prints import KINDS, SHORTEST, passages, print_of
from tests.indexer.gaps.checks.papers import EID, FIRM_2023, absent, listed, outages
from tests.indexer.gaps.checks.views import found, look, point, rule, run, series, view

KPU: dict[str, Any] = {"memberships": (listed("KPU.W", 2021),)}


def filled(header: str, value: str, kind: str = "profile", **more: Any) -> dict[str, Any]:
    """A firm whose basic data has one column with this value."""
    return {**KPU, "found": (found(kind, "2021-06-01", source="eic", fields={header: value}, **more),)}


@pytest.mark.parametrize(("header", "value"), [
    ("生产地址", "/"), ("生产地址", "——"), ("产品", "XXX"), ("产品", " 暂无 "), ("规模", "****"), ("产品", "无"),
    ("生产经营和管理服务的主要内容", "详见附件"),
])  # fmt: skip
def test_a_required_field_that_holds_a_place_alone(header: str, value: str) -> None:
    (one,) = run("INC-02", view("2021-07-01", **filled(header, value)))
    assert (one.severity, one.obligation, one.period) == ("S2", "O31-1", "once:2021")
    assert f"“{header}”填“{value[:20]}”" in one.words


@pytest.mark.parametrize(("header", "value"), [
    ("备注", "/"), ("生产地址", "金海路1号"), ("产品", "无机盐"), ("规模", "XXX型泵100台"), ("规模", "0"),
])  # fmt: skip
def test_a_field_that_says_something_or_need_not(header: str, value: str) -> None:
    assert run("INC-02", view("2021-07-01", **filled(header, value))) == []


def test_a_statement_of_none_is_no_placeholder_where_there_may_be_none() -> None:
    assert run("INC-02", view("2021-07-01", **filled("超标情况", "无", "emission"))) == []
    attached = filled("应急预案", "详见附件", "emergency_plan")
    (plan,) = attached["found"]
    assert len(run("INC-02", view("2021-07-01", **attached))) == 1
    with_file = replace(plan, fields={**plan.fields, "附件": "预案.pdf"})
    assert run("INC-02", view("2021-07-01", **{**KPU, "found": (with_file,)})) == []


PLAN = (
    "示例水务有限公司成立应急指挥部，由总经理任总指挥，发生突发环境事件时立即启动应急预案，并在一小时内上报主管部门。"
)


def shared(firms: int) -> Shared:
    """What so many other firms have in the same words under their own names."""
    (text,) = passages(PLAN.replace("示例水务", "别家化工"), ())
    return Shared(texts={print_of(text): tuple(f"第{n}厂" for n in range(firms))})


def test_the_same_words_in_five_firms() -> None:
    facts = {**KPU, "found": (found("emergency_plan", "2021-06-01", source="eic", text=PLAN),)}
    (one,) = run("INC-02", view("2021-07-01", shared=shared(4), **facts))
    assert "合计至少5家" in one.words and one.confidence == "medium"
    assert run("INC-02", view("2021-07-01", shared=shared(3), **facts)) == []
    assert run("INC-02", view("2021-07-01", **facts)) == []
    assert set(rule("INC-02").texts("prose")) <= KINDS and rule("INC-02").number("characters") >= SHORTEST


TRIES = tuple(
    look(on, "unreadable", "annual_report", source=EID, reason="attachment 报告.pdf: HTTP 404")
    for on in ("2024-04-01", "2024-04-08", "2024-04-15")
)
REPORT = found("annual_report", "2024-03-01", source=EID, period="2023", title="2023年度报告", text="正文详见附件")


def test_a_promised_file_that_is_dead_on_three_days() -> None:
    (one,) = run("INC-03", view("2024-05-06", **FIRM_2023, found=(REPORT,), looks=TRIES))
    assert (one.obligation, one.period, str(one.since)) == ("O24-Y", "2023", "2024-04-15") and "HTTP 404" in one.words


@pytest.mark.parametrize("facts", [
    {"found": (REPORT,), "looks": TRIES[:2]},
    {"found": (replace(REPORT, text="正文"),), "looks": TRIES},
    {"found": (REPORT,), "looks": (*TRIES[:2], replace(TRIES[2], day=TRIES[1].day))},
    {"found": (REPORT,), "looks": tuple(replace(one, reason="attachment 报告.pdf: 503") for one in TRIES)},
    {"found": (REPORT,), "looks": outages(TRIES)},
])  # fmt: skip
def test_a_file_that_is_not_proven_dead(facts: dict[str, Any]) -> None:
    assert run("INC-03", view("2024-05-06", **FIRM_2023, **facts)) == []


LINKED = found("social_report", "2024-03-01", source="city", url="https://city.example/list", fields={
    "社会责任报告": "示例水务有限公司2023年社会责任报告.pdf", "附件链接": "/files/f1", "备注": "见 /files/f2",
})  # fmt: skip


def tried(*answers: tuple[str, str | None], url: str = "https://city.example/files/f1") -> dict[str, Any]:
    """A report that links a file, asked for on days of April in a row: ``found``, or what the site answered."""
    made = tuple(
        Try(url, date(2024, 4, n), outcome, reason, f"v-{n}") for n, (outcome, reason) in enumerate(answers, start=1)
    )
    return {**FIRM_2023, "found": (LINKED,), "tries": made}


NONE, EMPTY = ("failed", "status 404"), ("unreadable", "empty answer where a page is due")
GOOD, DOWN = ("found", None), ("failed", "status 503")


@pytest.mark.parametrize("answers", [(NONE, NONE, EMPTY), (GOOD, NONE, EMPTY, NONE), (NONE, DOWN, NONE, NONE)])
def test_a_linked_file_that_the_site_does_not_have(answers: tuple[tuple[str, str | None], ...]) -> None:
    (one,) = run("INC-03", view("2024-05-06", **tried(*answers)))
    assert "共3日" in one.words and one.since == date(2024, 4, len(answers)) and len(one.visits) == 3
    assert run("INC-03", view("2024-04-02", **tried(*answers))) == []


@pytest.mark.parametrize("facts", [
    tried(NONE, EMPTY, GOOD, GOOD), tried(NONE, NONE, GOOD, NONE, NONE), tried(DOWN, DOWN, DOWN, DOWN),
    tried(("blocked", "status 403"), NONE, NONE), tried(NONE, NONE, NONE, url="https://city.example/files/f2"),
])  # fmt: skip
def test_a_linked_file_that_is_not_proven_dead(facts: dict[str, Any]) -> None:
    assert run("INC-03", view("2024-05-06", **facts)) == []


SCAN = look("2024-04-01", "unreadable", "annual_report", source=EID, reason="pdf: no text layer; it needs OCR")


def test_pictures_alone() -> None:
    (one,) = run("INC-07", view("2024-05-06", **FIRM_2023, looks=(SCAN,)))
    assert (one.severity, one.obligation) == ("S1", "O24-Y")
    read_since = replace(REPORT, first_seen=SCAN.day, last_seen=SCAN.day, sightings=(SCAN.day,))
    assert run("INC-07", view("2024-05-06", **FIRM_2023, looks=(SCAN,), found=(read_since,))) == []
    assert run("INC-07", view("2024-05-06", **FIRM_2023, looks=outages((SCAN,)))) == []


CHAPTERS = frozenset({"G0", "G1", "G2", "G3", "G5", "G6", "G7"})


def year_report(present: frozenset[str], nothing: frozenset[str] = frozenset(), **more: Any) -> dict[str, Any]:
    """A firm with the report on 2023."""
    return {**FIRM_2023, "found": (replace(REPORT, present=present, not_produced=nothing, **more),)}


def test_a_report_without_a_chapter() -> None:
    (one,) = run("INC-06", view("2024-05-06", **year_report(CHAPTERS - {"G5"})))
    assert (one.severity, one.obligation, one.period) == ("S3", "O24-Y", "2023") and "生态环境应急信息" in one.words
    assert run("INC-06", view("2024-05-06", **year_report(CHAPTERS))) == []
    assert run("INC-06", view("2024-05-06", **year_report(CHAPTERS - {"G5"}, frozenset({"G5"})))) == []
    assert run("INC-06", view("2024-05-06", **year_report(frozenset({"G0", "G1"})))) == []


BODY = "".join(f"第{n}号排放口全年排放化学需氧量{n}.{n}吨，治理设施运行正常，无超标情况。\n" for n in range(1, 30))


def copy_of(text: str, other: str) -> dict[str, Any]:
    """Reports of two years with these words."""
    first = found("annual_report", "2023-03-01", source=EID, period="2022", text=text)
    return {**FIRM_2023, "found": (first, found("annual_report", "2024-03-01", source=EID, period="2023", text=other))}


def test_a_report_copied_from_the_year_before() -> None:
    (one,) = run("STA-02", view("2024-05-06", **copy_of(f"2022年度报告 {BODY}", f"2023年度报告 {BODY}")))
    assert (one.severity, one.period, str(one.since)) == ("S3", "2023", "2024-03-01") and "相似度1.000" in one.words
    assert len(one.found) == 2


@pytest.mark.parametrize("other", [
    BODY.replace("7.7吨", "7.8吨"),  # one number is another
    BODY.replace("治理设施运行正常", "治理设施全年稳定运行"), BODY[:150], "",
])  # fmt: skip
def test_a_report_that_is_its_own(other: str) -> None:
    assert run("STA-02", view("2024-05-06", **copy_of(BODY, other))) == []


def test_the_number_that_a_site_gives_to_a_row_is_no_content() -> None:
    facts = copy_of(f"年度报告 R81897 2022年度报告 {BODY}", f"年度报告 R91234 2023年度报告 {BODY}")
    assert run("STA-02", view("2024-05-06", **facts)) == []
    numbered = tuple(
        replace(item, fields={"编号": number, "报告年度": str(item.period), "主要产品": "水"})
        for item, number in zip(facts["found"], ("R81897", "R91234"), strict=True)
    )
    (one,) = run("STA-02", view("2024-05-06", **{**facts, "found": numbered}))
    assert "相似度1.000" in one.words and one.period == "2023"


def test_likeness_is_counted_by_pieces_of_five() -> None:
    assert jaccard("甲乙丙丁戊己", "甲乙丙丁戊庚", 5) == pytest.approx(1 / 3)
    assert jaccard("", "", 5) == 0.0 and numbers("2023年12月1日 排放1.50吨，共3次") == ("1.50", "3")


def test_a_page_that_still_shows_last_year() -> None:
    old = found("annual_report", "2023-03-01", source=EID, period="2022", last_seen="2024-03-25")
    facts = {**FIRM_2023, "found": (old,), "looks": absent("annual_report", "2024-03-25")}
    (one,) = run("STA-03", view("2024-04-30", **facts))
    assert (one.severity, one.obligation, one.period, str(one.since)) == ("S2", "O24-Y", "2023", "2024-03-25")
    before = replace(
        old, last_seen=old.first_seen.replace(2024, 3, 15), sightings=(old.first_seen.replace(2024, 3, 15),)
    )
    assert run("STA-03", view("2024-04-30", **{**facts, "found": (before,)})) == []
    assert run("STA-03", view("2024-04-30", **{**facts, "found": (old, REPORT)})) == []
    assert run("STA-03", view("2024-03-15", **facts)) == []
    quarter = replace(old, period="2022Q4", id="d-quarter")
    assert run("STA-03", view("2024-04-30", **{**facts, "found": (quarter,)})) == []
    of_soil = {"memberships": (listed("SOIL", 2022), listed("SOIL", 2023)), "looks": ()}
    soil = found(
        "soil", "2024-05-01", source=EID, period="2022", title="2022年土壤自行监测报告", last_seen="2024-05-06"
    )
    # A page on soil is behind in its own item, not in that of toxic substances, which it does not speak of.
    behind = run("STA-03", view("2024-05-06", **of_soil, found=(soil,)))
    assert [one.obligation for one in behind] == ["SOIL-1"]
    later = replace(REPORT, period="2024", id="d-later", key="later")
    assert run("STA-03", view("2024-04-30", **{**facts, "found": (old, later)})) == []


@pytest.mark.parametrize(("kind", "standard", "more", "said"), [
    ("emission", "GB13271-2001", {"last_seen": "2021-06-01"}, True), ("emission", "GB 13271-2014", {}, False),
    ("annual_report", "国控企业", {"published": "2018-01-01"}, True),
    ("profile", "级别 国控 ", {}, True), ("profile", "国控阀门厂", {}, False),
    ("annual_report", "国控企业", {"published": "2017-12-31"}, False),
    ("annual_report", "企业事业单位环境信息公开办法", {"published": "2022-02-07"}, False),
    ("annual_report", "企业事业单位环境信息公开办法", {"published": "2022-02-08"}, True),
    ("annual_report", "排污许可管理办法", {"published": "2024-08-01"}, False),
    ("annual_report", "排污许可管理办法（试行）", {"published": "2024-08-01"}, True),
    ("annual_report", "国控企业", {}, False),  # nobody knows of when it is
    ("annual_report", "中华人民共和国环境保护法", {"published": "2026-08-15"}, True),
])  # fmt: skip
def test_what_is_cited_and_was_replaced(kind: str, standard: str, more: dict[str, Any], said: bool) -> None:
    stated = {"published": view("2027-01-04").as_of.fromisoformat(more["published"])} if "published" in more else {}
    item = found(
        kind, "2021-06-01", source="eic", text=f"执行{standard}标准", last_seen=more.get("last_seen", "2021-06-02")
    )
    seen = [
        one for one in run("STA-08", view("2027-01-04", found=(replace(item, **stated),))) if one.confidence != "low"
    ]
    assert bool(seen) == said
    assert all(one.severity == "S1" for one in seen)


@pytest.mark.parametrize(("standard", "day", "said"), [
    ("《锅炉大气污染物排放标准》(GB 13271-2001)", "2023-04-06T09:00", True),
    ("《锅炉大气污染物排放标准》(GB 13271-2014)", "2023-04-06T09:00", False), (None, "2023-04-06T09:00", False),
    ("《锅炉大气污染物排放标准》(GB 13271-2001)", "2014-06-30T09:00", False),  # the last day before the new one
])  # fmt: skip
def test_results_judged_by_a_standard_that_was_replaced(standard: str | None, day: str, said: bool) -> None:
    values = series((point(day, 12.5),), averaging="manual", pollutant="颗粒物", outlet="DA015", standard=standard)
    seen = run("STA-08", view("2023-04-20", series=(values, replace(values, outlet="DA016"))))
    assert [one.severity for one in seen] == (["S1"] if said else [])
    assert all("2023-04-06的监测结果仍以“GB 13271-2001”为评价标准" in one.words for one in seen)


def test_the_table_of_what_was_replaced_is_read_strictly() -> None:
    assert len(replaced.table()) >= 15 and all(row.seen in "SM" for row in replaced.table())
