"""Good files of every kind, shaped like those of agencies: what is mutated."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import docx
import openpyxl
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import SimpleDocTemplate, Table

from tests.crawlers.readers import biff, worddoc

HEADER = ["序号", "企业名称", "统一社会信用代码", "区县", "发证日期", "化学需氧量(mg/L)"]
ROWS = [
    [str(n), f"福建省第{n}化工厂", f"91350300000000{n:04}", "荔城区", f"2021-03-{n:02}", f"{n}.5"] for n in range(1, 13)
]
TITLE = "水环境重点排污单位名录（12家）"
FONT = "STSong-Light"
LARGEST = 200_000
"""Real files above this size are left out: a mutation must not take seconds to read."""


def _cells(row: list[str], tag: str) -> str:
    return "".join(f"<{tag}>{cell}</{tag}>" for cell in row)


def html() -> bytes:
    """A notice with a list: heading, spans, a nested table, a note."""
    rows = "".join(f"<tr>{_cells(row, 'td')}</tr>" for row in ROWS)
    spans = (
        '<tr><td rowspan="2">甲</td><td colspan="5">乙<table><tr><td>丙</td></tr></table></td></tr><tr><td>丁</td></tr>'
    )
    body = f"<h3>{TITLE}</h3><table><tr>{_cells(HEADER, 'th')}</tr>{rows}{spans}</table><p>注：完</p>"
    return f'<html><head><meta charset="gb2312"><title>名录</title></head><body>{body}</body></html>'.encode("gb18030")


def pairs() -> bytes:
    """An enterprise's own page: a form in a table and pairs in prose."""
    form = "".join(
        f"<tr><th>{a}</th><td>{b}</td><th>地址</th><td>某路</td></tr>" for a, b in zip(HEADER, ROWS[0], strict=True)
    )
    prose = "<br>".join(f"<b>{a}：</b>{b}" for a, b in zip(HEADER, ROWS[1], strict=True))
    return f"<html><body><table>{form}</table><div><font>{prose}<dl><dt>批文<dd>环审1号</dl></body></html>".encode()


def xlsx() -> bytes:
    """A workbook with a title, merged cells, formats, a hidden sheet."""
    book = openpyxl.Workbook()
    page: Any = book.active
    for row in ([TITLE], HEADER, *ROWS, ["注：完"]):
        page.append(row)
    page.merge_cells("A1:F1")
    page["F3"] = 1.5
    page["F3"].number_format = "0.00"
    page["F4"] = "=1+1"
    hidden = book.create_sheet("隐藏")
    hidden.append(["a", "b"])
    hidden.sheet_state = "hidden"
    return _saved(book)


def xls() -> bytes:
    """A BIFF5 workbook in code page 936."""
    rows: list[list[biff.Cell]] = [list(row) for row in ROWS]
    for number, row in enumerate(rows):
        row[4] = 44197 + number
    return biff.workbook(
        biff.Sheet("名录", [list(HEADER), *rows], days={4}), biff.Sheet("二", [["a", "b"]], hidden=True)
    )


def word() -> bytes:
    """A DOCX with a heading and a table with merged cells."""
    document = docx.Document()
    document.add_paragraph(TITLE)
    table = document.add_table(0, len(HEADER))
    for row in (HEADER, *ROWS[:5]):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    table.cell(1, 3).merge(table.cell(3, 3))
    return _saved(document)


def doc() -> bytes:
    """A Word 97 file with a heading and a table."""
    rows = [[(cell, 1000, 0) for cell in row] for row in (HEADER, *ROWS[:3])]
    return worddoc.document(TITLE, rows, "注：完", "正文~删~终")


def pdf() -> bytes:
    """A PDF with a ruled table."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    style = [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        ("FONT", (0, 0), (-1, -1), FONT, 8),
        ("SPAN", (3, 1), (3, 3)),
    ]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, pageCompression=0).build([Table([HEADER, *ROWS[:4]], style=style)])
    return out.getvalue()


def columns() -> bytes:
    """A PDF with a table without rulings, set sideways."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, pageCompression=0)
    canvas.setPageRotation(90)
    canvas.setFont(FONT, 8)
    for line, row in enumerate((HEADER, *ROWS[:5])):
        for column, cell in enumerate(row):
            canvas.drawString(60 + 85 * column, 700 - 14 * line, cell)
    canvas.save()
    return out.getvalue()


def csv() -> bytes:
    """A CSV in GB 18030."""
    return "\r\n".join(",".join(row) for row in (HEADER, *ROWS)).encode("gb18030")


def tsv() -> bytes:
    """Tab-separated values in UTF-16."""
    return "\n".join("\t".join(row) for row in (HEADER, *ROWS)).encode("utf-16")


def rows() -> bytes:
    """A JSON answer with a total."""
    items = [dict(zip(HEADER, row, strict=True)) for row in ROWS]
    return json.dumps({"total": len(items), "rows": items, "more": {"a": [1.5, None]}}, ensure_ascii=False).encode()


def sheetml() -> bytes:
    """SpreadsheetML 2003 under the suffix ``.xls``."""

    def cell(text: str) -> str:
        return f'<Cell ss:MergeAcross="0"><Data ss:Type="String">{text}</Data></Cell>'

    body = "".join(f'<Row ss:Index="{n}">{"".join(map(cell, row))}</Row>' for n, row in enumerate((HEADER, *ROWS), 1))
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    sheet = f'<Worksheet ss:Name="名录"><Table>{body}</Table></Worksheet>'
    return f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">{sheet}</Workbook>'.encode()


MAKERS: dict[str, Callable[[], bytes]] = {
    "list.html": html, "own.html": pairs, "list.xlsx": xlsx, "list.xls": xls, "list.docx": word, "list.doc": doc,
    "list.pdf": pdf, "columns.pdf": columns, "list.csv": csv, "list.tsv": tsv, "rows.json": rows, "sheet.xls": sheetml,
}  # fmt: skip


@lru_cache(maxsize=1)
def originals() -> list[tuple[str, bytes]]:
    """(file name, bytes), the same each time; then the small real files, where ``QINGCE_REALDATA`` is."""
    made = [(name, make()) for name, make in MAKERS.items()]
    folder = Path(os.environ.get("QINGCE_REALDATA") or "nowhere")
    real = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size < LARGEST)
    return made + [(path.name, path.read_bytes()) for path in real]


def _saved(thing: Any) -> bytes:
    out = io.BytesIO()
    thing.save(out)
    return out.getvalue()
