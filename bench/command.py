"""One command, one table: material first, then the rows asked for; everything it started ends with it."""

from __future__ import annotations

import json
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from types import FrameType

from bench import crawl, documents, index, material, memory, province, readers, scan, search, table, values
from bench.engine import Engine, running
from bench.errors import BenchError
from bench.options import Options, parse
from bench.row import Row
from crawlers.errors import CrawlError
from indexer import pipeline
from indexer.engine.errors import EngineError
from indexer.engine.store import Store
from indexer.register.runs import RunError
from indexer.scan import scan as run_scan

BROKEN = (BenchError, CrawlError, EngineError, RunError)
STORED = ("index", "rebuild", "measurements", "search", "scan")
"""Rows that need Elasticsearch."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0, however slow; 1 where something is broken: the rows measured before it are still printed."""
    options = parse(arguments)
    signal.signal(signal.SIGTERM, _interrupted)
    rows: list[Row] = []
    code = 0
    try:
        with tempfile.TemporaryDirectory(prefix="qingce-bench-") as folder:
            for row in _rows(Path(folder), options):
                rows.append(row)
                _say(f"{row.name} measured")
    except BROKEN as error:
        _say(f"broken: {error}")
        code = 1
    except KeyboardInterrupt:
        _say("interrupted")
        code = 130
    print(table.as_json(rows, options) if options.as_json else table.text(rows, options))
    return code


def _rows(folder: Path, options: Options) -> Iterator[Row]:
    if "read" in options.rows:
        yield from readers.measure(options)
    if "memory" in options.rows:
        _say(f"crawling {options.requests:,} pages")
        yield memory.measure(folder, options)
    if {"crawl", *STORED} & set(options.rows):
        yield from _of_province(folder, options)


def _of_province(folder: Path, options: Options) -> Iterator[Row]:
    var, sources = folder / "var", folder / "sources"
    with material.environment(sources):
        with province.serving(folder, options):
            _say(f"crawling a province of {options.enterprises} enterprises")
            results = material.gather(sources, var)
            run = results[crawl.SOURCE].folder
            if "crawl" in options.rows:
                yield from crawl.measure(folder, results, options)
        # The province has ended: it takes nothing from what is measured now.
        if set(STORED) & set(options.rows):
            with running(var) as engine:
                yield from _stored(folder, engine, run, options)


def _stored(folder: Path, engine: Engine, run: Path, options: Options) -> Iterator[Row]:
    if {"index", "rebuild"} & set(options.rows):
        many = documents.multiply(run, folder / "documents", options.records)
        for name in ("index", "rebuild"):
            if name in options.rows:
                yield index.measure(name, engine, many, options)
    if "measurements" in options.rows:
        many = values.multiply(run, folder / "values", options.values)
        yield index.measure("measurements", engine, many, options)
    if {"search", "scan"} & set(options.rows):
        with engine.fresh() as store:
            yield from _judged(engine, store, run, options)


def _judged(engine: Engine, store: Store, run: Path, options: Options) -> Iterator[Row]:
    """Rows that need the whole province indexed and scanned."""
    _say("indexing and scanning the province")
    for result in pipeline.index_pending(store, engine.settings):
        if result.skipped:
            raise BenchError(f"{result.source} {result.run} was not indexed: {result.skipped}")
    run_scan(store, engine.settings, date.fromisoformat(province.DAY))
    if "search" in options.rows:
        yield from search.measure(engine, store, options, json.loads((run / "source.json").read_bytes()))
    if "scan" in options.rows:
        yield from scan.measure(engine, store, options)


def _interrupted(_number: int, _frame: FrameType | None) -> None:
    """Asked to end: as Ctrl-C does, so that every block ends what it started."""
    raise KeyboardInterrupt


def _say(words: str) -> None:
    print(f"bench: {words}", file=sys.stderr, flush=True)
