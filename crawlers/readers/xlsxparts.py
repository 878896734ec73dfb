"""What python-calamine does not tell of XLSX: number formats, a sheet's size before it is built, bare formulas."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from crawlers.readers.celltext import Shown, shown

_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
_CELL = re.compile(rb'<(?:\w+:)?c r="([A-Za-z]+)(\d+)"([^>]*)>')
_ANY_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s/>])([^>]*)>")
_PLACE = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]+)(\d+)""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br\s*=\s*["']\s*(\d+)""")
_CELL_COLUMN = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]+)\d""")
_CELL_ROW = re.compile(rb"""\br\s*=\s*["']\s*[A-Za-z]+(\d+)""")
_SURELY_SMALL = 4_000_000
_DIGITS = 12
"""Digits of a row's number that are read: what has more is beyond any limit anyway."""
_STYLE = re.compile(rb'\bs="(\d+)"')
_TEXTUAL = re.compile(rb'\bt="(?!n")')
_BARE = re.compile(rb"<(?:\w+:)?f\b[^>]*>[^<]*</(?:\w+:)?f>\s*(?:<(?:\w+:)?v\s*/>|<v></v>|</(?:\w+:)?c>)")
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\bhidden="(?:1|true)"')
_HIDDEN_COLUMNS = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass
class SheetFacts:
    """Of one sheet: rows and columns with values, formats by (row, column) index, formulas without a stored value,

    rows and columns that a person does not see.
    """

    rows: int = 0
    columns: int = 0
    formats: dict[tuple[int, int], Shown] = field(default_factory=dict)
    bare_formulas: int = 0
    hidden_rows: int = 0
    hidden_columns: int = 0


def sheet_facts(data: bytes) -> dict[str, SheetFacts]:
    """Facts of each worksheet by its name; the container must have been checked by ``zips.refusal``."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        names = set(container.namelist())
        styles = _styles(_xml(container, "xl/styles.xml")) if "xl/styles.xml" in names else {}
        return {
            name: _facts(container.read(part), styles)
            for name, part in _parts(container, names).items()
            if part in names
        }


def _xml(container: zipfile.ZipFile, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root: etree._Element | None = etree.fromstring(container.read(name), parser)
    if root is None:
        raise zipfile.BadZipFile(f"{name} holds no XML")
    return root


def _parts(container: zipfile.ZipFile, names: set[str]) -> dict[str, str]:
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    targets = {
        str(node.get("Id")): posixpath.normpath(posixpath.join("/xl", str(node.get("Target")).replace("\\", "/")))
        for node in _xml(container, "xl/_rels/workbook.xml.rels")
    }
    sheets = (node for node in _xml(container, "xl/workbook.xml").iter("{*}sheet"))
    return {str(node.get("name")): targets.get(str(node.get(_ID)), "").lstrip("/") for node in sheets}


def _styles(root: etree._Element) -> dict[int, Shown]:
    """Cell style index → what its number format changes, only where it changes anything."""
    codes = dict(_BUILT_IN)
    for node in root.iter("{*}numFmt"):
        codes[int(node.get("numFmtId", "0"))] = node.get("formatCode", "")
    formats = (int(node.get("numFmtId", "0")) for cell_xfs in root.iter("{*}cellXfs") for node in cell_xfs)
    found = ((index, shown(codes[code])) for index, code in enumerate(formats) if code in codes)
    return {index: how for index, how in found if how is not None}


def _facts(xml: bytes, styles: dict[int, Shown]) -> SheetFacts:
    facts = SheetFacts(bare_formulas=len(_BARE.findall(xml)) if b"<f" in xml or b":f>" in xml else 0)
    facts.hidden_rows = len(_HIDDEN_ROW.findall(xml)) if b'hidden="' in xml else 0
    facts.hidden_columns = sum(map(_hidden_columns, _HIDDEN_COLUMNS.findall(xml[: xml.find(b"sheetData")])))
    if not styles and _estimated(facts, xml):
        return facts
    facts.columns = 0
    columns: dict[bytes, int] = {}
    facts.rows = max((int(digits[:_DIGITS]) for digits in _ROW.findall(xml)), default=0)
    for letters, digits, rest in _cells(xml):
        if rest.endswith(b"/"):
            continue
        column = columns.setdefault(letters, _column(letters))
        row = int(digits[:_DIGITS])
        facts.rows, facts.columns = max(facts.rows, row), max(facts.columns, column + 1)
        if styles and (style := _STYLE.search(rest)) and not _TEXTUAL.search(rest):
            how = styles.get(int(style.group(1)))
            if how is not None:
                facts.formats[row - 1, column] = how
    return facts


def _estimated(facts: SheetFacts, xml: bytes) -> bool:
    """Set the sheet's size with its empty cells counted too; False where that is so large that only filled ones count.

    Whole rows and columns may be formatted without a value in them.
    """
    rows = max((int(digits[:_DIGITS]) for digits in set(_CELL_ROW.findall(xml))), default=0)
    facts.rows = max([rows, *(int(digits[:_DIGITS]) for digits in _ROW.findall(xml))])
    facts.columns = max((_column(letters) + 1 for letters in set(_CELL_COLUMN.findall(xml))), default=0)
    return facts.rows * facts.columns <= _SURELY_SMALL


def _cells(xml: bytes) -> Iterable[tuple[bytes, bytes, bytes]]:
    """(column, row, other attributes) of every cell that states its place; the place need not be the first of them."""
    usual: list[tuple[bytes, bytes, bytes]] = _CELL.findall(xml)
    every = _ANY_CELL.findall(xml)
    if len(usual) == len(every):
        return usual
    return [(*place.groups(), attributes) for attributes in every if (place := _PLACE.search(attributes))]


def _hidden_columns(tag: bytes) -> int:
    """How many columns a ``<col>`` element hides."""
    stated = dict(re.findall(rb'(\w+)="([^"]*)"', tag))
    if stated.get(b"hidden") not in (b"1", b"true"):
        return 0
    low, high = (int(text) if (text := stated.get(name, b"1")).isdigit() else 1 for name in (b"min", b"max"))
    return max(high - low + 1, 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:_DIGITS]:
        number = number * 26 + letter - 64
    return number - 1
