"""Wide monitoring rows: one column a pollutant, with columns of limit, state and converted value beside it.

Platforms print ``val_316, stand_316, state_316, cvt_316``; sheets 二氧化硫实测浓度 and 二氧化硫折算浓度. Those of one
pollutant are one value: the converted one where it is printed, the measured one beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from indexer.normalise import marks, pollutants, values
from indexer.register.beside import trailing
from indexer.register.documents import Beside

_VALUE = re.compile(r"val_(?P<code>[0-9a-z]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Column:
    """One pollutant of a wide row: the header and text of its value, and what its neighbours print ("" for none)."""

    header: str
    text: str
    converted: bool
    measured: str = ""
    limit: str = ""
    state: str = ""


def columns(printed: Mapping[str, str], unknown: Iterable[str]) -> tuple[Column, ...]:
    """Headers that are no field but a pollutant, with a value or -9999; what belongs to one pollutant is one column."""
    found: dict[str, Column] = {}
    for header in unknown:
        known = pollutants.resolve(header)
        text = printed[header]
        if known is None or (values.is_absent(text) and not marks.is_missing(text)):
            continue
        column = _column(printed, header)
        other = found.get(known.name)
        if other is None:
            found[known.name] = column
        elif column.converted and not other.converted:
            found[known.name] = replace(column, measured=other.text)
        elif other.converted and not column.converted and not other.measured:
            found[known.name] = replace(other, measured=column.text)
    return tuple(found.values())


def _column(printed: Mapping[str, str], header: str) -> Column:
    match = _VALUE.fullmatch(header)
    if match is None:
        return Column(header, printed[header], pollutants.is_converted(header))
    code = match["code"]
    limit, state, converted = (printed.get(f"{name}_{code}") or "" for name in ("stand", "state", "cvt"))
    if values.is_absent(converted):
        return Column(header, printed[header], False, limit=limit, state=state)
    return Column(header, converted, True, printed[header], limit, state)


def beside(column: Column, printed: Mapping[str, str], headers: Mapping[str, str]) -> Beside:
    """What stands beside the value: its own state, else the mark that holds for the whole row."""
    found: Beside = {}
    mark = marks.in_column(column.state) if not values.is_absent(column.state) else None
    row = tuple(pair for pair in marks.columns(headers.items()) if pair[1] in ("mark", "remark"))
    mark = marks.of_row(printed, row) if mark in (None, marks.NORMAL) else mark
    mark = mark or ("missing" if marks.is_missing(column.text) else marks.in_words(column.text))
    if mark is not None and mark != marks.NORMAL:
        found["mark"] = mark
    digits = trailing(column.text)
    if digits is not None:
        found["decimals"] = digits
    measured = values.parse(column.measured).value
    if measured is not None:
        found["measured"] = measured
    return found
