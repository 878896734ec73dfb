"""JSON, JSON in a callback and JSON a line as grids: every list of objects is a table, its keys the header."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from crawlers.readers.document import Document, Grid, Limits, ReadIssue, Text, unreadable
from crawlers.readers.encodings import decode
from crawlers.readers.folding import fold

_CALLBACK = re.compile(r"^\s*[\w.$]+\s*\((.*)\)\s*;?\s*$", re.DOTALL)
_TOTALS = ("total", "totalcount", "total_count", "count", "records", "totalelements", "recordstotal", "totalrows")
_DEEPEST = 6
"""Levels below which lists are values of a row, no tables of their own."""


def read_json(data: bytes, content_type: str, limits: Limits) -> Document:
    """A JSON text as a document: a grid for each list of objects, one for an object of plain values.

    Numbers stay as written. ``place`` is the path of keys (``data.rows``), a row's place ``data.rows[17]`` counts from
    0 as programs do; a number beside the list under ``total`` (and its like) is the grid's stated count. The whole text
    is kept too.
    """
    source = decode(data, content_type)
    try:
        value = _parsed(source.text)
    except (ValueError, RecursionError) as error:
        return unreadable("json", f"not JSON ({error or 'nested too deeply'}); it may be cut off: fetch it again")
    document = Document("json", texts=[Text(source.text, "body")], issues=list(source.issues), encoding=source.encoding)
    for path, rows, total in _lists(value, "", 0, None):
        grid = _grid(document, path or "rows", rows, limits)
        grid.stated_count = total
        document.grids.append(grid)
    return document


def _parsed(text: str) -> Any:
    plain = text.replace("\x00", "").strip()
    called = _CALLBACK.match(plain)
    body = called.group(1) if called and plain[:1] not in "{[" else plain
    try:
        return json.loads(body, parse_float=str, parse_int=str)
    except json.JSONDecodeError:
        lines = [line for line in body.splitlines() if line.strip()]
        if len(lines) < 2 or not all(line.lstrip().startswith("{") for line in lines):
            raise
        return [json.loads(line, parse_float=str, parse_int=str) for line in lines]


def _lists(value: Any, path: str, depth: int, total: int | None) -> Iterator[tuple[str, list[Any], int | None]]:
    """(path, rows, stated total) of every list of objects or of rows; an object without one is a table of one row."""
    if isinstance(value, list):
        if any(isinstance(item, dict | list) for item in value):
            yield path, value, total
        return
    if not isinstance(value, dict) or depth > _DEEPEST:
        return
    stated = _total(value)
    inner = [
        found
        for key, item in value.items()
        for found in _lists(item, f"{path}.{key}".lstrip("."), depth + 1, stated if stated is not None else total)
    ]
    yield from inner
    if not inner and depth == 0 and value:
        yield "object", [value], None


def _total(value: dict[str, Any]) -> int | None:
    for key, item in value.items():
        if key.lower() in _TOTALS and isinstance(item, str) and item.isascii() and item.isdigit() and len(item) < 10:
            return int(item)
    return None


def _grid(document: Document, path: str, rows: list[Any], limits: Limits) -> Grid:
    if len(rows) > limits.rows:
        message = f"{path} has {len(rows)} rows; read up to the limit of {limits.rows}"
        document.issues.append(ReadIssue("error", "too-many-rows", message, path))
        rows = rows[: limits.rows]
    if not any(isinstance(row, dict) for row in rows):
        cells = [[_text(cell) for cell in row] if isinstance(row, list) else [_text(row)] for row in rows]
        width = max(map(len, cells), default=0)
        body = [row + [""] * (width - len(row)) for row in cells]
        return Grid(body, path, [f"{path}[{number}]" for number in range(len(body))])
    keys = list(dict.fromkeys(key for row in rows if isinstance(row, dict) for key in row))
    if len(keys) * len(rows) > limits.cells:
        message = f"{path} spans {len(rows)} rows × {len(keys)} keys, above the limit; ask for fewer rows"
        document.issues.append(ReadIssue("error", "sheet-too-large", message, path))
        return Grid([], path)
    grid = Grid([keys], path, [path])
    for number, row in enumerate(rows):
        place = f"{path}[{number}]"
        if isinstance(row, dict):
            grid.rows.append([_text(row.get(key)) for key in keys])
            grid.places.append(place)
        else:
            message = f"{place} is no object as the others are; not read as a row"
            document.issues.append(ReadIssue("warning", "row-unreadable", message, place, _text(row)[:500]))
    return grid


def _text(value: Any) -> str:
    """A value as the contract keeps it: null and ``"null"`` are empty, nested values are JSON text."""
    if value is None or value == "null":
        return ""
    if isinstance(value, str):
        return fold(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    # NaN and Infinity are the only numbers left: parse_float and parse_int keep all others as text.
    return ""
