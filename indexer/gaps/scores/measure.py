"""What a measure says: a value of 0..1 made of shares, each of which names what it stands for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from marshmallow import RAISE, Schema

from indexer.gaps.scores.account import Account, Item
from indexer.gaps.scores.counts import Counts
from indexer.gaps.scores.rubric import ItemGroup, Rubric


class Share(NamedTuple):
    """A part of a measure: ``share`` of the whole (all shares add up to 1), of which the fraction ``g`` is earned.

    ``about``: what ``ref`` names: ``duty``, ``finding``, ``group`` (of items), ``fact`` (nothing to be looked up).
    """

    about: str
    ref: str
    group: str
    share: float
    g: float
    words: str
    weight: float | None = None


@dataclass(frozen=True)
class Measured:
    """The shares of a measure, and the items that are left out of it in words (nothing is known of them)."""

    shares: tuple[Share, ...]
    left_out: tuple[Share, ...] = ()

    @property
    def value(self) -> float:
        """0..1."""
        return sum(share.share * share.g for share in self.shares)


@dataclass(frozen=True)
class Data:
    """What a measure is shown: the account of a subject (None of a region) and the counts by group of items."""

    account: Account | None
    counts: Mapping[str, Counts]

    @property
    def own(self) -> Account:
        """The account; raises ValueError for a region, which has counts alone."""
        if self.account is None:
            raise ValueError("a region has no account of its own: its rubric may use counts alone")
        return self.account


class Params(Schema):
    """Params of a measure that takes none; the schemas of the others are its kin."""

    class Meta:
        unknown = RAISE


@dataclass(frozen=True)
class Measure:
    """A measure by its name in the files; ``of_counts``: it looks at counts alone, so a region may have it too."""

    name: str
    run: Callable[[Data, Rubric, Mapping[str, Any]], Measured | None]
    params: type[Schema] = Params
    of_counts: bool = False


def grouped(account: Account, rubric: Rubric) -> list[tuple[Item, ItemGroup]]:
    """The items that are part of the rubric, each with its group; in the order of their ids."""
    pairs = ((item, rubric.group(item.obligation)) for item in sorted(account.items, key=lambda item: item.ref))
    return [(item, group) for item, group in pairs if group is not None]


def evenly(parts: list[Share]) -> Measured | None:
    """A measure of shares whose ``share`` are weights yet; None where there are none or all weigh nothing."""
    total = sum(part.share for part in parts)
    if not total:
        return None
    return Measured(tuple(
        Share(p.about, p.ref, p.group, p.share / total, p.g, p.words, p.weight) for p in parts
    ))  # fmt: skip


def named(item: Item) -> str:
    """``年度报告（2024）``: an item as the words of a line name it."""
    return f"{item.title}（{item.period.split(':', 1)[-1]}）"
