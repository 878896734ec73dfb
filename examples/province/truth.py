"""The planted truth: every enterprise × obligation × period with its state on a day, one row each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypedDict
from unicodedata import normalize

from .duties import owed
from .judging import NOT_YET_SCORED, judge
from .looks import PLATFORMS
from .model import Firm, World
from .sources import source_name


class Row(TypedDict):
    """One row of the truth; ``base`` is the state by the rules in force where ``state`` is not yet scored."""

    enterprise: str
    role: str
    name: str
    uscc: str
    region: str
    ids: dict[str, str]
    obligation: str
    period: str
    as_of: str
    state: str
    reason: str | None
    due: str
    scored: bool
    base: str


def truth(world: World, day: date) -> Iterator[Row]:
    """The rows of ``day`` in the order of enterprise, obligation and period."""
    for firm in world.firms:
        for duty in owed(world, firm, day):
            verdict = judge(firm, duty, day)
            yield {
                "enterprise": firm.key, "role": firm.role, "name": firm.name_on(day), "uscc": firm.uscc,
                "region": firm.region, "ids": identifiers(firm, day), "obligation": duty.obligation,
                "period": duty.period, "as_of": day.isoformat(), "state": verdict.state, "reason": verdict.reason,
                "due": duty.due.isoformat(), "scored": verdict.state not in NOT_YET_SCORED, "base": verdict.base,
            }  # fmt: skip


def identifiers(firm: Firm, day: date) -> dict[str, str]:
    """Source → the identifier by which that site names the enterprise; lists have none, there it is name|region."""
    printed = f"{normalize('NFKC', firm.name_on(day))}|{firm.region}"
    ids = {source_name(f"list-{firm.city.lower()}"): printed} if firm.lists else {}
    if any(item.site == PLATFORMS[firm.city] for item in firm.items):
        ids[source_name(PLATFORMS[firm.city])] = firm.platform_id
    if firm.permit:
        ids[source_name("permit")] = firm.permit.number
    if firm.years("EL"):
        ids[source_name("eid")] = firm.eid_id
    return ids
