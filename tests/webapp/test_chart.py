"""The chart's coordinates, by value."""

from __future__ import annotations

from typing import Any

from tests.webapp.samples import measurement
from webapp.chart import BOTTOM, HEIGHT, LEFT, MAX_MARKS, RIGHT, TOP, WIDTH, draw, is_over


def rows(*values: float | None, **more: Any) -> list[Any]:
    return [measurement(number, value, **more) for number, value in enumerate(values)]


def test_the_drawing_stays_inside_its_frame() -> None:
    drawing = draw(rows(1.0, 500.0, 3.0, -2.0))
    assert drawing is not None
    for mark in drawing.marks:
        assert LEFT <= mark.x <= WIDTH - RIGHT and TOP <= mark.y <= HEIGHT - BOTTOM


def test_the_limit_is_inside_even_where_all_values_are_low() -> None:
    drawing = draw(rows(1.0, 2.0))
    assert drawing is not None and len(drawing.limits) == 1
    assert all(float(point.split(",")[1]) >= TOP for point in drawing.limits[0].split())


def test_a_value_below_detection_is_drawn_hollow_at_the_detection_limit() -> None:
    drawing = draw([*rows(1.0, 2.0), measurement(5, None, censored="lt", dl=4.0)])
    assert drawing is not None and [m.label for m in drawing.marks if m.censored] == ["2021-01-01 <4"]


def test_gaps_break_the_line() -> None:
    drawing = draw(rows(1.0, 2.0) + [measurement(2, 3.0, limit_high=None)] + [measurement(n, 4.0) for n in (3, 4)])
    assert drawing is not None and len(drawing.limits) == 2 and len(drawing.lines) == 1


def test_too_few_moments_give_no_drawing() -> None:
    assert draw([]) is None and draw(rows(1.0)) is None and draw(rows(None, None)) is None


def test_many_values_keep_only_the_marks_that_matter() -> None:
    many = [
        measurement(n % 24, 1.0, time=f"2021-01-{n // 24 + 1:02d}T{n % 24:02d}:00:00Z") for n in range(MAX_MARKS + 50)
    ]
    drawing = draw([*many, measurement(0, 99.0, time="2021-02-01T00:00:00Z")])
    assert drawing is not None and [mark.over for mark in drawing.marks] == [True]


def test_over_is_the_sites_word_or_the_sites_own_limit() -> None:
    assert is_over(rows(1.0, verdict="over")[0]) and is_over(rows(61.0, verdict=None)[0])
    assert is_over(rows(5.0, limit_low=6.0, limit_high=9.0)[0]) and not is_over(rows(60.0)[0])
    assert not is_over(measurement(0, None, dl=99.0))


def test_a_marked_value_is_over_only_by_the_sites_word() -> None:
    assert not is_over(rows(61.0, verdict=None, mark="calibration")[0])
    assert is_over(rows(61.0, verdict="over", mark="calibration")[0])
    assert is_over(rows(61.0, verdict=None, mark="entered")[0])
