"""PDF: tables over pages, overprint, scans, locks; made with a Chinese font that needs no file."""

from __future__ import annotations

import io
from collections.abc import Callable

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from crawlers.readers import read
from crawlers.tables import records

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
STYLE = ParagraphStyle("plain", fontName=FONT, fontSize=10)
RULED = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONT", (0, 0), (-1, -1), FONT, 10)]


def drawn(draw: Callable[[Canvas], None], **options: object) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, **options)
    canvas.setFont(FONT, 10)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def test_a_table_over_pages_is_one_grid_without_its_repeated_header() -> None:
    rows = [["序号", "企业名称"], *([str(i), f"第{i}厂"] for i in range(1, 101))]
    out = io.BytesIO()
    table = Table(rows, colWidths=[60, 200], repeatRows=1, style=RULED)
    SimpleDocTemplate(out, pagesize=A4).build(
        [Paragraph("水环境重点排污单位（100家）", STYLE), table, Paragraph("注：完", STYLE)]
    )
    document = read(out.getvalue())
    (grid,) = document.grids
    assert (grid.title, grid.stated_count, len(grid.rows)) == ("水环境重点排污单位（100家）", 100, 101)
    assert grid.places[-1].startswith("page 3, table 1")
    result = records(grid, required=["企业名称"])
    assert (result.seen, result.records[-1].fields) == (100, {"序号": "100", "企业名称": "第100厂"})


def test_ruled_merged_cells_are_filled_and_open_ones_are_not() -> None:
    style = [*RULED, ("SPAN", (0, 1), (0, 2))]
    out = io.BytesIO()
    rows = [["区县", "企业名称"], ["荔城", "甲"], ["", "乙"], ["", "丙"]]
    SimpleDocTemplate(out, pagesize=A4).build([Table(rows, colWidths=[60, 200], style=style)])
    (grid,) = read(out.getvalue()).grids
    assert [row[0] for row in grid.rows] == ["区县", "荔城", "荔城", ""]


def test_text_printed_four_times_is_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        for step in range(4):
            canvas.drawString(72 + step * 0.2, 700, "重点排污单位名录")

    assert read(drawn(draw)).text == "重点排污单位名录"


def test_a_page_without_text_is_never_an_empty_success() -> None:
    document = read(drawn(lambda canvas: canvas.rect(50, 50, 100, 100)))
    assert not document.readable
    assert document.issues[0].message.startswith("unreadable: no text layer")


def test_a_row_whose_top_line_is_missing_is_told() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(80, 703, "企业名称")
        canvas.drawString(280, 703, "区县")
        canvas.grid([72, 272, 472], [660, 680, 700])
        for line, texts in ((685, ("甲厂", "荔城")), (665, ("乙厂", "涵江"))):
            canvas.drawString(80, line, texts[0])
            canvas.drawString(280, line, texts[1])

    document = read(drawn(draw))
    assert [issue.code for issue in document.issues] == ["row-above-table"]
    assert document.issues[0].value == "企业名称 区县"


def test_locked_and_damaged_files_say_so() -> None:
    data = drawn(lambda canvas: canvas.drawString(72, 700, "a"), encrypt=StandardEncryption("secret"))
    assert "password-protected" in read(data).issues[0].message
    assert not read(b"%PDF-1.4\n" + bytes(200)).readable
