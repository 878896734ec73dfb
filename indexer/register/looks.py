"""Visits as documents, and what they say of one subject and kind: the looks behind spans and duty states.

Rule (docs/reference/contracts.md, 4): in a run the subject's own page visits decide; where there is none of that kind,
a complete walk of the kind does.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from indexer.register.documents import Outcome, VisitDoc
from indexer.register.enterprises import day
from indexer.register.records import Visit
from indexer.register.sourcefile import Source

GOOD = frozenset({"found", "absent"})


@dataclass(frozen=True)
class Look:
    """One run's word on (identity, kind): ``good`` where its absence from the page or list proves absence."""

    run: str
    at: str
    good: bool
    outcome: Outcome
    reason: str | None
    visit: str
    period: str | None
    region: str | None
    walk: bool


def visit_id(run: str, scope: str, kind: str, identity_key: str, url: str, *more: str | None) -> str:
    """``v-`` + 16 hex; a period or region, where the visit has one, keeps looks at one address apart."""
    parts = [run, scope, kind, identity_key, url, *(part for part in more if part)]
    return "v-" + hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def document(visit: Visit, run: str, source: Source, identity_key: str | None, walks_count: bool) -> VisitDoc:
    """The document of a visit. A walk of a run that did not finish is not complete, whatever it says."""
    walk = visit["scope"] == "walk"
    complete = bool(visit.get("complete")) and walks_count if walk else None
    outcome, reason = _outcome(visit, complete, walks_count)
    kind, period, url = visit["kind"], visit.get("period"), visit.get("url")
    word = visit.get("region")
    region = (source.regions.find(word, source.within) or word) if word else None
    return VisitDoc(
        id=visit_id(run, visit["scope"], kind, identity_key or "", url or "", period, region),
        scope="walk" if walk else "page", source=source.name, channel=source.channel_of(kind), kind=kind, run=run,
        at=visit["at"], day=day(visit["at"]), identity_key=identity_key, enterprise=None, period=period, region=region,
        url=url, outcome=outcome, reason=reason, complete=complete, stated_total=visit.get("stated_total"),
        rows_seen=visit.get("rows_seen"), pages_ok=visit.get("pages_ok"), pages_failed=visit.get("pages_failed"),
        capture=visit.get("capture"),
    )  # fmt: skip


def _outcome(visit: Visit, complete: bool | None, walks_count: bool) -> tuple[Outcome, str | None]:
    """A complete walk is ``found``; an incomplete one keeps its own failure, or is ``failed`` with a reason."""
    said: Outcome = visit["outcome"]  # type: ignore[assignment]
    reason = visit.get("reason")
    if complete is None:
        return said, reason
    if complete:
        return "found", reason
    if said not in GOOD:
        return said, reason
    return "failed", reason or ("walk incomplete" if walks_count else "run not finished")


def held(visit: VisitDoc, words: str) -> VisitDoc:
    """The visit as one that proves nothing, because its run is held; ``said`` gives back what it said."""
    plain = said(visit)
    before = {"outcome": plain["outcome"], "reason": plain["reason"], "complete": plain["complete"]}
    complete = False if plain["scope"] == "walk" else None
    return {**plain, "outcome": "unreadable", "reason": words, "complete": complete, "said": before}


def said(visit: VisitDoc) -> VisitDoc:
    """The visit as the crawl gave it, also where its run is held."""
    if "said" not in visit:
        return visit
    body: Any = dict(visit)
    before = body.pop("said")
    return cast(VisitDoc, body | before)


def page_looks(visits: Iterable[VisitDoc]) -> dict[tuple[str, str], list[Look]]:
    """Page visits → looks by (identity key, kind); in a run those of one period make one look, bad if any is bad."""
    groups: dict[tuple[str, str], dict[tuple[str, str | None], list[VisitDoc]]] = defaultdict(lambda: defaultdict(list))
    for visit in visits:
        if visit["scope"] == "page" and visit["identity_key"]:
            groups[visit["identity_key"], visit["kind"]][visit["run"], visit["period"]].append(visit)
    return {
        key: sorted((_one_look(group) for group in runs.values()), key=lambda look: (look.at, look.run))
        for key, runs in groups.items()
    }


def _one_look(visits: list[VisitDoc]) -> Look:
    """Several page visits of one run, kind and period as one look: bad where any failed, found where any found."""
    ordered = sorted(visits, key=lambda visit: (visit["at"], visit["id"]))
    bad = next((visit for visit in ordered if visit["outcome"] not in GOOD), None)
    found = next((visit for visit in ordered if visit["outcome"] == "found"), None)
    chosen = bad or found or ordered[0]
    return Look(
        chosen["run"], ordered[0]["at"], bad is None, chosen["outcome"], chosen["reason"], chosen["id"],
        chosen["period"], None, False,
    )  # fmt: skip


def walk_looks(visits: Iterable[VisitDoc]) -> dict[str, list[Look]]:
    """Walk visits → looks by kind, in order."""
    by_kind: dict[str, list[Look]] = defaultdict(list)
    for visit in sorted(visits, key=lambda v: (v["at"], v["run"], v["id"])):
        if visit["scope"] == "walk":
            good = bool(visit["complete"])
            by_kind[visit["kind"]].append(
                Look(visit["run"], visit["at"], good, visit["outcome"], visit["reason"], visit["id"], visit["period"],
                     visit["region"], True)
            )  # fmt: skip
    return dict(by_kind)


def combined(pages: list[Look], walks: list[Look], region_path: Iterable[str]) -> list[Look]:
    """The looks at one (identity, kind): page looks, and walks of runs that have none and whose region holds it."""
    paged = {look.run for look in pages}
    path = set(region_path)
    fitting = [w for w in walks if w.run not in paged and (w.region is None or w.region in path)]
    return sorted([*pages, *fitting], key=lambda look: (look.at, look.run, look.visit))


def fits(look: Look, period: str | None) -> bool:
    """True where the look was at all periods, or at this one."""
    return look.period is None or look.period == period
