"""A run folder of monitoring values alone: those of one run again and again, each time some minutes later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bench.errors import BenchError
from crawlers import clock
from crawlers.runs import Run
from crawlers.segments import read_lines
from crawlers.source import from_export

TIME = "stJcsj"
"""The platform's header of the time of sampling, ``2023-02-11 11:00``."""
STEP = timedelta(minutes=7)
"""Between copies: samples lie hours apart, so copies are values of their own; nearly all stay in their quarter."""
Line = dict[str, Any]


def multiply(example: Path, var: Path, at_least: int) -> Path:
    """Writes a finished run folder of ``at_least`` records or more below ``var``; returns it.

    Raises BenchError where the example has no monitoring records.
    """
    own = [line for line in read_lines(example, "records") if line["kind"] == "monitoring"]
    if not own:
        raise BenchError(f"{example.name}: no monitoring records to multiply; take more --enterprises")
    run = Run(var, from_export(example / "source.json"), clock.read())
    for line in _copies(own, at_least):
        run.records.add(line)
    for line in read_lines(example, "visits"):
        if line["kind"] == "monitoring":
            run.visits.add(line)
    run.finish("finished")
    return run.folder


def _copies(own: list[Line], at_least: int) -> Iterator[Line]:
    for number in range(-(-at_least // len(own))):
        yield from (_moved(line, STEP * number) for line in own)


def _moved(line: Line, by: timedelta) -> Line:
    moved = datetime.strptime(line["fields"][TIME], "%Y-%m-%d %H:%M") + by
    return {**line, "fields": {**line["fields"], TIME: moved.strftime("%Y-%m-%d %H:%M")}}
