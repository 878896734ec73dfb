"""Values inside data: found by paths, shown as the contract keeps them, wide rows unfolded, inner lists drawn out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from crawlers.readers.folding import fold
from crawlers.readers.scriptdata import Written

ABSENT = object()
"""Where a path leads nowhere."""
Fields = dict[str, str]


def at(value: Any, path: str | None) -> Any:
    """The value at ``data.list`` or ``0.rows`` (an empty path is the whole); ABSENT where there is none."""
    for step in path.split(".") if path else ():
        if isinstance(value, Mapping):
            value = value.get(step, ABSENT)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return ABSENT
    return value


def whole(value: Any) -> int | None:
    """A count: a whole number or its digits; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    text = str(value).strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else None


def shown(value: Any) -> str:
    """A value as the contract keeps it: null and ``"null"`` are empty, decimals as written, nested values JSON text."""
    if isinstance(value, str):
        return "" if value == "null" else fold(value)
    if value is None:
        return ""
    return value.text if isinstance(value, Written) else json.dumps(value, ensure_ascii=False)


def fields_of(row: Mapping[str, Any], without: frozenset[str] = frozenset()) -> Fields:
    """A row with its keys as headers; ``without`` are those whose lists are records of their own."""
    return {str(key): shown(value) for key, value in row.items() if key not in without}


def unfolded(fields: Fields, spec: Mapping[str, str]) -> Iterator[tuple[str, Fields]]:
    """(code, fields) of each code of a wide row that has any value, in the order of its columns.

    ``val_316`` becomes the column ``val`` of the row whose ``code`` column says 316; columns that do not match stay in
    every row. A row without any such column comes out as it is, with the code ``""``.
    """
    match = _compiled(spec["match"])
    common: Fields = {}
    by_code: dict[str, Fields] = {}
    for header, text in fields.items():
        found = match.search(header)
        if found is None:
            common[header] = text
        else:
            by_code.setdefault(found[2], {})[found[1]] = text
    if not by_code:
        yield "", fields
    for code, own in by_code.items():
        if any(own.values()):
            yield code, {**common, spec["code"]: code, **own}


def inner(row: Mapping[str, Any], path: str) -> Iterator[tuple[str, list[Mapping[str, Any]], Mapping[str, Any]]]:
    """(place, the objects around it from the outermost in, row) of each row of a list inside ``row``.

    ``ports.items`` goes through the list ``ports``. Raises ValueError where there is something else than rows.
    """
    return _inner(row, path.split("."), "", [])


def _inner(
    value: Mapping[str, Any], steps: list[str], place: str, around: list[Mapping[str, Any]]
) -> Iterator[tuple[str, list[Mapping[str, Any]], Mapping[str, Any]]]:
    step, *rest = steps
    here = f"{place}.{step}".lstrip(".")
    found = value.get(step)
    if found is None or found == "":
        return
    if isinstance(found, dict) and rest:
        yield from _inner(found, rest, here, [*around, value])
        return
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise ValueError(f"{here} is no list of rows")
    for number, item in enumerate(found):
        if rest:
            yield from _inner(item, rest, f"{here}[{number}]", [*around, value])
        else:
            yield f"{here}[{number}]", [*around, value], item


@lru_cache(maxsize=64)
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)
