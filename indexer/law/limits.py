"""National limits (排放限值) of ``limits.yaml``: by the standard that is named, its words of scope, pollutant and day.

A permit's limit outranks them. Where a text names a standard but not which of its scopes holds, no limit is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from marshmallow import RAISE, Schema, fields, validate

from indexer.law import yamlfile
from indexer.law.schema import load_row

FILE = Path(__file__).parent / "limits.yaml"
_CODE = re.compile(r"(GB(?:/T)?|DB\d\d(?:/T)?)\s*(\d+(?:\.\d+)?)\s*[-—－–]?\s*((?:19|20)\d\d)?", re.IGNORECASE)


@dataclass(frozen=True)
class LimitRow:
    """One limit. ``words``: all of them stand in the text where it holds; ``averaging``: 1h, 1d; ``seen``: S, M."""

    standard: str
    table: str
    scope: str
    words: tuple[str, ...]
    medium: str
    pollutant: str
    low: float | None
    high: float | None
    unit: str
    averaging: str
    valid_from: date
    valid_to: date | None
    seen: str


@dataclass(frozen=True)
class Oxygen:
    """A reference oxygen content (基准氧含量), %, by standard and words of scope."""

    standard: str
    words: tuple[str, ...]
    percent: float
    seen: str


@dataclass(frozen=True)
class Book:
    """The file as a whole; ``averagings``: standard → averagings for which it has limits."""

    rows: tuple[LimitRow, ...]
    oxygen: tuple[Oxygen, ...]
    averagings: dict[str, frozenset[str]]


class _Strict(Schema):
    class Meta:
        unknown = RAISE


class _Table(_Strict):
    standard = fields.String(required=True)
    table = fields.String(required=True)
    scope = fields.String(required=True)
    words = fields.List(fields.String(), load_default=list)
    built_from = fields.Date(load_default=None)
    built_to = fields.Date(load_default=None)
    region_flag = fields.String(load_default=None)
    medium = fields.String(required=True, validate=validate.OneOf(("water", "air")))
    unit = fields.String(required=True)
    averaging = fields.String(required=True, validate=validate.OneOf(("1h", "1d")))
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(load_default=None)
    seen = fields.String(required=True, validate=validate.OneOf(("S", "M")))
    values = fields.Dict(keys=fields.String(), required=True)


class _Oxygen(_Strict):
    standard = fields.String(required=True)
    words = fields.List(fields.String(), load_default=list)
    percent = fields.Float(required=True, validate=validate.Range(0, 20))
    seen = fields.String(required=True, validate=validate.OneOf(("S", "M")))


@lru_cache(maxsize=4)
def load(file: Path = FILE) -> Book:
    """The limits of a file; raises RulesError naming the row and field that is wrong."""
    data = yamlfile.mapping(file)
    rows = [row for number, table in enumerate(data["tables"]) for row in _rows(table, file, number)]
    oxygen = [
        Oxygen(known["standard"], tuple(known["words"]), known["percent"], known["seen"])
        for known in (load_row(_Oxygen(), row, file.name, f"oxygen {n}") for n, row in enumerate(data["oxygen"]))
    ]
    averagings: dict[str, set[str]] = {}
    for row in rows:
        averagings.setdefault(row.standard, set()).add(row.averaging)
    return Book(tuple(rows), tuple(oxygen), {name: frozenset(found) for name, found in averagings.items()})


def _rows(table: Any, file: Path, number: int) -> list[LimitRow]:
    known = load_row(_Table(), table, file.name, f"tables {number}")
    made = []
    for pollutant, value in known["values"].items():
        low, high = value if isinstance(value, list) else (None, value)
        made.append(LimitRow(
            known["standard"], known["table"], known["scope"], tuple(known["words"]), known["medium"], pollutant,
            low, float(high), "无量纲" if pollutant == "pH" else known["unit"], known["averaging"],
            known["valid_from"], known["valid_to"], known["seen"],
        ))  # fmt: skip
    return made


@lru_cache(maxsize=20_000)
def codes(text: str) -> tuple[str, ...]:
    """The standards that a text names, without year: ``GB 18918``, ``DB31 933``."""
    return tuple(dict.fromkeys(f"{match[1].upper().replace('/T', '')} {match[2]}" for match in _CODE.finditer(text)))


@lru_cache(maxsize=20_000)
def averaging(text: str) -> frozenset[str] | None:
    """The averagings for which the standard that a text names has limits; None where it names none of the file's."""
    found = [load().averagings[code] for code in codes(text) if code in load().averagings]
    return frozenset().union(*found) if found else None


@lru_cache(maxsize=50_000)
def find(text: str, pollutant: str, medium: str | None, day: date, asked: str | None) -> LimitRow | None:
    """The national limit of a pollutant by the standard and scope that a text names; None where that is not one.

    ``asked``: the averaging of the values; None (single sessions) takes whatever the standard has.
    """
    named, folded = codes(text), re.sub(r"\s+", "", text)
    fitting = [
        row
        for row in load().rows
        if row.standard in named and row.pollutant == pollutant and medium in (None, row.medium)
        and row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)
        and (asked is None or row.averaging == asked) and row.words and all(word in folded for word in row.words)
    ]  # fmt: skip
    most = max((len(row.words) for row in fitting), default=0)
    best = {(row.low, row.high): row for row in fitting if len(row.words) == most}
    return next(iter(best.values())) if len(best) == 1 else None


@lru_cache(maxsize=5_000)
def reference_oxygen(text: str) -> tuple[float, ...]:
    """The reference oxygen contents that may hold by the standard and kind of plant that a text names, %, ascending."""
    named, folded = codes(text), re.sub(r"\s+", "", text)
    of_standard = [row for row in load().oxygen if row.standard in named]
    told = [row for row in of_standard if all(word in folded for word in row.words)]
    return tuple(sorted({row.percent for row in told or of_standard}))


def all_reference_oxygen() -> tuple[float, ...]:
    """Every reference oxygen content of the file, %."""
    return tuple(sorted({row.percent for row in load().oxygen}))
