"""The command's options: which rows to measure, and how much."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

ROWS = ("memory", "crawl", "index", "rebuild", "measurements", "search", "scan", "read")
"""Rows that can be asked for, in the order in which they are measured."""
SMALLEST_WORLD = 40
"""Below this the province lacks firms in some of the cities whose sites are crawled."""


@dataclass(frozen=True)
class Options:
    """How much is measured. Sizes are counts; ``seed`` makes the province and the queries the same each time."""

    rows: tuple[str, ...] = ROWS
    enterprises: int = SMALLEST_WORLD
    """Enterprises of the province: pages, records and duties grow with it."""
    records: int = 20_000
    """Disclosures of the run folder behind the rows ``index`` and ``rebuild``, at least."""
    values: int = 100_000
    """Monitoring records of the run folder behind the row ``measurements``, at least."""
    documents: int = 20_000
    """Enterprises in the index that is searched, at least: copies of the province's own."""
    disclosures: int = 20_000
    """Disclosures in the index that is searched, at least."""
    readings: int = 50_000
    """Measurements beside them, at least."""
    scanned: int = 2_000
    """Enterprises that are judged, at least: copies of the province's own; 100,000 for the size of a country."""
    searches: int = 300
    requests: int = 5_000
    """Requests of the row ``memory``; 200,000 take ten minutes and more."""
    rows_read: int = 5_000
    """Rows of the files behind the rows ``read …``; DOCX has a tenth, PDF a fiftieth of them."""
    rounds: int = 3
    """Every figure and its limit are measured so often, in turn; the median counts."""
    seed: int = 7
    as_json: bool = False


def parse(arguments: Sequence[str] | None = None) -> Options:
    """The options of a command line; wrong ones end the process with one line on standard error and code 2."""
    found = vars(_parser().parse_args(arguments))
    asked = found.pop("rows") or ROWS
    return Options(rows=tuple(row for row in ROWS if row in asked), **found)


def _parser() -> argparse.ArgumentParser:
    base = Options()
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Each figure beside the limit that this machine reached in the same run."
    )
    # Not ``choices``: with an empty list of rows argparse of Python 3.11 refuses it.
    parser.add_argument("rows", nargs="*", type=_row, metavar="ROW", help=f"{', '.join(ROWS)} (default: all)")
    parser.add_argument(
        "--enterprises",
        type=_at_least(SMALLEST_WORLD),
        default=base.enterprises,
        help="in the province (%(default)s)",
    )
    parser.add_argument("--records", type=_at_least(1), default=base.records, help="disclosures (%(default)s)")
    parser.add_argument("--values", type=_at_least(1), default=base.values, help="monitoring records (%(default)s)")
    parser.add_argument(
        "--documents", type=_at_least(1), default=base.documents, help="enterprises in the index searched (%(default)s)"
    )
    parser.add_argument(
        "--disclosures", type=_at_least(1), default=base.disclosures, help="disclosures searched (%(default)s)"
    )
    parser.add_argument(
        "--readings", type=_at_least(1), default=base.readings, help="measurements beside them (%(default)s)"
    )
    parser.add_argument("--scanned", type=_at_least(1), default=base.scanned, help="enterprises judged (%(default)s)")
    parser.add_argument("--searches", type=_at_least(20), default=base.searches, help="searches timed (%(default)s)")
    parser.add_argument(
        "--requests", type=_at_least(1000), default=base.requests, help="of the long crawl (%(default)s)"
    )
    parser.add_argument("--rows-read", type=_at_least(100), default=base.rows_read, help="of a file (%(default)s)")
    parser.add_argument("--rounds", type=_at_least(1), default=base.rounds, help="rounds a figure (%(default)s)")
    parser.add_argument("--seed", type=int, default=base.seed, help="seed of the province and queries (%(default)s)")
    parser.add_argument("--json", dest="as_json", action="store_true", help="print JSON instead of a table")
    return parser


def _row(text: str) -> str:
    if text not in ROWS:
        raise argparse.ArgumentTypeError(f"no row {text!r}; there are {', '.join(ROWS)}")
    return text


class _at_least:  # noqa: N801 - read as a function of argparse
    """Converter of a whole number that is not below a bound."""

    def __init__(self, bound: int) -> None:
        self.bound = bound

    def __call__(self, text: str) -> int:
        if not text.isdecimal() or int(text) < self.bound:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of {self.bound} or more")
        return int(text)
