"""DOC files (Word 97): paragraphs and one table, in a single piece of UTF-16 with its paragraph properties."""

from __future__ import annotations

from functools import lru_cache
from struct import pack, pack_into

from .compound import SECTOR, compound

TEXT_AT = 2048
_IN_TABLE = pack("<HB", 0x2416, 1)
_CHPX, _PAPX, _CLX = 12, 13, 33
"""Places of three tables in the header's list."""
Paragraphs = list[tuple[str, bytes]]


@lru_cache(maxsize=256)
def doc(title: str, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...], note: str = "") -> bytes:
    """A title, a table, a note below it."""
    paragraphs: Paragraphs = [(title + "\r", b"")]
    for row in (header, *rows):
        paragraphs += [(cell + "\x07", _IN_TABLE) for cell in row]
        paragraphs.append(("\x07", _row_end(len(row))))
    return _file([*paragraphs, (note + "\r", b"")])


def _row_end(cells: int) -> bytes:
    edges = [600 * number for number in range(cells + 1)]
    definition = bytes([cells]) + pack(f"<{len(edges)}h", *edges) + bytes(20 * cells)
    return _IN_TABLE + pack("<HB", 0x2417, 1) + pack("<HH", 0xD608, len(definition) + 1) + definition


def _file(paragraphs: Paragraphs) -> bytes:
    text = "".join(words for words, _ in paragraphs)
    body = text.encode("utf-16-le")
    pages = _pages(paragraphs)
    first = (TEXT_AT + len(body)) // SECTOR + 1
    end = TEXT_AT + len(body)
    main = bytearray(first * SECTOR)
    main[TEXT_AT:end] = body
    main += b"".join(page for _, page in pages) + _plain_page(end)
    parts = {
        _PAPX: pack(f"<{len(pages) + 1}I", *(at for at, _ in pages), end)
        + pack(f"<{len(pages)}I", *range(first, first + len(pages))),
        _CHPX: pack("<III", TEXT_AT, end, first + len(pages)),
        _CLX: b"\x02" + pack("<Iii", 16, 0, len(text)) + pack("<HIH", 0, TEXT_AT, 0),
    }
    table = b""
    for number, part in parts.items():
        pack_into("<II", main, 0x9A + 8 * number, len(table), len(part))
        table += part
    pack_into("<HH", main, 0, 0xA5EC, 193)
    pack_into("<H", main, 0x0A, 0x0200)
    pack_into("<i", main, 0x4C, len(text))
    return compound({"WordDocument": bytes(main), "1Table": table})


def _pages(paragraphs: Paragraphs) -> list[tuple[int, bytes]]:
    """(first position, page) of pages of properties; equal properties stand once in a page."""
    pages: list[tuple[int, bytes]] = []
    at, group = TEXT_AT, Paragraphs()
    for words, properties in paragraphs:
        if group and _size([*group, (words, properties)]) > SECTOR - 1:
            pages.append((at, _page(at, group)))
            at += sum(2 * len(text) for text, _ in group)
            group = []
        group.append((words, properties))
    return [*pages, (at, _page(at, group))]


def _stored(properties: bytes) -> bytes:
    data = b"\x00\x00" + properties
    data += bytes(len(data) % 2)
    return b"\x00" + bytes([len(data) // 2]) + data


def _size(group: Paragraphs) -> int:
    return 4 * (len(group) + 1) + 13 * len(group) + sum(len(_stored(p)) for p in {p for _, p in group}) + 1


def _page(at: int, group: Paragraphs) -> bytes:
    page, limits, free = bytearray(SECTOR), [at], SECTOR - 2
    places: dict[bytes, int] = {}
    for number, (words, properties) in enumerate(group):
        limits.append(limits[-1] + 2 * len(words))
        if properties not in places:
            stored = _stored(properties)
            free -= len(stored)
            page[free : free + len(stored)] = stored
            places[properties] = free // 2
        page[4 * (len(group) + 1) + 13 * number] = places[properties]
    pack_into(f"<{len(limits)}I", page, 0, *limits)
    page[-1] = len(group)
    return bytes(page)


def _plain_page(end: int) -> bytes:
    """Character properties: none."""
    page = bytearray(SECTOR)
    pack_into("<II", page, 0, TEXT_AT, end)
    page[-1] = 1
    return bytes(page)
