"""Grid to records: headers of several rows, titles, notes, sums, sections, repeats; nothing dropped in silence."""

from __future__ import annotations

import pytest

from crawlers.grids.headers import candidates
from crawlers.readers.document import Grid
from crawlers.readers.folding import stated_count
from crawlers.tables import records


def grid(*rows: list[str], **other: object) -> Grid:
    return Grid([list(row) for row in rows], "table 1", **other)  # type: ignore[arg-type]


def test_header_rows_are_joined_by_their_spans() -> None:
    table = records(
        grid(
            ["企业名称", "废水", "废水", "废气"],
            ["企业名称", "化学需氧量", "氨氮", "废气"],
            ["甲厂", "35.2", "1.1", "有"],
        ),
        required=["企业名称", "氨氮"],
    )
    assert table.records[0].fields == {"企业名称": "甲厂", "废水/化学需氧量": "35.2", "废水/氨氮": "1.1", "废气": "有"}


def test_unfilled_header_rows_of_a_csv_are_joined_too() -> None:
    table = records(grid(["企业名称", "废水", ""], ["", "COD", "氨氮"], ["甲厂", "1", "2"]), required=["企业名称"])
    assert list(table.records[0].fields) == ["企业名称", "废水/COD", "废水/氨氮"]


def test_a_first_row_of_data_is_no_second_header() -> None:
    table = records(grid(["企业", "企业", "编号"], ["甲厂", "乙厂", "5"]), required=["企业"])
    assert table.seen == 1
    assert table.records[0].fields == {"企业": "甲厂", "企业 (2)": "乙厂", "编号": "5"}
    assert [issue.code for issue in table.issues] == ["header-repeated"]


def test_titles_notes_sums_sections_empties_and_repeats() -> None:
    table = records(
        grid(
            ["莆田市名录", ""],
            ["水环境（2家）", "水环境（2家）"],
            ["企业名称", "区县"],
            ["甲厂", "荔城"],
            ["", ""],
            ["乙厂", "涵江"],
            ["大气环境（1家）", "大气环境（1家）"],
            ["企业名称", "区县"],
            ["丙厂", "城厢"],
            ["合计", "3家"],
            ["注：另行公布", ""],
            merged=frozenset({1, 6}),
        ),
        required=["企业名称|单位名称"],
    )
    assert [(row.fields["企业名称"], row.title) for row in table.records] == [
        ("甲厂", "莆田市名录 水环境（2家）"),
        ("乙厂", "莆田市名录 水环境（2家）"),
        ("丙厂", "大气环境（1家）"),
    ]
    assert (table.seen, table.empty_rows, table.repeated_headers) == (3, 1, 1)
    assert table.notes == ["合计 3家", "注：另行公布"]


def test_identical_rows_are_merged_and_counted() -> None:
    table = records(grid(["企业名称", "项目"], ["甲", "硫"], ["乙", "硫"], ["甲", "硫"]), required=["企业名称"])
    assert [(row.fields["企业名称"], row.rows, row.place) for row in table.records] == [
        ("甲", 2, "table 1, row 2"),
        ("乙", 1, "table 1, row 3"),
    ]
    assert table.seen == 3


def test_a_row_without_its_required_cells_and_a_cell_without_a_header_are_issues() -> None:
    table = records(grid(["企业名称", "", ""], ["甲", "", "多"], ["", "x", ""]), required=["企业名称"])
    assert table.records[0].fields == {"企业名称": "甲", "第3列": "多"}
    assert [(issue.code, issue.place) for issue in table.issues] == [
        ("cell-without-header", "table 1, row 2"),
        ("row-unreadable", "table 1, row 3"),
    ]


def test_a_missing_header_says_what_was_asked_for() -> None:
    table = records(grid(["项目", "金额"], ["甲", "1"]), required=["企业名称|单位名称"])
    assert table.header is None and table.records == []
    assert "企业名称|单位名称" in table.issues[0].message and table.issues[0].value == "项目 金额 / 甲 1"


def test_columns_of_a_table_without_a_header_row_are_named() -> None:
    rows = grid(["1", "甲", "荔城"], ["2", "乙", "涵江"])
    table = records(rows, names=["序号", "单位名称", "区县"], required=["单位名称"])
    assert [(row.fields["单位名称"], row.place) for row in table.records] == [
        ("甲", "table 1, row 1"),
        ("乙", "table 1, row 2"),
    ]
    with_header = records(grid(["序号", "单位名称"], ["1", "甲"]), names=["序号", "单位名称"])
    assert (with_header.seen, with_header.repeated_headers) == (1, 1)


def test_headers_are_compared_without_their_spaces_and_widths() -> None:
    table = records(grid(["企业 名称（全称）", "统一社会信用代码"], ["甲", "9"]), required=["企业名称(全称)"])
    assert table.records[0].fields["企业 名称（全称）"] == "甲"


def test_candidates_of_an_unknown_table() -> None:
    found = candidates(grid(["2020年", "2020年"], ["排口", "数值"], ["DA001", "3"]))
    assert found[0].names == ("排口", "数值")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("水环境重点排污单位（251家）", 251), ("名录(共127家)", 127), ("共计 50 家企业", 50), ("2020年名录", None),
        ("（一）大气", None),
    ],
)  # fmt: skip
def test_stated_counts(text: str, count: int | None) -> None:
    assert stated_count(text) == count


def test_rows_of_column_names_and_shifted_rows_are_issues_and_no_records() -> None:
    rows = [["企业名称", "统一社会信用代码", "发证日期", "排放量"]]
    rows += [[f"第{n}厂", f"91350300000000{n:04}", f"2021-03-{n:02}", f"{n}.5"] for n in range(1, 11)]
    rows += [["乙", "丙厂", "913503000000000011", "2021-03-04"], ["", "", "", "企业名称"]]
    grid = Grid(rows, "table 1", [f"table 1, row {n}" for n in range(1, len(rows) + 1)])
    table = records(grid)
    assert table.seen == 10
    assert [(issue.code, issue.place) for issue in table.issues] == [
        ("row-shifted", "table 1, row 12"), ("row-holds-headers", "table 1, row 13"),
    ]  # fmt: skip
    assert "stand 1 to the right" in table.issues[0].message


def test_a_row_with_one_odd_cell_is_not_shifted() -> None:
    rows = [
        ["名称", "日期", "值"],
        *([f"厂{n}", "2021-03-04", "1"] for n in range(10)),
        ["厂", "长期", "未检出"],
        ["厂", "", "<1"],
    ]
    table = records(Grid(rows, "table 1"))
    assert table.seen == 12 and not table.issues
