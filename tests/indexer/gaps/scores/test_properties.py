"""What holds of every score, whatever the account: bounds, traced points, and nobody loses by our own failures."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.gaps.scores.account import STANDINGS, Account, Conduct, Item
from indexer.gaps.scores.score import Score, evaluate
from tests.indexer.gaps.scores.made import OURS, account, item, lead

OBLIGATIONS = {"O24-Y": "year", "PR-2": "year", "PR-3": "quarter", "O24-T2": "event", "A81-3": "two_hours",
               "M23-1": "quarter", "SOIL-1": "year"}  # fmt: skip


@st.composite
def items(draw: st.DrawFn) -> Item:
    """Any item that the rules could yield."""
    obligation = draw(st.sampled_from(sorted(OBLIGATIONS)))
    state = draw(st.sampled_from(sorted(STANDINGS)))
    found = state not in ("missing",) and (state != "not_observable" or draw(st.booleans()))
    delay = draw(st.none() | st.integers(-40, 200)) if found else None
    share = draw(st.none() | st.floats(0, 1)) if found else None
    return item(obligation, state, cadence=OBLIGATIONS[obligation], delay=delay, completeness=share, found=found,
                intervened=draw(st.booleans()), confirmed=draw(st.sampled_from((None, "S3", "S4"))))  # fmt: skip


leads = st.builds(
    lead, st.sampled_from(("CON-01", "CON-05", "INC-07", "STA-07")), st.sampled_from(("S1", "S2", "S3", "S4")),
    st.sampled_from([f"f-{number}" for number in range(9)]),
    group=st.sampled_from(("inconsistent", "incomplete")), confirmed=st.booleans(), rejected=st.booleans(),
)  # fmt: skip
pairs = st.frozensets(st.tuples(st.sampled_from((None, "DW001")), st.sampled_from(("COD", "pH"))))
conducts = st.builds(Conduct, st.just((("social_report", 1),)), pairs, pairs, st.booleans())
accounts = st.builds(
    lambda some, found, conduct: account(*some, leads=tuple(found), conduct=conduct),
    st.lists(items(), min_size=1, max_size=12), st.lists(leads, max_size=6), conducts,
)  # fmt: skip
LITTLE = settings(max_examples=60, deadline=None)


def scored(made: Account) -> Score:
    found = evaluate(OURS, made)
    assert found is not None
    return found


def head(made: Score, key: str) -> float | None:
    return next(one.value for one in made.heads if one.key == key)


@LITTLE
@given(accounts)
def test_scores_lie_between_nothing_and_a_hundred_and_are_traced(made: Account) -> None:
    score = scored(made)
    assert all(one.value is None or 0 <= one.value <= 100 for one in score.heads)
    if score.total is None:
        assert score.observed == 0
        return
    assert all(0 <= total <= 100 for total in score.variants) and score.variants[0] == score.total
    assert sum(line.earned for line in score.lines) == pytest.approx(score.total, abs=0.05)
    assert sum(line.lost for line in score.lines) == pytest.approx(100 - score.total, abs=0.05)


@LITTLE
@given(accounts, st.randoms())
def test_the_order_of_what_is_known_does_not_matter(made: Account, chance: object) -> None:
    mixed = list(made.items)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert scored(replace(made, items=tuple(mixed))) == scored(made)


@LITTLE
@given(accounts, st.integers(0, 11), st.integers(1, 100))
def test_more_lateness_never_raises_timeliness(made: Account, which: int, more: int) -> None:
    one = made.items[which % len(made.items)]
    if one.delay is None:
        return
    later = tuple(replace(it, delay=one.delay + more) if it.ref == one.ref else it for it in made.items)
    before, after = head(scored(made), "T"), head(scored(replace(made, items=later)), "T")
    assert before is not None and after is not None and after <= before


@LITTLE
@given(accounts, st.sets(st.integers(0, 11)))
def test_failed_visits_never_lower_a_score(made: Account, failed: set[int]) -> None:
    """What failed looks do to states: what was missing or only elsewhere can no longer be judged."""

    def unproven(number: int, one: Item) -> Item:
        weak = number in failed and one.state in ("missing", "elsewhere_only")
        return replace(one, state="not_observable") if weak else one

    after = scored(replace(made, items=tuple(unproven(number, one) for number, one in enumerate(made.items))))
    before = scored(made)
    for key in ("T", "P", "C", "A"):
        old, new = head(before, key), head(after, key)
        assert old is None or new is None or new >= old, key
    if before.total is not None and after.total is not None:
        assert after.total >= before.total


@LITTLE
@given(accounts, leads)
def test_one_more_finding_never_raises_a_score(made: Account, more: object) -> None:
    added = replace(made, leads=(*made.leads, replace(more, ref="f-99")))  # type: ignore[type-var]
    before, after = scored(made), scored(added)
    assert before.total is None or after.total is None or after.total <= before.total
