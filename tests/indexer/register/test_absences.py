"""On which days a disclosed thing was not there any more."""

from __future__ import annotations

from datetime import date
from typing import Any

from indexer.register.absences import absences
from indexer.register.looks import Look

D = date.fromisoformat


def document(identifier: str, *seen: str, kind: str = "profile") -> Any:
    """A document with only what its absences need; ``seen`` are days, a day's run is its name."""
    return {
        "id": identifier, "kind": kind, "key": "k", "identity_key": "s|1", "source": "s", "period": None,
        "runs": list(seen), "sightings": [f"{day}T02:00:00Z" for day in seen],
    }  # fmt: skip


def look(day: str, good: bool = True) -> Look:
    return Look(day, f"{day}T02:00:00Z", good, "absent" if good else "failed", None, f"v-{day}", None, None, False)


def gone(documents: list[Any], days: list[Look], as_of: str = "2026-01-01") -> dict[str, tuple[date, ...]]:
    return absences(documents, {("s|1", documents[0]["kind"]): days}, {}, ("99",), D(as_of))


DAYS = ["2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01", "2024-05-01"]


def test_the_first_three_days_without_it_are_kept() -> None:
    found = gone([document("a", DAYS[0])], [look(day) for day in DAYS])
    assert found == {"a": (D(DAYS[1]), D(DAYS[2]), D(DAYS[3]))}
    assert gone([document("a", DAYS[0])], [look(day) for day in DAYS], "2024-02-15") == {"a": (D(DAYS[1]),)}


def test_a_failed_look_proves_nothing() -> None:
    assert gone([document("a", DAYS[0])], [look(day, good=False) for day in DAYS]) == {}


def test_another_version_takes_its_place() -> None:
    found = gone([document("a", DAYS[0]), document("b", *DAYS[1:])], [look(day) for day in DAYS])
    assert found == {}


def test_a_spell_that_ended_is_kept_for_past_days() -> None:
    found = gone([document("a", DAYS[0], DAYS[4])], [look(day) for day in DAYS])
    assert found == {"a": (D(DAYS[1]), D(DAYS[2]), D(DAYS[3]))}


def test_pages_that_show_only_the_newest_values_lose_nothing() -> None:
    assert gone([document("a", DAYS[0], kind="monitoring")], [look(day) for day in DAYS]) == {}
