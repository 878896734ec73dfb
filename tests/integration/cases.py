"""Drive the cases of the law: serve their sites, crawl each day of their script, ask for the truth."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.integration import province

PREFIX = "cases-"
Row = dict[str, Any]


def script() -> dict[str, Any]:
    """The days, and the sites that each visits."""
    told: dict[str, Any] = json.loads(_said("cases-script"))
    return told


def truth(as_of: str) -> list[Row]:
    """What the law finds at the end of ``as_of``."""
    return [json.loads(line) for line in _said("cases-truth", "--as-of", as_of).splitlines()]


def _said(*arguments: str) -> str:
    return subprocess.check_output(province.command(*arguments), cwd=province.ROOT, text=True)


@contextmanager
def serving(folder: Path, day: str) -> Iterator[str]:
    """The cases' sites on free ports; gives the address of their clock; source files lie in ``folder/sources``."""
    ready = folder / "ready.json"
    arguments = ("serve", "--cases", "--date", day, "--port-base", "0")
    files = ("--sources", str(folder / "sources"), "--ready", str(ready))
    process = subprocess.Popen(province.command(*arguments, *files), cwd=province.ROOT, stdout=subprocess.DEVNULL)
    try:
        yield province.control(ready, process)
    finally:
        process.terminate()
        process.wait(timeout=20)


def crawl(folder: Path) -> None:
    """Every visit of the script, and the source files where the indexer looks for them."""
    visits = script()["visits"]
    with serving(folder, min(visits)) as control:
        for day, sites in sorted(visits.items()):
            province.set_clock(control, day)
            code = province.crawl(folder, day, *(PREFIX + site for site in sites))
            # The down, blocked and changed sites stop their runs on purpose: 3 says that some did.
            assert code in (0, 3), f"crawl of {day} ended with {code}"
        province.export_sources(folder)
