"""The score (得分) of one subject under one rubric: a total, its heads, and the lines that every point comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from indexer.gaps.scores.account import Account
from indexer.gaps.scores.counts import count
from indexer.gaps.scores.measure import Data, Measured, Share, grouped
from indexer.gaps.scores.measures import MEASURES
from indexer.gaps.scores.rubric import Cap, Head, Rubric
from indexer.gaps.scores.weights import Totals, totals, weights

FORMULA = "1"
"""Version of the formulas in this code; the rubric's file has its own."""
DIGITS = 2
"""Totals are rounded before they are compared, so that what looks the same shares a rank."""


class Line(NamedTuple):
    """Points earned and lost by one thing. All ``earned`` add up to the total, all ``lost`` to what lacks to 100.

    ``head`` and ``part`` are keys of the rubric (``cap``, ``shrink``: what is done to the whole); ``g`` 0..1.
    """

    head: str
    part: str
    group: str
    about: str
    ref: str
    words: str
    earned: float
    lost: float
    g: float | None = None
    weight: float | None = None


@dataclass(frozen=True)
class HeadScore:
    """One head: ``value`` 0..100 (None: nothing can be said), ``weight`` the share of the total that it has."""

    key: str
    title: str
    value: float | None
    weight: float


@dataclass(frozen=True)
class Score:
    """``total`` 0..100, None where nothing was observed. ``doubt``: why it is not ranked, None where it is.

    ``due`` instances fell due in the period, ``observed`` of them could be judged; ``variants``: the total under each
    change of one weight, the total itself first.
    """

    total: float | None
    grade: str | None
    doubt: str | None
    due: int
    observed: int
    heads: tuple[HeadScore, ...]
    lines: tuple[Line, ...]
    capped: tuple[str, ...]
    variants: tuple[float, ...]

    @property
    def observable(self) -> float:
        """V, 0..1."""
        return self.observed / self.due if self.due else 0.0


def evaluate(rubric: Rubric, account: Account) -> Score | None:
    """The score of a subject; None where nothing that the rubric looks at fell due in the period."""
    pairs = grouped(account, rubric)
    if not pairs:
        return None
    observed = sum(item.standing.observed for item, _ in pairs)
    caps = [cap for cap in rubric.caps if _applies(cap, rubric, account)]
    counted = any(MEASURES[part.measure].of_counts for head in rubric.heads for part in head.parts)
    return score(rubric, Data(account, count(pairs, rubric) if counted else {}), len(pairs), observed, caps)


def score(rubric: Rubric, data: Data, due: int, observed: int, caps: Sequence[Cap] = ()) -> Score:
    """The score of what a measure is shown; ``due`` and ``observed`` are instances."""
    measured = {head.key: _parts(head, rubric, data) for head in rubric.heads}
    values = {head.key: _value(head, measured[head.key]) for head in rubric.heads}
    sure = weights(rubric, values)
    told = totals(rubric, values, [cap.at_most for cap in caps]) if observed else None
    heads = tuple(
        HeadScore(head.key, head.title, _percent(values[head.key]), round(sure[head.key], 4)) for head in rubric.heads
    )
    doubt = _doubt(rubric, values, due, observed)
    total = told.total if told else None
    return Score(
        total=total, grade=rubric.grade(total) if total is not None and doubt is None else None, doubt=doubt, due=due,
        observed=observed, heads=heads, lines=tuple(_lines(rubric, measured, sure, told, caps)),
        capped=tuple(cap.title for cap in caps), variants=told.variants if told else (),
    )  # fmt: skip


def _parts(head: Head, rubric: Rubric, data: Data) -> dict[str, Measured]:
    """What is known of each part; those of which nothing is are left out."""
    made = {part.key: MEASURES[part.measure].run(data, rubric, part.params) for part in head.parts}
    return {key: measured for key, measured in made.items() if measured is not None}


def _value(head: Head, measured: Mapping[str, Measured]) -> float | None:
    """Mean of the parts by weight, 0..1; parts of which nothing is known leave their weight to the others."""
    known = [(part.weight, measured[part.key].value) for part in head.parts if part.key in measured]
    return sum(weight * value for weight, value in known) / sum(w for w, _ in known) if known else None


def _percent(value: float | None) -> float | None:
    return None if value is None else round(100 * value, DIGITS)


def _doubt(rubric: Rubric, values: Mapping[str, float | None], due: int, observed: int) -> str | None:
    """``few_observed``, ``few_heads`` or ``head:<key>``: why there is no rank; None where there is."""
    least = rubric.ranking.min_observable
    if not due or observed / due < least:
        return "few_observed"
    lacking = [key for key in rubric.ranking.needs if values[key] is None]
    if lacking:
        return f"head:{lacking[0]}"
    known = sum(head.weight for head in rubric.heads if values[head.key] is not None)
    return "few_heads" if known / sum(head.weight for head in rubric.heads) < least else None


def _applies(cap: Cap, rubric: Rubric, account: Account) -> bool:
    if cap.when == "missing":
        return any(item.state == "missing" and group.key in cap.items for item, group in grouped(account, rubric))
    leads = any(lead.confirmed and lead.severity == cap.severity for lead in account.leads)
    return leads or any(item.confirmed == cap.severity for item, _ in grouped(account, rubric))


def _lines(
    rubric: Rubric, measured: Mapping[str, Mapping[str, Measured]], sure: Mapping[str, float], told: Totals | None,
    caps: Sequence[Cap],
) -> Iterable[Line]:  # fmt: skip
    for head in rubric.heads:
        parts = measured[head.key]
        whole = sum(part.weight for part in head.parts if part.key in parts)
        for part in head.parts:
            if part.key in parts:
                points = 100 * sure[head.key] * part.weight / whole
                yield from (_line(head.key, part.key, share, points) for share in parts[part.key].shares)
                yield from (_line(head.key, part.key, share, 0.0) for share in parts[part.key].left_out)
    if told is not None and told.total < told.uncapped:
        over = round(told.uncapped - told.total, 4)
        words = "；".join(f"{cap.title}，总分至多{cap.at_most:g}" for cap in caps)
        yield Line("cap", "", "", "fact", "", f"{words}：{told.uncapped:.2f}降为{told.total:.2f}", -over, over)


def _line(head: str, part: str, share: Share, points: float) -> Line:
    own = points * share.share
    return Line(
        head, part, share.group, share.about, share.ref, share.words, round(own * share.g, 4),
        round(own * (1 - share.g), 4), round(share.g, 4) if share.share else None, share.weight,
    )  # fmt: skip
