"""What a check says: an observation (观察) is one instance of a gap, with its arithmetic and what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from indexer.gaps.checks.view import View
from indexer.gaps.finding import Confidence
from indexer.gaps.params import GapRule, Severity


@dataclass(frozen=True)
class Observation:
    """One instance. Those of one (rule, obligation, period) become one finding; ``about`` orders them within it.

    ``words``: one Chinese sentence with the arithmetic in numbers and units, without the final 线索,非结论.
    ``since``: the day on which everything it rests on had been seen, never later than the day of the view.
    """

    severity: Severity
    confidence: Confidence
    words: str
    since: date
    obligation: str | None = None
    period: str | None = None
    about: str = ""
    captures: tuple[dict[str, Any], ...] = ()
    visits: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    """Ids of the disclosures it speaks of."""
    to_authority: bool = False
    """True where it asks something of the authority, not of the enterprise (MIS-09)."""


@dataclass(frozen=True)
class Check:
    """A rule's code: what it reads (``inputs``), which params it takes from its row, how it looks."""

    rule: str
    run: Callable[[View, GapRule], Iterator[Observation]]
    params: tuple[str, ...]
