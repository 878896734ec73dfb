"""Quantiles are values that were measured, by the nearest rank."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.quantiles import median, quantile


def test_the_nearest_rank_by_hand() -> None:
    values = [15.0, 20.0, 35.0, 40.0, 50.0]
    assert [quantile(values, share) for share in (0.05, 0.3, 0.4, 0.5, 1.0)] == [15, 20, 20, 35, 50]
    assert median([4.0, 1.0, 3.0, 2.0]) == 2


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=50), st.floats(0.01, 1))
def test_so_many_do_not_exceed_it_and_no_smaller_value_will_do(values: list[float], share: float) -> None:
    found = quantile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values)
    assert sum(value < found for value in values) < share * len(values)


@pytest.mark.parametrize(("values", "share"), [([], 0.5), ([1.0], 0.0), ([1.0], 1.1)])
def test_nothing_to_take_it_of(values: list[float], share: float) -> None:
    with pytest.raises(ValueError, match=r"no values|share"):
        quantile(values, share)
