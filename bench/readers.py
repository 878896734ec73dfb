"""Rows ``read …``: each reader beside the bare library that it stands on, on the same file in the same run."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import docx
import openpyxl
import pdfplumber
import xlrd
from lxml import etree
from lxml import html as lxml_html
from python_calamine import CalamineWorkbook
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import SimpleDocTemplate, Table

from bench.errors import BenchError
from bench.options import Options
from bench.quantiles import median
from bench.row import Row
from crawlers.readers import read
from tests.crawlers.readers import biff

HEADER = ["序号", "企业名称", "统一社会信用代码", "区县", "行业类别", "发证日期", "化学需氧量(mg/L)", "备注"]
FONT = "STSong-Light"
_TEXT = etree.XPath("string()")
Bare = Callable[[bytes], int]


@dataclass(frozen=True)
class File:
    """A file of a kind with its rows, the bare library that reads it, and the goal for its reader."""

    kind: str
    data: bytes
    rows: int
    bare: Bare
    library: str
    goal: float


def measure(options: Options) -> Iterator[Row]:
    """A row a kind of file; raises BenchError where a reader's rows are not those of the file."""
    for file in files(options.rows_read):
        took: list[float] = []
        least: list[float] = []
        for _ in range(options.rounds):
            took.append(_timed(lambda file=file: _ours(file)))  # type: ignore[misc]
            least.append(_timed(lambda file=file: file.bare(file.data)))  # type: ignore[misc]
        yield Row(
            f"read {file.kind}", "rows/s", file.rows / median(took), file.rows / median(least), file.library, file.goal,
            f"{file.rows} rows of {len(HEADER)} cells, {len(file.data)} bytes",
        )  # fmt: skip


def files(rows: int) -> list[File]:
    """One file of each kind; the slow kinds have a tenth or a fiftieth of the rows.

    What a reader does beside its library sets the goals: the encoding found, blanks folded, a place for every row, the
    page's text, number formats and sizes of XLSX before anything is built. DOCX and the tables of PDF are read anew.
    """
    return [
        File("csv", _csv(rows), rows + 1, _bare_csv, "csv.reader", 0.30),
        File("html", _html(rows), rows + 1, _bare_html, "lxml, text of every cell", 0.40),
        File("xlsx", _xlsx(rows), rows + 1, _bare_xlsx, "python-calamine", 0.30),
        File("xls", _xls(rows), rows + 1, _bare_xls, "xlrd", 0.50),
        File("docx", _docx(rows // 10), rows // 10 + 1, _bare_docx, "python-docx", 1.00),
        File("pdf", _pdf(rows // 50), rows // 50 + 1, _bare_pdf, "pdfplumber", 0.80),
    ]


def _ours(file: File) -> None:
    (grid,) = read(file.data, filename=f"bench.{file.kind}").grids
    if len(grid.rows) != file.rows or grid.rows[0] != HEADER:
        raise BenchError(f"read {file.kind}: {len(grid.rows)} rows were read of {file.rows}")


def _timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _row(n: int) -> list[str]:
    return [
        str(n), f"示例第{n}化工有限公司", f"9135000000{n:08}", "荔城区", "化学原料", f"2021-03-{n % 28 + 1:02}",
        f"{n % 90}.{n % 7}", "" if n % 3 else "新增",
    ]  # fmt: skip


def _table(rows: int) -> list[list[str]]:
    return [HEADER, *(_row(n) for n in range(1, rows + 1))]


def _csv(rows: int) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(_table(rows))
    return out.getvalue().encode("gb18030")


def _bare_csv(data: bytes) -> int:
    return len(list(csv.reader(io.StringIO(data.decode("gb18030")))))


def _html(rows: int) -> bytes:
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in _table(rows))
    return f'<html><meta charset="utf-8"><body><table>{body}</table></body></html>'.encode()


def _bare_html(data: bytes) -> int:
    tree = lxml_html.document_fromstring(data)
    return len([[str(_TEXT(cell)) for cell in row] for row in tree.iter("tr")])


def _xlsx(rows: int) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("名录")
    for row in _table(rows):
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _bare_xlsx(data: bytes) -> int:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return len(book.get_sheet_by_index(0).to_python(skip_empty_area=False))


def _xls(rows: int) -> bytes:
    return biff.workbook(biff.Sheet("名录", [list(row) for row in _table(rows)]))


def _bare_xls(data: bytes) -> int:
    sheet = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), formatting_info=True).sheet_by_index(0)
    return len([sheet.row_values(number) for number in range(sheet.nrows)])


def _docx(rows: int) -> bytes:
    document = docx.Document()
    table = document.add_table(rows + 1, len(HEADER))
    for cell, text in zip(table._cells, (cell for row in _table(rows) for cell in row), strict=True):
        cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _bare_docx(data: bytes) -> int:
    (table,) = docx.Document(io.BytesIO(data)).tables
    return len([[cell.text for cell in row.cells] for row in table.rows])


def _pdf(rows: int) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    style = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONT", (0, 0), (-1, -1), FONT, 8)]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=landscape(A4)).build([Table(_table(rows), repeatRows=0, style=style)])
    return out.getvalue()


def _bare_pdf(data: bytes) -> int:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return sum(len(table) for page in pdf.pages for table in page.extract_tables())
