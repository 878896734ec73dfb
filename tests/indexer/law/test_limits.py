"""National limits: found only where a text names standard and scope; every row's pollutant is one of the vocabulary."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.law import limits
from indexer.normalise import pollutants, units

DAY = date(2026, 10, 12)


@pytest.mark.parametrize(("text", "pollutant", "asked", "high"), [
    ("《城镇污水处理厂污染物排放标准》（GB 18918-2002）一级 A标准", "化学需氧量", "1d", 50.0),
    ("GB18918-2002一级B", "化学需氧量", "1d", 60.0), ("GB 18918-2002", "化学需氧量", "1d", None),
    ("GB 18918-2002 一级A", "化学需氧量", "1h", None), ("GB 18918-2002 一级A", "化学需氧量", None, 50.0),
    ("GB 8978-1996 表4 二级", "氨氮", "1d", 25.0), ("GB 13271-2014 表2 燃气锅炉", "氮氧化物", "1h", 200.0),
    ("GB 13271-2014", "氮氧化物", "1h", None), ("GB 18485-2014", "氯化氢", "1d", 50.0), ("", "氨氮", "1d", None),
])  # fmt: skip
def test_a_limit_is_known_by_standard_scope_and_averaging(
    text: str, pollutant: str, asked: str | None, high: float | None
) -> None:
    row = limits.find(text, pollutant, None, DAY, asked)
    assert (row.high if row else None) == high


def test_averagings_and_reference_oxygen() -> None:
    assert limits.averaging("GB 8978-1996") == {"1d"} and limits.averaging("GB 18485-2014") == {"1h", "1d"}
    assert limits.averaging("DB31/199-2018") is None
    assert limits.reference_oxygen("GB 13271-2014 燃煤锅炉") == (9,)
    assert limits.reference_oxygen("GB 18485-2014") == (11,)
    assert limits.reference_oxygen("GB 13271-2014") == (3.5, 9) and limits.reference_oxygen("") == ()


def test_every_row_speaks_the_vocabulary() -> None:
    for row in limits.load().rows:
        known = pollutants.resolve(row.pollutant, row.medium)
        assert known is not None, row
        assert units.normal(row.unit) == row.unit and row.high > 0 and (row.low is None or row.low < row.high)
