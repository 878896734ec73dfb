"""The make-believe province as another process (contracts, section 9): its script, its sites, and their clock."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from webapp.cli import ports
from webapp.cli.errors import CommandFailed
from webapp.cli.processes import CHECKOUT, end, environment, run_beside

FIRST_PORT, PORTS = 8800, 40
STARTING = 60.0
"""Seconds until the sites must answer."""


@dataclass(frozen=True)
class Script:
    """The days (``YYYY-MM-DD``) on which the sites are visited, and the last day, which the demonstration shows."""

    visit_days: tuple[str, ...]
    last_day: str
    once: tuple[str, ...] = ()
    """Sources that are crawled on the last visit day alone."""

    def as_json(self) -> dict[str, Any]:
        """The script as plain values."""
        return asdict(self)


def script() -> Script:
    """What ``python -m examples.province script`` says; CommandFailed outside a checkout."""
    if not (CHECKOUT / "examples" / "province").is_dir():
        raise CommandFailed("the demonstration needs the project's checkout: examples/province is not installed")
    answer = subprocess.run([sys.executable, "-m", "examples.province", "script"], cwd=CHECKOUT, env=environment({}),
                            capture_output=True, text=True)  # fmt: skip
    if answer.returncode != 0:
        raise CommandFailed(f"examples.province script failed: {answer.stderr.strip().splitlines()[-1:]}")
    data = json.loads(answer.stdout)
    return Script(tuple(data["visit_days"]), data["last_day"], tuple(data["once"]["sources"]))


@dataclass(frozen=True)
class Province:
    """The running sites; ``sources`` is the folder of their source files."""

    base: str
    sources: Path

    def set_clock(self, day: str) -> None:
        """Show the sites' state of ``day``; CommandFailed where they do not take it."""
        request = urllib.request.Request(f"{self.base}/clock", json.dumps({"date": day}).encode(),
                                         {"Content-Type": "application/json"}, method="POST")  # fmt: skip
        try:
            with urllib.request.urlopen(request, timeout=30):
                return
        except (urllib.error.URLError, OSError) as error:
            raise CommandFailed(f"the province's sites did not take the date {day}: {error}") from error


@contextmanager
def running(folder: Path) -> Iterator[Province]:
    """The sites for the duration of the block; their source files lie in ``folder/province``."""
    first = ports.run_of(FIRST_PORT, PORTS)
    sources, ready, log = folder / "province", folder / "province.json", folder / "logs" / "province.log"
    ready.unlink(missing_ok=True)
    words = ["serve", "--port-base", str(first), "--sources", str(sources), "--ready", str(ready)]
    process = run_beside("examples.province", words, {}, log)
    try:
        _wait(process, ready, log)
        yield Province(json.loads(ready.read_text(encoding="utf-8"))["control"], sources)
    finally:
        end(process)


def _wait(process: subprocess.Popen[bytes], ready: Path, log: Path) -> None:
    deadline = time.monotonic() + STARTING
    while not ready.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            last = log.read_text(encoding="utf-8").strip().splitlines()[-1:]
            raise CommandFailed(f"the province's sites did not start ({' '.join(last)}); see {log}")
        time.sleep(0.1)
