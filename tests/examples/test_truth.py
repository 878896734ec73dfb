"""The planted truth: every state of every duty is there, the near misses too, and nobody is accused without proof."""

from __future__ import annotations

from datetime import date

import pytest

from examples.province.model import World
from examples.province.script import AS_OF_DAYS
from examples.province.truth import Row, truth

O31 = [f"O31-{n}" for n in range(1, 7)]
FIRST, SECOND, LAST = AS_OF_DAYS
PRESENT = {"missing", "contradicted", "stale", "late", "met"}
COMMON = PRESENT | {"withdrawn"}
"""Two good visits do not prove a withdrawal by the first day, and results of a quarter are never withdrawn."""


@pytest.fixture(scope="module")
def rows(world: World) -> dict[date, list[Row]]:
    return {day: list(truth(world, day)) for day in AS_OF_DAYS}


def states(rows: list[Row], obligation: str) -> set[str]:
    """States, and reasons of not_observable, late and met."""
    found = {row["state"] for row in rows if row["obligation"] == obligation}
    return found | {r["reason"] for r in rows if r["obligation"] == obligation and r["reason"]}


OWN = [name for name in O31 if name != "O31-4"]
"""Items that only the enterprise's own platform shows; a permit on the national platform answers O31-4 too."""
COVERAGE: list[tuple[date, list[str], set[str]]] = [
    (FIRST, OWN, PRESENT | {"no_channel", "before_observation", "bad_channel", "awaiting_visits 2/3", "look", "stated",
                           "timeliness unknown"}),
    (FIRST, OWN[:4], {"partial"}),
    (LAST, ["O31-4"], {"missing", "met", "bad_channel"}),
    (FIRST, ["PR-2"], {"exempt", "not_due", "before_observation", "late", "met", "look", "stated",
                      "timeliness unknown"}),
    (SECOND, OWN, COMMON | {"no_channel", "before_observation", "bad_channel"}),
    (SECOND, ["O24-Y"], COMMON | {"not_due", "elsewhere_only", "channel_unproven", "partial", "bad_channel",
                                  "awaiting_visits 2/3", "look", "stated", "timeliness unknown"}),
    (SECOND, ["M23-1"], PRESENT | {"not_due", "partial", "no_channel", "bad_channel", "awaiting_visits 2/3", "look",
                                  "stated", "timeliness unknown"}),
    (SECOND, ["PR-2"], COMMON | {"exempt", "not_due", "before_observation", "bad_channel", "awaiting_visits 2/3"}),
    (LAST, OWN, COMMON | {"no_channel", "before_observation", "bad_channel"}),
    (LAST, ["O24-Y"], COMMON | {"not_due", "elsewhere_only", "channel_unproven", "partial", "bad_channel",
                                "awaiting_visits 2/3"}),
    (LAST, ["M23-1"], PRESENT | {"not_due", "partial", "no_channel", "bad_channel", "awaiting_visits 2/3"}),
    (LAST, ["PR-2"], COMMON | {"exempt", "not_due", "before_observation", "bad_channel", "awaiting_visits 2/3"}),
]  # fmt: skip


@pytest.mark.parametrize(("day", "obligations", "wanted"), COVERAGE)
def test_every_state_is_planted(
    rows: dict[date, list[Row]], day: date, obligations: list[str], wanted: set[str]
) -> None:
    for obligation in obligations:
        assert wanted - states(rows[day], obligation) == set(), obligation


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_cast_plants_them_whatever_the_seed(seed: int) -> None:
    from examples.province.world import build_world

    world = build_world(120, seed)
    by_day = {day: list(truth(world, day)) for day in AS_OF_DAYS}
    for day, obligations, wanted in COVERAGE:
        found = by_day[day]
        core = wanted & {"missing", "partial", "elsewhere_only", "late", "met", "exempt", "bad_channel", "no_channel"}
        for obligation in obligations:
            assert core - states(found, obligation) == set(), (seed, day, obligation)


def state(rows: list[Row], role: str, obligation: str, period: str) -> tuple[str, str | None]:
    row = next(r for r in rows if (r["role"], r["obligation"], r["period"]) == (role, obligation, period))
    return row["state"], row["reason"]


NEAR_MISSES = [
    (FIRST, "o31-on-due-day", "O31-2", "once:2021", ("met", None)),
    (FIRST, "o31-on-rolled-day", "O31-2", "once:2021", ("met", None)),
    (FIRST, "o31-unstated", "O31-2", "once:2021", ("met", "timeliness unknown")),
    (FIRST, "o31-backdated", "O31-2", "once:2021", ("late", "look")),
    (FIRST, "supplement-1", "O31-2", "once:2021", ("not_observable", "awaiting_visits 2/3")),
    (SECOND, "supplement-1", "O31-2", "once:2021", ("missing", None)),
    (FIRST, "o31-awaiting", "O31-2", "once:2021", ("not_observable", "awaiting_visits 2/3")),
    (FIRST, "o31-bad-page", "O31-2", "once:2021", ("not_observable", "bad_channel")),
    (FIRST, "o31-withdrawn", "O31-2", "once:2021", ("met", None)),
    (SECOND, "o31-withdrawn", "O31-2", "once:2021", ("withdrawn", None)),
    (SECOND, "o24-withdrawn", "M23-1", "2023Q1", ("met", None)),
    (FIRST, "relisted", "O31-2", "once:2018", ("met", None)),
    (FIRST, "relisted", "O31-2", "once:2021", ("met", None)),
    (LAST, "dropped-2022", "O31-2", "once:2019", ("met", None)),
    (SECOND, "backlog-missing", "O31-2", "once:2018", ("not_observable", "before_observation")),
    (FIRST, "down-never", "O31-2", "once:2021", ("not_observable", "bad_channel")),
    (FIRST, "blocked-early", "O31-2", "once:2021", ("not_observable", "bad_channel")),
    (SECOND, "o24-not-produced", "O24-Y", "2022", ("met", None)),
    (SECOND, "o24-on-due-day", "O24-Y", "2022", ("met", None)),
    (LAST, "o24-on-due-day", "O24-Y", "2025", ("met", None)),
    (SECOND, "o24-elsewhere", "O24-Y", "2022", ("elsewhere_only", None)),
    (SECOND, "o24-channel-unproven", "O24-Y", "2022", ("not_observable", "channel_unproven")),
    (LAST, "o24-channel-unproven", "O24-Y", "2022", ("elsewhere_only", None)),
    (SECOND, "el-first-2023", "O24-Y", "2023", ("not_due", None)),
    (SECOND, "o24-not-produced", "M23-1", "2023Q1", ("met", None)),
    (SECOND, "o24-partial", "M23-1", "2023Q1", ("partial", "ok")),
    (SECOND, "pr2-on-due-day", "PR-2", "2021", ("met", None)),
    (SECOND, "pr2-just-counts", "PR-2", "2022", ("missing", None)),
    (LAST, "power-2024", "PR-2", "2024", ("late", "stated")),
    (LAST, "other-2024", "PR-2", "2024", ("met", None)),
    (LAST, "pr2-missing", "PR-2", "2018", ("not_observable", "before_observation")),
]  # fmt: skip


@pytest.mark.parametrize(("day", "role", "obligation", "period", "wanted"), NEAR_MISSES)
def test_near_misses(
    rows: dict[date, list[Row]], day: date, role: str, obligation: str, period: str, wanted: tuple[str, str | None]
) -> None:
    assert state(rows[day], role, obligation, period) == wanted


def test_who_is_on_no_list_of_its_class_owes_nothing(rows: dict[date, list[Row]]) -> None:
    for role in ("soil-only", "risk-only"):
        assert not [r for day in AS_OF_DAYS for r in rows[day] if r["role"] == role and r["obligation"][:3] == "O31"]
    owed = [r["period"] for r in rows[LAST] if r["role"] == "el-dropped-2023" and r["obligation"] == "O24-Y"]
    assert owed == ["2022"]
    first = [r["period"] for r in rows[LAST] if r["role"] == "el-first-2023" and r["obligation"] == "O24-Y"]
    assert first == ["2023", "2024", "2025", "2026"]


def test_nobody_is_accused_without_proof(rows: dict[date, list[Row]]) -> None:
    for day in AS_OF_DAYS:
        for row in rows[day]:
            if row["state"] == "missing":
                assert row["due"] > "2021-03-01", row
                other = row["obligation"] in ("O24-Y", "PR-2")
                assert other or row["enterprise"][0] in "ABC", row


def test_only_two_states_are_not_scored(rows: dict[date, list[Row]]) -> None:
    for day in AS_OF_DAYS:
        assert {r["state"] for r in rows[day] if not r["scored"]} == {"contradicted", "stale"}
        assert all(r["base"] == r["state"] for r in rows[day] if r["scored"])


def test_no_row_stands_twice_and_every_firm_can_be_found(rows: dict[date, list[Row]]) -> None:
    for day in AS_OF_DAYS:
        keys = [(r["enterprise"], r["obligation"], r["period"]) for r in rows[day]]
        assert len(keys) == len(set(keys)) and all(r["ids"] for r in rows[day])
