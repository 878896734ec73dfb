"""Import by hand: read, show, and unless it is a dry run write the run folder and the source's definition."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crawlers import clock as clocks
from crawlers import settings
from crawlers.importing import columns, definition
from crawlers.importing.errors import ImportRefusedError
from crawlers.importing.material import Material
from crawlers.importing.preview import Preview
from crawlers.importing.reading import read_file
from crawlers.importing.shifted import Shift, without_shifted
from crawlers.importing.writing import write_run
from crawlers.source import export


@dataclass(frozen=True)
class Imported:
    """What came of an import: ``run`` is the run folder (None on a dry run), ``definition`` the source file written."""

    preview: Preview
    run: Path | None
    definition: Path | None


def import_list(
    file: Path, material: Material, var: Path, *, dry_run: bool = False, folders: tuple[Path, ...] | None = None,
    shift: Shift | None = None,
) -> Imported:  # fmt: skip
    """Import a list of enterprises (名录): CSV, XLSX, XLS, DOCX, a PDF with ruled tables, a saved HTML page.

    Writes listing records that make their subjects members of ``material.cls`` (or, without it, of the class that each
    table's heading names) for ``material.year``. ``shift`` judges whether a table's values stand under their headers;
    a table that it finds shifted is an issue and no record. Raises ImportRefusedError, before anything is written.
    """
    return _import(file, "listing", material, var, dry_run, folders, shift)


def import_disclosures(
    file: Path, kind: str, material: Material, var: Path, *, dry_run: bool = False,
    folders: tuple[Path, ...] | None = None, shift: Shift | None = None,
) -> Imported:  # fmt: skip
    """Import disclosures of ``kind`` (any but ``listing``): one record a row, or one for the enterprise's whole page.

    Raises ImportRefusedError, before anything is written.
    """
    if kind == "listing":
        raise ImportRefusedError("kind: a listing is imported as a list: `qingce import list`")
    return _import(file, kind, material, var, dry_run, folders, shift)


def _import(
    file: Path, kind: str, material: Material, var: Path, dry_run: bool, folders: tuple[Path, ...] | None,
    shift: Shift | None,
) -> Imported:  # fmt: skip
    clock = clocks.read()
    material.checked(kind, clock)
    where = folders or settings.load().source_folders
    data = _bytes(file)
    yaml = definition.yaml_source(material.source, where)
    headers = columns.wanted(material.columns, definition.subject_columns(yaml))
    read = read_file(data, file.name, material, headers)
    if shift is not None:
        without_shifted(read, kind, shift)
    source = definition.source_for(material, kind, var, where, {row.title or material.title for row in read.rows})
    clocks.checked(clock, [] if source.loopback else [source.name])
    if dry_run:
        return Imported(read.preview, None, None)
    run = write_run(var, source, clock, kind, material, data, read)
    made = export(source, var / "sources", f"{source.name}.json") if definition.is_made_here(source) else None
    return Imported(read.preview, run, made)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ImportRefusedError(f"{file}: cannot be read: {error.strerror}; check the path") from None
