"""The script's calendar: on which days the sites are visited and at which days the states are asked."""

from __future__ import annotations

from datetime import date

VISIT_DAYS: tuple[date, ...] = (
    date(2021, 3, 1), date(2021, 7, 5), date(2021, 7, 10), date(2021, 7, 15),
    date(2023, 3, 18), date(2023, 4, 14), date(2023, 4, 17), date(2023, 4, 19),
    date(2026, 10, 20), date(2026, 11, 3), date(2026, 11, 17),
)  # fmt: skip
AS_OF_DAYS: tuple[date, ...] = (date(2021, 7, 20), date(2023, 4, 20), date(2026, 11, 20))
FIRST_DAY = date(2016, 1, 1)
"""First day of the backlog: nothing on the sites is older."""
LAST_DAY = AS_OF_DAYS[-1]
LIST_YEARS = range(2016, 2027)
EL_YEARS = range(2022, 2027)
BREAK_DAY = date(2021, 6, 1)
"""From this day on city E's platform blocks and city F's shows another layout."""


def next_visit(day: date) -> date | None:
    """The first visit day after ``day``; None where the script makes none."""
    return next((visit for visit in VISIT_DAYS if visit > day), None)


def as_json() -> dict[str, object]:
    """What ``python -m examples.province script`` prints: every day as ``YYYY-MM-DD``."""
    # Family sites follow the script themselves, so it knows of them only when it is printed.
    from .families import FAMILIES

    return {
        "visit_days": [day.isoformat() for day in VISIT_DAYS],
        "as_of": [day.isoformat() for day in AS_OF_DAYS],
        "first_day": FIRST_DAY.isoformat(),
        "last_day": LAST_DAY.isoformat(),
        "once": {"day": VISIT_DAYS[-1].isoformat(), "sources": [f"province-{name}" for name in FAMILIES]},
    }
