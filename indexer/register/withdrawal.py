"""What was taken down (撤下): gone, and no version of it seen on three different days of good visits.

One day is too little: a site may slip. What another version replaced is not withdrawn, nor are values that leave a page
which only shows the newest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from indexer.register.documents import Disclosure
from indexer.register.enterprises import day
from indexer.register.looks import Look, fits

DAYS = 3
ROLLING = frozenset({"monitoring"})
"""Kinds whose pages show the newest values only: that older ones leave them is no loss."""


def cleared(document: Disclosure) -> Disclosure:
    """The document without any day on which it was missed: it, or another version of it, is there."""
    return cast(Disclosure, {key: value for key, value in document.items() if key not in ("missed", "withdrawn")})


def missed(document: Disclosure, days: Iterable[str]) -> Disclosure:
    """The document with further days of good visits that saw no version of it."""
    if document["kind"] in ROLLING:
        return cleared(document)
    all_days = sorted({*document.get("missed", ()), *days})[:DAYS]
    body: dict[str, Any] = {**cleared(document)}
    if all_days:
        body["missed"] = all_days
    if len(all_days) == DAYS:
        body["withdrawn"] = all_days[-1]
    return cast(Disclosure, body)


def compute(document: Disclosure, versions: Sequence[Disclosure], looks: Iterable[Look]) -> Disclosure:
    """The same from all versions of its thing and all looks, in whatever order runs were indexed."""
    sightings = [(at, run) for one in versions for run, at in zip(one["runs"], one["sightings"], strict=True)]
    last = max(sightings)
    plain = cleared(document)
    if not plain["gone"] or last[1] not in plain["runs"]:
        return plain
    after = [look for look in looks if look.good and fits(look, plain["period"]) and (look.at, look.run) > last]
    seen = {run for _, run in sightings}
    return missed(plain, {day(look.at) for look in after if look.run not in seen})
