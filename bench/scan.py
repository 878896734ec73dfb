"""Rows ``scan`` and ``rescan``: judging every duty of the province and keeping what changed."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import Any

from bench import raw
from bench.engine import Engine
from bench.errors import BenchError
from bench.options import Options
from bench.province import DAY
from bench.quantiles import median
from bench.row import Row
from indexer import scan
from indexer.engine.store import Store
from indexer.judging import Judge
from indexer.register import facts

AS_OF = date.fromisoformat(DAY)
WRITTEN = ("duties", "duty_events")
SCAN_GOAL = 0.33
"""Reading the facts and judging them may each take as long as Elasticsearch takes for the rows."""
RESCAN_GOAL = 0.5
"""Reading facts and stored rows may take as long as the judging itself: nothing is written the second time."""


def measure(engine: Engine, store: Store, options: Options) -> list[Row]:
    """``store`` holds the indexed province. First scans start each time from a store without duties."""
    enterprises = list(store.scan("enterprises"))
    first, again, limit = [], [], []
    for _ in range(options.rounds):
        _forget(store, enterprises)
        first.append(_timed(lambda: scan.scan(store, engine.settings, AS_OF)))
        again.append(_timed(lambda: scan.scan(store, engine.settings, AS_OF)))
        found = raw.documents(store, WRITTEN)
        with engine.fresh() as empty:
            limit.append(raw.seconds(empty, engine.url, found))
    duties, events = (len(found[name]) for name in WRITTEN)
    if not duties:
        raise BenchError(f"no duty was made for {len(enterprises)} enterprises as of {AS_OF}")
    judging = [_judged(engine, store, duties) for _ in range(options.rounds)]
    return [
        Row("scan", "duties/s", duties / median(first), duties / median(limit), "raw NDJSON, 2 connections", SCAN_GOAL,
            f"{duties} duties, {events} events"),
        Row("rescan", "duties/s", duties / median(again), duties / median(judging), "judging in memory", RESCAN_GOAL,
            f"{duties} duties unchanged"),
    ]  # fmt: skip


def _forget(store: Store, enterprises: list[dict[str, Any]]) -> None:
    for name in WRITTEN:
        store.delete(name, [row["id"] for row in store.scan(name, source=["id"])])
    store.bulk("enterprises", ({key: row[key] for key in row if key != "duty_states"} for row in enterprises))
    store.refresh("enterprises", *WRITTEN)


def _judged(engine: Engine, store: Store, duties: int) -> float:
    """Seconds of judging alone. Raises BenchError where it makes other duties than the scan kept."""
    subjects = list(facts.subjects(store, None, AS_OF, sources=facts.load_sources(engine.settings.sources)))
    judge = Judge.today()
    start = time.perf_counter()
    made = sum(len(judge.survey(subject, AS_OF).judged) for subject in subjects)
    seconds = time.perf_counter() - start
    if made != duties:
        raise BenchError(f"the scan kept {duties} duties, judging again gives {made}")
    return seconds


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
