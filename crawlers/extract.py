"""Read a run's own captures again with today's readers, into a new run folder ``kind: extract, of: RUN``; no network.

    python -m crawlers.extract RUN_FOLDER --var DIR

Rows keep the instant and the place of the captures they were drawn from, which stay in the run that made them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from crawlers import clock as clocks
from crawlers import replay, sourcefiles
from crawlers import settings as settings_module
from crawlers.clock import Clock
from crawlers.errors import CrawlError, RunError
from crawlers.families import FAMILIES
from crawlers.opencapture import read_captures
from crawlers.process import Job, work
from crawlers.results import USAGE, RunResult, code, listen
from crawlers.runs import Run, read_facts
from crawlers.settings import Settings
from crawlers.source import Source, checked, effective, from_export
from crawlers.stamping import stamp_after


def extract(run_dir: Path, var: Path) -> RunResult:
    """Read a run again in a process of its own; raises CrawlError where that cannot begin, RuntimeError if it died."""
    return listen([sys.executable, "-m", "crawlers.extract", str(run_dir), "--var", str(var), "--results"])[0]


def main(arguments: Sequence[str] | None = None) -> int:
    """The subprocess entry; see the module."""
    options = _parser().parse_args(arguments)
    try:
        settings = settings_module.load()
        job = _job(options.run, options.var or settings.var, settings)
    except CrawlError as error:
        print(f"error: {error}", file=sys.stderr)
        return USAGE
    results = work([job], settings, lambda result: result.say(options.results))
    stamp_after((options.var or settings.var) / "runs", [job.source.name], settings)
    return code(results)


def _job(folder: Path, var: Path, settings: Settings) -> Job:
    facts = read_facts(folder)
    if facts["status"] == "running":
        raise RunError(f"{folder}: still being written; wait until it has ended")
    origin = _origin(folder, facts)
    source = _source(folder, facts["source"], settings)
    if facts["kind"] == "import" and (source.family not in FAMILIES or not _answers(origin)):
        raise RunError(f"{folder}: supplied by a person, not crawled; import the material again instead")
    moment = _day_of_walk(origin, facts)
    # The walk asks by the day on which the pages were captured (yearly reports up to that year).
    then = Clock(facts["clock"], lambda: moment)
    now = Clock(facts["clock"], clocks.read().now)
    run = Run(var, source, now, "extract", facts["run"], settings.lease_seconds)
    return Job(source, run, then, replay.settings(replay.Captures(origin)))


def _day_of_walk(origin: Path, facts: dict[str, Any]) -> datetime:
    """When the pages were captured; material that a person supplied is older than its run."""
    if facts["kind"] != "import":
        return datetime.fromisoformat(facts["started_at"])
    return datetime.fromisoformat(max(capture.at for capture in read_captures(origin)))


def _answers(origin: Path) -> bool:
    """Whether the material is answers of a site (a WARC), not a file on its own."""
    return any(capture.kind != "resource" for capture in read_captures(origin))


def _origin(folder: Path, facts: dict[str, Any]) -> Path:
    """The folder that holds the captures: an extract has none of its own."""
    if facts["kind"] != "extract":
        return folder
    before = folder.parent / facts["of"]
    return _origin(before, read_facts(before))


def _source(folder: Path, name: str, settings: Settings) -> Source:
    """Today's definition at the addresses of that day; the run's own where the source is gone."""
    then = from_export(folder / "source.json")
    if name not in sourcefiles.find(settings.source_folders):
        return then
    today = effective(name, settings.source_folders)
    addresses = {key: then.data[key] for key in ("base_url", "allowed_hosts", "loopback")}
    return checked({**today.data, **addresses}, today.path)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m crawlers.extract", description="Read a run's captures again.")
    parser.add_argument("run", type=Path, metavar="RUN_FOLDER", help="folder of the run to read again")
    parser.add_argument("--var", type=Path, metavar="DIR", help="data folder (default: QINGCE_VAR)")
    parser.add_argument("--results", action="store_true", help="print one JSON line instead of words")
    return parser


if __name__ == "__main__":
    sys.exit(main())
