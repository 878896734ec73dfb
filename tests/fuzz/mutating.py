"""One seed, one broken file: the same bytes each time."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

from tests.fuzz.originals import originals

NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"65535",
    b"65536",
    b"2147483647",
    b"4294967296",
    b"99999999999999999999",
    b"1e309",
    b"NaN",
)
WORDS = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"<table>", b"<tr><td>" * 50, b"</table>", b"]]>", b"<!--", b"&#x0;",
    b"<td rowspan=99999 colspan=99999>", b"\xe5\xb0", b"\x81\x30", b'"', b"'", b",", b"\r", b"endobj", b"stream", b">>",
    b"/Rotate 45", b"[[[[[[[[", b"{" * 30, b"=\"", b"<div>" * 300, "：".encode(), "企业名称：".encode(), b"\xa3\xba",
)  # fmt: skip


def mutation(seed: int) -> tuple[str, bytes]:
    """(file name, bytes) of a seed; seeds take the originals in turn, so that every reader gets its share."""
    files = originals()
    chance = random.Random(seed)
    name, data = files[seed % len(files)]
    if data.startswith(b"PK") and chance.random() < 0.7:
        return name, _inside(data, chance)
    for _ in range(chance.choice((1, 1, 2, 4, 8, 32))):
        data = chance.choice(WAYS)(data, chance)
    return name, bytes(data)


def _inside(data: bytes, chance: random.Random) -> bytes:
    """A container whose directory is right but one of whose parts is broken."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = chance.choice([n for n in names if "sheet" in n or "document" in n or "workbook" in n] or names)
        for name in names:
            part = old.read(name)
            for _ in range(chance.choice((1, 2, 5)) if name == chosen else 0):
                part = chance.choice(WAYS)(part, chance)
            if name != chosen or chance.random() > 0.05:
                new.writestr(name, part)
    return out.getvalue()


def _flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 20)) if data else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _drop(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.choice((1, 2, 16, 300)) :]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    part = data[start : start + chance.choice((1, 4, 60, 800))]
    return data[:start] + part * chance.choice((2, 3, 20)) + data[start:]


def _insert(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + chance.choice(WORDS) + data[start:]


def _number(data: bytes, chance: random.Random) -> bytes:
    found = list(re.finditer(rb"\d+", data[:200_000]))
    if not found:
        return data
    place = chance.choice(found)
    return data[: place.start()] + chance.choice(NUMBERS) + data[place.end() :]


def _swap(data: bytes, chance: random.Random) -> bytes:
    a, b = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:a] + data[b : b + 200] + data[a:b] + data[b + 200 :]


def _splice(data: bytes, chance: random.Random) -> bytes:
    _, other = chance.choice(originals())
    start, at = chance.randrange(len(other)), chance.randrange(len(data) + 1)
    return data[:at] + other[start : start + 500] + data[at:]


WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flip, _flip, _cut, _drop, _drop, _repeat, _insert, _insert, _number, _number, _swap, _splice,
)  # fmt: skip
