"""Accounts made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from indexer.gaps.params import Severity
from indexer.gaps.scores import rubricfile
from indexer.gaps.scores.account import Account, Conduct, Item, Lead
from indexer.gaps.scores.score import Score, evaluate

OURS = rubricfile.load()["ours"]
DUE = date(2026, 3, 16)


def item(obligation: str = "O24-Y", state: str = "met", **more: Any) -> Item:
    """A yearly report in time and complete."""
    found = state not in ("missing", "not_observable")
    made = Item(
        f"e-1:{obligation}:2025", obligation, "年度报告", "2025", "year", DUE, state,
        0 if found else None, 1.0 if found else None, found=found,
    )  # fmt: skip
    return replace(made, **more)


def late(days: int, obligation: str = "O24-Y", **more: Any) -> Item:
    """One that came so many days late."""
    return item(obligation, "late", delay=days, **more)


def missing(obligation: str = "O24-Y", **more: Any) -> Item:
    """One that is proven missing."""
    return item(obligation, "missing", **more)


def lead(rule: str = "CON-05", severity: Severity = "S2", ref: str = "f-1", **more: Any) -> Lead:
    """An open contradiction."""
    return replace(Lead(ref, rule, "inconsistent", severity, "两处数值不符。线索,非结论"), **more)


def account(*items: Item, leads: tuple[Lead, ...] = (), conduct: Conduct | None = None) -> Account:
    """An enterprise with these items, each with an id of its own."""
    named = tuple(replace(one, ref=f"{one.ref}#{number:03d}") for number, one in enumerate(items))
    return Account("e-1", named, leads, conduct or Conduct())


def scored(*items: Item, **more: Any) -> Score:
    """Its score by the project's own rubric."""
    made = evaluate(OURS, account(*items, **more))
    assert made is not None
    return made


def heads(made: Score) -> dict[str, float | None]:
    """The values of the heads by key."""
    return {head.key: head.value for head in made.heads}
