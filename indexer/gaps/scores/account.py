"""What a score is reckoned from: a subject's duties that fell due in the period, its open findings, its conduct."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from indexer.gaps.params import Severity


class Standing(NamedTuple):
    """What a state of a duty says to a score; ``lawful`` None: it does not say where the item was found."""

    observed: bool
    disclosed: bool
    lawful: bool | None


STANDINGS: dict[str, Standing] = {
    "not_observable": Standing(False, False, None),
    "missing": Standing(True, False, False),
    "withdrawn": Standing(True, False, False),
    "elsewhere_only": Standing(True, True, False),
    "contradicted": Standing(True, True, True),
    "partial": Standing(True, True, True),
    "stale": Standing(True, True, True),
    "late": Standing(True, True, True),
    "met": Standing(True, True, True),
    "disclosed": Standing(True, True, None),
}
"""States of duties that fell due (``disclosed``: what the public sees where the proof does not reach further)."""
NOT_OWED = frozenset({"exempt", "not_due"})


@dataclass(frozen=True)
class Item:
    """One duty that fell due in the period, as a reader may see it.

    ``delay`` in days from the due day (at most 0: in time; None: not known), ``completeness`` 0..1 (None: not known).
    An item that cannot be judged (``not_observable``) but was seen keeps both: what is known is never taken away.
    """

    ref: str
    """Id of the duty."""
    obligation: str
    title: str
    period: str
    cadence: str
    """How often the law asks for it: ``once``, ``year``, ``quarter`` …"""
    due: date
    state: str
    delay: int | None = None
    completeness: float | None = None
    intervened: bool = False
    """True where a person had confirmed the gap before it was filled."""
    confirmed: Severity | None = None
    """Severity of the finding on it that a person confirmed."""
    found: bool = False
    """True where a document answers it, whether or not its state could be judged."""
    lenient: bool = False
    """True where the reader may not see how late or how incomplete it was: read in the subject's favour."""

    @property
    def standing(self) -> Standing:
        """What its state says; raises KeyError for a state of a duty that is not owed."""
        return STANDINGS[self.state]

    @property
    def seen(self) -> bool:
        """True where it was disclosed, wherever, whether or not its state could be judged."""
        return self.standing.disclosed or (not self.standing.observed and self.found)


@dataclass(frozen=True)
class Lead:
    """One open finding (线索) that the reader may see; ``duty`` is the id of the duty it speaks of, if any."""

    ref: str
    rule: str
    group: str
    severity: Severity
    words: str
    duty: str | None = None
    confirmed: bool = False
    rejected: bool = False


Pair = tuple[str | None, str]
"""An outlet (None: not said) and a pollutant."""


@dataclass(frozen=True)
class Conduct:
    """What goes beyond single duties. ``voluntary``: items disclosed of kinds that it does not owe, by kind.

    ``owed`` outlets × pollutants of the permit (or of the last report), ``shown`` those with published values.
    """

    voluntary: tuple[tuple[str, int], ...] = ()
    owed: frozenset[Pair] = frozenset()
    shown: frozenset[Pair] = frozenset()
    from_permit: bool = True


@dataclass(frozen=True)
class Account:
    """Everything that one subject's score of one day is reckoned from."""

    subject: str
    items: tuple[Item, ...]
    leads: tuple[Lead, ...] = ()
    conduct: Conduct = field(default_factory=Conduct)

    def since(self, day: date) -> Account:
        """The account of a shorter period: items that fell due on ``day`` or later."""
        return replace(self, items=tuple(item for item in self.items if item.due >= day))
