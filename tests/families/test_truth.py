"""Every family site of the province: crawled whole, its totals met, its records the planted ones."""

from __future__ import annotations

from collections import Counter

import pytest

from examples.province.families import FAMILIES
from examples.province.families.site import Planted
from indexer.register import records as contract
from tests.families import province
from tests.families.conftest import Crawled
from tests.families.scoring import score

GOOD = 0.99
"""Least precision, recall and F1."""
MOST_REQUESTS = 150
"""Requests a site may cost: each is crawled by the demonstration and by several tests."""
pytestmark = pytest.mark.parametrize("site", FAMILIES)


def planted(site: str) -> list[Planted]:
    return list(FAMILIES[site].planted(province.world(), province.DAY))


def test_the_run_finishes_with_complete_walks(site: str, crawled: Crawled) -> None:
    facts = crawled.run.facts
    assert (facts["status"], facts["reason"]) == ("finished", None)
    assert facts["counts"]["requests"] <= MOST_REQUESTS
    walks = [visit for visit in crawled.run.visits if visit["scope"] == "walk"]
    assert walks, "a run without a walk says nothing of anybody"
    short = [f"{walk['kind']} {walk['region'] or ''}: {walk['reason']}" for walk in walks if not walk["complete"]]
    assert not short, f"walks that are not complete: {short}; issues: {crawled.run.issues[:5]}"


def test_counts_are_those_that_the_site_states(site: str, crawled: Crawled) -> None:
    stated, seen = Counter[str](), Counter[str]()
    for walk in crawled.run.visits:
        if walk["scope"] == "walk" and walk["stated_total"] is not None:
            stated[walk["kind"]] += walk["stated_total"]
            seen[walk["kind"]] += walk["rows_seen"]
    for kind, total in FAMILIES[site].total(province.world(), province.DAY).items():
        assert (stated[kind], seen[kind]) == (total, total), f"{kind}: the site states {total}"


def test_records_are_the_planted_ones(site: str, crawled: Crawled) -> None:
    truth = planted(site)
    assert truth, f"{site} plants nothing: its family is not proved"
    result = score(crawled.run.records, truth)
    assert min(result.precision, result.recall, result.f1) >= GOOD, result.words
    # A whole record too few or too many may hide below one percent of the facts.
    rows, planted_rows = Counter[str](), Counter[str]()
    for row in crawled.run.records:
        rows[row["kind"]] += row["rows"]
    for record in truth:
        planted_rows[record.kind] += record.rows
    assert rows == planted_rows


def test_every_row_fits_the_contract(site: str, crawled: Crawled) -> None:
    assert [error for row in crawled.run.records if (error := contract.record_error(row))] == []
    assert [error for visit in crawled.run.visits if (error := contract.visit_error(visit))] == []
    assert not [row for row in crawled.run.issues if row["code"] == "fault"]
