"""The yearly lists (重点排污单位名录, 企业环境信息依法披露企业名单): when each city publishes which."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from .dues import is_workday
from .identity import stream
from .script import EL_YEARS, LIST_YEARS

_DAYS_2021 = {"A": 26, "B": 29, "C": 26, "D": 29, "E": 26, "F": 29}
SUPPLEMENT = ("C", 2021)
"""City C's bureau adds a supplement (增补名单) after the main list of 2021."""
SUPPLEMENT_DAY = date(2021, 4, 6)
HEADINGS = {
    "KPU.W": "水环境重点排污单位",
    "KPU.A": "大气环境重点排污单位",
    "SOIL": "土壤污染重点监管单位",
    "RISK": "环境风险重点管控单位",
    "EL": "环境信息依法披露企业",
}
"""Class of the list → heading or value of the class column."""


@lru_cache(maxsize=1024)
def published(seed: int, city: str, year: int) -> date:
    """The day on which ``city`` publishes its lists of ``year``: a working day in late March."""
    if year == 2021:
        return date(2021, 3, _DAYS_2021[city])
    day = date(year, 3, stream(seed, "list", city, year).randint(25, 30))
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


def all_lists(seed: int, city: str) -> list[tuple[date, int, str]]:
    """Every list notice of a city as (day, year, what): ``main``, ``supplement`` or ``el``."""
    notices = [(published(seed, city, year), year, "main") for year in LIST_YEARS]
    notices += [(published(seed, city, year), year, "el") for year in EL_YEARS]
    if city == SUPPLEMENT[0]:
        notices.append((SUPPLEMENT_DAY, SUPPLEMENT[1], "supplement"))
    return sorted(notices)


def listed_on(seed: int, city: str, year: int, supplement: bool) -> date:
    """The publication day of the list that names a firm."""
    return SUPPLEMENT_DAY if supplement and (city, year) == SUPPLEMENT else published(seed, city, year)
