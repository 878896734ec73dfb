"""Compound files (OLE), the container of Office files up to 2003: streams of bytes under names."""

from __future__ import annotations

from struct import pack

SECTOR = 512
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SMALLEST = 4096
"""Below this size a stream would lie in another place; streams are padded to it."""


def compound(streams: dict[str, bytes]) -> bytes:
    """The bytes of a file with these streams."""
    chain: list[int] = []
    body, entries = b"", [_entry("Root Entry", 5, END, 0, child=1)]
    for number, (name, data) in enumerate(streams.items(), 1):
        padded = data.ljust(max(_SMALLEST, -(-len(data) // SECTOR) * SECTOR), b"\x00")
        entries.append(_entry(name, 2, len(chain), len(padded), right=number + 1 if number < len(streams) else FREE))
        _append(chain, len(padded))
        body += padded
    directory = len(chain)
    folder = b"".join(entries)
    folder = folder.ljust(-(-len(folder) // SECTOR) * SECTOR, b"\x00")
    _append(chain, len(folder))
    tables = -(-len(chain) // (SECTOR // 4 - 1))
    first = len(chain)
    chain += [TABLE] * tables
    chain += [FREE] * (tables * SECTOR // 4 - len(chain))
    return _head(directory, first, tables) + body + folder + pack(f"<{len(chain)}I", *chain)


def _append(chain: list[int], size: int) -> None:
    """Sectors of one stream, each pointing to the next."""
    start, count = len(chain), size // SECTOR
    chain += [*range(start + 1, start + count), END]


def _head(directory: int, first: int, tables: int) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += pack("<IIIIIIIII", 0, tables, directory, 0, _SMALLEST, END, 0, END, 0)
    return head + pack(f"<{tables}I", *range(first, first + tables)) + pack("<I", FREE) * (109 - tables)


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE, right: int = FREE) -> bytes:
    label = name.encode("utf-16-le")
    return (
        label.ljust(64, b"\x00") + pack("<HBBIII", len(label) + 2, kind, 1, FREE, right, child) + bytes(36)
        + pack("<III", start, size, 0)
    )  # fmt: skip
