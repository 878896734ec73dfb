"""Two sources (CON-15, 两处不同): the same amount of the same period and pollutant, differing in two places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from indexer.gaps.checks import duties
from indexer.gaps.checks.observation import Observation
from indexer.gaps.checks.view import View
from indexer.gaps.params import GapRule, Severity
from indexer.law.facts import Found
from indexer.normalise import units, values

_KINDS = ("annual_report", "permit_report", "emission", "carbon")
_NUMBER = re.compile(r"\s*(?P<number>[\d,]+(?:\.\d+)?)\s*(?P<unit>[^\d\s，。；;,（(]*)")
_Key = tuple[str, str, str, tuple[str, ...]]


@dataclass(frozen=True)
class _Said:
    """One amount: the number, its unit where one is printed, as printed, and by which document."""

    number: float
    unit: str | None
    text: str
    item: Found


def check(view: View, rule: GapRule) -> Iterator[Observation]:
    """Amounts and verdicts of one period, outlet and set of pollutants, from each two documents of different places."""
    for (what, period, _, pollutants), said in sorted(_amounts(view, rule).items()):
        for one, other in combinations(said, 2):
            if _two(one.item, other.item):
                yield from _differ(view, rule, what, period, pollutants, one, other)
    yield from _verdicts(view, rule)


def _two(one: Found, other: Found) -> bool:
    return (one.source, one.kind) != (other.source, other.kind)


def _amounts(view: View, rule: GapRule) -> dict[_Key, list[_Said]]:
    found: dict[_Key, list[_Said]] = {}
    same: dict[str, Any] = rule.params["same"]
    for item in view.found(*_KINDS):
        if item.period is None:
            continue
        for what, keys in same.items():
            said = next((said for key in keys if (said := _read(item, key)) is not None), None)
            if said is not None:
                found.setdefault((what, item.period, item.outlet or "", tuple(sorted(item.pollutants))), []).append(
                    said
                )
    return found


def _read(item: Found, key: str) -> _Said | None:
    """A plain number with or without a unit; a text with several numbers is no one amount."""
    value = item.facts.get(key)
    unit = item.facts.get("unit")
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _Said(float(value), unit if isinstance(unit, str) else None, f"{value:g}{unit or ''}", item)
    match = _NUMBER.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    printed = units.normal(match["unit"]) if match["unit"] else (unit if isinstance(unit, str) else None)
    return _Said(values.number(match["number"]), printed, value, item)


def _differ(
    view: View, rule: GapRule, what: str, period: str, pollutants: tuple[str, ...], one: _Said, other: _Said
) -> Iterator[Observation]:
    right = _in_unit(other, one.unit)
    if right is None:
        return
    most = max(abs(one.number), abs(right))
    share = abs(one.number - right) / most if most else 0.0
    severity = _severity(rule, share)
    if severity is not None:
        words = (
            f"{period}{'、'.join(pollutants)}{what}：{_where(one.item)}为{one.text}，{_where(other.item)}为{other.text}，"
            f"相差{share:.1%}"
        )
        yield _observation(view, severity, words, one.item, other.item, f"{what}|{'、'.join(pollutants)}")


def _in_unit(said: _Said, unit: str | None) -> float | None:
    """The number in the other's unit; None where only one of them prints a unit, or the units are of other kinds."""
    if said.unit == unit:
        return said.number
    return units.convert(said.number, said.unit, unit) if said.unit and unit else None


def _severity(rule: GapRule, share: float) -> Severity | None:
    if share <= rule.number("s1_share"):
        return None
    return "S3" if share > rule.number("s3_share") else "S2" if share > rule.number("s2_share") else "S1"


def _verdicts(view: View, rule: GapRule) -> Iterator[Observation]:
    """One place says within the limits, another over them, of the same period, outlet and pollutants."""
    said: dict[tuple[str, str, tuple[str, ...]], list[tuple[str, str, Found]]] = {}
    for item in view.found(*_KINDS):
        for key in rule.texts("verdicts"):
            value = item.facts.get(key)
            word = _verdict(value, rule) if isinstance(value, str) else "within" if key in item.not_produced else None
            if item.period is not None and word is not None:
                place = (item.period, item.outlet or "", tuple(sorted(item.pollutants)))
                said.setdefault(place, []).append((word, value if isinstance(value, str) else "无", item))
    for (period, _, pollutants), rows in sorted(said.items()):
        for one, other in combinations(rows, 2):
            if one[0] != other[0] and _two(one[2], other[2]):
                words = (
                    f"{period}{'、'.join(pollutants)}达标结论相反（2处）：{_where(one[2])}为“{one[1][:20]}”，"
                    f"{_where(other[2])}为“{other[1][:20]}”"
                )
                yield _observation(view, "S3", words, one[2], other[2], f"verdict|{'、'.join(pollutants)}")


def _verdict(value: str, rule: GapRule) -> str | None:
    text = re.sub(r"\s+", "", value)
    if values.is_not_produced(text) or text in rule.texts("within"):
        return "within"
    return "over" if text in rule.texts("over") else None


def _where(item: Found) -> str:
    return f"{item.source}“{item.title or item.kind}”"


def _observation(view: View, severity: Severity, words: str, one: Found, other: Found, about: str) -> Observation:
    report = one if one.kind == "annual_report" else other
    obligation, period = duties.place(view, report)
    return Observation(
        severity, "high", words, max(one.first_seen, other.first_seen), obligation, period, about,
        (*one.captures, *other.captures), found=tuple(sorted((one.id, other.id))),
    )  # fmt: skip
