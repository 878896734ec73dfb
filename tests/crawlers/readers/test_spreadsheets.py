"""Spreadsheets: numbers and days as shown, merged cells, hidden sheets, files that are not what they say."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import docx
import openpyxl
import pytest
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from crawlers.readers import Document, Limits, read
from crawlers.readers.celltext import cell_text, shown
from crawlers.readers.folding import fold
from crawlers.tables import records
from tests.crawlers.readers import biff


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def issues(document: Document) -> list[str]:
    return [issue.code for issue in document.issues]


def test_values_as_shown() -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["数", "日", "时", "码", "率", "区"])
    page.append([1.0, date(2020, 3, 31), datetime(2020, 3, 31, 9, 5), "913100006072204056", 0.125, 101])
    page.append([35.20, None, None, 913100006072204056, 1, 7])
    page["E2"].number_format = page["E3"].number_format = "0.0%"
    page["F2"].number_format = page["F3"].number_format = "000000"
    page["A3"].number_format = "0.00"
    document = read(saved(book))
    assert document.grids[0].rows[1] == ["1", "2020-03-31", "2020-03-31 09:05", "913100006072204056", "12.5%", "000101"]
    assert document.grids[0].rows[2][0] == "35.20"
    assert document.grids[0].rows[2][3].isdigit() and len(document.grids[0].rows[2][3]) == 18
    assert document.grids[0].rows[2][4:] == ["100.0%", "000007"]
    assert issues(document) == ["digits-lost"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (1e-05, "0.00001"),
        (-3.0, "-3"),
        (True, "TRUE"),
        (None, ""),
        (" a\u3000b\n", "a b"),
        (12, "12"),
    ],
)
def test_cell_texts(value: Any, text: str) -> None:
    assert cell_text(value) == text


def test_only_formats_that_change_digits_count() -> None:
    assert shown("General") is None and shown("yyyy-mm-dd") is None and shown("@") is None
    assert cell_text(1234.5, shown("#,##0.00")) == "1234.50"


def test_title_merged_cells_note_and_hidden_sheet() -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (["大气环境重点排污单位（2家）"], ["区县", "企业名称"], ["荔城", "甲"], [None, "乙"], ["注：更新中"]):
        page.append(row)
    page.merge_cells("A1:B1")
    page.merge_cells("A3:A4")
    other = book.create_sheet("旧")
    other.sheet_state = "hidden"
    other.append(["企业名称"])
    other.append(["丙"])
    document = read(saved(book))
    grid, old = document.grids
    assert (grid.title, grid.stated_count, grid.notes) == ("大气环境重点排污单位（2家）", 2, ["注：更新中"])
    assert grid.rows == [["区县", "企业名称"], ["荔城", "甲"], ["荔城", "乙"]]
    assert grid.place_of(2) == "sheet Sheet, row 4"
    assert old.hidden and issues(document) == ["hidden-sheet"]


def test_a_formula_without_a_value_is_told() -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["a", "b"])
    page.append([1, "=A2*2"])
    assert issues(read(saved(book))) == ["formula-without-value"]


def test_a_lone_far_cell_does_not_take_the_memory() -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["A1"] = "a"
    page["XFD1048576"] = "z"
    assert issues(read(saved(book))) == ["sheet-too-large"]


def test_a_zip_bomb_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("xl/worksheets/sheet1.xml", b" " * 20_000_000)
    document = read(out.getvalue())
    assert "zip bomb" in document.issues[0].message and not document.readable


def test_limits_of_bytes_and_rows() -> None:
    assert "limit" in read(b"a,b\n1,2\n", limits=Limits(bytes=3)).issues[0].message
    document = read(b"a,b\n" * 10, filename="x.csv", limits=Limits(rows=4))
    assert len(document.grids[0].rows) == 4 and issues(document) == ["too-many-rows"]


def test_external_entities_are_not_resolved(tmp_path: Any) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("s3cret", encoding="utf-8")
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    data = f"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>
    <Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="a"><Table>
    <Row><Cell><Data>x&e;</Data></Cell><Cell ss:MergeAcross="1"><Data>y</Data></Cell></Row>
    <Row ss:Index="3"><Cell ss:Index="2"><Data>z</Data></Cell></Row></Table></Worksheet></Workbook>"""
    document = read(data.encode(), filename="a.xls")
    assert document.kind == "sheetml"
    assert document.grids[0].rows == [["x", "y", "y"], ["", "", ""], ["", "z", ""]]


def test_html_named_xls() -> None:
    data = "<html><meta charset=gb2312><table><tr><td>企业名称</td></tr><tr><td>甲厂</td></tr></table>".encode(
        "gb18030"
    )
    document = read(data, filename="名录.xls", content_type="application/vnd.ms-excel")
    assert (document.kind, document.grids[0].rows) == ("html", [["企业名称"], ["甲厂"]])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_csv_in_any_encoding(encoding: str, mark: str) -> None:
    text = f'企业名称{mark}代码\n"甲厂{mark}分厂"{mark}="0012"\n乙厂{mark}9.1E+17\n'
    document = read(text.encode(encoding), filename="名录.csv")
    assert document.grids[0].rows == [["企业名称", "代码"], [fold(f"甲厂{mark}分厂"), "0012"], ["乙厂", "9.1E+17"]]
    assert issues(document) == ["digits-lost"]


def test_docx_tables_with_headings_merges_and_nesting() -> None:
    word = docx.Document()
    word.add_paragraph("土壤污染重点监管单位（2家）")
    table = word.add_table(3, 2)
    for row, texts in zip(table.rows, (["区县", "企业名称"], ["荔城", "甲"], ["", "乙"]), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "内"
    word.add_paragraph("注：完")
    out = io.BytesIO()
    word.save(out)
    document = read(out.getvalue(), filename="a.doc")
    outer, inner = document.grids
    assert (outer.title, outer.stated_count, outer.notes) == ("土壤污染重点监管单位（2家）", 2, ["注：完"])
    assert [row.fields["区县"] for row in records(outer, required=["企业名称"]).records] == ["荔城", "荔城"]
    assert inner.rows == [["内"]] and document.text == "土壤污染重点监管单位（2家）\n注：完"


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (["企业名称", "区县"], ["甲", "荔城"], ["乙", "涵江"]):
        page.append(row)
    page.row_dimensions[3].hidden = True
    page.column_dimensions["B"].hidden = True
    document = read(saved(book))
    assert document.grids[0].rows[2] == ["乙", "涵江"]
    assert "1 hidden rows and 1 hidden columns" in document.issues[0].message


@pytest.mark.parametrize("number_format", ["yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "[$-804]yyyy/m/d;@", "m/d/yy"])
def test_serial_days_since_1900_and_1904(number_format: str) -> None:
    for epoch in (WINDOWS_EPOCH, MAC_EPOCH):
        book = openpyxl.Workbook()
        book.epoch = epoch
        page = book.active
        assert page is not None
        page.append(["日期", "企业名称"])
        page.append([date(2021, 3, 4), "甲"])
        page["A2"].number_format = number_format
        assert read(saved(book)).grids[0].rows[1] == ["2021-03-04", "甲"]


@pytest.mark.parametrize("built_in", [14, 27, 31, 36, 50, 57, 58])
def test_days_in_formats_that_only_chinese_excel_names(built_in: int) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["日期", "甲"])
    page.append([44197, "乙"])
    page["A2"].number_format = "0.00"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'numFmtId="2"', f'numFmtId="{built_in}"'.encode()))
    assert read(out.getvalue()).grids[0].rows[1] == ["2021-01-01", "乙"]


def test_old_workbooks_in_code_page_936() -> None:
    list_ = biff.Sheet(
        "名录", [["企业名称", "日期", "值"], ["甲厂", 44197, 1.5], ["乙厂", 44198, "2"]], days={1}, hidden_rows={2}
    )
    other = biff.Sheet("隐藏", [["a", "b"], ["1", "2"]], hidden=True, hidden_columns={1})
    document = read(biff.workbook(list_, other))
    assert (document.kind, document.encoding) == ("xls", "cp936")
    assert document.grids[0].rows == [
        ["企业名称", "日期", "值"],
        ["甲厂", "2021-01-01", "1.5"],
        ["乙厂", "2021-01-02", "2"],
    ]
    assert [grid.hidden for grid in document.grids] == [False, True]
    assert issues(document) == ["hidden-cells", "hidden-sheet", "hidden-cells"]
    mac = read(biff.workbook(biff.Sheet("a", [["日期", "b"], [42735, 1]], days={0}), since_1904=True))
    assert mac.grids[0].rows[1] == ["2021-01-01", "1"]
    western = read(biff.workbook(biff.Sheet("a", [["企业名称", "b"], ["福建", 1]]), codepage=1252))
    assert western.grids[0].rows[1] == ["福建", "1"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-8"])
def test_tab_separated_values(encoding: str) -> None:
    text = "企业名称\t区县\t备注\n" + "".join(f"福建省第{n}化工厂\t荔城区\t无,有\n" for n in range(20))
    document = read(text.encode(encoding), filename="a.tsv", content_type="text/plain; charset=iso-8859-1")
    assert document.grids[0].rows[0] == ["企业名称", "区县", "备注"]
    assert document.grids[0].rows[20] == ["福建省第19化工厂", "荔城区", "无,有"]


@pytest.mark.parametrize("place", ['r="A2147483647"', 's="1" r="AAAAAA1"', "r='XFD99999999'"])
def test_a_cell_at_an_impossible_place_does_not_take_the_memory(place: str) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["甲", "乙"])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'r="A1"', place.encode()))
    assert issues(read(out.getvalue())) == ["sheet-too-large"]
