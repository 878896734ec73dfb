"""Duty states against the planted truth of the example province, which is derived from its script by the law text."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from indexer import scan
from indexer.judging import Judge
from indexer.register import facts
from tests.integration import province
from tests.integration.conftest import Crawled

pytestmark = pytest.mark.timeout(2400)
"""The first test to ask for it waits for the whole province to be crawled."""
Key = tuple[str, str, str]


def judged(crawled: Crawled, as_of: str) -> dict[Key, dict[str, Any]]:
    """Every duty at the end of ``as_of``: (enterprise id, obligation, period) → duty."""
    duties = scan.judge_all(crawled.store, crawled.settings, date.fromisoformat(as_of))
    # The truth tells of enterprises alone; authorities have duties of their own (tests/indexer/test_authorities.py).
    return {
        (duty["enterprise"], duty["obligation"], duty["period"]): dict(duty)
        for duty in duties
        if duty["enterprise"].startswith("e-")
    }


def by_facts(crawled: Crawled, as_of: str) -> dict[Key, dict[str, Any]]:
    """The same by what was there and when: the script knows nothing of what checks find in the content."""
    day, judge = date.fromisoformat(as_of), Judge.today()
    sources = facts.load_sources(crawled.settings.sources)
    return {
        (subject.id, one.duty.obligation.id, one.duty.period): {"state": one.state, "reason": one.reason}
        for subject in facts.subjects(crawled.store, None, day, sources=sources)
        for one in judge.survey(subject, day).judged
    }


def enterprise_ids(crawled: Crawled) -> dict[str, str]:
    """``source|external id`` → enterprise id."""
    return {
        key: str(enterprise["id"])
        for enterprise in crawled.store.scan("enterprises", {"match_all": {}})
        for key in enterprise["identity_keys"]
    }


def expected(crawled: Crawled, as_of: str) -> dict[Key, dict[str, Any]]:
    """The truth's rows under the ids of the index; every site's id of a firm must lead to one enterprise."""
    ids = enterprise_ids(crawled)
    rows = {}
    for row in province.truth(as_of):
        found = {
            ids[f"{source}|{external}"] for source, external in row["ids"].items() if f"{source}|{external}" in ids
        }
        assert len(found) == 1, f"{row['enterprise']} {row['name']}: its ids {row['ids']} lead to {sorted(found)}"
        rows[(found.pop(), row["obligation"], row["period"])] = row
    return rows


@pytest.mark.slow
@pytest.mark.parametrize("index", [0, 1, 2])
def test_states_are_the_truth(crawled: Crawled, index: int) -> None:
    as_of = crawled.script["as_of"][index]
    want, got = expected(crawled, as_of), by_facts(crawled, as_of)
    scored = {key: row for key, row in want.items() if row["scored"]}
    none = {"state": "no duty", "reason": None}
    wrong = [
        f"{row['name']} {key[1]} {key[2]}: {got.get(key, none)['state']} ({got.get(key, none)['reason']})"
        f" instead of {row['state']} ({row['reason']})"
        for key, row in scored.items()
        if key not in got or got[key]["state"] != row["state"]
    ]
    assert not wrong, f"{len(wrong)} of {len(scored)} states differ:\n" + "\n".join(sorted(wrong)[:40])
    planted = {obligation for _, obligation, _ in want}
    surplus = sorted(str(key) for key in got if key not in want and key[1] in planted)
    assert not surplus, f"{len(surplus)} duties that the truth does not know:\n" + "\n".join(surplus[:40])


@pytest.mark.slow
def test_every_state_of_this_law_occurs(crawled: Crawled) -> None:
    states: Counter[str] = Counter()
    for as_of in crawled.script["as_of"]:
        states.update(row["state"] for row in expected(crawled, as_of).values())
    for state in (
        "exempt",
        "not_due",
        "not_observable",
        "missing",
        "withdrawn",
        "elsewhere_only",
        "partial",
        "late",
        "met",
    ):
        assert states[state] > 0, f"the province plants no {state}: {states}"


@pytest.mark.slow
def test_down_blocked_and_changed_sites_accuse_nobody(crawled: Crawled) -> None:
    broken = {"platform-d", "platform-e", "platform-f"}
    for as_of in crawled.script["as_of"]:
        for duty in judged(crawled, as_of).values():
            looked = {look["source"].removeprefix("province-").removeprefix("pv-") for look in duty["channels"]}
            if looked & broken:
                assert duty["state"] != "missing", f"{duty['id']} accused through {looked & broken}"
