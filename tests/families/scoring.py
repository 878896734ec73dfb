"""Crawled records against planted ones: each paired with its nearest, then compared header by header."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from examples.province.families.site import Planted

Facts = frozenset[tuple[str, str]]
"""What one record says: its fields and titles, ``@`` before what is no field. Empty values say nothing."""
Group = tuple[str, str]


@dataclass
class Score:
    """Facts in both, in the crawled records alone (``surplus``), in the planted ones alone (``missing``)."""

    right: int = 0
    surplus: int = 0
    missing: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of what was read that is true."""
        return self.right / (self.right + self.surplus) if self.right + self.surplus else 0.0

    @property
    def recall(self) -> float:
        """Share of the truth that was read."""
        return self.right / (self.right + self.missing) if self.right + self.missing else 0.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def words(self) -> str:
        """The figures and the first differences."""
        figures = f"precision {self.precision:.4f}, recall {self.recall:.4f}, F1 {self.f1:.4f}"
        return "\n".join([f"{figures}; {len(self.differences)} records differ", *self.differences[:15]])


def score(crawled: Iterable[dict[str, Any]], planted: Iterable[Planted]) -> Score:
    """Micro figures over (kind, record, header, value); a record shown n times weighs n.

    A record's title is compared where the planted one has a title; subject and stated day always.
    """
    truth = list(planted)
    titled = {record.kind for record in truth if record.title is not None}
    got, want = defaultdict(Counter), defaultdict(Counter)  # type: ignore[var-annotated]
    for record in truth:
        group, facts = _planted(record, record.kind in titled)
        want[group][facts] += record.rows
    for row in crawled:
        group, facts = _crawled(row, row["kind"] in titled)
        got[group][facts] += row["rows"]
    result = Score()
    for group in sorted({*got, *want}):
        _compare(group, got[group], want[group], result)
    return result


def _planted(record: Planted, titled: bool) -> tuple[Group, Facts]:
    told = {f"@{part}": value for part, value in record.subject.items()}
    told["@published_at"] = record.published_at or ""
    if titled:
        told["@title"] = record.title or ""
    return (record.kind, record.subject.get("name", "")), _facts({**record.fields, **told})


def _crawled(row: dict[str, Any], titled: bool) -> tuple[Group, Facts]:
    told = {f"@{part}": value or "" for part, value in row["subject"].items()}
    told["@published_at"] = row["published_at"] or ""
    if titled:
        told["@title"] = row["title"] or ""
    return (row["kind"], row["subject"]["name"] or ""), _facts({**row["fields"], **told})


def _facts(values: dict[str, str]) -> Facts:
    return frozenset((name, value) for name, value in values.items() if value)


def _compare(group: Group, got: Counter[Facts], want: Counter[Facts], result: Score) -> None:
    same = got & want
    result.right += sum(len(facts) * times for facts, times in same.items())
    left, lost = list((got - same).elements()), list((want - same).elements())
    for facts in sorted(lost, key=sorted):
        nearest = max(left, key=lambda other: (len(other & facts), sorted(other)), default=frozenset())
        if nearest & facts:
            left.remove(nearest)
        _count(group, nearest if nearest & facts else frozenset(), facts, result)
    for facts in left:
        _count(group, facts, frozenset(), result)


def _count(group: Group, read: Facts, true: Facts, result: Score) -> None:
    result.right += len(read & true)
    result.surplus += len(read - true)
    result.missing += len(true - read)
    result.differences.append(f"{' '.join(group)}: read {sorted(read - true)} for {sorted(true - read)}"[:1500])
