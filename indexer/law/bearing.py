"""Whether a disclosure speaks of the event that a duty rests on (针对性): yes, no, or it cannot be told. Pure.

What cannot be told counts as the answer where it was there by the due day; afterwards it only keeps the item from being
called missing. So a vague report accuses nobody, neither of silence nor of lateness.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

from indexer.law.facts import Event, Found
from indexer.law.model import Answer
from indexer.law.periods import bounds
from indexer.law.prints import LINE

Bearing = Literal["yes", "maybe", "no"]
NEAR = timedelta(days=60)
"""A report may state the day on which the paper arrived instead of the day of its decision."""
SHORTEST = 4
"""Characters of a phrase that tells one thing to be disclosed from another."""
_OWN_DAYS = ("file_date", "valid_to", "acceptance_date", "issued", "date", "date_received", "reviewed")
_TOLD = ("matter", "report_type", "permit_action", "content", "permit_type", "notice_type", "document", "plan")


def bearing(item: Found, event: Event, answer: Answer) -> Bearing:
    """How ``item`` bears on ``event`` by the rule of the obligation."""
    if item.kind == "monitoring":
        return _of_period(item, event)
    if answer.by == "itself":
        return "yes" if _is_itself(item, event) else "no"
    return _follows(item, event) if answer.by == "follows" else _about(item, event, answer)


def says(item: Found, words: tuple[str, ...]) -> bool:
    """True where the item's heading, its own words or its matter hold one of ``words``."""
    return any(word in text for text in _texts(item) for word in words)


def _texts(item: Found) -> list[str]:
    return [item.title, item.text, *(str(item.facts.get(key) or "") for key in _TOLD)]


def _of_period(item: Found, event: Event) -> Bearing:
    """Values of a month or quarter bear on what was measured in it."""
    span = bounds(item.period) if item.period else None
    return "yes" if span is not None and span[0] <= event.day <= span[1] else "no"


def _is_itself(item: Found, event: Event) -> bool:
    if item.id == event.found:
        return True
    if item.kind != event.extra.get("from"):
        return False
    number, project = event.extra.get("document_no"), event.extra.get("project")
    if number is not None and item.document_no == number:
        return True
    if project is not None and item.facts.get("project") == project:
        return True
    return item.kind == "annual_report" and item.period is not None and item.period == event.extra.get("period")


def _follows(item: Found, event: Event) -> Bearing:
    """A later one of its kind: by the day that it states of itself, else only perhaps."""
    own = own_day(item)
    if own is not None:
        return "yes" if own > event.day else "no"
    if item.id == event.found or item.kind == "permit" or item.first_seen <= event.day:
        return "no"
    return "maybe"


def own_day(item: Found) -> date | None:
    """The day that a document states of what it speaks of; of a permit the end of its validity."""
    valid = item.facts.get("valid")
    stated = [valid.get("to")] if isinstance(valid, dict) else []
    for text in [*stated, *(item.facts.get(key) for key in _OWN_DAYS)]:
        if isinstance(text, str):
            try:
                return date.fromisoformat(text)
            except ValueError:
                continue
    return None


def _of_line(item: Found, event: Event) -> Bearing:
    """A line of a permit's table is answered by what holds its words; other matter of the same kinds is not it."""
    content = re.split(r"[、，,；;。和及\s（）()《》]+", event.extra.get("disclose_what", ""))
    phrases = tuple(phrase for phrase in content if len(phrase) >= SHORTEST)
    if says(item, phrases):
        return "yes"
    return "maybe" if item.kind == "other" or not phrases else "no"


def _about(item: Found, event: Event, answer: Answer) -> Bearing:
    if event.kind == LINE:
        return _of_line(item, event)
    number = event.extra.get("document_no")
    if number is not None and event.ref == number and item.document_no is not None:
        return "yes" if item.document_no == number else "no"
    told = says(item, answer.words)
    if not told and (answer.strict or says(item, answer.other)):
        return "no"
    earliest = event.day - timedelta(days=answer.lead)
    if min(item.first_seen, item.published or item.first_seen) < earliest:
        return "no"
    stated = own_day(item)
    if stated is not None:
        return "yes" if earliest <= stated <= event.day + NEAR else "no"
    return "yes" if told and answer.strict else "maybe"
