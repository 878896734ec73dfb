"""The make-believe province in a process of its own on free ports, ended with the block."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.errors import BenchError
from bench.options import Options

ROOT = Path(__file__).resolve().parents[1]
DAY = "2026-11-17"
"""The last visit day of the province's script: most pages, most years of duties."""
START_SECONDS, END_SECONDS = 60.0, 20.0


@contextmanager
def serving(folder: Path, options: Options) -> Iterator[Path]:
    """Serves the state of ``DAY``; gives the folder of its source files. Raises BenchError where it does not start."""
    sources, ready, errors = folder / "sources", folder / "ready.json", folder / "province.log"
    with errors.open("wb") as log:
        process = subprocess.Popen(_command(sources, ready, options), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=log)
    try:
        _wait(process, ready, errors)
        yield sources
    finally:
        _end(process)


def _command(sources: Path, ready: Path, options: Options) -> list[str]:
    world = ["--enterprises", str(options.enterprises), "--seed", str(options.seed), "--date", DAY]
    files = ["--sources", str(sources), "--ready", str(ready)]
    return [sys.executable, "-m", "examples.province", "serve", "--port-base", "0", *world, *files]


def _wait(process: subprocess.Popen[bytes], ready: Path, errors: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not ready.exists():
        if process.poll() is not None:
            raise BenchError(f"the province ended before it served: {errors.read_text(encoding='utf-8').strip()}")
        if time.monotonic() > deadline:
            raise BenchError(f"the province did not serve within {START_SECONDS:.0f} s; is the machine overloaded?")
        time.sleep(0.05)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
