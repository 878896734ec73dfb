"""The grammar of due days: ``L+90d``, ``E+5wd``, ``PE+15d``, ``V-60d``, ``Y+1-03-15``, ``RT(1h, 1h)``, ``PERMIT(f)``.

``L`` list published, ``E`` event, ``PE`` period's end, ``V`` permit valid to, ``S`` first day on which it must be kept,
``Y`` report year; ``d`` days, ``wd`` working days, ``mo`` months, ``y`` years. Counting starts on the day after
(民法典 art. 201).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Base = Literal["L", "E", "PE", "V", "S"]
UnitName = Literal["d", "wd", "mo", "y"]

_STEP = re.compile(r"([+-])(\d+)(wd|mo|d|y)")
_ANCHORED = re.compile(r"(PE|L|E|V|S)((?:[+-]\d+(?:wd|mo|d|y))*)")
_YEAR = re.compile(r"Y(?:\+(\d+))?-(\d{2})-(\d{2})")
_REAL_TIME = re.compile(r"RT\(\s*(\d+)h\s*,\s*(\d+)h\s*\)")
_PERMIT = re.compile(r"PERMIT\((\w+)\)\s+else\s+(.+)")


@dataclass(frozen=True)
class Step:
    """``+90d``: that many units on (negative: back)."""

    count: int
    unit: UnitName


@dataclass(frozen=True)
class Anchored:
    """An anchor's day and the steps from it."""

    base: Base
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class OfYear:
    """A day of the report year or a later one: ``Y+1-03-15``."""

    years: int
    month: int
    day: int


@dataclass(frozen=True)
class RealTime:
    """A slot of ``slot`` hours, public within ``grace`` hours of its end; in days: the day after the slot's day."""

    slot: int
    grace: int


@dataclass(frozen=True)
class Printed:
    """The day that the permit itself prints under ``field``, else another expression."""

    field: str
    otherwise: Anchored | OfYear


Expression = Anchored | OfYear | RealTime | Printed


def parse(text: str) -> Expression:
    """The expression that ``text`` writes; raises ValueError where the grammar does not know it."""
    if match := _PERMIT.fullmatch(text):
        otherwise = parse(match[2])
        if isinstance(otherwise, Anchored | OfYear):
            return Printed(match[1], otherwise)
        raise ValueError(f"after else stands {match[2]!r}; write an anchored or yearly day such as Y+1-01-31")
    if match := _REAL_TIME.fullmatch(text):
        return RealTime(int(match[1]), int(match[2]))
    if match := _YEAR.fullmatch(text):
        return _of_year(text, int(match[1] or 0), int(match[2]), int(match[3]))
    if match := _ANCHORED.fullmatch(text):
        return Anchored(_base(match[1]), tuple(_step(*found) for found in _STEP.findall(match[2])))
    raise ValueError(f"not a due expression: {text!r} (for example L+90d, E+5wd, PE+15d, Y+1-03-15)")


def _of_year(text: str, years: int, month: int, day: int) -> OfYear:
    if not 1 <= month <= 12 or not 1 <= day <= (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]:
        raise ValueError(f"no such day in every year: {text!r}")
    return OfYear(years, month, day)


def _base(text: str) -> Base:
    for base in ("L", "E", "PE", "V", "S"):
        if text == base:
            return base
    raise ValueError(f"not an anchor: {text!r}")


def _step(sign: str, count: str, unit: str) -> Step:
    for known in ("d", "wd", "mo", "y"):
        if unit == known:
            return Step(int(count) if sign == "+" else -int(count), known)
    raise ValueError(f"not a unit of time: {unit!r}")
