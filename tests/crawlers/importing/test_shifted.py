"""Values beside their headers are reported and never imported; a page that people wrote is read by its couples."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crawlers.importing import ImportRefusedError, Material, import_disclosures
from crawlers.segments import read_lines
from indexer.normalise.misplaced import shift
from tests.crawlers.importing.conftest import sheet

Make = Callable[..., Material]
HEADER: list[object] = ["企业名称", "统一社会信用代码", "发证日期", "备注"]
MOVED: list[list[object]] = [[f"第{n}号", f"第{n}厂", f"91350000000000{n:04}", "2021-03-04"] for n in range(1, 8)]


def test_a_shifted_table_is_an_issue_and_no_fact(
    tmp_path: Path, material: Make, var: Path, folders: tuple[Path, ...]
) -> None:
    path = tmp_path / "moved.xlsx"
    path.write_bytes(sheet(HEADER, *MOVED))
    with pytest.raises(ImportRefusedError) as raised:
        import_disclosures(path, "permit", material(), var, folders=folders, shift=shift)
    assert "stand 1 to the right of their headers" in str(raised.value)
    assert not var.exists()


def test_a_good_table_is_imported_as_before(
    tmp_path: Path, material: Make, var: Path, folders: tuple[Path, ...]
) -> None:
    path = tmp_path / "good.xlsx"
    path.write_bytes(sheet(HEADER, *([*row[1:], ""] for row in MOVED)))
    result = import_disclosures(path, "permit", material(), var, folders=folders, shift=shift)
    assert result.preview.records == 7 and not result.preview.errors


def test_the_real_shifted_sheet_gives_nothing_for_an_enterprise_either(
    realdata: Path, material: Make, var: Path, folders: tuple[Path, ...]
) -> None:
    path = realdata / "shanghai-eic" / "EnvironmentalReport_manual.xlsx"
    with pytest.raises(ImportRefusedError, match="no row could be read, 882 problems"):
        import_disclosures(path, "eia", material(enterprise="甲厂"), var, folders=folders, shift=shift)
    assert not var.exists()


def test_a_saved_page_without_tables(tmp_path: Path, material: Make, var: Path, folders: tuple[Path, ...]) -> None:
    path = tmp_path / "own.html"
    path.write_bytes("<title>信息公开</title><p><b>企业名称：</b>甲厂<br>地址：城南路1号<p>主要产品：硫酸".encode())
    run = import_disclosures(path, "profile", material(), var, folders=folders, shift=shift).run
    assert run is not None
    (record,) = read_lines(run, "records")
    assert record["fields"] == {"企业名称": "甲厂", "地址": "城南路1号", "主要产品": "硫酸"}
    assert (record["subject"]["name"], record["place"]) == ("甲厂", "lines 2-4")
