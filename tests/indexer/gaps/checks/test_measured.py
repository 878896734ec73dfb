"""What holds for every check on values: failed looks add nothing, the order of facts does not matter, all are read."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.gaps.checks import measured
from indexer.gaps.checks.view import View
from indexer.law.facts import Found, Look, Rows, Series
from tests.indexer.gaps.checks.views import found, gas, hours, look, looks, point, rule, run, series, view

DAY = "2026-07-31"
WORDS = ("ok", "over", None)
BAD = ("failed", "blocked", "unreadable")


def permit(facts: dict[str, Any], key: str) -> Found:
    return found("permit", "2026-01-01", facts=facts, outlet="DW001", channel="permit_platform", key=key)


def report(year: str, facts: dict[str, Any]) -> Found:
    return found("annual_report", f"{int(year) + 1}-03-01", facts=facts, period=year, key=f"{year}{min(facts)}")


def rich() -> tuple[tuple[Series, ...], tuple[Found, ...], tuple[Look, ...]]:
    """An enterprise of which nearly every rule has something to say."""
    dice = random.Random(7)
    values = [round(30 + 25 * dice.random(), 2) for _ in range(45 * 24)]
    values[100:130], values[288:312] = [31.0] * 30, values[192:216]
    values[488:513] = [33.0 + n % 3 for n in range(25)]
    values[500] = 34_000.0
    changes: dict[int, dict[str, Any]] = {n: {"verdict": WORDS[n % 3], "times": 0.5} for n in range(0, 800, 5)}
    changes |= {n: {"mark": "stopped", "flow": 90.0} for n in range(400, 440)}
    changes |= {n: {"first_seen": "2026-07-01"} for n in range(200, 206)}
    points = [
        one
        for n, one in enumerate(hours("2026-06-01", values, changes=changes, flow=100.0))
        if n not in range(600, 650)
    ]
    cod = series(points, rows=(Rows("2026Q2", 900, 300, 900),))
    nitrogen = series(hours("2026-06-01", [60.0 + n % 5 for n in range(24)]), pollutant="氨氮")
    total = series(hours("2026-06-01", [50.0 + n % 5 for n in range(24)]), pollutant="总氮")
    burnt = gas(hours("2026-06-01", [34.0 + n % 2 for n in range(40 * 24)], measured=10.0, oxygen=12.0))
    sessions = [point(f"2026-0{n}-0{n}", 3.45, text="3.45", first_seen="2026-07-20") for n in (4, 5, 6)]
    more = [point(f"2026-0{n}-1{n}", 5.0 + n, first_seen="2026-07-20") for n in (4, 5, 6)]
    old = [point("2026-01-05", 4.0, first_seen="2026-07-10")]
    manual = series([*old, *sessions, *more, point("2026-06-20", 2.0, first_seen="2026-07-20")], averaging="manual")
    documents = (
        permit({"pollutant": "化学需氧量", "limit_conc": 40.0, "limit_load": 10.0}, "a"),
        permit({"pollutant": "总磷", "limit_conc": 0.5}, "b"),
        found("monitoring_plan", "2026-01-01", facts={"points": "DW001", "indicators": "总磷", "frequency": "1次/月"}),
        found("permit_report", "2026-07-10", outlet="DW001", period="2026-06", facts={
            "pollutant": "化学需氧量", "load": 11.0, "n": 5.0, "n_ok": 1.0, "n_over": 1.0}),
        report("2024", {"pollutant": "氨氮", "actual_load": 1.0, "production": 10.0}),
        report("2025", {"pollutant": "氨氮", "actual_load": 6.0, "limit_load": 5.0, "production": 10.0}),
        report("2025", {"waste": "污泥", "produced": 9.0, "used": 1.0, "stored": 1.0}),
        found("facility", "2026-06-01", last_seen="2026-07-01", facts={"facility": "站", "running": "正常"}),
        found("emission", "2026-06-01", facts={"pollutant": "总氮", "limit": 15.0}),
    )  # fmt: skip
    return (cod, nitrogen, total, burnt, manual), documents, looks("2026-01-05", 207)


def shown(values: Any, documents: Any, seen: Any) -> View:
    return view(DAY, series=tuple(values), found=tuple(documents), looks=tuple(seen))


@pytest.mark.parametrize("name", [check.rule for check in measured.CHECKS])
def test_failed_looks_and_the_order_of_facts_change_nothing(name: str) -> None:
    values, documents, seen = rich()
    plain = run(name, shown(values, documents, seen))

    @settings(max_examples=4, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 206), st.sampled_from(BAD)), max_size=40), st.randoms())
    def others(failures: list[tuple[int, str]], dice: random.Random) -> None:
        mixed = [
            list(values),
            list(documents),
            [*seen, *(look(date(2026, 1, 5) + timedelta(days=n), how) for n, how in failures)],
        ]
        for facts in mixed:
            dice.shuffle(facts)
        assert run(name, shown(*mixed)) == plain

    others()


@pytest.mark.parametrize("name", [check.rule for check in measured.CHECKS])
def test_good_looks_that_fail_after_all_never_add_a_finding(name: str) -> None:
    values, documents, seen = rich()
    plain = {one.words for one in run(name, shown(values, documents, seen))}
    for first in (20, 90, 150, 180):
        fewer = [
            replace(one, outcome="failed", reason="503") if n in range(first, first + 25) else one
            for n, one in enumerate(seen)
        ]
        told = run(name, shown(values, documents, fewer))
        assert len(told) <= len(plain)


def test_most_rules_have_something_to_say_of_the_rich_example() -> None:
    told = {check.rule for check in measured.CHECKS if run(check.rule, shown(*rich()))}
    silent = {check.rule for check in measured.CHECKS} - told
    assert silent <= {"CON-08", "CON-10", "CON-20", "LAT-05"}, silent


def test_every_check_takes_exactly_the_params_of_its_row() -> None:
    for check in measured.CHECKS:
        assert set(check.params) == set(rule(check.rule).params), check.rule


def test_every_observation_says_when_and_rests_on_something() -> None:
    for check in measured.CHECKS:
        for one in run(check.rule, shown(*rich())):
            assert one.since <= date.fromisoformat(DAY) and (one.captures or one.visits or one.found), one
            assert one.words and not one.words.endswith("。") and "None" not in one.words and "nan" not in one.words
