"""The calendar of the cases: five seasons, each with its visits and the day on which the states are asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Season:
    """One season of visits.

    ``before`` are visits ahead of the due days, ``after`` the three or four behind due day and grace; ``year`` is the
    report year that falls due, ``quarter`` and ``month`` the last whole ones (first and last day).
    """

    name: str
    before: tuple[date, ...]
    after: tuple[date, ...]
    as_of: date
    year: int
    quarter: tuple[date, date]
    month: tuple[date, date]

    @property
    def visits(self) -> tuple[date, ...]:
        """All of its visits in order."""
        return (*self.before, *self.after)


def _season(before: str, after: str, as_of: str, year: int, quarter: str, month: str) -> Season:
    def days(text: str) -> tuple[date, ...]:
        return tuple(date.fromisoformat(word) for word in text.split())

    first, last = days(quarter)
    begin, end = days(month)
    day = date.fromisoformat(as_of)
    return Season(str(day.year), days(before), days(after), day, year, (first, last), (begin, end))


SEASONS: tuple[Season, ...] = (
    _season("2016-04-05", "2016-07-04 2016-07-05 2016-07-06", "2016-07-08", 2015,
            "2016-04-01 2016-06-30", "2016-06-01 2016-06-30"),
    _season("2023-01-10 2023-03-10", "2023-04-14 2023-04-17 2023-04-18", "2023-04-20", 2022,
            "2023-01-01 2023-03-31", "2023-03-01 2023-03-31"),
    _season("2024-02-20", "2024-03-19 2024-03-20 2024-03-21 2024-03-22", "2024-03-25", 2023,
            "2023-10-01 2023-12-31", "2024-02-01 2024-02-29"),
    _season("", "2025-03-21 2025-03-24 2025-03-25", "2025-03-28", 2024,
            "2024-10-01 2024-12-31", "2025-02-01 2025-02-28"),
    _season("", "2026-10-19 2026-10-20 2026-10-21", "2026-10-23", 2025,
            "2026-07-01 2026-09-30", "2026-09-01 2026-09-30"),
)  # fmt: skip
VISIT_DAYS: tuple[date, ...] = tuple(day for season in SEASONS for day in season.visits)
AS_OF_DAYS: tuple[date, ...] = tuple(season.as_of for season in SEASONS)
LATER: tuple[Season, ...] = SEASONS[1:]
"""The seasons under 生态环境部令第24号 and the permits; the first is that of 环境保护部令第31号."""


def season_of(day: date) -> Season:
    """The season whose visits ``day`` is one of, or whose as_of day it is; KeyError where it is neither."""
    for season in SEASONS:
        if day in (*season.visits, season.as_of):
            return season
    raise KeyError(f"{day} is no day of the script; its days are {', '.join(map(str, (*VISIT_DAYS, *AS_OF_DAYS)))}")


def as_json() -> dict[str, object]:
    """What ``python -m examples.province cases-script`` prints: the days, and the sites that each visits."""
    # The sites follow the script themselves, so it knows of them only when it is printed.
    from .sites import SITES, visited

    return {
        "visits": {str(day): [site for site in SITES if visited(site, day)] for day in VISIT_DAYS},
        "as_of": [str(day) for day in AS_OF_DAYS],
    }
