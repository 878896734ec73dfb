"""Drive the example province as the demonstration does: serve it, crawl it on its script's days, index the runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ENTERPRISES = 120
SEED = 7


def command(*arguments: str) -> list[str]:
    """``python -m examples.province …`` for the world of these tests."""
    return [sys.executable, "-m", "examples.province", *arguments]


def world(*arguments: str) -> list[str]:
    """Arguments that choose the world of these tests."""
    return [*arguments, "--enterprises", str(ENTERPRISES), "--seed", str(SEED)]


def script() -> dict[str, Any]:
    """The script's days, as the province prints them."""
    output: dict[str, Any] = json.loads(subprocess.check_output(command("script"), cwd=ROOT, text=True))
    return output


def truth(as_of: str) -> list[dict[str, Any]]:
    """The planted truth at the end of ``as_of``."""
    output = subprocess.check_output(command(*world("truth", "--as-of", as_of)), cwd=ROOT, text=True)
    return [json.loads(line) for line in output.splitlines() if line]


@contextmanager
def serving(folder: Path) -> Iterator[dict[str, str]]:
    """The province's sites on free ports; gives ``{"control": url}``; source files lie in ``folder/sources``."""
    ready = folder / "ready.json"
    arguments = world("serve", "--port-base", "0", "--sources", str(folder / "sources"), "--ready", str(ready))
    process = subprocess.Popen(command(*arguments), cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        yield {"control": control(ready, process)}
    finally:
        process.terminate()
        process.wait(timeout=20)


def control(ready: Path, process: subprocess.Popen[bytes]) -> str:
    for _ in range(300):
        if ready.exists() and ready.stat().st_size:
            return str(json.loads(ready.read_text())["control"])
        assert process.poll() is None, "the province ended before it was ready"
        time.sleep(0.1)
    raise AssertionError("the province was not ready within 30 seconds")


def set_clock(control: str, day: str) -> None:
    """Let the sites show the state of ``day``."""
    body = json.dumps({"date": day}).encode()
    request = urllib.request.Request(f"{control.rstrip('/')}/clock", data=body, method="POST")
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.status == 200


def crawl(folder: Path, day: str, *sources: str) -> int:
    """Crawl ``sources`` (default: the province's of that day) as on ``day``; gives the crawl's exit code."""
    once = script()["once"]
    written = (path.stem for path in sorted((folder / "sources").glob("*.yaml")))
    names = sources or tuple(name for name in written if name not in once["sources"] or day == once["day"])
    environment = {**os.environ, "QINGCE_CLOCK": day, "QINGCE_SOURCES": str(folder / "sources")}
    arguments = [sys.executable, "-m", "crawlers.run", *names, "--var", str(folder / "var")]
    return subprocess.run(arguments, cwd=ROOT, env=environment, timeout=600, check=False).returncode


def run_folders(runs: Path, source: str = "*") -> list[Path]:
    """The run folders below ``runs``, in order of time within a source; the lock beside them is none."""
    return sorted(run for run in runs.glob(f"{source}/*") if run.is_dir())


def export_sources(folder: Path) -> None:
    """Write the effective source definitions where the indexer looks for them."""
    from crawlers import source

    environment = os.environ.get("QINGCE_SOURCES")
    os.environ["QINGCE_SOURCES"] = str(folder / "sources")
    try:
        for path in (folder / "sources").glob("*.yaml"):
            source.export(source.effective(path.stem), folder / "var" / "sources", f"{path.stem}.json")
    finally:
        if environment is None:
            del os.environ["QINGCE_SOURCES"]
        else:
            os.environ["QINGCE_SOURCES"] = environment
