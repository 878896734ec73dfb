"""Rows ``index`` and ``measurements``: a run folder until it is searchable, against raw posts of what it became."""

from __future__ import annotations

import json
import time
from pathlib import Path

from bench import raw
from bench.engine import Engine
from bench.errors import BenchError
from bench.options import Options
from bench.quantiles import median
from bench.row import Row
from indexer import pipeline

GOALS = {"index": 0.5, "measurements": 0.5}
"""Reading, interpreting and resolving may take as long as Elasticsearch takes for the results, and no longer."""


def measure(name: str, engine: Engine, run: Path, options: Options) -> Row:
    """Seconds include reading the folder, every search the pipeline makes, and the last refresh."""
    records = int(json.loads((run / "run.json").read_bytes())["counts"]["records"])
    found = _warmed(engine, run)
    ours, limit = [], []
    for _ in range(options.rounds):
        ours.append(_indexed(engine, run, found, records))
        with engine.fresh() as store:
            raw.open_years(store, found)
            limit.append(raw.seconds(store, engine.url, found))
    made = sum(map(len, found.values()))
    return Row(
        name, "records/s", records / median(ours), records / median(limit), "raw NDJSON, 2 connections", GOALS[name],
        f"{records} records, {made} documents",
    )  # fmt: skip


def _warmed(engine: Engine, run: Path) -> raw.Documents:
    """Indexes once untimed: what the run becomes, and a node that has compiled its code."""
    with engine.fresh() as store:
        pipeline.index_run(run, store, engine.settings)
        return raw.documents(store, pipeline.FAMILIES)


def _indexed(engine: Engine, run: Path, found: raw.Documents, records: int) -> float:
    with engine.fresh() as store:
        raw.open_years(store, found)
        start = time.perf_counter()
        result = pipeline.index_run(run, store, engine.settings)
        seconds = time.perf_counter() - start
    if result.records != records:
        raise BenchError(f"{run.name}: {result.records} of {records} records indexed ({result.skipped or 'no reason'})")
    return seconds
