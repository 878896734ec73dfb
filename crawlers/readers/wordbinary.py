"""The parts of a Word 97–2003 file that hold its text: piece table and paragraph properties ([MS-DOC]).

The text lies in pieces, each in UTF-16 or in Windows' Western set; what a paragraph is (in a table, a row's end, the
row's column edges) lies in pages of properties sorted by file position.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

WORD_97 = 193
"""``nFib`` of the oldest format read; older files keep their text otherwise."""
_PAGE = 512
_CHPX, _PAPX, _CLX = 12, 13, 33
"""Places of three tables in the header's list of (position, length)."""
_IN_TABLE, _ROW_END, _DEPTH, _TABLE, _HUGE, _TABS = 0x2416, 0x2417, 0x6649, 0xD608, 0x6646, 0xC615
_DELETED = 0x0800
_OPERAND = (1, 1, 2, 4, 2, 2, 0, 3)
"""Bytes of an operand by the top three bits of its code; 0: the first byte says."""


class WordError(ValueError):
    """The file is no Word file of this format, or a part of it does not hold together."""


@dataclass
class Properties:
    """Of a paragraph: whether it is in a table, ends a row, how deep it is nested; of a row's end the cells.

    ``edges`` are the columns' edges in twips (one more than cells), ``merges`` each cell's vertical merge: 0 none,
    1 goes on from above, 3 begins.
    """

    in_table: bool = False
    row_end: bool = False
    depth: int = 0
    edges: list[int] = field(default_factory=list)
    merges: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Paragraph:
    """Text up to a paragraph or cell mark, fields' instructions included; ``mark`` is that mark."""

    text: str
    mark: str
    properties: Properties


@dataclass(frozen=True)
class _Piece:
    start: int
    end: int
    position: int
    width: int


class Binary:
    """A Word file by its streams; raises WordError where it cannot be read."""

    def __init__(self, main: bytes, table: bytes, data: bytes) -> None:
        self._main, self._table, self._data = main, table, data
        self._pieces = list(self._read_pieces())
        self._paragraphs = self._read_pages(_PAPX)
        self._characters = self._read_pages(_CHPX)
        self._cache: dict[int, tuple[list[int], list[bytes]]] = {}
        self._deletions: dict[int, list[tuple[int, int]]] = {}

    def paragraphs(self) -> Iterator[Paragraph]:
        """The body's paragraphs in order (headers, notes and comments lie behind the body and are left out)."""
        (length,) = _unpack("<i", self._main, 0x4C)
        parts: list[str] = []
        done = 0
        for piece in self._pieces:
            text = self._text(piece)[: max(length - done, 0)]
            gone = self._deleted(piece)
            start = 0
            for index, char in enumerate(text):
                if char in "\r\x07\x0c":
                    parts.append(_without(text, start, index, gone))
                    properties = self._properties(piece.position + index * piece.width)
                    yield Paragraph("".join(parts), char, properties)
                    parts, start = [], index + 1
            parts.append(_without(text, start, len(text), gone))
            done += len(text)
        if rest := "".join(parts):
            yield Paragraph(rest, "\r", Properties())

    def _text(self, piece: _Piece) -> str:
        size = (piece.end - piece.start) * piece.width
        raw = self._main[piece.position : piece.position + size]
        return raw.decode("utf-16-le" if piece.width == 2 else "cp1252", "replace")

    def _range(self, number: int) -> bytes:
        position, length = _unpack("<II", self._main, 0x9A + 8 * number)
        found = self._table[position : position + length]
        if len(found) < length:
            raise WordError("a table of the header lies beyond the file's end")
        return found

    def _read_pieces(self) -> Iterator[_Piece]:
        clx = self._range(_CLX)
        at = 0
        while at < len(clx) and clx[at] == 1:
            at += 3 + _unpack("<H", clx, at + 1)[0]
        if at >= len(clx) or clx[at] != 2:
            raise WordError("it holds no table of pieces")
        (length,) = _unpack("<I", clx, at + 1)
        plc = clx[at + 5 : at + 5 + length]
        count = (len(plc) - 4) // 12
        limits = _unpack(f"<{count + 1}i", plc, 0)
        for index in range(count):
            (stored,) = _unpack("<I", plc, 4 * (count + 1) + 8 * index + 2)
            start, end = limits[index], limits[index + 1]
            width = 1 if stored & 0x40000000 else 2
            position = (stored & 0x3FFFFFFF) // (2 if width == 1 else 1)
            if not 0 <= start <= end or position + (end - start) * width > len(self._main):
                raise WordError("a piece of its text lies beyond the file's end")
            yield _Piece(start, end, position, width)

    def _deleted(self, piece: _Piece) -> list[tuple[int, int]]:
        """Spans of a piece's text (half open) that a tracked change deleted."""
        starts, pages = self._characters
        end = piece.position + (piece.end - piece.start) * piece.width
        first = max(bisect_right(starts, piece.position) - 1, 0)
        last = min(bisect_right(starts, end), len(pages))
        spans = [span for page in pages[first:last] for span in self._deletions_of(page & 0x3FFFFF)]
        return [
            ((max(low, piece.position) - piece.position) // piece.width, (high - piece.position) // piece.width)
            for low, high in spans
            if low < end and high > piece.position
        ]

    def _deletions_of(self, number: int) -> list[tuple[int, int]]:
        if number not in self._deletions:
            page = self._main[number * _PAGE : (number + 1) * _PAGE]
            self._deletions[number] = list(_deletions(page))
        return self._deletions[number]

    def _read_pages(self, number: int) -> tuple[list[int], list[int]]:
        plc = self._range(number)
        count = max((len(plc) - 4) // 8, 0)
        starts = list(_unpack(f"<{count + 1}I", plc, 0)) if count else []
        return starts, list(_unpack(f"<{count}I", plc, 4 * (count + 1))) if count else []

    def _properties(self, position: int) -> Properties:
        starts, pages = self._paragraphs
        index = bisect_right(starts, position) - 1
        if not 0 <= index < len(pages):
            return Properties()
        limits, runs = self._page(pages[index] & 0x3FFFFF)
        run = bisect_right(limits, position) - 1
        return self._parsed(runs[run]) if 0 <= run < len(runs) else Properties()

    def _page(self, number: int) -> tuple[list[int], list[bytes]]:
        if number not in self._cache:
            self._cache[number] = _runs(self._main[number * _PAGE : (number + 1) * _PAGE])
        return self._cache[number]

    def _parsed(self, sprms: bytes) -> Properties:
        found = Properties()
        for code, operand in _sprms(sprms):
            if code == _HUGE:
                (at,) = _unpack("<I", operand, 0)
                (length,) = _unpack("<H", self._data, at)
                for inner, value in _sprms(self._data[at + 2 : at + 2 + length]):
                    _apply(found, inner, value)
            else:
                _apply(found, code, operand)
        return found


def _runs(page: bytes) -> tuple[list[int], list[bytes]]:
    """Of a page of properties: the file positions where runs begin, and each run's property codes."""
    if len(page) < _PAGE:
        raise WordError("a page of paragraph properties lies beyond the file's end")
    count = page[-1]
    limits = list(_unpack(f"<{count + 1}I", page, 0))
    runs: list[bytes] = []
    for index in range(count):
        at = 2 * page[4 * (count + 1) + 13 * index] if 4 * (count + 1) + 13 * index < _PAGE else 0
        size = 2 * page[at] - 1 if page[at] else 2 * page[min(at + 1, _PAGE - 1)]
        begin = at + (1 if page[at] else 2)
        runs.append(page[begin + 2 : begin + size] if at else b"")
    return limits, runs


def _deletions(page: bytes) -> Iterator[tuple[int, int]]:
    """File positions (half open) of the runs of a page of character properties that are marked as deleted."""
    if len(page) < _PAGE:
        raise WordError("a page of character properties lies beyond the file's end")
    count = page[-1]
    limits = _unpack(f"<{count + 1}I", page, 0)
    for index in range(count):
        place = 4 * (count + 1) + index
        at = 2 * page[place] if place < _PAGE else 0
        sprms = page[at + 1 : at + 1 + page[at]] if at else b""
        if any(code == _DELETED and operand[:1] in (b"\x01", b"\x81") for code, operand in _sprms(sprms)):
            yield limits[index], limits[index + 1]


def _without(text: str, start: int, end: int, gone: list[tuple[int, int]]) -> str:
    """``text[start:end]`` without the spans that are gone."""
    if not gone:
        return text[start:end]
    return "".join(text[i] for i in range(start, end) if not any(low <= i < high for low, high in gone))


def _sprms(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(code, operand) of each property; a broken one ends the list."""
    at = 0
    while at + 3 <= len(data):
        (code,) = _unpack("<H", data, at)
        at += 2
        size = _OPERAND[code >> 13]
        if code == _TABLE:
            size = _unpack("<H", data, at)[0] - 1 if at + 2 <= len(data) else 0
            at += 2
        elif not size:
            size = data[at] if code != _TABS or data[at] < 255 else len(data)
            at += 1
        yield code, data[at : at + size]
        at += max(size, 1)


def _apply(found: Properties, code: int, operand: bytes) -> None:
    if code == _IN_TABLE:
        found.in_table = operand[:1] == b"\x01"
    elif code == _ROW_END:
        found.row_end = operand[:1] == b"\x01"
    elif code == _DEPTH and len(operand) == 4:
        (found.depth,) = _unpack("<i", operand, 0)
    elif code == _TABLE and operand:
        count = operand[0]
        edges = operand[1 : 1 + 2 * (count + 1)]
        found.edges = list(_unpack(f"<{len(edges) // 2}h", edges, 0))
        flags = operand[1 + 2 * (count + 1) :]
        found.merges = [(_unpack("<H", flags, at)[0] >> 5) & 3 for at in range(0, min(len(flags), 20 * count) - 1, 20)]


def _unpack(form: str, data: bytes, at: int) -> tuple[int, ...]:
    try:
        return struct.unpack_from(form, data, at)
    except struct.error:
        raise WordError("the file is cut off") from None
