"""One row of the table: a figure, the limit measured beside it, and how near to it we should come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Unit = Literal["rows/s", "pages/s", "records/s", "duties/s", "ms", "MB"]
LESS_IS_BETTER = ("ms", "MB")


@dataclass(frozen=True)
class Row:
    """``figure`` and ``limit`` in ``unit``; ``goal`` is the ratio wished for, ``of`` says what was counted."""

    name: str
    unit: Unit
    figure: float
    limit: float
    limit_is: str
    goal: float
    of: str

    @property
    def ratio(self) -> float | None:
        """The share of the limit that was reached: 1 is as fast as it. None where the limit or figure measured zero."""
        slower, faster = (self.figure, self.limit) if self.unit in LESS_IS_BETTER else (self.limit, self.figure)
        return faster / slower if slower > 0 and faster > 0 else None

    def as_json(self) -> dict[str, Any]:
        """All of it, with the ratio."""
        return {**vars(self), "ratio": self.ratio}
