"""What a row prints beside a value: its mark, the value before conversion, its digits, oxygen, flow, times over.

Both ways of reading rows (:mod:`measurements`, :mod:`templates`) take it from here. Only what is printed becomes a
key: most values have none of it, and a value is stored a hundred million times.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time as clock
from datetime import timedelta
from typing import Literal

from indexer.normalise import dates, fields, marks, units, values
from indexer.register.documents import Beside

KEYS = ("conc", "conc_measured", "times", "oxygen", "flow")
"""Fields whose first text that is a value is asked for."""
_SHANGHAI = timedelta(hours=8)
_TRAILING = re.compile(r"\d[\d,]*\.(\d*0)(?![\d.eE])")


def beside(
    printed: Mapping[str, str], marked: marks.Columns, cells: Mapping[str, str], flow: str, water: bool
) -> Beside:
    """Keys of a measurement beyond value, unit, limits and verdict; see ``documents.Measurement``.

    ``marked``: the columns that may hold a mark; ``cells``: key of ``KEYS`` → its first text that is a value;
    ``flow``: the header of the flow, whose brackets hold its unit; ``water``: whether that is waste water.
    """
    found: Beside = {}
    mark = marks.of_row(printed, marked)
    if mark:
        found["mark"] = mark
    converted, measured = cells.get("conc"), cells.get("conc_measured")
    digits = trailing(converted or measured or "")
    if digits is not None:
        found["decimals"] = digits
    if measured and not converted:
        found["unconverted"] = True
    elif measured:
        _number(found, "measured", measured)
    _number(found, "times", cells.get("times"))
    _number(found, "oxygen", cells.get("oxygen"))
    if (text := cells.get("flow")) and (rate := _hourly(flow, text, water)) is not None:
        found["flow"] = rate
    return found


def trailing(text: str) -> int | None:
    """Decimals of a number printed with zeros at its end (``35.20`` → 2), which the number itself does not tell."""
    match = _TRAILING.search(text) if "." in text else None
    return len(match[1]) if match else None


def stated(text: str | None, day: str | None) -> str | None:
    """When a row says it was published, on the clock of Shanghai: to the minute where it prints one, else the day.

    ``text`` is its own, ``day`` that of the whole page; None where neither says.
    """
    moment = dates.moment(text) if text else None
    if moment is None or not 1990 <= moment.year <= 2100:
        return day
    local = (moment + _SHANGHAI).replace(tzinfo=None)
    return local.date().isoformat() if local.time() == clock() else local.isoformat(timespec="minutes")


def _number(found: Beside, key: Literal["measured", "times", "oxygen"], text: str | None) -> None:
    value = values.parse(text).value if text else None
    if value is not None:
        found[key] = value


def _hourly(header: str, text: str, water: bool) -> float | None:
    """A printed flow in m³/h by the unit behind it or in its header; a tonne of waste water is a cubic metre."""
    read = values.parse(text)
    folded = fields.fold_header(header)
    unit = read.unit or units.normal(folded[folded.rfind("(") + 1 :].rstrip(")") if "(" in folded else "")
    if read.value is None or unit is None:
        return None
    rate = units.convert(read.value, unit, "m³/h")
    tonnes = units.convert(read.value, unit, "t/h") if rate is None and water else None
    found = rate if tonnes is None else tonnes
    return None if found is None else float(f"{found:.9g}")
