"""PDF: tables over pages, overprint, scans, locks; made with a Chinese font that needs no file."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
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


ROWS = [["序号", "企业名称", "区县", "化学需氧量(mg/L)"]] + [
    [str(n), f"福建省第{n}有限公司" if n % 3 else f"莆田市第{n}水务集团股份有限公司", "荔城区", f"{n}.{n % 10}"]
    for n in range(1, 61)
]


def columns(canvas: Canvas, rows: list[list[str]], pitch: float = 16) -> None:
    height = 760.0
    for row in rows:
        for left, text in zip((72, 110, 330, 420), row, strict=True):
            canvas.drawString(left, height, text)
        height -= pitch
        if height < 60:
            canvas.showPage()
            canvas.setFont(FONT, 10)
            height = 760.0


def test_a_table_without_rulings_goes_on_over_pages_and_is_told() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 785, "水环境重点排污单位名录（60家）")
        columns(canvas, ROWS)

    document = read(drawn(draw))
    (grid,) = document.grids
    assert grid.rows == ROWS
    assert (grid.title, grid.stated_count) == ("水环境重点排污单位名录（60家）", 60)
    assert grid.places[0] == "page 1, table 1, row 1" and grid.places[-1].startswith("page 2, table 1")
    assert [issue.code for issue in document.issues] == ["unruled-table"]


def test_a_wrapped_cell_of_an_unruled_table_goes_on_with_its_row() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, ROWS[:5], 24)
        canvas.drawString(110, 760 - 24 * 4 - 11, "（二期）")

    (grid,) = read(drawn(draw)).grids
    assert grid.rows[-1] == ["4", "福建省第4有限公司（二期）", "荔城区", "4.4"]


def test_prose_in_two_columns_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        for line in range(12):
            for left in (60, 320):
                canvas.drawString(
                    left, 700 - 16 * line, "本单位依法向社会公开环境信息并对真实性负责，特此说明"[: 25 - line % 3]
                )

    document = read(drawn(draw))
    assert not document.grids and document.text.count("本单位") == 24


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_states_its_rotation(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        columns(canvas, ROWS[:6])

    document = read(drawn(draw))
    assert document.grids[0].rows == ROWS[:6]
    assert document.issues[0].code == "page-turned"


@pytest.mark.parametrize("angle", [90, -90, 180])
def test_a_ruled_table_set_sideways(angle: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(*{90: (A4[0], 0), -90: (0, A4[1]), 180: A4}[angle])
        canvas.rotate(angle)
        canvas.setFont(FONT, 10)
        canvas.drawString(50, 330, "大气环境重点排污单位（5家）")
        table = Table(ROWS[:6], colWidths=[40, 200, 80, 120], style=RULED)
        table.wrapOn(canvas, 700, 500)
        table.drawOn(canvas, 50, 210)

    (grid,) = read(drawn(draw)).grids
    assert grid.rows == ROWS[:6] and grid.stated_count == 5


@pytest.mark.parametrize("layers", [2, 4])
def test_overprinted_cells_are_read_once_and_doubled_letters_stay(layers: int) -> None:
    def draw(canvas: Canvas) -> None:
        for step in range(layers):
            canvas.saveState()
            canvas.translate(step * 0.3, step * 0.1)
            columns(
                canvas, [["序号", "企业名称", "区县", "值"], ["1", "一一重工（ll）", "城区区", "11.00"], *ROWS[2:5]]
            )
            canvas.restoreState()

    (grid,) = read(drawn(draw)).grids
    assert grid.rows[1] == ["1", "一一重工（ll）", "城区区", "11.00"]
