"""Disclosures supplied by hand: tables, saved pages and reports."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawlers.importing import ImportRefusedError, Material, import_disclosures
from crawlers.segments import read_lines
from tests.crawlers.importing.conftest import sheet

Make = Callable[..., Material]


def rows(run: Path | None, sort: str) -> list[dict[str, Any]]:
    assert run is not None
    return list(read_lines(run, sort))


def test_each_named_subject_is_found_and_nobody_absent(
    tmp_path: Path, material: Make, var: Path, folders: tuple[Path, ...]
) -> None:
    path = tmp_path / "plans.xlsx"
    path.write_bytes(sheet(["企业名称", "应急预案"], ["甲厂", "有"], ["甲厂", "有"], ["乙厂", "备案350301-2022-001"]))
    run = import_disclosures(path, "emergency_plan", material(), var, folders=folders).run
    assert [(row["subject"]["name"], row["rows"]) for row in rows(run, "records")] == [("甲厂", 2), ("乙厂", 1)]
    visits = rows(run, "visits")
    pages = [(v["subject"]["name"], v["outcome"], v["period"]) for v in visits if v["scope"] == "page"]
    assert pages == [("甲厂", "found", "2022"), ("乙厂", "found", "2022")]
    assert [v["complete"] for v in visits if v["scope"] == "walk"] == [False]


def test_a_saved_page_of_pairs_is_one_record(
    tmp_path: Path, material: Make, var: Path, folders: tuple[Path, ...]
) -> None:
    path = tmp_path / "saved.html"
    cells = "<tr><th>单位名称</th><td>甲厂</td><th>地址</th><td>城南路1号</td></tr>"
    page = f"<meta charset=gbk><h1>基础信息</h1><table>{cells}</table>"
    path.write_bytes(page.encode("gb18030"))
    run = import_disclosures(path, "profile", material(), var, folders=folders).run
    (record,) = rows(run, "records")
    assert record["fields"] == {"单位名称": "甲厂", "地址": "城南路1号"}
    assert (record["title"], record["subject"]["region"]) == ("基础信息", "350300")


def test_a_report_without_tables_needs_its_enterprise(
    tmp_path: Path, material: Make, var: Path, folders: tuple[Path, ...]
) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes("甲厂 2022 年度环境信息依法披露报告\n本年度未产生行政处罚。".encode())
    with pytest.raises(ImportRefusedError, match="the one enterprise the file is about"):
        import_disclosures(path, "annual_report", material(), var, folders=folders)
    run = import_disclosures(path, "annual_report", material(enterprise="甲厂"), var, folders=folders).run
    (record,) = rows(run, "records")
    assert record["subject"]["name"] == "甲厂" and "未产生行政处罚" in record["text"]


def test_the_file_s_own_headers_can_be_named(
    tmp_path: Path, material: Make, var: Path, folders: tuple[Path, ...]
) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes("导出\n填报人,户,值\n张,甲厂,1\n李,乙厂,2\n".encode())
    result = import_disclosures(
        path, "other", material(columns={"name": "户"}, header_row=2), var, dry_run=True, folders=folders
    )
    assert result.preview.tables[0].mapping == {"name": "户"}
    assert result.preview.records == 2


def test_a_real_old_workbook_in_code_page_936(
    realdata: Path, material: Make, var: Path, folders: tuple[Path, ...]
) -> None:
    path = realdata / "xls" / "cp936_biff7_companies.xls"
    result = import_disclosures(path, "other", material(enterprise="甲厂"), var, dry_run=True, folders=folders)
    assert result.preview.tables[0].seen == 594


def test_a_real_export_of_the_permit_platform(
    realdata: Path, material: Make, var: Path, folders: tuple[Path, ...]
) -> None:
    path = realdata / "permit-mee" / "jilin_permit_list_90.csv"
    facts = material(
        source="jilin-permits", region="22", year=2026, retrieved_at="2026-08-01", columns={"name": "company_name"}
    )
    run = import_disclosures(path, "permit", facts, var, folders=folders).run
    assert len(rows(run, "records")) == 90


def test_a_listing_is_no_disclosure(tmp_path: Path, material: Make, var: Path) -> None:
    with pytest.raises(ImportRefusedError, match="qingce import list"):
        import_disclosures(tmp_path / "x.csv", "listing", material(), var)


@pytest.mark.parametrize(("stated", "complete", "reason"), [
    (2, True, None),
    (3, False, "the site states 3 items, 2 were read"),
    (None, False, "without a stated total"),
])  # fmt: skip
def test_an_export_is_a_good_walk_only_where_its_stated_total_matches(
    tmp_path: Path, material: Make, var: Path, folders: tuple[Path, ...], stated: int | None, complete: bool,
    reason: str | None,
) -> None:  # fmt: skip
    path = tmp_path / "export.xlsx"
    path.write_bytes(sheet(["企业名称", "报告年度"], ["甲厂", "2022"], ["乙厂", "2022"]))
    run = import_disclosures(path, "annual_report", material(stated_total=stated), var, folders=folders).run
    (walk,) = (visit for visit in rows(run, "visits") if visit["scope"] == "walk")
    assert (walk["complete"], walk["stated_total"]) == (complete, stated)
    assert (reason in walk["reason"]) if reason else walk["reason"] is None


def test_two_stated_totals_that_disagree_prove_nothing(
    tmp_path: Path, material: Make, var: Path, folders: tuple[Path, ...]
) -> None:
    path = tmp_path / "export.xlsx"
    path.write_bytes(sheet(["年度报告（2家）"], ["企业名称", "报告年度"], ["甲厂", "2022"], ["乙厂", "2022"]))
    run = import_disclosures(path, "annual_report", material(stated_total=4), var, folders=folders).run
    (walk,) = (visit for visit in rows(run, "visits") if visit["scope"] == "walk")
    assert not walk["complete"] and walk["reason"] == "the file states 2 items, the person who supplied it 4"
