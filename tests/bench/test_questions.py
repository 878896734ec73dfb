"""The same questions each time, and copies that do not fall together."""

from __future__ import annotations

from typing import Any

import pytest

from bench import filling
from bench.questions import questions

ENTERPRISES: list[dict[str, Any]] = [
    {
        "id": f"e-{number}",
        "name": f"示例第{number}化工有限公司",
        "names": [
            {"name": f"示例第{number}化工有限公司", "first": "2020-01-01", "last": "2020-01-01", "current": True}
        ],
        "search_names": [f"示例第{number}化工有限公司"],
        "uscc": f"9199020{number}MA9659940M",
        "region_path": ["99", "9901", f"99010{number}"],
        "kinds": ["permit"],
    }
    for number in range(5)
]


def test_a_fifth_of_each_sort_and_the_same_each_time() -> None:
    asked = questions(ENTERPRISES, 50, 7)
    assert asked == questions(list(reversed(ENTERPRISES)), 50, 7)
    assert sum(not question.text for question in asked) == 10
    assert sum(question.filters.region is not None for question in asked) == 20
    assert all(
        any(question.text in one["name"] or question.text in one["uscc"] for one in ENTERPRISES) for question in asked
    )


def test_nobody_to_ask_for() -> None:
    with pytest.raises(ValueError, match="no enterprises"):
        questions([], 5, 7)


def test_copies_have_ids_and_names_of_their_own_and_are_found_by_them() -> None:
    made = list(filling.enterprises(ENTERPRISES, 12))
    assert len(made) == 15
    assert len({one["id"] for one in made}) == len({one["name"] for one in made}) == 15
    assert "示例第0化工有限公司1号厂" in made[5]["search_names"] and made[5]["syllables"]


def test_copies_of_disclosures_hang_on_copies_of_enterprises() -> None:
    own = [{"id": "d-1", "enterprise": "e-1"}]
    assert [one["enterprise"] for one in filling.disclosures(own, 2)] == ["e-1", "e-1-1"]
    assert sum(map(len, filling.parts(iter(own * 3)))) == 3
