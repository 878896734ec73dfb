"""Spans: A → B → A is three spans, and the stepwise way equals the whole computation."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from indexer.register import spans
from indexer.register.looks import Look


def look(day: int, good: bool = True, period: str | None = None) -> Look:
    at = f"2021-01-{day:02d}T02:00:00Z"
    return Look(f"r{day:02d}", at, good, "found" if good else "failed", None, f"v{day}", period, None, True)


def sighted(*days: int) -> dict[str, str]:
    return {f"r{day:02d}": f"2021-01-{day:02d}T02:00:00Z" for day in days}


def test_a_b_a_is_three_spans() -> None:
    looks = [look(1), look(2), look(3)]
    assert spans.compute(sighted(1, 3), looks, None) == (
        [{"from": "2021-01-01", "to": "2021-01-01"}, {"from": "2021-01-03", "to": None}], False,
    )  # fmt: skip
    assert spans.compute(sighted(2), looks, None) == ([{"from": "2021-01-02", "to": "2021-01-02"}], True)


def test_a_bad_look_ends_nothing() -> None:
    assert spans.compute(sighted(1, 3), [look(1), look(2, good=False), look(3)], None)[0] == [
        {"from": "2021-01-01", "to": None}
    ]


def test_a_look_at_another_period_ends_nothing() -> None:
    assert spans.compute(sighted(1), [look(2, period="2020")], "2019") == ([{"from": "2021-01-01", "to": None}], False)
    assert spans.compute(sighted(1), [look(2, period="2019")], "2019")[1]


@given(st.lists(st.sampled_from(["seen", "unseen", "bad"]), min_size=1, max_size=20))
def test_stepwise_equals_whole(story: list[str]) -> None:
    """Indexing in order extends and closes; computing from all looks must say the same."""
    story = ["seen", *story]
    document: Any = {"runs": [], "sightings": [], "seen": [], "gone": False, "period": None}
    for n, event in enumerate(story, 1):
        at = f"2021-01-{n:02d}T02:00:00Z"
        if event == "seen":
            document = {**spans.extend(document, f"r{n:02d}", at)}
            document["runs"], document["sightings"] = [*document["runs"], f"r{n:02d}"], [*document["sightings"], at]
        elif event == "unseen":
            document = spans.close(document)
    looks = [look(n, good=event != "bad") for n, event in enumerate(story, 1)]
    seen = sighted(*(n for n, event in enumerate(story, 1) if event == "seen"))
    assert spans.compute(seen, looks, None) == (document["seen"], document["gone"])
