"""Spans fill a rectangle, whatever a page states."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crawlers.grids.spans import Cell, fill, layout
from crawlers.readers import html

cells = st.builds(Cell, st.text("甲乙丙", min_size=1, max_size=2), st.integers(0, 5), st.integers(1, 4))
tables = st.lists(st.lists(cells, max_size=5), max_size=6)


@given(tables)
def test_the_result_is_a_rectangle_with_every_cell_in_it(rows: list[list[Cell[str]]]) -> None:
    laid = layout(rows, "")
    assert len(laid) == len(rows)
    assert len({len(row) for row in laid}) <= 1
    for source, row in zip(rows, laid, strict=True):
        assert {cell.value for cell in source} <= set(row)


@given(st.lists(st.lists(st.text("甲乙", min_size=1, max_size=1), min_size=3, max_size=3), min_size=1, max_size=5))
def test_without_spans_nothing_moves(rows: list[list[str]]) -> None:
    assert layout([[Cell(text) for text in row] for row in rows], "") == rows


@given(st.integers(0, 3), st.integers(0, 3), st.integers(0, 9), st.integers(0, 9))
def test_filling_a_range_touches_nothing_else_and_never_fails(top: int, left: int, down: int, right: int) -> None:
    rows = [[f"{row}{column}" for column in range(3)] for row in range(3)]
    before = [list(row) for row in rows]
    fill(rows, [((top, left), (top + down, left + right))])
    for r in range(3):
        for c in range(3):
            inside = top <= r <= top + down and left <= c <= left + right
            assert rows[r][c] == (before[top][left] if inside else before[r][c])
    assert [len(row) for row in rows] == [3, 3, 3]


def test_a_rowspan_beyond_the_table_ends_with_it() -> None:
    header = "<tr><th>区县</th><th>名称</th></tr>"
    page = f"<table>{header}<tr><td rowspan=99>荔城</td><td>甲</td></tr><tr><td>乙</td></tr></table>"
    (grid,) = html.grids(html.parse(page.encode()))
    assert grid.rows == [["区县", "名称"], ["荔城", "甲"], ["荔城", "乙"]]


def test_a_huge_span_is_not_believed() -> None:
    (grid,) = html.grids(html.parse(b"<table><tr><td colspan=99999>a</td><td rowspan=x>b</td></tr></table>"))
    assert grid.width <= 2_001
