"""Other files in which bureaus attach a table: DOCX, HTML that calls itself .xls, ZIP with names in GBK."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from .xlsx import stable

_FIXED = (2021, 1, 1, 0, 0, 0)
Rows = tuple[tuple[str, ...], ...]


@lru_cache(maxsize=256)
def docx(title: str, header: tuple[str, ...], rows: Rows, note: str) -> bytes:
    """A heading, a table, a note below it."""
    from docx import Document

    document = Document()
    document.add_paragraph(title)
    table = document.add_table(rows=0, cols=len(header))
    for row in (header, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph(note)
    buffer = BytesIO()
    document.save(buffer)
    return stable(buffer.getvalue())


def html_xls(title: str, header: tuple[str, ...], rows: Rows) -> bytes:
    """What a web page exports as ``.xls``: an HTML table in GBK."""
    lines = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\r\n" for row in rows)
    head = "".join(f"<th>{escape(cell)}</th>" for cell in header)
    text = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv="Content-Type" '
        f'content="text/html; charset=gb2312"></head><body><table border="1"><tr><td colspan="{len(header)}">'
        f"{escape(title)}</td></tr>\r\n<tr>{head}</tr>\r\n{lines}</table></body></html>"
    )
    return text.encode("gb18030")


class _GbkName(ZipInfo):
    """A member whose name is in the code page of Chinese Windows, with no flag that says so."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802
        return self.filename.encode("gbk"), self.flag_bits


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP of these files."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        for name, data in files.items():
            target.writestr(_GbkName(name, _FIXED), data, ZIP_DEFLATED)
    return buffer.getvalue()
