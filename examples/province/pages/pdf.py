"""PDF files: the ruled list tables of two cities (needs ``reportlab``) and small one-line files."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from .http import Response

ROWS_A_PAGE = 24


class MissingLibraryError(RuntimeError):
    """Raised at the start of the server where ``reportlab`` is not installed: two cities publish PDF lists."""


def require() -> None:
    """Raises MissingLibraryError with what to do where PDF lists cannot be made."""
    try:
        import reportlab  # noqa: F401
    except ImportError as error:
        raise MissingLibraryError("the province's PDF lists need reportlab: pip install reportlab") from error


@lru_cache(maxsize=512)
def ruled(title: str, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...], merged: int, note: str) -> bytes:
    """A ruled table, its header repeated on each page, equal cells of column ``merged`` joined, a note at the end."""
    require()
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    heading = ParagraphStyle("heading", fontName="STSong-Light", fontSize=14, leading=20, alignment=1, spaceAfter=8)
    small = ParagraphStyle("note", fontName="STSong-Light", fontSize=9, leading=14, spaceBefore=6)
    base = [("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("FONT", (0, 0), (-1, -1), "STSong-Light", 9)]
    story: list[object] = [Paragraph(title, heading)]
    for start in range(0, len(rows), ROWS_A_PAGE):
        chunk = rows[start : start + ROWS_A_PAGE]
        spans = [("SPAN", (merged, a + 1), (merged, b + 1)) for a, b in _runs([row[merged] for row in chunk])]
        cells = [
            [c if n != merged or not i or chunk[i - 1][merged] != c else "" for n, c in enumerate(row)]
            for i, row in enumerate(chunk)
        ]
        story.append(Table([list(header), *cells], repeatRows=1, style=TableStyle([*base, *spans])))
        if start + ROWS_A_PAGE < len(rows):
            story.append(PageBreak())
    story.append(Paragraph(note, small))
    buffer = BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4, invariant=1, title=title).build(story)
    return buffer.getvalue()


@lru_cache(maxsize=64)
def written(title: str, text: str) -> bytes:
    """A letter of paragraphs, a line of ``text`` each, wrapped as a page wraps them."""
    require()
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle("body", fontName="STSong-Light", fontSize=12, leading=22, wordWrap="CJK")
    buffer = BytesIO()
    story = [Paragraph(line, body) for line in text.splitlines()]
    SimpleDocTemplate(buffer, pagesize=A4, invariant=1, title=title).build(story)
    return buffer.getvalue()


def _runs(values: list[str]) -> list[tuple[int, int]]:
    """First and last index of each run of equal values longer than one."""
    runs, start = [], 0
    for index in range(1, len(values) + 1):
        if index == len(values) or values[index] != values[start]:
            if index - start > 1:
                runs.append((start, index - 1))
            start = index
    return runs


def plain(word: str) -> Response:
    """A one-page file that carries only its identifier (what enterprises upload is not the point here)."""
    text = "".join(c for c in word if c.isascii() and (c.isalnum() or c == "-"))[:64]
    stream = f"BT /F1 12 Tf 72 720 Td (File {text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return Response(body + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer, "application/pdf")
