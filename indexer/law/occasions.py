"""The events that set one obligation off, and the name of the period that an event makes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date

from indexer.law.facts import Event
from indexer.law.holder import Holder
from indexer.law.model import Obligation


def of(obligation: Obligation, holder: Holder, as_of: date) -> Iterator[Event]:
    """The events of the kinds that an obligation names, happened and known by ``as_of``, by day.

    A change of content sets off only obligations that ask for that kind.
    """
    found = [event for kind in obligation.events for event in holder.events.get(kind, ())]
    for event in sorted(found, key=lambda event: (event.day, event.kind, event.ref)):
        if event.known <= as_of and event.day <= as_of and _concerns(event, obligation):
            yield event


def _concerns(event: Event, obligation: Obligation) -> bool:
    changed = event.extra.get("of")
    return changed is None or changed in obligation.kinds


def period(event: Event) -> str:
    """``event:`` and twelve hex digits over what the event is known by: the same wherever and whenever it is read."""
    return f"event:{hashlib.sha256(f'{event.kind}|{event.ref}'.encode()).hexdigest()[:12]}"
