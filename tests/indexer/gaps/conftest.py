"""Hand-made subjects: one enterprise on the list of 2021, one platform that is looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from indexer.gaps.finding import Judged
from indexer.gaps.judge import judge
from indexer.law.duties import duties
from indexer.law.facts import Channel, Covers, Found, Look, Membership, Subject
from indexer.law.rules import Rules, default

D = date.fromisoformat
LIST_2021 = Membership("KPU.W", 2021, D("2021-03-30"), None, None, None, None, D("2021-04-01"))
EL_2023 = Membership("EL", 2023, D("2023-03-30"), None, None, None, None, D("2023-04-01"))
PERMIT = Membership("PK", None, None, None, None, D("2021-02-01"), D("2026-01-31"), D("2021-04-01"))
O31_KINDS = frozenset({"profile", "emission", "facility", "eia", "permit", "emergency_plan", "other"})
F1 = frozenset({"name", "uscc", "legal_rep", "address", "contact", "business", "products", "scale"})


def channel(source: str, kinds: Any, channel: str, classes: Any = ("KPU",), **changes: Any) -> Channel:
    """A channel that was first looked at well on 2021-03-01."""
    covers = (Covers(frozenset(kinds), frozenset(classes), ("31",), channel),)
    return replace(Channel(source, covers, None, None, D("2021-03-01")), **changes)


PLATFORM = channel("eic", O31_KINDS, "city_bureau")
EID = channel("eid", {"annual_report"}, "eid_system", ("EL",))
PERMITS = channel("mee", {"permit", "permit_report", "monitoring"}, "permit_platform", ("PK", "PS"))


def look(day: str, kind: str = "profile", outcome: str = "absent", source: str = "eic", **changes: Any) -> Look:
    """One look; its visit is named by what it is."""
    made = Look(
        source, kind, D(day), outcome, None if outcome in ("found", "absent") else "503", f"v-{source}-{kind}-{day}"
    )
    return replace(made, **changes)


def found(
    first: str, kind: str = "profile", present: frozenset[str] = F1, source: str = "eic", **changes: Any
) -> Found:
    """One disclosure, seen on the day ``first``."""
    day = D(first)
    made = Found(f"d-{source}-{kind}-{first}", source, "city_bureau", kind, None, None, day, day, (day,), present,
                 frozenset(), {}, ({"run": "r", "file": "f", "offset": 0, "digest": "sha256:0"},))  # fmt: skip
    return replace(made, **changes)


def subject(**changes: Any) -> Subject:
    """The enterprise in Pudong, on the list of key polluting enterprises of 2021."""
    made = Subject("e-1", "示例公司", ("310000", "310100", "310115"), None, (LIST_2021,), (), (), (PLATFORM,))
    return replace(made, **changes)


@pytest.fixture(scope="session")
def rules() -> Rules:
    """The project's own rules."""
    return default()


def state_of(who: Subject, obligation: str, day: str, period: str | None = None) -> Judged:
    """The judgement of one obligation's duty on a day; the only one where no period is named."""
    matching = [
        duty
        for duty in duties(who, default(), D(day))
        if duty.obligation.id == obligation and period in (None, duty.period)
    ]
    assert len(matching) == 1, [duty.id for duty in matching]
    return judge(matching[0], who, D(day))
