"""What other rules would change: duties, due days, states, findings, each told once; the same rules change nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from indexer import rulediff
from indexer.gaps import params
from indexer.gaps.params import GapRules
from indexer.judging import Judge
from indexer.law.expression import parse
from indexer.law.facts import Subject
from indexer.law.rules import Rules, default
from indexer.register.prints import Sharing
from indexer.rulediff import Difference, told
from indexer.settings import load
from tests.indexer.gaps.conftest import D, look, subject

LOOKS = (look("2021-07-05"), look("2021-07-10"), look("2021-07-15"))
DAY = D("2021-07-20")


class Nothing:
    """A store that holds nothing beside the subjects given."""

    def refresh(self, *_names: str) -> None: ...


@pytest.fixture
def one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The register knows one firm, of which a duty is missing."""

    def subjects(*_: Any, **__: Any) -> Iterator[Subject]:
        yield subject(looks=LOOKS)

    def load_prints(_store: Any, _day: Any, _ids: Sequence[str] | None = None) -> Sharing:
        return Sharing({})

    monkeypatch.setattr(rulediff, "subjects", subjects)
    monkeypatch.setattr(rulediff.prints, "load", load_prints)


def compared(rules: Rules | None = None, gaps: GapRules | None = None) -> Difference:
    before, after = Judge.by(default()), Judge.by(rules or default(), gaps)
    return rulediff.compare(Nothing(), load(), DAY, before, after)  # type: ignore[arg-type]


def changed(**more: Any) -> Rules:
    row = default().obligations["O31-1"]
    return replace(default(), obligations={**default().obligations, "O31-1": replace(row, **more)}, version="other")


def test_the_same_rules_change_nothing(one: None) -> None:
    found = compared()
    assert found.nothing and found.subjects == 1 and found.duties_before == found.duties_after > 0


def test_a_later_due_day_moves_the_duty_and_takes_its_finding_back(one: None) -> None:
    due = default().obligations["O31-1"].due
    assert due is not None
    found = compared(changed(due=replace(due, expr=parse("L+200d"), text="L+200d")))
    (moved,) = found.duties["due"].examples
    assert (moved.of, moved.before, moved.after) == ("O31-1", "2021-06-28", "2021-10-18")
    assert found.states == {"missing → not_due": 1} and found.duties["public_state"].count == 1
    assert found.findings["removed"].by == {"MIS-01": 1} and not found.findings["added"].count


def test_a_row_that_is_no_longer_judged_takes_its_duties_away(one: None) -> None:
    found = compared(changed(active=False))
    assert (found.duties["removed"].count, found.duties["added"].count) == (1, 0)
    assert found.duties_before - found.duties_after == 1


def test_a_changed_threshold_changes_findings_and_states(one: None) -> None:
    gaps = params.load()
    stricter = replace(gaps["MIS-01"], numbers={**gaps["MIS-01"].numbers, "looks": 4})
    found = compared(gaps=GapRules({**gaps.rules, "MIS-01": stricter}, "other"))
    assert found.states == {"missing → not_observable": 1} and found.findings["removed"].count == 1
    assert found.before != found.after


def test_it_is_told_with_counts_and_examples(one: None) -> None:
    said = told(compared(changed(active=False)))
    assert said["changes"]["removed"]["count"] == 1 and said["changes"]["removed"]["by"] == {"O31-1": 1}
    assert said["changes"]["removed"]["examples"][0]["before"] == "missing"
