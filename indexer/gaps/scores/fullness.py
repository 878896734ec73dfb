"""全面: the fields of what was disclosed, the periods that were, the outlets and pollutants with values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indexer.gaps.scores.account import Item, Pair
from indexer.gaps.scores.counts import present
from indexer.gaps.scores.measure import Data, Measure, Measured, Share, evenly, grouped, named
from indexer.gaps.scores.rubric import Rubric

NAMED = 10
"""Pairs without values that are named one by one; the others are told as a number."""


def fields_of(data: Data, rubric: Rubric, params: Mapping[str, Any]) -> Measured | None:
    """Mean completeness of the items that were read field by field."""
    return evenly([
        Share("duty", item.ref, group.key, 1.0, item.completeness, f"{named(item)}{_read(item)}")
        for item, group in grouped(data.own, rubric)
        if item.seen and item.completeness is not None
    ])  # fmt: skip


def periods(data: Data, rubric: Rubric, params: Mapping[str, Any]) -> Measured | None:
    """Instances disclosed of those that fell due and could be looked for."""
    return evenly([
        Share("duty", item.ref, group.key, 1.0, float(item.seen), f"{named(item)}{_shown(item.seen, item.state)}")
        for item, group in grouped(data.own, rubric)
        if present(item)
    ])  # fmt: skip


def _read(item: Item) -> str:
    if item.lenient and item.completeness == 1:
        return "已见公开，缺少内容没有可公开的证明，按有利解释计为完整"
    return f"完整度{item.completeness or 0:.0%}"


def _shown(seen: bool, state: str) -> str:
    return "已公开" if seen else "公开后撤下" if state == "withdrawn" else "未见公开"


def coverage(data: Data, rubric: Rubric, params: Mapping[str, Any]) -> Measured | None:
    """Outlets × pollutants with published values of those of the permit (without one: of the last report).

    Nothing is said where no value at all was seen: whether there should be one is for the duties to say.
    """
    conduct = data.own.conduct
    if not conduct.owed or not conduct.shown:
        return None
    without = sorted((pair for pair in conduct.owed if not _shows(pair, conduct.shown)), key=_order)
    share, basis = 1 / len(conduct.owed), "排污许可证" if conduct.from_permit else "最近一次报告"
    number = len(conduct.owed) - len(without)
    told = [
        Share(
            "fact", "", "", number * share, 1.0, f"{basis}列明{len(conduct.owed)}个排放口×污染物，{number}个有公开数值"
        )
    ]
    told += [Share("fact", "", "", share, 0.0, f"{basis}列明的{_pair(pair)}没有公开数值") for pair in without[:NAMED]]
    rest = len(without) - NAMED
    if rest > 0:
        told.append(Share("fact", "", "", rest * share, 0.0, f"另有{rest}个没有公开数值"))
    return Measured(tuple(told))


def _shows(pair: Pair, shown: frozenset[Pair]) -> bool:
    """An outlet that either side does not name is no difference."""
    outlet, pollutant = pair
    return any(name == pollutant and (outlet is None or other in (None, outlet)) for other, name in shown)


def _order(pair: Pair) -> tuple[str, str]:
    return pair[0] or "", pair[1]


def _pair(pair: Pair) -> str:
    return " ".join(part for part in pair if part)


MEASURES = (Measure("fields", fields_of), Measure("periods", periods), Measure("coverage", coverage))
