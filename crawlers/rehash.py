"""Whether a run's own files still agree with themselves: every WARC record's digests, links and originals, every row.

The manifest in run.json says that files are what they were when the run ended; this says that what is in them is whole.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from crawlers.errors import CaptureError
from crawlers.opencapture import open_capture
from crawlers.segments import read_lines
from crawlers.warcrecords import entity_digest

ANSWERS = ("response", "revisit", "resource")
_BROKEN = (ArchiveLoadFailed, EOFError, OSError, ValueError, zlib.error)


@dataclass
class Rehashed:
    """What was read again of one run: WARC records, answers among them, and what is wrong, each in one line."""

    records: int = 0
    answers: int = 0
    problems: list[str] = field(default_factory=list)


def rehash(run_dir: Path, facts: dict[str, Any]) -> Rehashed:
    """Read every record and row of a closed run again; ``facts`` is its run.json. Nothing is raised for damage."""
    found = Rehashed()
    originals: dict[tuple[str, str, int], str] = {}
    # A run that died may end in half a record; what its manifest lists is all there ever was.
    torn = facts["status"] == "aborted"
    for path in sorted(run_dir.glob("captures-*.warc.gz")):
        _file(run_dir, path, found, originals, torn)
    found.problems += _counts(run_dir, facts, found, torn)
    return found


def _file(run_dir: Path, path: Path, found: Rehashed, originals: dict[tuple[str, str, int], str], torn: bool) -> None:
    answer = ""
    with path.open("rb") as stream:
        records = ArchiveIterator(stream, check_digests=True)
        while True:
            try:
                record = next(records, None)
                if record is None:
                    return
                while record.raw_stream.read(65_536):
                    pass
                place = f"{path.name}, offset {records.get_record_offset()}"
            except _BROKEN as error:
                if not torn:
                    found.problems.append(f"{path.name}: ends at a record that cannot be read: {str(error)[:200]}")
                return
            found.records += 1
            found.problems += [f"{place}: {words}" for words in _record(record, run_dir, answer, originals)]
            if record.rec_type in ANSWERS:
                found.answers += 1
                answer = str(record.rec_headers.get_header("WARC-Record-ID"))


def _record(record: Any, run_dir: Path, answer: str, originals: dict[tuple[str, str, int], str]) -> Iterator[str]:
    header = record.rec_headers.get_header
    for problem in record.digest_checker.problems if record.digest_checker.passed is False else ():
        yield f"{record.rec_type}: {problem}; the record was altered"
    if record.rec_type == "request" and header("WARC-Concurrent-To") != answer:
        yield "a request that is linked to another answer than the one before it"
    if record.rec_type == "revisit":
        yield from _original(header, run_dir, originals)


def _original(header: Any, run_dir: Path, originals: dict[tuple[str, str, int], str]) -> Iterator[str]:
    run, file, offset = (str(header(f"Qingce-Refers-To-{part}") or "") for part in ("Run", "File", "Offset"))
    if not offset.isdigit() or Path(run).name != run:
        yield "a revisit that does not say where its bytes lie"
        return
    place = (run, file, int(offset))
    if place not in originals:
        try:
            originals[place] = open_capture(run_dir.parent / run, file, int(offset)).digest
        except CaptureError as error:
            originals[place] = str(error)
    if originals[place] != entity_digest(header):
        yield f"a revisit of bytes that are no longer there: {originals[place]}"


def _counts(run_dir: Path, facts: dict[str, Any], found: Rehashed, torn: bool) -> Iterator[str]:
    """Rows that can be read against the rows that were written."""
    for sort in ("records", "visits", "issues"):
        try:
            rows = sum(1 for _ in read_lines(run_dir, sort))
        except ValueError as error:
            yield f"{sort}: a row cannot be read: {error}"
            continue
        if rows != facts["counts"][sort]:
            yield f"{sort}: {rows} rows can be read, {facts['counts'][sort]} were written"
    if not torn and found.answers != facts["counts"]["captures"]:
        yield f"captures: {found.answers} answers can be read, {facts['counts']['captures']} were written"
