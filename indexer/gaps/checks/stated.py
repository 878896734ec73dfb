"""Loads that documents state (排放量): of reports and of the enterprise's own discharge data, by outlet and period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.gaps.checks.terms import fold, number
from indexer.gaps.checks.view import View
from indexer.law.facts import Found

_LOADS = {"annual_report": "actual_load", "permit_report": "load", "emission": "total"}
"""Kind → key of its load, in t."""
_QUOTAS = {"annual_report": "limit_load", "permit_report": "limit_load", "emission": "quota"}


@dataclass(frozen=True)
class Load:
    """One stated load, t, with the permitted one of the same row and the production of the period where printed."""

    item: Found
    outlet: str | None
    pollutant: str
    period: str | None
    tonnes: float
    quota: float | None
    production: float | None

    @property
    def where(self) -> str:
        """``排放口DW001化学需氧量`` or ``化学需氧量``."""
        return f"{f'排放口{self.outlet}' if self.outlet else ''}{self.pollutant}"


def loads(view: View, *kinds: str) -> Iterator[Load]:
    """The loads of disclosures of these kinds, each of one pollutant."""
    for item in view.found(*kinds):
        facts = item.facts
        tonnes = number(facts.get(_LOADS[item.kind]))
        pollutants = item.pollutants or tuple(filter(None, str(facts.get("pollutant") or "").split("、")))
        if tonnes is not None and len(pollutants) == 1:
            outlet = item.outlet or facts.get("outlet") or facts.get("outlet_name")
            yield Load(
                item, str(outlet) if outlet else None, pollutants[0], item.period, tonnes,
                number(facts.get(_QUOTAS[item.kind])), number(facts.get("production")),
            )  # fmt: skip


def folded(outlet: str | None) -> str:
    """An outlet's name for comparison; nothing for the enterprise as a whole."""
    return fold(outlet) if outlet else ""
