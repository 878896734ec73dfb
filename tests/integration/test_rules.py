"""Every rule of the law against cases on both of its sides, at five days: nothing wrongly found, nearly all found.

The cases are written from the text of the law alone (``examples/province/cases``); see docs/reference/province.md.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from indexer import pipeline, scan
from indexer.engine.connect import client
from indexer.engine.node import Node
from indexer.engine.store import Store
from indexer.settings import load as load_settings
from tests.integration import cases, compared

pytestmark = [pytest.mark.slow, pytest.mark.timeout(2400)]
BROKEN = ("down-", "blocked-", "changed-")
LEAST_RECALL = 0.99


@dataclass(frozen=True)
class Day:
    """One day of the script: its truth, what stands in the indices then, and the cases' keys by enterprise id."""

    truth: list[cases.Row]
    findings: list[dict[str, Any]]
    duties: list[dict[str, Any]]
    names: dict[str, str]


@pytest.fixture(scope="module")
def days(es_node: Node, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Day]]:
    """The cases crawled and indexed once, scanned on each day in order."""
    folder = tmp_path_factory.mktemp("cases")
    cases.crawl(folder)
    asked = cases.script()["as_of"]
    with pytest.MonkeyPatch.context() as patch, client(es_node.url) as made:
        patch.setenv("QINGCE_VAR", str(folder / "var"))
        patch.setenv("QINGCE_CLOCK", asked[-1])
        store = Store(made, f"test-{uuid.uuid4().hex[:8]}")
        store.ensure()
        yield _scanned(store, asked)
        store.drop()


def _scanned(store: Store, asked: list[str]) -> dict[str, Day]:
    settings = load_settings()
    list(pipeline.index_pending(store, settings))
    found = {}
    for as_of in asked:
        scan.scan(store, settings, date.fromisoformat(as_of))
        truth = cases.truth(as_of)
        found[as_of] = Day(
            truth,
            [dict(row) for row in store.scan("findings", {"term": {"state": "open"}})],
            [dict(row) for row in store.scan("duties", {"match_all": {}})],
            _names(store, truth),
        )
    return found


def _names(store: Store, truth: list[cases.Row]) -> dict[str, str]:
    """Enterprise id → key of the cases; each enterprise of the cases must be one."""
    wanted = {row["external_id"]: row["enterprise"] for row in truth if "external_id" in row}
    names: dict[str, str] = {}
    for enterprise in store.scan("enterprises", {"match_all": {}}):
        told = {wanted[key.partition("|")[2]] for key in enterprise["identity_keys"] if key.partition("|")[2] in wanted}
        assert len(told) <= 1, f"{sorted(told)} became one enterprise"
        names.update({str(enterprise["id"]): key for key in told})
    assert len(set(names.values())) == len(names), "an enterprise of the cases became several"
    return names


def test_every_rule_finds_what_the_law_finds_and_nothing_else(days: dict[str, Day]) -> None:
    tallies: dict[str, compared.Tally] = defaultdict(compared.Tally)
    for as_of, day in days.items():
        for rule, one in compared.compare(day.truth, day.findings, day.names).items():
            tallies[rule].add(one, as_of)
    wrong = [rule for rule, one in tallies.items() if one.precision < 1 or one.recall < LEAST_RECALL]
    table = [tallies[rule].line(rule) for rule in sorted(tallies)]
    words = [f"{rule}: {line}" for rule in sorted(wrong) for line in compared.counted(tallies[rule].words)]
    assert not wrong, "\n".join([f"{len(wrong)} of {len(tallies)} rules differ from the law:", *table, *words])


def test_duties_stand_as_the_law_says(days: dict[str, Day]) -> None:
    differ = [f"{as_of} {words}" for as_of, day in days.items()
              for words in compared.states(day.truth, day.duties, day.names)]  # fmt: skip
    assert not differ, f"{len(differ)} states differ:\n" + "\n".join(differ[:60])


def test_down_blocked_and_changed_sites_accuse_nobody(days: dict[str, Day]) -> None:
    accused = [
        f"{as_of} {day.names[row['enterprise']]} {row['rule']} {row['obligation']}: {row['words']}"
        for as_of, day in days.items()
        for row in day.findings
        if day.names.get(row["enterprise"], "").startswith(BROKEN)
    ]
    assert not accused, f"{len(accused)} accusations through sites that did not answer:\n" + "\n".join(accused[:40])
