"""Which identities are one enterprise (归并): a pure function of all identities and of what people decided.

Evidence in order: permit number; credit code with name and address; with name; with address; name in one city.
Two identities of one source do not merge by themselves: a site that gives them two ids says they are two. Only a source
without ids may name one enterprise twice, where it was renamed between two of its lists.
What is likely but not certain becomes a suggestion for a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from indexer.normalise import codes, names, regions
from indexer.register.documents import IdentityDoc


@dataclass(frozen=True)
class Pair:
    """A person's decision on two identities (``merge``, ``keep_apart``), or on one (``split``: apart from all)."""

    kind: str
    first: str
    second: str | None = None


@dataclass
class Cluster:
    """Identities that are one enterprise, by key; ``doubtful`` are keys of identities that may belong to it."""

    members: list[IdentityDoc]
    doubtful: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class _Traits:
    """One identity reduced to what is compared."""

    key: str
    source: str
    names: frozenset[str]
    addresses: frozenset[str]
    usccs: frozenset[str]
    permits: frozenset[str]
    cities: frozenset[str]
    own_id: bool
    years: frozenset[int]
    """List years in which its source lists it."""


def resolve(identities: Iterable[IdentityDoc], decisions: Iterable[Pair] = ()) -> list[Cluster]:
    """The clusters, sorted by their founding identity; the order of ``identities`` does not matter."""
    documents = {document["key"]: document for document in identities}
    traits = [_traits(documents[key]) for key in sorted(documents)]
    union = _Union({item.key: item for item in traits}, list(decisions))
    for level in (_by_permit, _by_code_name_address, _by_code_name, _by_code_address, _by_name):
        for group in _groups(traits, level):
            union.offer(group)
    _suggest_same_code(traits, union)
    clusters: dict[str, Cluster] = {}
    for key in sorted(documents):
        clusters.setdefault(union.root(key), Cluster([])).members.append(documents[key])
    for first, second in union.doubts():
        clusters[union.root(first)].doubtful.add(second)
        clusters[union.root(second)].doubtful.add(first)
    for cluster in clusters.values():
        cluster.members.sort(key=founding_order)
    return sorted(clusters.values(), key=lambda cluster: founding_order(cluster.members[0]))


def founding_order(document: IdentityDoc) -> tuple[bool, str, str, str]:
    """Sorts identities so that the first founds the enterprise: recorded ones by first capture, then run, then key."""
    return not document["recorded"], document["first_at"], document["first_run"], document["key"]


def _traits(document: IdentityDoc) -> _Traits:
    printed = [entry["name"] for entry in document["names"]] + document["former_names"]
    cities = {regions.city(entry.get("code")) for entry in document["regions"]}
    return _Traits(
        key=document["key"],
        source=document["source"],
        names=frozenset(names.fold(name) for name in printed if not names.is_cut(name)),
        addresses=frozenset(names.fold_address(entry["value"]) for entry in document["addresses"]),
        usccs=frozenset(code for code in document["usccs"] if _valid(code)),
        permits=frozenset(document["permit_nos"]),
        cities=frozenset(city for city in cities if city),
        own_id=document["own_id"],
        years=frozenset(line["year"] for line in document["memberships"] if line["year"] is not None),
    )


def _valid(code: str) -> bool:
    found = codes.uscc(code)
    return found is not None and found.valid


def _by_permit(item: _Traits) -> Iterator[tuple[str, ...]]:
    yield from ((permit,) for permit in item.permits)


def _by_code_name_address(item: _Traits) -> Iterator[tuple[str, ...]]:
    yield from ((u, n, a) for u in item.usccs for n in item.names for a in item.addresses)


def _by_code_name(item: _Traits) -> Iterator[tuple[str, ...]]:
    yield from ((u, n) for u in item.usccs for n in item.names)


def _by_code_address(item: _Traits) -> Iterator[tuple[str, ...]]:
    yield from ((u, a) for u in item.usccs for a in item.addresses)


def _by_name(item: _Traits) -> Iterator[tuple[str, ...]]:
    """Name and city; an identity without a city shares the name's group with an empty city, which only suggests."""
    yield from ((n, city) for n in item.names for city in item.cities or {""})


def _groups(traits: list[_Traits], level: object) -> Iterator[list[_Traits]]:
    """Identities that share one key of this level, in the order of the keys."""
    assert callable(level)
    found: dict[tuple[str, ...], list[_Traits]] = defaultdict(list)
    for item in traits:
        for key in level(item):
            found[key].append(item)
    for key in sorted(found):
        if len(found[key]) > 1 and key[-1] != "":
            yield found[key]


def _suggest_same_code(traits: list[_Traits], union: _Union) -> None:
    """Likely, not certain: one credit code or one name across sources that nothing above joined."""
    by_code: dict[str, list[_Traits]] = defaultdict(list)
    for item in traits:
        for code in item.usccs:
            by_code[f"u{code}"].append(item)
        for name in item.names:
            by_code[f"n{name}"].append(item)
    for key in sorted(by_code):
        for first, second in combinations(by_code[key], 2):
            if first.source != second.source and not _contradict(first, second, by_name=key[0] == "n"):
                union.doubt(first.key, second.key)


def _contradict(first: _Traits, second: _Traits, by_name: bool) -> bool:
    """True where they are surely two: different cities under one name, or two valid codes under one name."""
    if not by_name:
        return False
    apart = first.cities and second.cities and not first.cities & second.cities
    return bool(apart)


class _Union:
    """Merges with restraint: never what one source tells apart, never against a person's decision."""

    def __init__(self, traits: dict[str, _Traits], decisions: list[Pair]) -> None:
        self._traits = traits
        self._parent = {key: key for key in traits}
        self._members: dict[str, list[str]] = {key: [key] for key in traits}
        self._apart = {frozenset((d.first, d.second)) for d in decisions if d.kind == "keep_apart" and d.second}
        self._single = {d.first for d in decisions if d.kind == "split"}
        self._doubts: set[tuple[str, str]] = set()
        self._decided: set[frozenset[str]] = set()
        for decision in decisions:
            if decision.kind == "merge" and decision.second in traits and decision.first in traits:
                self._join(decision.first, str(decision.second))

    def root(self, key: str) -> str:
        """The representative of a key's cluster."""
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def offer(self, group: list[_Traits]) -> None:
        """Joins identities that share evidence where each source has one; several of one source are only doubtful."""
        roots = sorted({self.root(item.key) for item in group})
        by_root = {root: [item for item in group if self.root(item.key) == root] for root in roots}
        for first, second in combinations(roots, 2):
            if self.root(first) == self.root(second):
                continue
            if self._ambiguous(group) or not self._allowed(first, second, by_root):
                self.doubt(by_root[first][0].key, by_root[second][0].key)
            else:
                self._join(first, second)

    def _ambiguous(self, group: list[_Traits]) -> bool:
        """Two clusters with an identity of one source among them: which of the two is meant is not known."""
        seen: dict[str, str] = {}
        for item in group:
            root = self.root(item.key)
            if seen.setdefault(item.source, root) != root:
                return True
        return False

    def _allowed(self, first: str, second: str, by_root: dict[str, list[_Traits]]) -> bool:
        one, other = self._members[self.root(first)], self._members[self.root(second)]
        if any(_two_by_source(self._traits[a], self._traits[b]) for a in one for b in other):
            return False
        if self._single & {*one, *other} or any(frozenset((a, b)) in self._apart for a in one for b in other):
            return False
        return not any(_conflict(a, b) for a in by_root[first] for b in by_root[second])

    def _join(self, first: str, second: str) -> None:
        one, other = sorted((self.root(first), self.root(second)))
        if one != other:
            self._parent[other] = one
            self._members[one] = self._members[one] + self._members.pop(other)

    def doubt(self, first: str, second: str) -> None:
        """Notes a likely match; same-source pairs are two by the source's own word, decided ones are settled."""
        self._doubts.add((min(first, second), max(first, second)))

    def doubts(self) -> list[tuple[str, str]]:
        """Likely matches that are still open."""
        return sorted(pair for pair in self._doubts if self._open(*pair))

    def _open(self, first: str, second: str) -> bool:
        one, other = self.root(first), self.root(second)
        if one == other or {first, second} & self._single:
            return False
        members, others = self._members[one], self._members[other]
        return not any(frozenset((a, b)) in self._apart for a in members for b in others)


def _two_by_source(first: _Traits, second: _Traits) -> bool:
    """True where one source says that they are two: by two ids of its own, or by two names on lists of one time.

    A source without ids that prints one name up to some list year and another one after it has listed a renamed firm.
    """
    if first.source != second.source:
        return False
    if first.own_id or second.own_id or not first.years or not second.years:
        return True
    return not (max(first.years) < min(second.years) or max(second.years) < min(first.years))


def _conflict(first: _Traits, second: _Traits) -> bool:
    """Signs against a match: cities that differ, or two valid credit codes that differ."""
    if first.permits & second.permits:
        return False
    if first.cities and second.cities and not first.cities & second.cities:
        return True
    return bool(first.usccs and second.usccs and not first.usccs & second.usccs)
