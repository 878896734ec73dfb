"""Files of a list: Excel of both kinds, OpenDocument, CSV or text; told by their content, not by their names."""

from __future__ import annotations

import csv
import io

from charset_normalizer import from_bytes
from python_calamine import CalamineError, CalamineWorkbook

from indexer.search import lines
from indexer.search.lines import Line

_BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How Excel's new and OpenDocument's files begin, and Excel's old ones."""


class SheetError(ValueError):
    """A file that is no list; the message says what to do."""


def read(content: bytes) -> list[Line]:
    """The lines of a file; of a workbook those of its first sheet with any. Raises SheetError where it is none."""
    if content.startswith(_BOOKS):
        return _book(content)
    text = _text(content)
    if "\t" not in text and "," not in text:
        return lines.of_text(text)
    dialect = csv.excel_tab if "\t" in text else csv.excel
    return lines.of_table(csv.reader(io.StringIO(text), dialect))


def _book(content: bytes) -> list[Line]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=True) for name in book.sheet_names]
    except CalamineError as error:
        raise SheetError(f"the file is no readable workbook ({error}); save it anew as .xlsx or .csv") from error
    return next((found for found in (lines.of_table(rows) for rows in sheets) if found), [])


def _text(content: bytes) -> str:
    """UTF-8, else GB 18030 as Chinese spreadsheets write, else what its bytes look like."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    best = from_bytes(content).best()
    if best is None:
        raise SheetError("the file is neither a workbook nor text; save it as .xlsx or .csv")
    return str(best)
