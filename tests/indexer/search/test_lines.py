"""Lines of a list, as people write them."""

from __future__ import annotations

import pytest

from indexer.search import lines

CODE, PERMIT = "91310000132203821X", "91310000132203821X001P"


@pytest.mark.parametrize(
    ("text", "name", "code", "place"),
    [
        ("上海金山化工有限公司", "上海金山化工有限公司", "", ""),
        (f"上海金山化工有限公司\t{CODE}", "上海金山化工有限公司", CODE, ""),
        (f"{PERMIT.lower()}，上海金山化工有限公司", "上海金山化工有限公司", PERMIT, ""),
        (f"上海金山化工有限公司 {CODE}", "上海金山化工有限公司", CODE, ""),
        ("金山区,上海金山化工有限公司", "上海金山化工有限公司", "", "金山区"),
        ("Johnson & Johnson 强生", "Johnson & Johnson 强生", "", ""),
        (CODE, "", CODE, ""),
    ],
)
def test_a_line_is_parted_by_what_its_cells_look_like(text: str, name: str, code: str, place: str) -> None:
    [one] = lines.of_text(text)
    assert (one.name, one.code, one.place) == (name, code, place)


def test_empty_lines_are_left_out_and_numbers_kept() -> None:
    assert [one.number for one in lines.of_text("甲厂\n\n  \n乙厂\n")] == [1, 4]


def test_a_header_says_which_column_is_which() -> None:
    table = [
        ["序号", "区县", "单位名称", "统一社会信用代码"],
        [1.0, "金山区", "甲化工厂", CODE],
        [2, "", "", ""],
        [None] * 4,
    ]
    assert [(one.number, one.name, one.code, one.place) for one in lines.of_table(table)] == [
        (2, "甲化工厂", CODE, "金山区"),
        (3, "", "", ""),
    ]


def test_a_first_row_that_is_no_header_is_a_line() -> None:
    assert [one.name for one in lines.of_table([["甲企业有限公司"], ["乙厂"]])] == ["甲企业有限公司", "乙厂"]
    assert lines.of_table([]) == []


def test_lists_have_a_limit() -> None:
    assert lines.too_many(lines.of_text("甲厂\n" * 5_001)) and not lines.too_many(lines.of_text("甲厂\n" * 5_000))
