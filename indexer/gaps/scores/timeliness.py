"""及时: how soon after the due day each item came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from indexer.gaps.scores.account import Item
from indexer.gaps.scores.counts import earned, timed
from indexer.gaps.scores.measure import Data, Measure, Measured, Share, evenly, grouped, named
from indexer.gaps.scores.rubric import Rubric


def run(data: Data, rubric: Rubric, params: Mapping[str, Any]) -> Measured | None:
    """Σ w·g / Σ w over the items of which it is known; instances of a group taken together share its weight."""
    pairs = grouped(data.own, rubric)
    known = [(item, group) for item, group in pairs if timed(item)]
    sizes = Counter(group.key for _, group in known)
    shares = []
    for item, group in known:
        within = rubric.allowance(group, item.cadence)
        weight = group.weight / sizes[group.key] if group.together else group.weight
        words = _words(item, within)
        shares.append(Share("duty", item.ref, group.key, weight, earned(item, within), words, weight))
    made = evenly(shares)
    left = tuple(
        Share("duty", item.ref, group.key, 0.0, 0.0, f"{named(item)}已见公开，何时公开无从判断，不计")
        for item, group in pairs
        if item.seen and not timed(item)
    )
    return Measured(made.shares, left) if made else None


def _words(item: Item, within: int) -> str:
    if item.state == "missing":
        return f"{named(item)}应于{item.due}前公开，未见，得0"
    delay = item.delay or 0
    if item.lenient:
        return f"{named(item)}已见公开，逾期没有可公开的证明，按有利解释得1"
    if delay <= 0:
        return f"{named(item)}应于{item.due}前公开，按期，得1"
    return f"{named(item)}应于{item.due}前公开，逾期{delay}日，1－{delay}÷{within}，得{earned(item, within):.2f}"


MEASURE = Measure("promptness", run)
