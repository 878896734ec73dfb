"""When something was disclosed: spans of days computed from sightings and good looks (A → B → A is three spans)."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.register.documents import Disclosure, Span
from indexer.register.enterprises import day
from indexer.register.looks import Look, fits


def compute(sightings: dict[str, str], looks: Iterable[Look], period: str | None) -> tuple[list[Span], bool]:
    """(spans, gone) of a content sighted in runs ``sightings`` (run → instant), under all looks at its kind.

    A span runs from its first to its last sighting and is open (``to`` None) until a good look does not see it.
    """
    events = [(at, run, True) for run, at in sightings.items()]
    events += [
        (look.at, look.run, False) for look in looks if look.good and fits(look, period) and look.run not in sightings
    ]
    spans: list[Span] = []
    last: str | None = None
    is_open = False
    for at, _run, seen in sorted(events):
        if seen and not is_open:
            spans.append({"from": day(at), "to": None})
        if not seen and is_open and last:
            spans[-1]["to"] = day(last)
        is_open, last = seen, at if seen else last
    return spans, bool(spans) and not is_open


def sightings_of(document: Disclosure) -> dict[str, str]:
    """Run → instant of a stored document."""
    return dict(zip(document["runs"], document["sightings"], strict=True))


def apply(document: Disclosure, looks: Iterable[Look]) -> Disclosure:
    """The document with spans computed anew from all its sightings and all looks."""
    spans, gone = compute(sightings_of(document), looks, document["period"])
    return {**document, "seen": spans, "gone": gone}


def extend(document: Disclosure, run: str, at: str) -> Disclosure:
    """The document with one sighting later than all it has: the span goes on, or a new one starts.

    Equal to ``apply`` over all looks as long as runs come in order; a run it already has changes nothing.
    """
    if run in document["runs"]:
        return document
    spans = document["seen"]
    if document["gone"] or not spans:
        spans = [*spans, {"from": day(at), "to": None}]
    return {**document, "seen": spans, "gone": False}


def close(document: Disclosure) -> Disclosure:
    """The document after a good look later than all its sightings that did not see it."""
    if document["gone"] or not document["seen"]:
        return document
    last: Span = {"from": document["seen"][-1]["from"], "to": day(document["sightings"][-1])}
    return {**document, "seen": [*document["seen"][:-1], last], "gone": True}
