"""Import of a WARC that a person saved with a browser tool: its answers become captures of an import run.

Where the source has a walk, the run is then read like a crawled one (``crawlers.extract``): pages that the walk asks
for and the file holds become records and visits, the others are bad looks. Whatever is not read stays as evidence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from crawlers import clock as clocks
from crawlers import settings as settings_module
from crawlers.clock import Clock
from crawlers.extract import extract
from crawlers.families import FAMILIES
from crawlers.importing import definition
from crawlers.importing.errors import ImportRefusedError
from crawlers.importing.savedweb import Resource, Saved
from crawlers.items import Seen, issue
from crawlers.readers.document import ReadIssue
from crawlers.results import RunResult
from crawlers.runs import Run
from crawlers.source import Source, effective


@dataclass
class ImportedArchive:
    """What came of it: ``run`` is the import's folder (None: dry run), ``read`` how reading ended (None: no walk)."""

    answers: int = 0
    resources: int = 0
    addresses: set[str] = field(default_factory=set)
    first: str | None = None
    last: str | None = None
    issues: list[ReadIssue] = field(default_factory=list)
    run: Path | None = None
    read: RunResult | None = None

    def see(self, url: str, at: str) -> None:
        """One more item of the file."""
        self.addresses.add(url)
        self.first, self.last = min(self.first or at, at), max(self.last or at, at)


def import_archive(
    file: Path, name: str, var: Path, *, dry_run: bool = False, folders: tuple[Path, ...] | None = None
) -> ImportedArchive:
    """Import ``file`` for the source ``name`` (one with a YAML, or one that an import made before).

    Raises ImportRefusedError, before anything is written, where it is no WARC, holds nothing, or lies in the future.
    """
    settings = settings_module.load()
    where = folders or settings.source_folders
    source = _source(name, var, where)
    clock = clocks.read()
    clocks.checked(clock, [] if source.loopback else [source.name])
    found = _surveyed(file, settings.max_bytes, clock)
    if dry_run:
        return found
    run = Run(var, source, clock, "import")
    filled = False
    try:
        _fill(run, file, settings.max_bytes)
        filled = True
    finally:
        run.finish("finished" if filled else "aborted", None if filled else "the import was interrupted")
    found.run = run.folder
    if source.family in FAMILIES:
        found.read = extract(run.folder, var)
    return found


def _source(name: str, var: Path, folders: tuple[Path, ...]) -> Source:
    yaml = definition.yaml_source(name, folders)
    found = effective(name, folders) if yaml is not None else definition.stored(var, name)
    if found is None:
        raise ImportRefusedError(
            f"source: {name} is unknown; name one of `qingce sources list`, or import a file of it first"
        )
    return found


def _surveyed(file: Path, most: int, clock: Clock) -> ImportedArchive:
    """Read the whole file once without writing, so that a refusal leaves nothing behind."""
    saved, found = Saved(file, most), ImportedArchive()
    for item in saved.items():
        found.see(item.url, item.at)
        if isinstance(item, Resource):
            found.resources += 1
        else:
            found.answers += 1
    found.issues = saved.issues
    if found.last is None:
        first = f": {saved.issues[0].message}" if saved.issues else ""
        raise ImportRefusedError(f"{file}: it holds no answer of any page{first}")
    if found.last > clock.stamp():
        raise ImportRefusedError(f"{file}: it is dated {found.last}, in the future; check the clock that saved it")
    return found


def _fill(run: Run, file: Path, most: int) -> None:
    saved = Saved(file, most)
    page = Seen(f"file:{file.name}", run.clock.stamp(), None)
    for item in saved.items():
        if isinstance(item, Resource):
            run.captures.write_resource(item.url, item.content_type, item.body, item.at, file.name)
        else:
            run.captures.write(item)
    for found in saved.issues:
        run.issues.add(issue(page, found.severity, found.code, found.message, found.place))
    run.commit()
