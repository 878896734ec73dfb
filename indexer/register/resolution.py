"""Which identities are one enterprise (归并): a pure function of all identities and of what people decided.

What a person decided comes first. Then pairs merge in the order of their likeness, the surest first, unless something
vetoes, or one source tells the two apart: a site that gives them two ids says they are two. Only a source without ids
may name one enterprise twice, where it was renamed between two of its lists. What is likely but not certain is for a
person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from indexer.register import likeness, traits
from indexer.register.documents import IdentityDoc
from indexer.register.likeness import Likeness
from indexer.register.traits import Traits

Root = Callable[[str], str]


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


def resolve(identities: Iterable[IdentityDoc], decisions: Iterable[Pair] = ()) -> list[Cluster]:
    """The clusters, sorted by their founding identity; the order of ``identities`` does not matter."""
    documents = {document["key"]: document for document in identities}
    known = {key: traits.of(documents[key]) for key in sorted(documents)}
    union = _Union(known, list(decisions))
    union.merge(_alike(known))
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


def _alike(known: dict[str, Traits]) -> dict[tuple[str, str], Likeness]:
    """Every pair that meets under a block key and is at least doubtful, by its two keys in order."""
    found: dict[tuple[str, str], Likeness] = {}
    seen: set[tuple[str, str]] = set()
    for first, second in _meeting(known):
        if (first, second) in seen:
            continue
        seen.add((first, second))
        likely = likeness.compare(known[first], known[second])
        if likely.doubtful:
            found[first, second] = likely
    return found


def _meeting(known: dict[str, Traits]) -> Iterator[tuple[str, str]]:
    """Pairs of keys that share a block key; two ids of one source are two by its own word and never meet."""
    groups: dict[str, list[str]] = defaultdict(list)
    for key, item in known.items():
        for block in traits.blocks(item):
            groups[block].append(key)
    for keys in groups.values():
        for first, second in combinations(sorted(keys), 2):
            if not two_by_source(known[first], known[second]):
                yield first, second


class _Union:
    """Merges with restraint: never what one source tells apart, never against a person's decision."""

    def __init__(self, known: dict[str, Traits], decisions: list[Pair]) -> None:
        self._traits = known
        self._parent = {key: key for key in known}
        self._members: dict[str, list[str]] = {key: [key] for key in known}
        self._apart = {frozenset((d.first, d.second)) for d in decisions if d.kind == "keep_apart" and d.second}
        self._single = {d.first for d in decisions if d.kind == "split"}
        self._doubts: set[tuple[str, str]] = set()
        self._compared: dict[tuple[str, str], Likeness] = {}
        for decision in decisions:
            if decision.kind == "merge" and decision.second in known and decision.first in known:
                self._join(decision.first, str(decision.second))

    def root(self, key: str) -> str:
        """The representative of a key's cluster."""
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def merge(self, alike: dict[tuple[str, str], Likeness]) -> None:
        """Joins the likeliest first; what may not be joined, or not surely, is doubtful."""
        self._compared = dict(alike)
        rivals = _Rivals(alike, self._traits)
        for (first, second), likely in sorted(alike.items(), key=lambda item: (-item[1].points, item[0])):
            if self.root(first) == self.root(second):
                continue
            sure = likely.merges and not rivals.of(first, second, self.root) and self._allowed(first, second)
            if sure:
                self._join(first, second)
            else:
                self._doubts.add((first, second))

    def _allowed(self, first: str, second: str) -> bool:
        one, other = self._members[self.root(first)], self._members[self.root(second)]
        if self._single & {*one, *other}:
            return False
        return not any(self._parted(a, b) for a in one for b in other)

    def _parted(self, first: str, second: str) -> bool:
        """A person, their source or the evidence tells the two apart."""
        if frozenset((first, second)) in self._apart or two_by_source(self._traits[first], self._traits[second]):
            return True
        return bool(self._likeness(first, second).vetoed)

    def _likeness(self, first: str, second: str) -> Likeness:
        pair = (min(first, second), max(first, second))
        if pair not in self._compared:
            self._compared[pair] = likeness.compare(self._traits[pair[0]], self._traits[pair[1]])
        return self._compared[pair]

    def _join(self, first: str, second: str) -> None:
        one, other = sorted((self.root(first), self.root(second)))
        if one != other:
            self._parent[other] = one
            self._members[one] = self._members[one] + self._members.pop(other)

    def doubts(self) -> list[tuple[str, str]]:
        """Likely matches that are still open: a decided pair is settled, and so is one that merged another way."""
        return sorted(pair for pair in self._doubts if self._open(*pair))

    def _open(self, first: str, second: str) -> bool:
        one, other = self.root(first), self.root(second)
        if one == other or {first, second} & self._single:
            return False
        members, others = self._members[one], self._members[other]
        return not any(frozenset((a, b)) in self._apart for a in members for b in others)


class _Rivals:
    """For each identity and source, who of that source is alike: two that come close make both matches doubtful."""

    def __init__(self, alike: dict[tuple[str, str], Likeness], known: dict[str, Traits]) -> None:
        self._traits = known
        self._points: dict[tuple[str, str], list[tuple[float, str]]] = defaultdict(list)
        for (first, second), likely in alike.items():
            if likely.merges:
                self._points[first, known[second].source].append((likely.points, second))
                self._points[second, known[first].source].append((likely.points, first))

    def of(self, first: str, second: str, root: Root) -> bool:
        """True where another of either's source is nearly as like, and is not one with it already."""
        return self._rivalled(first, second, root) or self._rivalled(second, first, root)

    def _rivalled(self, key: str, match: str, root: Root) -> bool:
        found = self._points[key, self._traits[match].source]
        points = next(value for value, other in found if other == match)
        return any(
            other != match and value > points - likeness.threshold("margin") and root(other) != root(match)
            and two_by_source(self._traits[match], self._traits[other])
            for value, other in found
        )  # fmt: skip


def two_by_source(first: Traits, second: Traits) -> bool:
    """True where one source says that they are two: by two ids of its own, or by two names on lists of one time.

    A source without ids that prints one name up to some list year and another one after it has listed a renamed firm.
    """
    if first.source != second.source:
        return False
    if first.own_id or second.own_id or not first.years or not second.years:
        return True
    return not (max(first.years) < min(second.years) or max(second.years) < min(first.years))
