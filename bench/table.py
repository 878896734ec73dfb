"""The table as text and as JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from bench.options import Options
from bench.row import Row

HEADS = ("row", "figure", "limit", "ratio", "goal", "limit is", "of")
NUMBERS = range(1, 5)
"""Columns set to the right."""


def text(rows: Sequence[Row], options: Options) -> str:
    """Aligned columns, and a line that says what was measured and how busy the machine was."""
    cells = [HEADS, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADS))]
    return "\n".join([*(_line(line, widths) for line in cells), "", _about(options)])


def as_json(rows: Sequence[Row], options: Options) -> str:
    """One object: rows with figure, limit, ratio and goal, the options, the machine."""
    body = {"at": _now(), "machine": machine(), "options": asdict(options), "rows": [row.as_json() for row in rows]}
    return json.dumps(body, ensure_ascii=False, indent=1)


def machine() -> dict[str, Any]:
    """Processors that this process may use, and the load averages of 1, 5 and 15 minutes."""
    return {"processors": len(os.sched_getaffinity(0)), "load": [round(load, 1) for load in os.getloadavg()]}


def _cells(row: Row) -> tuple[str, ...]:
    ratio = "–" if row.ratio is None else f"{row.ratio:.2f}"
    amounts = (f"{_number(value)} {row.unit}" for value in (row.figure, row.limit))
    return (row.name, *amounts, ratio, f"{row.goal:.2f}", row.limit_is, row.of)


def _number(value: float) -> str:
    return f"{value:,.1f}" if value < 100 else f"{value:,.0f}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    pairs = enumerate(zip(cells, widths, strict=True))
    return "  ".join(cell.rjust(width) if i in NUMBERS else cell.ljust(width) for i, (cell, width) in pairs).rstrip()


def _about(options: Options) -> str:
    here = machine()
    load = " ".join(f"{value:.1f}" for value in here["load"])
    return (
        f"{_now()}, {here['processors']} processors, load {load}, {options.enterprises} enterprises, "
        f"median of {options.rounds} rounds; ratio 1 is as fast as the limit, a goal is a wish and fails nothing"
    )


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
