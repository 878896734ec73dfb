"""The score of a region (地区): drawn from its enterprises', or from the counts of all items in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.gaps.scores.account import Account
from indexer.gaps.scores.counts import Counts, add, count
from indexer.gaps.scores.measure import Data, grouped
from indexer.gaps.scores.rubric import Rubric
from indexer.gaps.scores.score import DIGITS, HeadScore, Line, Score, score
from indexer.gaps.scores.weights import sets

Key = tuple[str, str, str]
"""Head, part and group of a line."""


@dataclass
class Sum:
    """What is kept of the subjects of one region: sums alone, however many they are.

    ``subjects`` with something due, ``ranked`` of them with a score that counts; lost and earned points by
    (head, part, group) of the ranked ones, and how many of them lost any.
    """

    subjects: int = 0
    ranked: int = 0
    due: int = 0
    observed: int = 0
    variants: list[float] = field(default_factory=list)
    heads: dict[str, list[float]] = field(default_factory=dict)
    points: dict[Key, list[float]] = field(default_factory=dict)
    counts: dict[str, dict[str, float]] = field(default_factory=dict)

    def add_score(self, made: Score) -> None:
        """One enterprise with its score; only one that may be ranked counts for the mean."""
        self.subjects, self.due, self.observed = self.subjects + 1, self.due + made.due, self.observed + made.observed
        if made.doubt is not None or made.total is None:
            return
        self.ranked += 1
        self.variants = [a + b for a, b in zip(self.variants or [0.0] * len(made.variants), made.variants, strict=True)]
        for head in made.heads:
            if head.value is not None:
                known = self.heads.setdefault(head.key, [0.0, 0.0])
                self.heads[head.key] = [known[0] + head.value, known[1] + 1]
        for key, (earned, lost) in points(made).items():
            told = self.points.setdefault(key, [0.0, 0.0, 0.0])
            told[0], told[1], told[2] = told[0] + earned, told[1] + lost, told[2] + (lost > 0)

    def add_items(self, items: Items) -> None:
        """One subject's items, for a rubric of counts."""
        if items.due:
            self.subjects, self.due = self.subjects + 1, self.due + items.due
            self.observed += items.observed
            add(self.counts, items.counts)


@dataclass(frozen=True)
class Items:
    """The items of one subject as a rubric of counts takes them."""

    due: int
    observed: int
    counts: Mapping[str, Counts]

    @classmethod
    def of(cls, rubric: Rubric, account: Account) -> Items:
        """Counted once, added to every place that the subject lies in."""
        pairs = grouped(account, rubric)
        return cls(len(pairs), sum(item.standing.observed for item, _ in pairs), count(pairs, rubric))


def points(made: Score) -> dict[Key, tuple[float, float]]:
    """Points earned and lost by (head, part, group): one subject counts once in each, however many its lines."""
    found: dict[Key, tuple[float, float]] = {}
    for line in made.lines:
        key = (line.head, line.part, line.group)
        earned, lost = found.get(key, (0.0, 0.0))
        found[key] = (earned + line.earned, lost + line.lost)
    return found


def of_region(rubric: Rubric, region: Sum, whole: Sum) -> Score | None:
    """The score of a region; ``whole`` is the sum of all regions, to whose mean a mean of few is drawn."""
    if rubric.regions == "counts":
        return score(rubric, Data(None, region.counts), region.due, region.observed) if region.due else None
    return _mean(rubric, region, whole) if region.subjects else None


def _mean(rubric: Rubric, region: Sum, whole: Sum) -> Score:
    doubt = None if region.due and region.observed / region.due >= rubric.ranking.min_observable else "few_observed"
    if not region.ranked:
        heads = tuple(HeadScore(head.key, head.title, None, 0.0) for head in rubric.heads)
        return Score(None, None, "few_observed", region.due, region.observed, heads, (), (), ())
    n, k = region.ranked, rubric.ranking.shrink
    means = [total / n for total in region.variants]
    drawn = tuple(
        round((n * mean + k * other / whole.ranked) / (n + k), DIGITS)
        for mean, other in zip(means, whole.variants, strict=True)
    )
    lines = (*_lines(rubric, region), _shrink(rubric, n, means[0], whole.variants[0] / whole.ranked, drawn[0]))
    return Score(
        drawn[0], None if doubt else rubric.grade(drawn[0]), doubt, region.due, region.observed,
        _heads(rubric, region), lines, (), drawn,
    )  # fmt: skip


def _heads(rubric: Rubric, region: Sum) -> tuple[HeadScore, ...]:
    own = next(sets(rubric))
    return tuple(
        HeadScore(
            head.key, head.title,
            round(region.heads[head.key][0] / region.heads[head.key][1], DIGITS) if head.key in region.heads else None,
            round(own[head.key], 4),
        )
        for head in rubric.heads
    )  # fmt: skip


def _lines(rubric: Rubric, region: Sum) -> list[Line]:
    titles = {group.key: group.title for group in (*rubric.groups, *((rubric.others,) if rubric.others else ()))}
    parts = {(head.key, part.key): part.title for head in rubric.heads for part in head.parts}
    found = []
    for (head, part, group), (earned, lost, losers) in sorted(region.points.items()):
        title = "封顶" if head == "cap" else f"{parts[head, part]}{'：' if group else ''}{titles.get(group, '')}"
        words = f"{title}，{region.ranked}家企业平均，其中{losers:.0f}家失分"
        found.append(Line(head, part, group, "group" if group else "fact", group, words,
                          round(earned / region.ranked, 4), round(lost / region.ranked, 4)))  # fmt: skip
    return found


def _shrink(rubric: Rubric, n: int, mean: float, other: float, drawn: float) -> Line:
    """How far a mean of few enterprises is drawn to that of all; points may be gained or lost by it."""
    change = round(drawn - mean, 4)
    k = rubric.ranking.shrink
    words = f"向全部企业均值收缩：（{n}×{mean:.2f}＋{k:g}×{other:.2f}）÷（{n}＋{k:g}）＝{drawn:.2f}"
    return Line("shrink", "", "", "fact", "", words, change, -change)
