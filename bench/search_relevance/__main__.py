"""``python -m bench.search_relevance [--seed N] [--each N] [--write]``: asks, prints the report, writes it where asked.

Exit code 0 where the floors hold, 1 where they do not, 2 where the real names are absent.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bench.engine import Engine, running
from bench.search_relevance import material, report
from bench.search_relevance.judging import Judged, judge, share
from bench.search_relevance.labels import labels
from bench.search_relevance.material import World
from indexer.normalise import regions

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/search-relevance.md"
FIRMS = 120
"""Enterprises of the province beside the real ones."""


def main() -> int:
    """Runs the command."""
    options = _parser().parse_args()
    folder = material.realdata()
    if folder is None:
        print("no real names: set QINGCE_REALDATA to the folder that holds shanghai-eic/", file=sys.stderr)
        return 2
    worlds = {"上海, the 1,101 real sites": material.shanghai(folder), "The province": material.province(FIRMS)}
    with tempfile.TemporaryDirectory(prefix="qingce-relevance-") as var, running(Path(var)) as engine:
        found = ask(engine, worlds, options.each, options.seed)
    names = {known.key: known.name for world in worlds.values() for known in world.known}
    text = report.page(found, names, options.seed)
    print(text)
    if options.write:
        PAGE.write_text(text, encoding="utf-8")
    judged = [one for each in found.values() for one in each]
    return 0 if all(share(judged, within) >= floor for within, floor in report.GOALS.items()) else 1


def ask(engine: Engine, worlds: dict[str, World], each: int, seed: int) -> dict[str, list[Judged]]:
    """All worlds' sites in one index, each world asked with its own queries; hand-written ones for the real sites."""
    with engine.fresh() as store:
        for world in worlds.values():
            store.bulk("enterprises", material.bodies(world))
        store.refresh("enterprises")
        return {
            title: judge(
                store,
                labels(world.known, each if number == 0 else each // 4, seed, famous=number == 0),
                world.ids(),
                regions.china(),
            )
            for number, (title, world) in enumerate(worlds.items())
        }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.search_relevance", description="Labelled queries, judged.")
    parser.add_argument("--each", type=int, default=45, help="queries of each kind by rule (%(default)s)")
    parser.add_argument("--seed", type=int, default=7, help="seed of the sample (%(default)s)")
    parser.add_argument("--write", action="store_true", help="write docs/reference/search-relevance.md")
    return parser


if __name__ == "__main__":
    sys.exit(main())
