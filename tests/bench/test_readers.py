"""The rows of the readers: the files are what they say, and bare libraries and readers agree on their rows."""

from __future__ import annotations

import pytest

from bench.options import Options
from bench.readers import HEADER, files, measure
from crawlers.readers import read

FILES = {file.kind: file for file in files(100)}


@pytest.mark.parametrize("kind", FILES)
def test_reader_and_library_read_the_same_rows(kind: str) -> None:
    file = FILES[kind]
    (grid,) = read(file.data, filename=f"a.{kind}").grids
    assert len(grid.rows) == file.rows == file.bare(file.data)
    assert grid.rows[0] == HEADER and grid.rows[1][1] == "示例第1化工有限公司"


def test_a_row_a_kind() -> None:
    rows = list(measure(Options(rows_read=100, rounds=1)))
    assert [row.name for row in rows] == [f"read {kind}" for kind in FILES]
    assert all(row.figure > 0 and row.limit > 0 and row.unit == "rows/s" for row in rows)
