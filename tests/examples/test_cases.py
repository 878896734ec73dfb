"""The cases of the law are complete: every rule on both sides, every obligation that is played, every state."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from examples.province.cases import script, sites, sources
from examples.province.cases.cast import POOLS
from examples.province.cases.model import Cases
from examples.province.cases.truth import truth
from examples.province.cases.world import build

RULES = {
    "MIS": range(1, 10), "LAT": range(1, 6), "INC": range(1, 7), "STA": range(1, 9), "CON": range(1, 22),
}  # fmt: skip
"""The rules of §3. Not planted: INC-07, whose proof is a picture read as text, which no site of rows can hold."""
STATES = {"met", "late", "partial", "missing", "elsewhere_only", "contradicted", "not_due", "exempt", "not_observable"}
"""States of §0.5. Not played: stale and withdrawn, of which findings speak."""


@pytest.fixture(scope="module")
def cases() -> Cases:
    return build(7)


def test_every_rule_has_thirty_cases_on_each_side(cases: Cases) -> None:
    sides = Counter((case.rule, case.expected) for case in cases.expected)
    short = {
        (rule, side): sides[rule, side]
        for group, numbers in RULES.items() for rule in (f"{group}-{number:02d}" for number in numbers)
        for side in (True, False) if sides[rule, side] < 30
    }  # fmt: skip
    assert not short, f"rules with fewer than 30 cases on a side: {short}"


def test_every_state_is_played(cases: Cases) -> None:
    assert {duty.state for duty in cases.duties} == STATES


def test_every_case_says_its_arithmetic_and_no_case_is_contradicted(cases: Cases) -> None:
    assert all(case.why for case in cases.expected)
    for day in script.AS_OF_DAYS:
        told: dict[tuple[object, ...], object] = {}
        for row in truth(cases, day):
            if row["what"] == "finding":
                key = (row["enterprise"], row["rule"], row["obligation"], row["period"])
                assert told.setdefault(key, row["expected"]) == row["expected"], f"{key} on {day} is told both ways"


def test_bad_sites_are_expected_to_accuse_nobody(cases: Cases) -> None:
    for case in cases.expected:
        if case.firm.pool in ("down", "blocked", "changed"):
            assert not case.expected


def test_the_same_seed_gives_the_same_and_another_seed_another(cases: Cases) -> None:
    again = build.__wrapped__(7)
    assert again.rows == cases.rows
    assert again.expected == cases.expected
    assert again.duties == cases.duties
    assert build.__wrapped__(8).rows != cases.rows


def test_sizes_stay_small(cases: Cases) -> None:
    assert len(cases.firms) <= 400
    assert len({firm.name for firm in cases.firms}) == len({firm.external for firm in cases.firms}) == len(cases.firms)
    assert sum(row.kind == "monitoring" for row in cases.rows) <= 60_000
    assert {firm.pool for firm in cases.firms} == set(POOLS)


def test_every_site_has_its_source_and_states_its_total(cases: Cases) -> None:
    for site in sites.SITES:
        definition = sources.definition(site, "http://127.0.0.1:1")
        assert definition["walk"]["list"]["total"] == "data.total"
        kinds = {row.kind for _, row in cases.by_site.get(site, [])}
        assert kinds <= set(definition["walk"]["list"]["kind_by"]["map"].values()), (
            f"{site} shows what it does not cover"
        )


def test_a_day_beside_the_script_is_refused(cases: Cases) -> None:
    with pytest.raises(ValueError, match="no truth for 2020-01-01"):
        list(truth(cases, date(2020, 1, 1)))
