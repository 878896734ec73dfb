"""Broken files: one clear line each, nothing written, and no row lost in silence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crawlers.importing import ImportRefusedError, Material, import_disclosures, import_list
from crawlers.segments import read_lines
from tests.crawlers.importing.conftest import GOOD, sheet

Make = Callable[..., Material]
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("cut.xlsx", GOOD[: len(GOOD) // 2], "truncated or damaged"),
        ("locked.xlsx", LOCKED, "password-protected"),
        ("empty.xlsx", b"", "the file is empty"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(20), "character recognition"),
        ("list.rar", b"Rar!\x1a\x07\x00" + bytes(20), "unpack it"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(8) + "WordDocument".encode("utf-16-le"), ".docx"),
        ("cut.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "damaged"),
        ("prose.xlsx", "这是一段说明文字,没有表格。".encode(), "it holds no table"),
        ("other.csv", "项目,金额\n甲,1\n".encode("gb18030"), "table 1: 项目 | 金额"),
    ],
)
def test_each_is_refused_with_its_reason(
    tmp_path: Path, material: Make, var: Path, folders: tuple[Path, ...], name: str, data: bytes, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ImportRefusedError) as raised:
        import_list(path, material(), var, folders=folders)
    assert message in str(raised.value)
    assert name in str(raised.value) and "\n" not in str(raised.value)
    assert not var.exists() and path.read_bytes() == data


def test_a_missing_file_is_named(tmp_path: Path, material: Make, var: Path, folders: tuple[Path, ...]) -> None:
    with pytest.raises(ImportRefusedError, match=r"nowhere\.xlsx: cannot be read"):
        import_list(tmp_path / "nowhere.xlsx", material(), var, folders=folders)


def test_a_text_file_named_xlsx_is_read_as_what_it_is(
    tmp_path: Path, material: Make, var: Path, folders: tuple[Path, ...]
) -> None:
    path = tmp_path / "名录.xlsx"
    path.write_bytes("企业名称\t区县\n甲厂\t荔城区\n乙厂\t涵江区\n".encode("gb18030"))
    result = import_list(path, material(), var, dry_run=True, folders=folders)
    assert (result.preview.kind, result.preview.encoding, result.preview.records) == ("csv", "gb18030", 2)


def test_shifted_rows_become_issues_with_place_and_value(
    tmp_path: Path, material: Make, var: Path, folders: tuple[Path, ...]
) -> None:
    path = tmp_path / "shifted.xlsx"
    path.write_bytes(
        sheet(["企业名称", "区县"], ["甲厂", "荔城区"], [None, None, "乙厂", "涵江区"], ["丙厂", "城厢区"])
    )
    result = import_list(path, material(), var, folders=folders)
    assert result.preview.records == 2 and result.preview.tables[0].unread == 1
    assert result.run is not None
    (issue,) = [row for row in read_lines(result.run, "issues") if row["code"] == "row-unreadable"]
    assert issue["place"] == "sheet 名录, row 3" and "乙厂" in issue["value"]
    (walk,) = read_lines(result.run, "visits")
    assert walk["complete"] is False


def test_the_real_shifted_sheet_reports_every_row(
    realdata: Path, material: Make, var: Path, folders: tuple[Path, ...]
) -> None:
    path = realdata / "shanghai-eic" / "EnvironmentalReport_manual.xlsx"
    with pytest.raises(ImportRefusedError) as raised:
        import_disclosures(path, "eia", material(), var, folders=folders)
    assert "no table names enterprises" in str(raised.value) and "project_name" in str(raised.value)
    with pytest.raises(ImportRefusedError) as raised:
        import_disclosures(path, "eia", material(columns={"name": "project_name"}), var, folders=folders)
    assert "no row could be read, 882 problems" in str(raised.value)
    assert not var.exists()
