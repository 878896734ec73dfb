"""What the register knows of a subject itself (基本情况): names, codes, addresses, representatives, each with its days.

Drawn from the enterprise and its disclosures up to a day, so nothing that was printed later is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from indexer.law.facts import Dated, Found, Profile
from indexer.normalise.fields import lookup
from indexer.register.documents import Disclosure, Enterprise

_SAID_OF_ITSELF = frozenset({"profile", "permit", "annual_report", "emission", "facility", "monitoring_plan"})
"""Kinds whose address and representative are the subject's own; a penalty's may be a site's or another's."""


def profile(enterprise: Enterprise, documents: Iterable[tuple[Disclosure, Found]], as_of: date) -> Profile:
    """The profile at the end of ``as_of``; names without a day by then are left out."""
    own = [(document, found) for document, found in documents if found.kind in _SAID_OF_ITSELF]
    return Profile(
        names=tuple(_names(enterprise, as_of)), usccs=tuple(enterprise["usccs"]),
        permit_nos=tuple(enterprise["permit_nos"]), addresses=_joined(_addresses(own)),
        legal_reps=_joined(_representatives(own)),
    )  # fmt: skip


def _names(enterprise: Enterprise, as_of: date) -> Iterator[Dated]:
    for name in enterprise["names"]:
        first, last = date.fromisoformat(name["first"][:10]), date.fromisoformat(name["last"][:10])
        if first <= as_of:
            yield Dated(name["name"], first, min(last, as_of))


def _addresses(own: list[tuple[Disclosure, Found]]) -> Iterator[Dated]:
    for _, found in own:
        value = found.facts.get("address")
        if isinstance(value, str) and value:
            yield Dated(value, found.first_seen, found.last_seen, found.source, found.published)


def _representatives(own: list[tuple[Disclosure, Found]]) -> Iterator[Dated]:
    for document, found in own:
        for header, value in document["staff_fields"].items():
            if value and is_representative(found.kind, header):
                yield Dated(value.strip(), found.first_seen, found.last_seen, found.source, found.published)


@lru_cache(maxsize=10_000)
def is_representative(kind: str, header: str) -> bool:
    """True where a header of a kind holds the legal representative (法定代表人)."""
    entry = lookup(kind, header)
    return entry is not None and entry.key == "legal_rep"


def _joined(values: Iterable[Dated]) -> tuple[Dated, ...]:
    """One a (value, source), from its first to its last day, ascending."""
    spans: dict[tuple[str, str], Dated] = {}
    for value in values:
        key = (value.value, value.source)
        known = spans.get(key)
        if known is None:
            spans[key] = value
        else:
            stated = min(
                ((day.first, day.stated) for day in (known, value) if day.stated is not None),
                default=(known.first, None),
            )[1]  # fmt: skip
            first, last = min(known.first, value.first), max(known.last, value.last)
            spans[key] = Dated(value.value, first, last, value.source, stated)
    return tuple(sorted(spans.values(), key=lambda value: (value.first, value.last, value.value, value.source)))
