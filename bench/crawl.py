"""Row ``crawl``: the province's platform into a run folder, WARC included, against Scrapy fetching the same pages."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bench.errors import BenchError
from bench.exchanges import requests
from bench.options import Options
from bench.province import ROOT
from bench.quantiles import median
from bench.row import Row

SOURCE = "province-platform"
GOAL = 0.71
"""What reading by lxml alone left of Scrapy's bare speed when it was measured: archiving should cost nothing more."""
TIMEOUT = 900.0
"""Seconds for one process."""


def measure(folder: Path, example: Path, options: Options) -> Row:
    """``example`` is a run of the same source, made before: its requests are what plain Scrapy sends.

    The province has made every page once for it, so both sides meet the same cached answers.
    """
    asked = folder / "requests.json"
    wanted = requests(example)
    asked.write_text(json.dumps(wanted), encoding="utf-8")
    plain, ours = [], []
    for number in range(options.rounds):
        plain.append(_timed(folder, "plain", str(asked)))
        # A data folder of its own: a second crawl into the same one would store only references.
        ours.append(_timed(folder, "ours", SOURCE, str(folder / f"crawl-{number}")))
    return Row(
        "crawl", "pages/s", len(wanted) / median(ours), len(wanted) / median(plain), "plain Scrapy", GOAL,
        f"{len(wanted)} pages",
    )  # fmt: skip


def _timed(folder: Path, *arguments: str) -> float:
    """Seconds that the process itself measured. Raises BenchError with its last words where it failed."""
    seconds = folder / "seconds"
    seconds.unlink(missing_ok=True)
    command = [sys.executable, "-m", "bench.fetching", *arguments, str(seconds)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=TIMEOUT, check=False)
    if done.returncode or not seconds.exists():
        words = done.stderr.strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
        raise BenchError(f"bench.fetching {arguments[0]}: {words[0]}")
    return float(seconds.read_text(encoding="ascii"))
