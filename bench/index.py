"""Rows ``index``, ``rebuild``, ``measurements``: run folders until searchable, against raw posts of their documents."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

from bench import raw
from bench.engine import Engine
from bench.errors import BenchError
from bench.options import Options
from bench.quantiles import median
from bench.row import Row
from indexer import pipeline

GOALS = {"index": 0.4, "rebuild": 0.6, "measurements": 0.4}
"""Reading and interpreting share two processors with Elasticsearch; a rebuild spares its syncs and look-ups."""


def measure(name: str, engine: Engine, run: Path, options: Options) -> Row:
    """Seconds include reading the folder, every search the pipeline makes, and the last refresh."""
    records = int(json.loads((run / "run.json").read_bytes())["counts"]["records"])
    found = _warmed(engine, run)
    timed = _rebuilt if name == "rebuild" else _indexed
    ours, limit = [], []
    for _ in range(options.rounds):
        ours.append(timed(engine, run, found, records))
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
    _expect(run, [result], records)
    return seconds


def _rebuilt(engine: Engine, run: Path, found: raw.Documents, records: int) -> float:
    """The old indices are full, as they are in life, and their counts are compared before the aliases move."""
    settings = replace(engine.settings, var=run.parents[2])
    with engine.fresh() as store:
        raw.seconds(store, engine.url, found)
        start = time.perf_counter()
        results = pipeline.rebuild(store, settings)
        seconds = time.perf_counter() - start
    _expect(run, results, records)
    return seconds


def _expect(run: Path, results: list[pipeline.IndexResult], records: int) -> None:
    if [result.records for result in results] != [records]:
        reasons = "; ".join(result.skipped or f"{result.records} records" for result in results)
        raise BenchError(f"{run.name}: not all of {records} records were indexed ({reasons})")
