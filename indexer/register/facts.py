"""Builds what the law wing is told of each enterprise, in batches, with everything later than ``as_of`` cut off."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from indexer.clock import day_of, parse
from indexer.law import facts as law
from indexer.law.rules import Rules, default
from indexer.register import decisions as decided
from indexer.register import events, looks, particulars, series, sourcefile, watching
from indexer.register.absences import absences
from indexer.register.documents import Disclosure, Enterprise, VisitDoc
from indexer.register.looks import Look
from indexer.register.sourcefile import Source
from indexer.register.storage import Storage, all_of, parts, term, terms
from indexer.register.tries import tries
from indexer.register.watching import until
from indexer.register.withdrawal import DAYS

_BATCH = 300
"""Enterprises at once: their disclosures and page visits are held in memory together."""
_FOUND = [
    "id", "source", "channel", "kind", "period", "published", "sightings", "runs", "present", "not_produced", "facts",
    "capture", "enterprise", "identity_key", "key", "title", "text", "fields", "staff_fields", "outlet", "pollutants",
    "document_no", "authority", "url", "rows",
]  # fmt: skip
_READ = frozenset({
    "annual_report", "permit_report", "social_report", "interim_report", "emergency_plan", "penalty", "inspection",
    "supervised_case", "incident", "other",
})  # fmt: skip
"""Kinds whose text some rule reads; of the others it would only fill the memory."""
_VISITS = [
    "id", "scope", "source", "kind", "run", "at", "day", "identity_key", "enterprise", "period", "region", "url",
    "outcome", "reason", "complete",
]  # fmt: skip


@dataclass(frozen=True)
class _World:
    """What all enterprises share: sources, their channels and walks up to ``as_of``."""

    as_of: date
    sources: tuple[Source, ...]
    channels: tuple[law.Channel, ...]
    walks: dict[str, dict[str, list[Look]]]
    rules: Rules


def load_sources(folder: Path) -> list[Source]:
    """The effective definitions in ``settings.sources``; raises ValueError naming a file that is broken."""
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            found.append(sourcefile.parse(json.loads(path.read_text(encoding="utf-8"))))
        except ValueError as error:
            raise ValueError(f"{path}: {error}; write it anew with `qingce sources enable`") from error
    return found


def subjects(
    store: Storage,
    session: Session | None,
    as_of: date,
    enterprise_ids: Sequence[str] | None = None,
    sources: Iterable[Source] = (),
    rules: Rules | None = None,
    values: bool = False,
) -> Iterator[law.Subject]:
    """The law's view of every enterprise (or of ``enterprise_ids``) at the end of the Shanghai day ``as_of``.

    ``session`` reads decisions (None: there are none); ``sources`` are the active ones, from ``load_sources``;
    ``rules`` say which events are drawn (None: those that come with the project). An enterprise first seen after
    ``as_of`` is left out. ``values``: with its monitoring values, which may be a hundred thousand; take what is needed
    of each enterprise before the next.
    """
    world = _world(store, as_of, tuple(sources), rules or default())
    query = all_of({"range": {"first_seen": {"lte": as_of.isoformat()}}})
    if enterprise_ids is None:
        pages: Iterable[list[Any]] = parts(store.scan("enterprises", query), _BATCH)
    else:
        pages = (list(store.mget("enterprises", ids).values()) for ids in parts(enterprise_ids, _BATCH))
    for page in pages:
        wanted: list[Enterprise] = [body for body in page if body["first_seen"] <= as_of.isoformat()]
        if wanted:
            yield from _batch(store, session, wanted, world, values)


def _world(store: Storage, as_of: date, sources: tuple[Source, ...], rules: Rules) -> _World:
    channels = watching.channels(store, sources, as_of)
    return _World(as_of, sources, channels, watching.walks(store, as_of), rules)


def _batch(
    store: Storage, session: Session | None, page: list[Enterprise], world: _World, values: bool
) -> Iterator[law.Subject]:
    ids = [enterprise["id"] for enterprise in page]
    found: dict[str, list[Any]] = defaultdict(list)
    for body in store.scan("disclosures", all_of(terms("enterprise", ids), until(world.as_of, "first_seen")), _FOUND):
        found[body["enterprise"]].append(body)
    visits: dict[str, list[Any]] = defaultdict(list)
    query = all_of(terms("enterprise", ids), term("scope", "page"), until(world.as_of))
    for body in store.scan("visits", query, _VISITS):
        visits[body["enterprise"]].append(body)
    keys = [key for enterprise in page for key in enterprise["identity_keys"]]
    rows = decided.decisions_for(session, keys, world.as_of) if session is not None else []
    measured = series.Reader(store, ids if values else [], world.as_of)
    for enterprise in sorted(page, key=lambda body: body["id"]):
        own = measured.take(enterprise["id"])
        yield _subject(enterprise, found[enterprise["id"]], visits[enterprise["id"]], rows, world, own)


def _subject(
    enterprise: Enterprise,
    documents: list[Disclosure],
    visits: list[VisitDoc],
    rows: list[decided.Decision],
    world: _World,
    measured: tuple[law.Series, ...],
) -> law.Subject:
    memberships = tuple(
        _membership(item) for item in enterprise["memberships"] if _known(item["first_seen"], world.as_of)
    )
    pages = looks.page_looks(visits)
    gone = absences(documents, pages, world.walks, enterprise["region_path"], world.as_of)
    read = [(d, item) for d in documents if (item := _found(d, world.as_of, gone.get(d["id"], ()))) is not None]
    own, profile = set(enterprise["identity_keys"]), particulars.profile(enterprise, read, world.as_of)
    found = tuple(sorted((item for _, item in read), key=lambda item: (item.kind, item.first_seen, item.id)))
    return law.Subject(
        id=enterprise["id"], name=enterprise["name"], region_path=tuple(enterprise["region_path"]),
        industry=enterprise["industry"], memberships=memberships,
        found=found,
        looks=tuple(_looks(enterprise, documents, pages, {m.cls for m in memberships}, world)),
        channels=world.channels,
        decisions=tuple(_decision(row, enterprise["id"]) for row in rows if row.identity_key in own and row.duty),
        events=events.drawn(found, profile, world.rules), profile=profile, series=measured,
        tries=tries(documents, visits),
    )  # fmt: skip


@lru_cache(maxsize=100_000)
def _day(instant: str) -> date:
    return day_of(parse(instant))


def _known(day: str, as_of: date) -> bool:
    return day <= as_of.isoformat()


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _membership(item: Any) -> law.Membership:
    return law.Membership(
        cls=item["cls"], year=item["year"], published=_date(item["published"]),
        published_from=_date(item["published_from"]), published_to=_date(item["published_to"]),
        valid_from=_date(item["valid_from"]), valid_to=_date(item["valid_to"]),
        first_seen=date.fromisoformat(item["first_seen"]), source=item["source"], extra=item.get("extra") or {},
        assumed=item["assumed"],
    )  # fmt: skip


def _found(document: Disclosure, as_of: date, absent: tuple[date, ...]) -> law.Found | None:
    """One disclosure with the sightings up to ``as_of``; None where all are later.

    ``absent`` are the days without any version of it.
    """
    days = sorted(day for day in (_day(at) for at in document["sightings"]) if day <= as_of)
    if not days:
        return None
    return law.Found(
        id=document["id"], source=document["source"], channel=document["channel"], kind=document["kind"],
        period=document["period"], published=_date(document["published"]), first_seen=days[0], last_seen=days[-1],
        sightings=tuple(days), present=frozenset(document["present"]), not_produced=frozenset(document["not_produced"]),
        facts=document["facts"], captures=(dict(document["capture"]),), key=document["key"], title=document["title"],
        text=document["text"] if document["kind"] in _READ else "", fields=document["fields"],
        outlet=document["outlet"], pollutants=tuple(document["pollutants"]), document_no=document["document_no"],
        authority=document["authority"], url=document["url"], rows=document["rows"],
        missed=tuple(day for day in absent if day > days[-1])[:DAYS], absent=absent,
    )  # fmt: skip


def _decision(row: decided.Decision, enterprise: str) -> law.Decision:
    obligation, period = str(row.duty).split("|", 1)
    return law.Decision(str(row.id), f"{enterprise}:{obligation}:{period}", row.kind, row.day, row.until)


def _looks(
    enterprise: Enterprise, documents: list[Disclosure], pages: dict[tuple[str, str], list[Look]], classes: set[str],
    world: _World,
) -> Iterator[law.Look]:  # fmt: skip
    """Every look at the enterprise: its own page visits, and the walks of sources that list it or cover it."""
    sighted = {(d["source"], d["kind"], run) for d in documents for run in d["runs"]}
    for source in world.sources:
        keys = [key for key in enterprise["identity_keys"] if key.startswith(f"{source.name}|")]
        walks = world.walks.get(source.name, {})
        kinds = {kind for key, kind in pages if key in keys} | set(walks)
        for kind in sorted(kinds):
            own = [look for key in keys for look in pages.get((key, kind), [])]
            around = walks.get(kind, []) if keys or _covers(source, kind, classes, enterprise["region_path"]) else []
            combined = looks.combined(own, around, enterprise["region_path"])
            yield from (_law_look(look, source.name, kind, sighted) for look in _one_a_run(combined))


def _covers(source: Source, kind: str, classes: set[str], region_path: list[str]) -> bool:
    """True where the source covers the kind for one of the classes (``KPU`` holds ``KPU.W``) in one of the regions.

    A list is about everybody in its region: who is on none of it is not of its class.
    """
    for cover in source.covers:
        of_class = any(c == own or own.startswith(f"{c}.") for c in cover.classes for own in classes)
        of_class = of_class or kind == "listing"
        if kind in cover.kinds and of_class and set(cover.regions) & set(region_path):
            return True
    return False


def _one_a_run(found: list[Look]) -> Iterator[Look]:
    """Looks at several identities of one enterprise in one run and period are one: found, else bad, else absent."""
    groups: dict[tuple[str, str | None], list[Look]] = {}
    for look in found:
        groups.setdefault((look.run, look.period), []).append(look)
    for group in groups.values():
        yield min(group, key=lambda look: (look.outcome != "found", look.good, look.visit))


def _law_look(look: Look, source: str, kind: str, sighted: set[tuple[str, str, str]]) -> law.Look:
    """A complete walk found the subject where a record of the run names it, else it is absent."""
    outcome: str = look.outcome
    if look.walk and look.good:
        outcome = "found" if (source, kind, look.run) in sighted else "absent"
    return law.Look(source, kind, _day(look.at), outcome, look.reason, look.visit, look.period)
