"""Quantiles of measured numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` (0 < share ≤ 1) of the values do not exceed: a value really measured.

    Raises ValueError without values or with a share outside its bounds.
    """
    if not values:
        raise ValueError("no values to take a quantile of")
    if not 0 < share <= 1:
        raise ValueError(f"share {share} is not above 0 and at most 1")
    return sorted(values)[math.ceil(share * len(values)) - 1]


def median(values: Sequence[float]) -> float:
    """The middle value; of an even number the lower of the two."""
    return quantile(values, 0.5)
