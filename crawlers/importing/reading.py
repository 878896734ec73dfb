"""A supplied file as rows with subjects: tables whose header names enterprises, or a page of pairs, or text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from crawlers.grids.headers import HeaderSpec, candidates, find
from crawlers.importing import columns
from crawlers.importing.errors import ImportRefusedError
from crawlers.importing.material import Material
from crawlers.importing.preview import Preview, TablePreview
from crawlers.readers import html, read
from crawlers.readers.document import Document, Grid, ReadIssue
from crawlers.readers.folding import joined
from crawlers.readers.freeform import prose_pairs
from crawlers.subjects import Subject
from crawlers.tables import Table, records


@dataclass
class FileRow:
    """One record to be: as printed, with whom it is about."""

    fields: dict[str, str]
    place: str
    title: str | None
    subject: Subject
    rows: int = 1
    text: str | None = None


@dataclass
class FileRead:
    """A file read: its rows, and the preview that shows how."""

    preview: Preview
    rows: list[FileRow] = field(default_factory=list)
    stated: int | None = None
    seen: int = 0


def read_file(data: bytes, filename: str, material: Material, headers: Mapping[str, str]) -> FileRead:
    """Read ``data``; raises ImportRefusedError where nothing can be read or no table names an enterprise."""
    document = read(data, filename=filename)
    result = FileRead(Preview(filename, document.kind, document.encoding, issues=list(document.issues)))
    if not document.readable:
        raise ImportRefusedError(f"{filename}: {document.issues[-1].message}")
    for grid in document.grids:
        _add_grid(result, grid, material, headers)
    if not result.rows and document.kind == "html":
        _add_pairs(result, data, material, headers)
    if not result.preview.tables and material.enterprise and document.text:
        _add_text(result, document, material)
    if not result.rows:
        raise ImportRefusedError(_nothing(result, document, headers))
    return result


def _add_grid(result: FileRead, grid: Grid, material: Material, headers: Mapping[str, str]) -> None:
    required = () if material.enterprise else (headers["name"],)
    row = _header_row(grid, material)
    header = find(grid, HeaderSpec(required)) if row is None else None
    if row is None and header is None:
        first = joined(grid.rows[0])[:200] if grid.rows else ""
        message = f"{grid.place} has no column of enterprises' names; not imported"
        result.preview.issues.append(ReadIssue("warning", "table-skipped", message, grid.place, first))
        return
    table = records(grid, header_row=row if header is None else header.row, required=required)
    _add_table(result, grid, table, material, headers)


def _header_row(grid: Grid, material: Material) -> int | None:
    """The index of the header row that the person named by its number in the original."""
    if material.header_row is None:
        return None
    ending = f"row {material.header_row}"
    return next((index for index, place in enumerate(grid.places) if place.endswith(ending)), None)


def _add_table(result: FileRead, grid: Grid, table: Table, material: Material, headers: Mapping[str, str]) -> None:
    result.preview.issues += table.issues
    if table.header is None:
        return
    mapped = columns.mapping(table.header, headers)
    rows = [
        FileRow(
            row.fields,
            row.place,
            row.title,
            columns.subject(row.fields, mapped, material.enterprise, material.region),
            row.rows,
        )
        for row in table.records
    ]
    result.rows += rows
    result.seen += table.seen
    if table.stated_count is not None:
        result.stated = (result.stated or 0) + table.stated_count
    unread = sum(1 for issue in table.issues if issue.code == "row-unreadable")
    result.preview.tables.append(
        TablePreview(
            grid.place,
            rows[0].title if rows else grid.title,
            table.stated_count,
            [name for name in table.header.names if name],
            mapped,
            table.seen,
            len(rows),
            unread,
            table.empty_rows,
            table.notes,
            [row.fields for row in rows[:3]],
        )
    )
    _check_count(result, grid.place, table)


def _check_count(result: FileRead, place: str, table: Table) -> None:
    if table.stated_count is not None and table.stated_count != table.seen:
        message = f"{place} states {table.stated_count} items, {table.seen} rows were read; look for what is missing"
        result.preview.issues.append(ReadIssue("warning", "count-differs", message, place, str(table.stated_count)))


def _add_pairs(result: FileRead, data: bytes, material: Material, headers: Mapping[str, str]) -> None:
    """A saved page of one enterprise: its pairs of header and value are one record."""
    tree = html.parse(data)
    found = html.pairs(tree)
    if not found or not (material.enterprise or any("name" in _named(pairs, headers) for pairs in found)):
        # A page as people write it: couples in paragraphs.
        found += prose_pairs(data)
    for pairs in found:
        mapped = _named(pairs, headers)
        if "name" not in mapped and not material.enterprise:
            continue
        subject = columns.subject(pairs.fields, mapped, material.enterprise, material.region)
        title = html.page_title(tree)
        result.rows.append(FileRow(pairs.fields, pairs.place, title, subject))
        result.seen += 1
        result.preview.tables.append(
            TablePreview(pairs.place, title, None, list(pairs.fields), mapped, 1, 1, 0, 0, [], [pairs.fields])
        )


def _named(pairs: html.Pairs, headers: Mapping[str, str]) -> dict[str, str]:
    """Part of the subject → the header of these pairs that gives it."""
    return {
        part: name
        for part, names in headers.items()
        if (name := next((n for n in names.split("|") if n in pairs.fields), None))
    }


def _add_text(result: FileRead, document: Document, material: Material) -> None:
    """A report without tables of the enterprise that the person names: one record of its text."""
    subject = columns.subject({}, {}, material.enterprise, material.region)
    place = document.texts[0].place
    result.rows.append(FileRow({}, place, material.title, subject, text=document.text))
    result.seen += 1
    result.preview.tables.append(
        TablePreview(place, material.title, None, [], {}, 1, 1, 0, 0, [], [{"text": document.text[:200]}])
    )


def _nothing(result: FileRead, document: Document, headers: Mapping[str, str]) -> str:
    errors = result.preview.errors
    if errors:
        return f"{result.preview.file}: no row could be read, {len(errors)} problems; the first: {errors[0].message}"
    seen = [
        f"{grid.place}: {' | '.join(filter(None, header.names))}"
        for grid in document.grids
        for header in candidates(grid)[:1]
    ]
    found = f"headers found: {'; '.join(seen)[:400]}" if seen else "it holds no table"
    return (
        f"{result.preview.file}: no table names enterprises; {found}. Name the column of names (it is none of "
        f"{headers['name'].replace('|', ', ')}), or the one enterprise the file is about"
    )
