"""Every gap rule of the model is in the files, has a check, params that are read, a fixture, and a line in the docs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from indexer.gaps import params
from indexer.gaps.checks.registry import CHECKS

ROOT = Path(__file__).parents[3]
COUNTS = {"MIS": 9, "LAT": 5, "INC": 7, "STA": 8, "CON": 21}
IDS = [f"{group}-{number:02}" for group, count in COUNTS.items() for number in range(1, count + 1)]
GROUP = {"MIS": "missing", "LAT": "late", "INC": "incomplete", "STA": "stale", "CON": "inconsistent"}
PUBLIC = {"MIS-01", "MIS-08", "LAT-01", "INC-01"}
"""The public sees missing, late, partial and elsewhere only, nothing that infers more."""
INFERRED = {"LAT-04", "STA-02", "CON-07", "CON-08", "CON-09", "CON-10", "CON-15", "CON-16"}
"""What may be taken for falsification: a person confirms it first."""


def _tests_of(rule: str) -> str:
    """What the tests of gaps say of a rule, its own line apart."""
    files = [
        path for path in (ROOT / "tests" / "indexer" / "gaps").rglob("test_*.py") if path.name != Path(__file__).name
    ]
    return "\n".join(text for path in sorted(files) if f'"{rule}"' in (text := path.read_text(encoding="utf-8")))


def test_the_files_hold_the_fifty_rules_and_no_other() -> None:
    rules = params.load().rules
    assert len(IDS) == 50 and sorted(rules) == sorted(IDS)
    assert {key: rule.group for key, rule in rules.items()} == {key: GROUP[key[:3]] for key in IDS}


@pytest.mark.parametrize("rule", IDS)
def test_each_rule_is_judged_in_one_place(rule: str) -> None:
    assert (rule in CHECKS) != (rule in params.PARAMS), f"{rule}: neither a check nor a state judges it, or both do"


@pytest.mark.parametrize("rule", sorted(CHECKS))
def test_a_check_reads_the_params_of_its_row_and_no_others(rule: str) -> None:
    assert sorted(CHECKS[rule].params) == sorted(params.load()[rule].params)


@pytest.mark.parametrize("rule", IDS)
def test_each_rule_is_tried_on_what_it_tells_and_on_what_it_must_not(rule: str) -> None:
    text = _tests_of(rule)
    assert text, f"{rule}: no test under tests/indexer/gaps names it"
    assert re.search(r"== \[\]|assert not |== \(\)", text), f"{rule}: no test shows where it is silent"


@pytest.mark.parametrize("rule", IDS)
def test_each_rule_has_its_line_in_the_reference(rule: str) -> None:
    page = (ROOT / "docs" / "reference" / "rules.md").read_text(encoding="utf-8")
    (line,) = [line for line in page.splitlines() if line.startswith(f"| {rule} |")]
    own = params.load()[rule]
    assert own.title in line and own.audience in line and all(kind in line for kind in own.inputs)


def test_who_sees_what() -> None:
    rules = params.load().rules
    assert {key for key, rule in rules.items() if rule.audience == "public"} <= PUBLIC
    assert {key for key in INFERRED if rules[key].audience != "confirmed_only"} == set()
