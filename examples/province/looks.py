"""Which days a site or an enterprise's page answers well, and which days are broken on purpose."""

from __future__ import annotations

from datetime import date, timedelta

from .model import Broken, Firm
from .script import AS_OF_DAYS, BREAK_DAY, VISIT_DAYS

GRACE = timedelta(days=3)
PLATFORMS = {"A": "platform", "B": "platform", "C": "platform", "D": "platform-d", "E": "platform-e", "F": "platform-f"}
DOWN, BLOCKED, CHANGED = "platform-d", "platform-e", "platform-f"


def site_good(site: str, day: date) -> bool:
    """False where the whole site is down, blocked or shows an unknown layout on ``day``."""
    if site == DOWN:
        return False
    return day < BREAK_DAY or site not in (BLOCKED, CHANGED)


def good(site: str, firm: Firm, kind: str, day: date) -> bool:
    """True where a visit on ``day`` can read the enterprise's pages of that kind."""
    return site_good(site, day) and not firm.is_broken(site, kind, day)


def window(due: date) -> list[date]:
    """The visits that may prove an absence, up to the first day on which states are asked."""
    first_as_of = next(day for day in AS_OF_DAYS if day > due + GRACE)
    return [visit for visit in VISIT_DAYS if due + GRACE < visit <= first_as_of]


def break_middle(site: str, kinds: frozenset[str], due: date) -> Broken:
    """Only the first and the last visit of the window can read the page: two good looks, one short."""
    return Broken(site, kinds, frozenset(window(due)[1:-1]))


def break_last(site: str, kinds: frozenset[str], due: date) -> Broken:
    """From the third visit of the window on the page fails: the last look is a bad one."""
    return Broken(site, kinds, frozenset(window(due)[2:]))
