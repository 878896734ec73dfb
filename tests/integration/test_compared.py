"""The comparison itself: what is counted as found, wrongly found, missed, and left out."""

from __future__ import annotations

from typing import Any

from tests.integration import compared

NAMES = {"e-1": "a", "e-2": "b"}


def case(enterprise: str, rule: str, expected: bool, obligation: str | None = None, period: str | None = None) -> Any:
    return {
        "what": "finding", "enterprise": enterprise, "rule": rule, "obligation": obligation, "period": period,
        "expected": expected, "case": rule, "why": "",
    }  # fmt: skip


def found(enterprise: str, rule: str, obligation: str | None = None, period: str | None = None) -> Any:
    return {"enterprise": enterprise, "rule": rule, "obligation": obligation, "period": period, "words": "词"}


def test_each_side_is_counted() -> None:
    truth = [
        case("a", "CON-01", True),
        case("b", "CON-01", False),
        case("a", "CON-02", True),
        case("b", "CON-02", False),
    ]
    tallies = compared.compare(truth, [found("e-1", "CON-01"), found("e-2", "CON-02")], NAMES)
    one, two = tallies["CON-01"], tallies["CON-02"]
    assert (one.hits, one.wrong, one.missed, one.quiet) == (1, 0, 0, 1)
    assert (two.hits, two.wrong, two.missed, two.quiet) == (0, 1, 1, 0)
    assert (one.precision, one.recall, two.precision, two.recall) == (1, 1, 0, 0)


def test_an_obligation_and_period_must_be_the_right_ones() -> None:
    truth = [case("a", "MIS-01", True, "O24-Y", "2022")]
    tally = compared.compare(truth, [found("e-1", "MIS-01", "O24-Y", "2023")], NAMES)["MIS-01"]
    assert (tally.hits, tally.missed, tally.wrong) == (0, 1, 1)


def test_what_no_case_speaks_of_is_wrong_unless_it_is_open() -> None:
    surplus = [found("e-1", "STA-01"), found("e-2", "STA-01")]
    assert compared.compare([], surplus, NAMES)["STA-01"].wrong == 2
    open_ = [{"what": "open", "enterprise": "a", "rule": "STA-01", "obligation": None},
             {"what": "open", "enterprise": "b", "rule": None, "obligation": None}]  # fmt: skip
    assert compared.compare(open_, surplus, NAMES) == {}


def test_states_that_differ_are_told() -> None:
    truth = [{"what": "duty", "enterprise": "a", "obligation": "PR-2", "period": "2022", "state": "met", "why": "w"}]
    duty = {"enterprise": "e-1", "obligation": "PR-2", "period": "2022", "state": "late", "reason": None}
    assert compared.states(truth, [{**duty, "state": "met"}], NAMES) == []
    assert compared.states(truth, [duty], NAMES) == ["a PR-2 2022: late, the law says met (w)"]
    assert "no duty" in compared.states(truth, [], NAMES)[0]
