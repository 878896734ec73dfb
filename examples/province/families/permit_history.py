"""Histories of permits with what real ones hold: a number changed at 变更, the letter O typed for 0, a gap in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ..model import Firm, Version

ACTS = ("变更", "补办", "重新申请")


@dataclass(frozen=True)
class Line:
    """One line of the table of versions."""

    number: str
    act: str
    version: Version


def number_of(firm: Firm, former: bool = False) -> str:
    """The number that the platform prints now, or the one that it printed before a change."""
    assert firm.permit is not None
    number, turn = firm.permit.number, int(firm.key[2:]) % 6
    if turn == 1 and not former:
        return number.replace("0", "O", 1)
    if turn == 2 and former:
        return f"{number[:18]}009V"
    return number


def history(firm: Firm, day: date) -> list[Line]:
    """Every version up to ``day``, oldest first; after the first stands a change of one kind or another."""
    assert firm.permit is not None
    lines = [Line(number_of(firm), version.act, version) for version in firm.permit.known(day)]
    first = lines[0].version
    changed = first.start + timedelta(days=200)
    turn = int(firm.key[2:]) % 6
    if turn < 3 and changed < min(day, first.end):
        lines[0] = Line(number_of(firm, former=True), lines[0].act, first)
        lines.insert(1, Line(number_of(firm), ACTS[turn], Version(ACTS[turn], changed, first.end)))
    return lines
