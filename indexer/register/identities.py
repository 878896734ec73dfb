"""What one source says of one subject: gathered from a run's records and visits, merged with what earlier runs said.

Merging is a union with minima and maxima, so that neither order nor repetition of indexing matters.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from indexer.normalise import codes, names
from indexer.register import membership, traits
from indexer.register.documents import IdentityDoc, IdentityName, Membership
from indexer.register.records import Subject
from indexer.register.sourcefile import Source

_DATED = ("addresses", "regions", "legal_reps", "industries", "locations")
# Kinds whose fields describe the enterprise itself (an EIA's address is the project's, a penalty's the court's).
DESCRIBING = frozenset({"listing", "profile", "permit"})


def identity_id(key: str) -> str:
    """``i-`` + 16 hex of the identity key."""
    return "i-" + hashlib.sha256(key.encode()).hexdigest()[:16]


def enterprise_id(key: str) -> str:
    """``e-`` + 16 hex of the founding identity's key (docs/reference/contracts.md, 7)."""
    return "e-" + hashlib.sha256(key.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Who:
    """The identity that a printed subject stands for, and its region's code where known."""

    key: str
    external_id: str
    own_id: bool
    name: str
    former: tuple[str, ...]
    region: str | None
    region_word: str
    region_known: bool
    """False where the site's words for the region are in no table; the source's own region then stands in."""


def who(source: Source, subject: Subject, name_in_fields: str | None = None) -> Who | None:
    """The identity of a subject, or None where it has neither an id nor a name (nor a credit code)."""
    printed = (subject["name"] or name_in_fields or "").strip()
    return _who(source, printed, subject["region"] or "", subject["external_id"] or "", subject["uscc"] or "")


@lru_cache(maxsize=50_000)
def _who(source: Source, printed: str, region_word: str, external: str, uscc: str) -> Who | None:
    current, former = names.split_former(printed)
    word, external = region_word.strip(), external.strip()
    said = membership.region_of(source.regions, word, source.within)
    region = said or source.home
    if not external and current:
        derived = f"{names.fold(current)}|{region or word}"
    else:
        derived = external or uscc.strip()
    if not derived:
        return None
    return Who(
        f"{source.name}|{derived}",
        derived,
        bool(external),
        current,
        tuple(former),
        region,
        word,
        said is not None or not word,
    )


@dataclass
class Gathered:
    """What one run says of one identity, before it is merged with the stored document."""

    who: Who
    source: Source
    names: dict[str, tuple[str, str, set[str]]] = field(default_factory=dict)
    former: set[str] = field(default_factory=set)
    usccs: set[str] = field(default_factory=set)
    permit_nos: set[str] = field(default_factory=set)
    dated: dict[str, dict[str, dict[str, str]]] = field(default_factory=lambda: {name: {} for name in _DATED})
    memberships: list[Membership] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    pollutants: set[str] = field(default_factory=set)
    recorded: bool = False
    first_at: str = "9999"
    last_at: str = ""

    def see(self, who_: Who, uscc: str | None, at: str) -> None:
        """Notes one sighting of the subject by a record or a visit."""
        self.first_at, self.last_at = min(self.first_at, at), max(self.last_at, at)
        self.former.update(who_.former)
        code = codes.uscc(uscc) if uscc else None
        if code:
            self.usccs.add(code.value)
        if who_.region or who_.region_word:
            code_, word = who_.region or "", who_.region_word
            named = self.source.regions.name(who_.region) if who_.region else word
            self.dated_value("regions", code_ or word, at, code=code_, word=word, name=named or word)

    def name(self, text: str, kind: str, at: str) -> None:
        """Notes a name with the kind of record that printed it."""
        if text:
            first, last, kinds = self.names.get(text, (at, at, set()))
            self.names[text] = (min(first, at), max(last, at), kinds | {kind})

    def dated_value(self, group: str, value: str, at: str, **more: str) -> None:
        """Notes a value that may change, with the last instant it was printed."""
        known = self.dated[group].get(value)
        if value and (known is None or known["at"] < at):
            self.dated[group][value] = {"value": value, "at": at, **more}

    def describe(self, kind: str, facts: dict[str, Any], at: str) -> None:
        """Takes the enterprise's own attributes from a record that describes it."""
        if kind in DESCRIBING:
            for key, group in (("address", "addresses"), ("legal_rep", "legal_reps"), ("industry", "industries")):
                if isinstance(facts.get(key), str):
                    self.dated_value(group, facts[key], at)
            place = _location(facts)
            if place:
                self.dated_value("locations", place, at)
            code = codes.uscc(str(facts.get("uscc") or facts.get("org_code") or ""))
            if code:
                self.usccs.add(code.value)
        self._permit(kind, facts)

    def _permit(self, kind: str, facts: dict[str, Any]) -> None:
        permit = codes.permit_no(str(facts.get("permit_no") or ""))
        if permit and kind in DESCRIBING | {"permit_report"}:
            self.permit_nos.add(permit.value)

    def document(self, run: str) -> IdentityDoc:
        """The identity as this run alone knows it."""
        listed: list[IdentityName] = [
            {"name": text, "first": first, "last": last, "kinds": sorted(kinds)}
            for text, (first, last, kinds) in sorted(self.names.items())
        ]
        document = IdentityDoc(
            id=identity_id(self.who.key), key=self.who.key, source=self.source.name, external_id=self.who.external_id,
            own_id=self.who.own_id, names=listed, former_names=sorted(self.former), usccs=sorted(self.usccs),
            permit_nos=sorted(self.permit_nos), addresses=_listed(self.dated["addresses"]),
            regions=_listed(self.dated["regions"]), legal_reps=_listed(self.dated["legal_reps"]),
            industries=_listed(self.dated["industries"]), locations=_listed(self.dated["locations"]),
            memberships=membership.merge([], self.memberships), kinds=sorted(self.kinds),
            pollutants=sorted(self.pollutants), recorded=self.recorded, first_at=self.first_at, first_run=run,
            last_at=self.last_at, block=[], enterprise=None,
        )  # fmt: skip
        document["block"] = traits.blocks(traits.of(document))
        return document


def _listed(values: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    return [values[value] for value in sorted(values)]


def _location(facts: dict[str, Any]) -> str | None:
    """``lat,lon`` in degrees where both are plain numbers inside China's bounds."""
    lat, lon = facts.get("latitude"), facts.get("longitude")
    if not (isinstance(lat, float) and isinstance(lon, float) and 3 < lat < 54 and 73 < lon < 136):
        return None
    return f"{lat},{lon}"


def merge(known: IdentityDoc | None, new: IdentityDoc) -> IdentityDoc:
    """The union of what was known and what a run says; commutative and idempotent (``enterprise`` is kept)."""
    if known is None:
        return new
    out: dict[str, Any] = {**new, "enterprise": known["enterprise"]}
    for group in ("former_names", "usccs", "permit_nos", "kinds", "pollutants"):
        out[group] = sorted(set(known[group]) | set(new[group]))
    for group in _DATED:
        out[group] = _latest(known[group], new[group])  # type: ignore[literal-required]
    out["names"] = _merge_names(known["names"], new["names"])
    out["memberships"] = membership.merge(known["memberships"], new["memberships"])
    out["recorded"] = known["recorded"] or new["recorded"]
    first = min((known["first_at"], known["first_run"]), (new["first_at"], new["first_run"]))
    out["first_at"], out["first_run"] = first
    out["last_at"] = max(known["last_at"], new["last_at"])
    document: IdentityDoc = out  # type: ignore[assignment]
    document["block"] = traits.blocks(traits.of(document))
    return document


def _latest(known: list[dict[str, str]], new: list[dict[str, str]]) -> list[dict[str, str]]:
    best: dict[str, dict[str, str]] = {}
    for entry in [*known, *new]:
        other = best.get(entry["value"])
        if other is None or (other["at"], sorted(other.items())) < (entry["at"], sorted(entry.items())):
            best[entry["value"]] = entry
    return _listed(best)


def _merge_names(known: list[IdentityName], new: list[IdentityName]) -> list[IdentityName]:
    best: dict[str, IdentityName] = {}
    for entry in [*known, *new]:
        other = best.get(entry["name"])
        if other is None:
            best[entry["name"]] = entry
        else:
            best[entry["name"]] = {
                "name": entry["name"], "first": min(other["first"], entry["first"]),
                "last": max(other["last"], entry["last"]), "kinds": sorted(set(other["kinds"]) | set(entry["kinds"])),
            }  # fmt: skip
    return [best[name] for name in sorted(best)]
