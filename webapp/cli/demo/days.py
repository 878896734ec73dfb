"""The script's visit days: which sources still lack a run of a day, and the crawl of those in one process."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

from webapp.cli.errors import PARTIAL, CommandFailed
from webapp.cli.processes import environment


def lacking(runs: Path, sources: Iterable[str], day: str) -> list[str]:
    """The sources without a closed run of ``day``; a run that died is made again."""
    return [source for source in sources if not _closed(runs / source, day)]


def _closed(folder: Path, day: str) -> bool:
    # The simulated clock stands at noon in Shanghai, which is the same day in UTC, by which runs are named.
    for run in folder.glob(f"{day.replace('-', '')}T*/run.json"):
        if json.loads(run.read_text(encoding="utf-8"))["status"] in ("finished", "stopped"):
            return True
    return False


def crawl(command: list[str], day: str, log: Path) -> None:
    """Crawl at the date ``day``; CommandFailed where the crawl itself fails.

    Some sites of the script block or change on purpose: their runs stop with a reason, which is no failure here.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        done = subprocess.run(command, env=environment({"QINGCE_CLOCK": day}), stdin=subprocess.DEVNULL,
                              stdout=output, stderr=output)  # fmt: skip
    if done.returncode not in (0, PARTIAL):
        raise CommandFailed(f"the crawl of {day} ended with exit code {done.returncode}; see {log}")
