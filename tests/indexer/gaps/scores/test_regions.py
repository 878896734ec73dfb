"""Regions: means drawn to the whole's, counts added up, ranks with their range."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.gaps.scores import rubricfile
from indexer.gaps.scores.ranks import Ladder, Rank
from indexer.gaps.scores.region import Items, Sum, of_region
from indexer.gaps.scores.weights import sets, totals
from tests.indexer.gaps.scores.made import OURS, account, item, late, missing, scored

RUBRICS = rubricfile.load()


def test_a_mean_of_few_is_drawn_to_that_of_all() -> None:
    good, bad = scored(item("PR-3")), scored(*[late(15, "PR-3", cadence="quarter")] * 2)
    few, whole = Sum(), Sum()
    for _ in range(2):
        few.add_score(bad)
    for made in (bad, bad, *[good] * 18):
        whole.add_score(made)
    assert good.total is not None and bad.total is not None
    told = of_region(OURS, few, whole)
    assert told is not None and told.total is not None
    # (2 · bad + 10 · mean of all) / 12
    mean = (2 * bad.total + 18 * good.total) / 20
    assert told.total == pytest.approx((2 * bad.total + 10 * mean) / 12, abs=0.01)
    assert sum(line.earned for line in told.lines) == pytest.approx(told.total, abs=0.02)
    assert sum(line.lost for line in told.lines) == pytest.approx(100 - told.total, abs=0.02)
    (shrunk,) = [line for line in told.lines if line.head == "shrink"]
    assert shrunk.earned == pytest.approx(told.total - bad.total, abs=0.01) and "（2×" in shrunk.words
    assert len([line for line in bad.lines if line.part == "delay"]) == 2
    (slow,) = [line for line in told.lines if line.part == "delay"]
    assert slow.words == "到期后多久公开：执行报告季报、半年报和月报，2家企业平均，其中2家失分"


def test_enterprises_that_cannot_be_ranked_count_for_observability_alone() -> None:
    region = Sum()
    region.add_score(scored(item("PR-3")))
    for _ in range(3):
        region.add_score(scored(item("PR-3", "not_observable")))
    told = of_region(OURS, region, region)
    assert told is not None and told.doubt == "few_observed" and told.grade is None
    assert (region.subjects, region.ranked, told.observed, told.due) == (4, 1, 1, 4)
    assert told.total == scored(item("PR-3")).total
    blind = Sum()
    blind.add_score(scored(item("PR-3", "not_observable")))
    unseen = of_region(OURS, blind, region)
    assert unseen is not None and unseen.total is None
    assert of_region(OURS, Sum(), region) is None


def test_the_assessment_of_monitoring_counts_firms() -> None:
    rubric, region = RUBRICS["monitoring"], Sum()
    region.add_items(Items.of(rubric, account(item("M23-1", cadence="quarter"), missing("M23-1", cadence="quarter"))))
    region.add_items(Items.of(rubric, account(missing("M23-1", cadence="quarter"))))
    region.add_items(Items.of(rubric, account(item("M23-1", "not_observable", cadence="quarter"))))
    region.add_items(Items.of(rubric, account(item("O24-Y"))))
    told = of_region(rubric, region, Sum())
    assert told is not None
    # One of the two firms that could be looked for published; nothing is known of supervisory results.
    assert {head.key: (head.value, head.weight) for head in told.heads} == {"S": (None, 0), "M": (50, 1)}
    assert told.total == 50 and told.doubt == "few_heads"
    region.add_items(Items.of(rubric, account(item("GOV-4-2"), item("GOV-4-2"))))
    both = of_region(rubric, region, Sum())
    # (5 · 1 + 5 · .5) / 10; five of six instances observed.
    assert both is not None and both.total == 75 and both.doubt is None and both.grade == "不足80%"


def test_the_yardsticks_look_four_ways() -> None:
    rubric, region = RUBRICS["yardsticks"], Sum()
    region.add_items(Items.of(rubric, account(item("M23-1", "partial", cadence="quarter", completeness=0.5, delay=3))))
    region.add_items(
        Items.of(rubric, account(item("M23-1", "elsewhere_only", cadence="quarter", completeness=1.0, delay=-3)))
    )
    told = of_region(rubric, region, Sum())
    assert told is not None
    parts = {(line.part, line.g) for line in told.lines if line.head == "monitoring"}
    # All disclosed; g (1 - 3/30 + 1) / 2; fields (.5 + 1) / 2; one of two in a prescribed channel.
    assert parts == {("system", 1.0), ("timely", 0.95), ("whole", 0.75), ("friendly", 0.5)}
    assert told.total == 80 and told.doubt == "few_heads"


def test_each_weight_moves_by_a_tenth() -> None:
    chosen = list(sets(OURS))
    assert len(chosen) == 9 and all(sum(one.values()) == pytest.approx(1) for one in chosen)
    # T .3 - .1 of a sum of .9, T .3 + .1 of 1.1.
    assert chosen[1]["T"] == pytest.approx(0.2 / 0.9) and chosen[2]["T"] == pytest.approx(0.4 / 1.1)
    told = totals(OURS, {"T": 0.0, "P": 1.0, "C": 1.0, "A": 1.0}, [])
    assert told.total == 70 and told.variants[1:3] == (77.78, 63.64)


def test_ties_share_a_rank() -> None:
    ladder = Ladder()
    for total in (90.0, 80.0, 80.0, 70.0):
        ladder.add((total, total))
    assert [ladder.rank((total, total)).rank for total in (90.0, 80.0, 70.0)] == [1, 2, 4]
    assert ladder.rank((80.0, 70.0)) == Rank(2, 4, 2, 4)
    assert Rank(5, 99, 1, 12).wide(10) and not Rank(5, 99, 1, 11).wide(10)


@given(st.lists(st.tuples(*[st.integers(0, 5)] * 3), min_size=1, max_size=30))
def test_ranks_are_those_of_counting(rows: list[tuple[int, ...]]) -> None:
    ladder = Ladder()
    for row in rows:
        ladder.add(row)
    for row in rows:
        places = [1 + sum(other[column] > row[column] for other in rows) for column in range(3)]
        assert ladder.rank(row) == Rank(places[0], len(rows), min(places), max(places))
