"""RAR archives whose files are stored, not compressed: headers as the format's public description says."""

from __future__ import annotations

import zlib
from struct import pack

MARK, MARK5 = b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00"
_DOS_DAY = (2021 - 1980) << 25 | 1 << 21 | 1 << 16


def rar(files: dict[str, bytes], encoding: str = "gb18030") -> bytes:
    """RAR 2.9 as old WinRAR writes it: names in the machine's code page."""
    parts = [MARK, _block(0x73, 0, bytes(6))]
    for name, data in files.items():
        raw = name.replace("/", "\\").encode(encoding)
        head = pack("<IIBIIBBHI", len(data), len(data), 2, zlib.crc32(data), _DOS_DAY, 20, 0x30, len(raw), 0x20)
        parts += [_block(0x74, 0x8000, head + raw), data]
    return b"".join([*parts, _block(0x7B, 0x4000, b"")])


def _block(kind: int, flags: int, body: bytes) -> bytes:
    head = pack("<BHH", kind, flags, 7 + len(body)) + body
    return pack("<H", zlib.crc32(head) & 0xFFFF) + head


def rar5(files: dict[str, bytes]) -> bytes:
    """RAR 5: names in UTF-8."""
    parts = [MARK5, _block5(b"".join(map(_number, (1, 0, 0))))]
    for name, data in files.items():
        raw = name.encode()
        values = (2, 2, len(data), 4, len(data), 0x20)
        rest = pack("<I", zlib.crc32(data)) + b"".join(map(_number, (0, 0, len(raw)))) + raw
        parts += [_block5(b"".join(map(_number, values)) + rest), data]
    return b"".join([*parts, _block5(b"".join(map(_number, (5, 0, 0))))])


def _block5(body: bytes) -> bytes:
    head = _number(len(body)) + body
    return pack("<I", zlib.crc32(head)) + head


def _number(value: int) -> bytes:
    """Seven bits a byte, low ones first."""
    parts = []
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*parts, value])
