"""Rows ``scan``, ``rescan`` and the like: judging every duty of many enterprises and keeping what changed."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from typing import Any

import psutil

from bench import population, raw
from bench.engine import Engine
from bench.errors import BenchError
from bench.options import Options
from bench.province import DAY
from bench.quantiles import median
from bench.row import Row
from indexer import scan
from indexer.engine.store import Store
from indexer.judging import Judge
from indexer.keeping import ScanResult
from indexer.register import facts

AS_OF = date.fromisoformat(DAY)
WRITTEN = ("duties", "duty_events", "findings", "prints")
SAMPLE = 20_000
"""Rows of a family that are posted raw, and a hundredth of that enterprises judged in memory."""
SCAN_GOAL = 0.33
"""Reading the facts and judging them may each take as long as Elasticsearch takes for the rows."""
RESCAN_GOAL = 0.5
"""Reading facts and stored rows may take as long as the judging itself: nothing is written the second time."""
COUNTRY = 100_000
"""Enterprises for which the limits are meant: some 3 million duties."""
RATE = 2_500.0
"""Duties a second: 3 million in 20 minutes."""
CHANGED, CHANGED_SECONDS = 0.05, 300.0
TOUCHED, TOUCHED_SECONDS = 1_000, 10.0
MEMORY = 2_048.0
MEGABYTE = 1024 * 1024


def measure(engine: Engine, store: Store, options: Options) -> list[Row]:
    """``store`` holds the indexed province. First scans start each time from a store without duties."""
    number = population.fill(store, options.scanned)
    first, again, limit, memory = [], [], [], [0.0]
    for _ in range(options.rounds):
        _forget(store)
        with _most_memory(memory):
            first.append(_timed(lambda: _all(engine, store)))
        again.append(_timed(lambda: _all(engine, store)))
        limit.append(_posted(engine, store))
    duties, findings = (store.count(name) for name in ("duties", "findings"))
    if not duties:
        raise BenchError(f"no duty was made for {number} enterprises as of {AS_OF}")
    judging = median([_judged(engine, store) for _ in range(options.rounds)])
    rate = duties / median(first)
    of = f"{duties} duties of {number} enterprises"
    same = duties / median(again)
    return [
        Row("scan", "duties/s", rate, median(limit), "raw NDJSON, 2 connections", SCAN_GOAL, f"{of}, {findings} leads"),
        Row("scan of a country", "duties/s", rate, RATE, "3 million in 20 minutes", 1.0, of),
        Row("scan memory", "MB", memory[0], MEMORY, "2 GiB", 1.0, "this process and those that judge"),
        Row("rescan", "duties/s", same, judging, "judging in memory", RESCAN_GOAL, f"{of}, none changed"),
        _few(engine, store, options, "scan, 5 % changed", int(number * CHANGED), CHANGED_SECONDS * number / COUNTRY),
        _few(engine, store, options, "scan, touched", min(TOUCHED, number), TOUCHED_SECONDS * min(1, number / TOUCHED)),
    ]  # fmt: skip


def _all(engine: Engine, store: Store) -> ScanResult:
    return scan.scan(store, engine.settings, AS_OF)


def _few(engine: Engine, store: Store, options: Options, name: str, many: int, seconds: float) -> Row:
    """Milliseconds of a scan of some enterprises, each with one disclosure more than before."""
    chance, took, changed = random.Random(options.seed), [], 0
    ids = sorted(row["id"] for row in store.scan("enterprises", source=["id"]))
    for number in range(options.rounds):
        chosen = chance.sample(ids, many)
        population.disclose(store, chosen, f"{many}-{number}", DAY)
        start = time.perf_counter()
        changed = scan.scan(store, engine.settings, AS_OF, chosen).written
        took.append(time.perf_counter() - start)
    of = f"{many} enterprises, {changed} duties written"
    return Row(name, "ms", median(took) * 1000, seconds * 1000, "its share of the time allowed", 1.0, of)


def _forget(store: Store) -> None:
    for name in WRITTEN:
        store.delete(name, [row["id"] for row in store.scan(name, source=["id"])])
        store.refresh(name)
    bare = ({key: value for key, value in row.items() if key != "duty_states"} for row in store.scan("enterprises"))
    for part in iter(lambda: list(islice(bare, 1000)), []):
        store.bulk("enterprises", part)
    store.refresh("enterprises")


def _posted(engine: Engine, store: Store) -> float:
    """Duties a second of raw posts of what the scan made, or of its first rows with what belongs to them."""
    duties = list(islice(store.scan("duties"), SAMPLE))
    share = len(duties) / max(1, store.count("duties"))
    found: dict[str, list[dict[str, Any]]] = {"duties": duties}
    for name in WRITTEN[1:]:
        found[name] = list(islice(store.scan(name), int(store.count(name) * share)))
    with engine.fresh() as empty:
        return len(duties) / raw.seconds(empty, engine.url, found)


def _judged(engine: Engine, store: Store) -> float:
    """Duties a second of judging alone, without reading or writing, of some enterprises."""
    sources = facts.load_sources(engine.settings.sources)
    ids = [row["id"] for row in islice(store.scan("enterprises", source=["id"]), SAMPLE // 100)]
    subjects = list(facts.subjects(store, None, AS_OF, ids, sources, values=True))
    judge = Judge.today()
    start = time.perf_counter()
    made = sum(len(judge.say(subject, AS_OF).judged) for subject in subjects)
    return made / (time.perf_counter() - start)


@contextmanager
def _most_memory(most: list[float]) -> Iterator[None]:
    """Notes the most resident memory of this process and its Python children within the block, in MB."""
    stop = threading.Event()
    thread = threading.Thread(target=_watch, args=(stop, most), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _watch(stop: threading.Event, most: list[float]) -> None:
    own = psutil.Process()
    while not stop.wait(0.5):
        crew = [child for child in own.children() if "spawn_main" in " ".join(_command(child))]
        sizes = [_resident(process) for process in (own, *crew)]
        most[0] = max(most[0], sum(sizes) / MEGABYTE)


def _command(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
