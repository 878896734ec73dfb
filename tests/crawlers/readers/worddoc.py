"""Word 97 files made by hand: a compound file of three streams with one piece, paragraph and character properties."""

from __future__ import annotations

import struct
from collections.abc import Sequence

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
TEXT_AT = 2048
Row = Sequence[tuple[str, int, int]]
"""Cells of a row: text, width in twips, vertical merge (0 none, 1 goes on, 3 begins)."""
Part = str | Sequence[Row]
"""A paragraph (``~words~`` are deleted by a tracked change), or a table."""


def document(*parts: Part, version: int = 193, flags: int = 0x0200) -> bytes:
    """The bytes of a ``.doc`` that holds ``parts``."""
    paragraphs: list[tuple[str, bytes]] = []
    for part in parts:
        paragraphs += [(part + "\r", b"")] if isinstance(part, str) else [p for row in part for p in _row(row)]
    text, deleted = _cut("".join(words for words, _ in paragraphs))
    body = text.encode("utf-16-le")
    first_page = (TEXT_AT + len(body)) // SECTOR + 1
    papx = _papx_pages(paragraphs)
    main = bytearray(first_page * SECTOR)
    main[TEXT_AT : TEXT_AT + len(body)] = body
    for _, _, page in papx:
        main += page
    chpx = _chpx_page(len(text), deleted)
    main += chpx
    limits = [start for start, _, _ in papx] + [papx[-1][1]]
    table = _plc(limits, range(first_page, first_page + len(papx)))
    places = {13: (0, len(table))}
    places[12] = (len(table), 12)
    table += struct.pack("<III", TEXT_AT, TEXT_AT + len(body), first_page + len(papx))
    clx = b"\x02" + struct.pack("<I", 16) + struct.pack("<ii", 0, len(text)) + struct.pack("<HIH", 0, TEXT_AT, 0)
    places[33] = (len(table), len(clx))
    table += clx
    struct.pack_into("<HH", main, 0, 0xA5EC, version)
    struct.pack_into("<H", main, 0x0A, flags)
    struct.pack_into("<i", main, 0x4C, len(text))
    for number, place in places.items():
        struct.pack_into("<II", main, 0x9A + 8 * number, *place)
    return compound({"WordDocument": bytes(main), "1Table": table})


def _row(row: Row) -> list[tuple[str, bytes]]:
    inside = struct.pack("<HB", 0x2416, 1)
    edges = [0]
    for _, width, _ in row:
        edges.append(edges[-1] + width)
    definition = bytes([len(row)]) + struct.pack(f"<{len(edges)}h", *edges)
    definition += b"".join(struct.pack("<H18x", merge << 5) for _, _, merge in row)
    end = inside + struct.pack("<HB", 0x2417, 1) + struct.pack("<HH", 0xD608, len(definition) + 1) + definition
    return [*((text + "\x07", inside) for text, _, _ in row), ("\x07", end)]


def _cut(text: str) -> tuple[str, list[tuple[int, int]]]:
    parts = text.split("~")
    spans, at = [], 0
    for number, part in enumerate(parts):
        if number % 2:
            spans.append((at, at + len(part)))
        at += len(part)
    return "".join(parts), spans


def _papx_pages(paragraphs: list[tuple[str, bytes]]) -> list[tuple[int, int, bytes]]:
    """(first position, end, page) of pages that hold two paragraphs each, so that there are several."""
    pages, at = [], TEXT_AT
    for index in range(0, len(paragraphs), 2):
        page, limits, free = bytearray(SECTOR), [at], SECTOR - 2
        pair = paragraphs[index : index + 2]
        for number, (text, sprms) in enumerate(pair):
            limits.append(limits[-1] + 2 * len(text.replace("~", "")))
            data = b"\x00\x00" + sprms
            data += b"\x00" * (len(data) % 2)
            free -= len(data) + 2
            page[free : free + len(data) + 2] = b"\x00" + bytes([len(data) // 2]) + data
            page[4 * (len(pair) + 1) + 13 * number] = free // 2
        struct.pack_into(f"<{len(limits)}I", page, 0, *limits)
        page[-1] = len(pair)
        pages.append((at, limits[-1], bytes(page)))
        at = limits[-1]
    return pages


def _chpx_page(length: int, deleted: list[tuple[int, int]]) -> bytes:
    edges = sorted({0, length, *(edge for span in deleted for edge in span)})
    page = bytearray(SECTOR)
    struct.pack_into(f"<{len(edges)}I", page, 0, *(TEXT_AT + 2 * edge for edge in edges))
    page[500:504] = b"\x03" + struct.pack("<HB", 0x0800, 1)
    for number, start in enumerate(edges[:-1]):
        page[4 * len(edges) + number] = 250 if any(low <= start < high for low, high in deleted) else 0
    page[-1] = len(edges) - 1
    return bytes(page)


def _plc(limits: Sequence[int], values: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(limits)}I", *limits) + struct.pack(f"<{len(values)}I", *values)


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file (OLE) of streams, each in sectors of its own."""
    fat: list[int] = []
    body = b""
    entries = [_entry("Root Entry", 5, END, 0, child=1)]
    for number, (name, data) in enumerate(streams.items(), 1):
        padded = data + b"\x00" * (-max(len(data), 4096) % SECTOR) + b"\x00" * max(4096 - len(data), 0)
        padded += b"\x00" * (-len(padded) % SECTOR)
        start, count = len(fat), len(padded) // SECTOR
        fat += [*range(start + 1, start + count), END]
        body += padded
        right = number + 1 if number < len(streams) else FREE
        entries.append(_entry(name, 2, start, len(padded), right=right))
    directory = len(fat)
    folder = b"".join(entries)
    folder += b"\x00" * (-len(folder) % SECTOR)
    fat += [*range(directory + 1, directory + len(folder) // SECTOR), END, FAT]
    fat += [FREE] * (-len(fat) % (SECTOR // 4))
    assert len(fat) == SECTOR // 4, "one sector of allocations must be enough for a test's file"
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, directory, 0, 4096, END, 0, END, 0)
    head += struct.pack("<I", directory + len(folder) // SECTOR) + struct.pack("<I", FREE) * 108
    return head + body + folder + struct.pack(f"<{len(fat)}I", *fat)


def _entry(name: str, kind: int, start: int, size: int, *, child: int = FREE, right: int = FREE) -> bytes:
    label = name.encode("utf-16-le")
    entry = label.ljust(64, b"\x00") + struct.pack("<HBBIII", len(label) + 2, kind, 1, FREE, right, child)
    return entry + bytes(36) + struct.pack("<III", start, size, 0)
