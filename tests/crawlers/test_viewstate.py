"""A list behind ASP.NET state that is cut short: the next run takes over its pages, whose states are forgotten."""

from __future__ import annotations

from collections import Counter

import pytest

from crawlers.run import crawl
from examples.province.families import credit
from tests.crawlers.scripted import Told, read_run
from tests.families import province

SOURCE = "province-credit"


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Told, Told]:
    """A run that ends at its limit of requests, and the one after it."""
    folder = tmp_path_factory.mktemp("viewstate")
    with pytest.MonkeyPatch.context() as patch, province.standing(folder / "sources"):
        patch.setenv("QINGCE_SOURCES", str(folder / "sources"))
        patch.setenv("QINGCE_CLOCK", province.DAY.isoformat())
        patch.setenv("QINGCE_CRAWL_MAX_REQUESTS", "4")
        (cut,) = crawl([SOURCE], folder / "var")
        patch.delenv("QINGCE_CRAWL_MAX_REQUESTS")
        (whole,) = crawl([SOURCE], folder / "var")
    return read_run(cut.folder), read_run(whole.folder)


def test_the_first_run_was_cut_short(runs: tuple[Told, Told]) -> None:
    facts = runs[0].facts
    assert facts["status"] == "stopped" and "limit of requests" in facts["reason"] and 0 < len(runs[0].records) < 47


def test_the_next_takes_over_and_fetches_a_state_of_its_own(runs: tuple[Told, Told]) -> None:
    cut, whole = runs
    assert whole.facts["continues"] == cut.folder.name and whole.facts["taken_over"] >= 1
    assert "state-expired" in {row["code"] for row in whole.issues}
    assert (whole.facts["status"], whole.facts["reason"]) == ("finished", None)


def test_the_whole_is_there_once_and_its_walks_are_complete(runs: tuple[Told, Told]) -> None:
    whole = runs[1]
    years = Counter(record["fields"]["评价年度"] for record in whole.records)
    assert years == {year: rows for year, rows in credit.YEARS.items() if rows}
    walks = {visit["period"]: visit for visit in whole.visits if visit["scope"] == "walk"}
    assert {period: walk["stated_total"] for period, walk in walks.items()} == credit.YEARS
    assert all(walk["complete"] for walk in walks.values())
