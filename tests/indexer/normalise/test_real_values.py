"""Real strings and what they are read as; and how much of a whole real platform is understood."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from python_calamine import CalamineWorkbook

from indexer.normalise import codes, dates, docnos, industries, pollutants, regions, units, values

TABLE: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("real_values.yaml").read_text(encoding="utf-8")
)
ROWS = [(part, text, want) for part, rows in TABLE.items() for text, want in rows.items()]


def told(part: str, text: str) -> Any:
    """What the normaliser of a part says of a text, as the table writes it."""
    match part:
        case "value":
            return _value(text)
        case "unit":
            return units.normal(text)
        case "pollutant":
            found = pollutants.resolve(text)
            return found.name if found else None
        case "day":
            day = dates.sheet_day(text)
            return day.isoformat() if day else None
        case "span":
            return [day.isoformat() if day else None for day in dates.span(text)]
        case "instant":
            return dates.instant(text)
        case "industry":
            return list(industries.listed(text)[0])
        case "docno":
            number = docnos.parse(text)
            return number.value if number else None
        case "region":
            return regions.china().find(text, ("31", "22"))
        case "permit_no":
            permit = codes.permit_no(text)
            return permit.site if permit else None
    raise ValueError(part)


def _value(text: str) -> Any:
    if values.is_absent(text):
        return "absent"
    read = values.parse(text)
    if read.problem:
        return "unread"
    parts = {"value": read.value, "censored": read.censored, "dl": read.dl, "low": read.low, "high": read.high}
    return {name: part for name, part in {**parts, "unit": read.unit}.items() if part is not None}


def test_the_table_is_long_enough() -> None:
    assert len(ROWS) >= 300 and len(set(TABLE)) == 10


@pytest.mark.parametrize("part", TABLE)
def test_real_strings_are_read_as_the_table_says(part: str) -> None:
    wrong = {text: told(part, text) for text, want in TABLE[part].items() if told(part, text) != want}
    assert wrong == {}


def cells(realdata: Path) -> Iterator[str]:
    """Every cell of the real tables."""
    for path in sorted((realdata / "shanghai-eic").glob("*.xlsx")):
        book = CalamineWorkbook.from_path(path)
        for sheet in book.sheet_names:
            for row in book.get_sheet_by_name(sheet).to_python():
                yield from (str(cell) for cell in row)
    for path in (realdata / "permit-mee").glob("*.csv"):
        with path.open(encoding="utf-8-sig") as file:
            yield from (cell for row in csv.reader(file) for cell in row)


def test_every_string_of_the_table_is_real(realdata: Path) -> None:
    real = set(cells(realdata))
    assert [text for _, text, _ in ROWS if text not in real] == []


def test_limits_and_units_of_a_whole_platform_are_understood(realdata: Path) -> None:
    """27,105 monitored items: pollutant, limit and unit; what is not understood or contradicts itself is listed."""
    book = CalamineWorkbook.from_path(realdata / "shanghai-eic" / "PollutionInfo.xlsx")
    header, *rows = book.get_sheet_by_name("排放项目信息").to_python()
    names = [str(name) for name in header]
    assert len(rows) == 27_105
    good, issues = 0, Counter[str]()
    for row in rows:
        item = {name: str(cell) for name, cell in zip(names, row, strict=True)}
        problem = _problem(item)
        good += problem is None
        issues.update([problem] if problem else _contradictions(item))
    share = good / len(rows)
    print(f"{share:.4%} of limits and units interpreted; issues: {issues.most_common(12)}")
    assert share >= 0.99


def _problem(item: dict[str, str]) -> str | None:
    """Why a limit with its unit is not understood, or None."""
    if pollutants.resolve(item["stProject"], pollutants.medium_of(item["stType"])) is None:
        return f"pollutant {item['stProject']!r}"
    if values.is_absent(item["stPfxz"]):
        return "no limit"
    limit = values.parse(item["stPfxz"])
    if limit.problem:
        return f"limit {item['stPfxz']!r}"
    unit = item["jcxm_dw"]
    return f"unit {unit!r}" if not values.is_absent(unit) and units.normal(unit) is None else None


def _contradictions(item: dict[str, str]) -> list[str]:
    """Understood, but against itself: a gas in mg/L, a limit whose own unit is not that of its column."""
    found = pollutants.resolve(item["stProject"], pollutants.medium_of(item["stType"]))
    unit, own = units.normal(item["jcxm_dw"]), values.parse(item["stPfxz"]).unit
    assert found is not None
    problems = [pollutants.unit_problem(found, unit)] if unit else []
    if unit and own and units.dimension(unit) != units.dimension(own):
        problems.append(f"limit in {own}, column in {unit}")
    return [problem for problem in problems if problem]
