"""Doubtful matches for a person (待人工归并): who may be one enterprise, why, and what was decided before.

Decisions are append-only rows (``decisions.py``), so every merge is reversible: a later decision outweighs an earlier.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Any

from sqlalchemy.orm import Session

from indexer.register import decisions, likeness, traits
from indexer.register.decisions import PAIR_KINDS, Decision
from indexer.register.likeness import Likeness
from indexer.register.storage import Body, Storage, parts, terms

_PART = 500


class DecisionError(Exception):
    """A decision on identities that cannot be taken; the words say why and what to do."""


@dataclass(frozen=True)
class Doubt:
    """Two enterprises that may be one; ``keys`` are the two identities that are most alike."""

    one: Body
    other: Body
    keys: tuple[str, str]
    likeness: Likeness

    def as_json(self) -> dict[str, Any]:
        """Plain data for programs."""
        return {
            "points": self.likeness.points, "evidence": dict(self.likeness.evidence),
            "vetoed": list(self.likeness.vetoed), "identities": list(self.keys),
            "enterprises": [_shown(self.one), _shown(self.other)],
        }  # fmt: skip


def _shown(enterprise: Body) -> dict[str, Any]:
    return {name: enterprise.get(name) for name in ("id", "name", "usccs", "region_name", "address", "sources")}


def queue(store: Storage, region: str | None = None) -> list[Doubt]:
    """Every open doubt, the likeliest first; ``region`` (a code) keeps those with an enterprise inside it."""
    asked = {body["id"]: body for body in store.scan("enterprises", {"exists": {"field": "suggestions"}})}
    missing = {other for body in asked.values() for other in body["suggestions"]} - set(asked)
    asked |= {
        body["id"]: body for part in parts(sorted(missing), _PART) for body in store.mget("enterprises", part).values()
    }
    pairs = {
        (min(identifier, other), max(identifier, other))
        for identifier, body in asked.items()
        for other in body["suggestions"]
        if other in asked
    }
    if region:
        pairs = {pair for pair in pairs if any(region in asked[identifier]["region_path"] for identifier in pair)}
    known = _identities(store, {identifier for pair in pairs for identifier in pair})
    found = [_doubt(asked[one], asked[other], known) for one, other in sorted(pairs)]
    return sorted(found, key=lambda doubt: (-doubt.likeness.points, doubt.one["id"], doubt.other["id"]))


def _identities(store: Storage, enterprises: Iterable[str]) -> dict[str, list[traits.Traits]]:
    found: dict[str, list[traits.Traits]] = {}
    for part in parts(sorted(enterprises), _PART):
        for body in store.scan("identities", terms("enterprise", part)):
            document: Any = body
            found.setdefault(body["enterprise"], []).append(traits.of(document))
    return found


def _doubt(one: Body, other: Body, known: dict[str, list[traits.Traits]]) -> Doubt:
    """The doubt with its likeliest pair of identities."""
    compared = [
        (likeness.compare(a, b), a.key, b.key) for a, b in product(known.get(one["id"], []), known.get(other["id"], []))
    ]
    if not compared:
        return Doubt(one, other, (one["identity_keys"][0], other["identity_keys"][0]), Likeness(0.0, ()))
    best, first, second = max(compared, key=lambda item: (item[0].points, item[1], item[2]))
    return Doubt(one, other, (first, second), best)


def settle(session: Session, kind: str, one: Body, other: Body, author: str, text: str) -> list[str]:
    """Records ``merge`` or ``keep_apart`` of two enterprises; returns the identity keys to resolve anew.

    Kept apart are all identities of the one from all of the other, so that none leads the two together again.
    Raises DecisionError where the two are one already or the kind is another.
    """
    if one["id"] == other["id"]:
        raise DecisionError(f"{one['name']}: both names lead to one enterprise already; split it to part it")
    if kind not in ("merge", "keep_apart"):
        raise DecisionError(f"{kind!r} is no decision on a pair; merge or keep_apart")
    ones, others = one["identity_keys"], other["identity_keys"]
    pairs = [(ones[0], others[0])] if kind == "merge" else list(product(ones, others))
    for first, second in pairs:
        _record(session, kind, first, second, author, text)
    return [*ones, *others]


def split(session: Session, enterprise: Body, moved: list[str], author: str, text: str) -> list[str]:
    """Records that the identities ``moved`` are another enterprise than the rest; returns the keys to resolve anew.

    Raises DecisionError where an identity is none of the enterprise's, or none would be left.
    """
    keys = enterprise["identity_keys"]
    strange = [key for key in moved if key not in keys]
    if strange or not moved:
        raise DecisionError(
            f"{enterprise['name']}: {strange or 'nothing'} is none of its identities: {', '.join(keys)}"
        )
    rest = [key for key in keys if key not in moved]
    if not rest:
        raise DecisionError(f"{enterprise['name']}: all its identities would move; leave at least one")
    for first, second in product(moved, rest):
        _record(session, "keep_apart", first, second, author, text)
    return list(keys)


def _record(session: Session, kind: str, first: str, second: str, author: str, text: str) -> None:
    source, external = first.split("|", 1)
    other = second.split("|", 1)
    decisions.record(session, kind, source, external, author=author, text=text, other=(other[0], other[1]))


def history(session: Session, keys: Iterable[str]) -> list[Decision]:
    """Every decision on these identities' being one or not, oldest first; the later outweighs the earlier."""
    return [row for row in decisions.decisions_for(session, keys) if row.kind in PAIR_KINDS]
