"""Behaviour and due day → items on the sites: what each part of the cast does about each duty."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from .looks import break_last, break_middle
from .model import Firm, Item
from .script import LAST_DAY
from .timing import draw, removal, timing

BLANK = {
    "O31-1": frozenset({"products"}),
    "O31-2": frozenset({"quota"}),
    "O31-3": frozenset({"running"}),
    "O31-4": frozenset({"eia_doc", "permit_no"}),
    "O31-5": frozenset({"plan"}),
    "O24-Y": frozenset({"G5"}),
    "M23-1": frozenset({"ok"}),
}
"""What a partial discloser leaves out, by obligation (PR-2 and O31-6 have no required field)."""
NOT_PRODUCED = frozenset({"G5", "G6"})


@dataclass(frozen=True)
class Duty:
    """What is to be disclosed where: the site and kind of the item, the obligation and period, the due day."""

    obligation: str
    site: str
    kind: str
    due: date
    period: str | None = None
    lead: tuple[int, int] = (8, 60)
    kinds: frozenset[str] = frozenset()
    """Kinds whose pages break together; empty: the item's own."""


def plant(firm: Firm, duty: Duty, behaviour: str | None, rng: Random) -> Item | None:
    """Adds to ``firm`` what ``behaviour`` (None: the ordinary draw) makes of ``duty``; returns the item or None."""
    word = behaviour or draw(rng)
    item = _item(duty, word, rng)
    kinds = duty.kinds or frozenset({duty.kind})
    if word == "awaiting":
        firm.broken.append(break_middle(duty.site, kinds, duty.due))
    elif word == "bad":
        firm.broken.append(break_last(duty.site, kinds, duty.due))
    elif word == "unproven":
        firm.broken.append(break_middle(duty.site, kinds, duty.due))
    if item is None or item.shown > LAST_DAY:
        return None
    firm.items.append(item)
    return item


def _item(duty: Duty, word: str, rng: Random) -> Item | None:
    """One item; the special words are an early disclosure with something else about it."""
    if word in ("awaiting", "bad"):
        return None
    if word.startswith("on 20"):
        day = date.fromisoformat(word.removeprefix("on "))
        return Item(duty.site, duty.kind, day, duty.period, day)
    days = timing(word if word in _PLAIN else "early", duty.due, rng, duty.lead)
    if days is None:
        return None
    return _special(Item(duty.site, duty.kind, days[0], duty.period, days[1]), duty, word)


_PLAIN = frozenset(
    {"early", "on_due", "late_stated", "late_look", "late_both", "backdated", "unstated", "unstated_after", "never"}
)


def _special(item: Item, duty: Duty, word: str) -> Item:
    changes: dict[str, dict[str, object]] = {
        "partial": {"blank": BLANK.get(duty.obligation, frozenset())},
        "not_produced": {"not_produced": NOT_PRODUCED},
        "tenth_blank": {"mark": "tenth_blank"},
        "elsewhere": {"site": "platform"},
        "unproven": {"site": "platform"},
        "contradicted": {"mark": "contradicted"},
        "stale": {"mark": "stale"},
    }
    if word == "withdrawn":
        return replace(item, until=removal(duty.due))
    if word in _PLAIN:
        return item
    return replace(item, **changes[word])  # type: ignore[arg-type]
