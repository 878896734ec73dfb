"""Totals from heads, under the rubric's weights and under every change of one weight by a step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.gaps.scores.rubric import Rubric

Values = Mapping[str, float | None]


@dataclass(frozen=True)
class Totals:
    """0..100: before and after the caps; ``variants``: after them under each set of weights, the rubric's own first."""

    uncapped: float
    total: float
    variants: tuple[float, ...]


def sets(rubric: Rubric) -> Iterator[dict[str, float]]:
    """The rubric's weights (adding up to 1), then each weight ± ``step`` in turn, drawn to a sum of 1 again."""
    whole = sum(head.weight for head in rubric.heads)
    own = {head.key: head.weight / whole for head in rubric.heads}
    yield own
    for head in rubric.heads:
        for step in (-rubric.ranking.step, rubric.ranking.step):
            changed = {**own, head.key: max(0.0, own[head.key] + step)}
            # One head alone keeps all the weight, whatever is taken from it.
            total = sum(changed.values())
            yield {key: weight / total for key, weight in changed.items()} if total else own


def shared(chosen: Mapping[str, float], values: Values) -> dict[str, float]:
    """The weights of the heads of which something is known, drawn to a sum of 1; the others weigh nothing."""
    known = sum(weight for key, weight in chosen.items() if values[key] is not None)
    return {key: weight / known if values[key] is not None and known else 0.0 for key, weight in chosen.items()}


def weights(rubric: Rubric, values: Values) -> dict[str, float]:
    """The share of the total that each head has."""
    return shared(next(sets(rubric)), values)


def totals(rubric: Rubric, values: Values, caps: Sequence[float]) -> Totals:
    """Totals of known heads, none above the lowest cap."""
    raw = [_total(shared(chosen, values), values) for chosen in sets(rubric)]
    most = min([100.0, *caps])
    capped = tuple(min(total, most) for total in raw)
    return Totals(raw[0], capped[0], capped)


def _total(chosen: Mapping[str, float], values: Values) -> float:
    total = 100 * sum(weight * (values[key] or 0.0) for key, weight in chosen.items())
    return min(100.0, max(0.0, round(total, 2)))
