"""Enterprise documents (企业): a pure function of a cluster of identities."""

from __future__ import annotations

from functools import lru_cache

from indexer.clock import day_of, parse
from indexer.normalise import codes, forms, industries, names, regions
from indexer.register import membership
from indexer.register.documents import Enterprise, Identity, IdentityDoc, IdentityName, Name
from indexer.register.identities import enterprise_id
from indexer.register.resolution import Cluster

# Where two names were last seen at one instant, the enterprise's own page outranks a list that may cut it.
_TRUST = {"profile": 2, "permit": 1}


@lru_cache(maxsize=100_000)
def day(instant: str) -> str:
    """The Shanghai day of an instant."""
    return day_of(parse(instant)).isoformat()


def cluster_id(cluster: Cluster) -> str | None:
    """Id of the cluster's enterprise, or None where only visits name it (nothing was ever disclosed or listed)."""
    founder = cluster.members[0]
    return enterprise_id(founder["key"]) if founder["recorded"] else None


def build(cluster: Cluster, suggestions: list[str]) -> Enterprise:
    """The document of a cluster; ``suggestions`` are ids of enterprises that may be the same."""
    members = cluster.members
    region = _current(members, "regions") or {}
    printed, china = region.get("code") or None, regions.china()
    # Where its area lies today: 莱城区 of 莱芜 is found under 济南.
    code = china.current(printed) if printed else None
    path = china.path(code)
    listed = _names(members)
    usccs = sorted({code_ for member in members for code_ in member["usccs"]})
    uscc = _best_code(members)
    lists = membership.merge([], [item for member in members for item in member["memberships"]])
    searched = forms.of(entry["name"] for entry in listed)
    identities: list[Identity] = [{"source": m["source"], "external_id": m["external_id"]} for m in members]
    document = Enterprise(
        id=enterprise_id(members[0]["key"]), name=next(entry["name"] for entry in listed if entry["current"]),
        names=listed, search_names=searched.names, abbreviations=searched.abbreviations, pinyin=searched.pinyin,
        initials=searched.initials, syllables=searched.syllables, uscc=uscc.value if uscc else None,
        uscc_valid=uscc.valid if uscc else None, usccs=usccs, permit_nos=_union(members, "permit_nos"),
        legal_rep=_value(members, "legal_reps"), address=_value(members, "addresses"), region=code, region_path=path,
        region_name=region.get("name", "") if code == printed else china.name(code),
        industry=_value(members, "industries"), industry_path=_industries(members), identities=identities,
        identity_keys=[member["key"] for member in members], memberships=lists,
        classes=sorted({item["cls"] for item in lists}), sources=sorted({member["source"] for member in members}),
        aliases=[enterprise_id(member["key"]) for member in members], pollutants=_union(members, "pollutants"),
        kinds=_union(members, "kinds"), first_seen=day(min(member["first_at"] for member in members)),
        last_seen=day(max(member["last_at"] for member in members)), suggestions=suggestions,
    )  # fmt: skip
    place = _value(members, "locations")
    if place:
        lat, lon = place.split(",")
        document["location"] = {"lat": float(lat), "lon": float(lon)}
    return document


def _industries(members: list[IdentityDoc]) -> list[str]:
    """Codes of the present industry from section to class (GB/T 4754-2017); none where its words are unknown."""
    found = industries.listed(_value(members, "industries") or "")[0]
    return sorted({step for code in found for step in industries.path(code)})


def _union(members: list[IdentityDoc], group: str) -> list[str]:
    return sorted({value for member in members for value in member[group]})  # type: ignore[literal-required]


def _current(members: list[IdentityDoc], group: str) -> dict[str, str] | None:
    """The value printed last; a region with a code before one in words only."""
    found: list[dict[str, str]] = [entry for member in members for entry in member[group]]  # type: ignore[literal-required]
    if not found:
        return None
    return max(found, key=lambda entry: (len(entry.get("code", "")) > 2, entry["at"], entry["value"]))


def _value(members: list[IdentityDoc], group: str) -> str | None:
    current = _current(members, group)
    return current["value"] if current else None


def _best_code(members: list[IdentityDoc]) -> codes.Code | None:
    """The valid code of the identity seen last, else any code; flagged where its check digit fails."""
    found = [
        (code.valid, member["last_at"], code.value, code)
        for member in members
        for code in (codes.uscc(text) for text in member["usccs"])
        if code
    ]
    return max(found, key=lambda item: item[:3])[3] if found else None


def _names(members: list[IdentityDoc]) -> list[Name]:
    """All names with their days, the current one marked; former names in brackets carry the days they were printed."""
    entries: dict[str, tuple[str, str, int]] = {}
    for member in members:
        for entry in member["names"]:
            _add(entries, entry["name"], entry["first"], entry["last"], _rank(entry))
    current = max(entries, key=lambda n: (not names.is_cut(n), entries[n][1], entries[n][2], len(n), n), default=None)
    for member in members:
        for former in member["former_names"]:
            _add(entries, former, member["first_at"], member["last_at"], -1)
    if current is None:
        founder = members[0]
        first, last = day(founder["first_at"]), day(founder["last_at"])
        return [{"name": founder["external_id"], "first": first, "last": last, "current": True}]
    return [
        {"name": name, "first": day(entries[name][0]), "last": day(entries[name][1]), "current": name == current}
        for name in sorted(entries, key=lambda n: (n != current, entries[n][0], n))
    ]


def _rank(entry: IdentityName) -> int:
    return max((_TRUST.get(kind, 0) for kind in entry["kinds"]), default=0)


def _add(entries: dict[str, tuple[str, str, int]], name: str, first: str, last: str, rank: int) -> None:
    known = entries.get(name, (first, last, rank))
    entries[name] = (min(known[0], first), max(known[1], last), max(known[2], rank))
