"""The states of the make-believe province, judged from plain facts, against what was planted in it.

Two programs that know the law apart from each other (``examples.province`` and this one) must agree on each duty.
States that rest on what documents say (contradicted, stale) are compared with the state beneath them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from examples.province.lists import listed_on
from examples.province.looks import PLATFORMS, good, site_good
from examples.province.model import O31_KINDS, Firm, Item, World
from examples.province.places import DIRECT_CODE
from examples.province.script import AS_OF_DAYS, VISIT_DAYS
from examples.province.truth import truth
from examples.province.world import build_world
from indexer.gaps.transitions import VOID, survey
from indexer.law.facts import Channel, Covers, Found, Look, Membership, Subject
from indexer.law.rules import default
from tests.indexer.gaps.test_transitions import stands

PLANTED = frozenset({"O31-1", "O31-2", "O31-3", "O31-4", "O31-5", "O31-6", "O24-Y", "PR-2", "M23-1"})
"""The obligations that the script of the province plants for all its enterprises; others have tests of their own."""
O31 = frozenset(kind for kinds in O31_KINDS.values() for kind in kinds)
CHANNEL_OF = {"eid": "eid_system", "permit": "permit_platform"}


@pytest.fixture(scope="module")
def world() -> World:
    """A small province with the whole cast."""
    return build_world(120, 7)


def visits(day: date) -> list[date]:
    return [visit for visit in VISIT_DAYS if visit <= day]


def first_visit(since: date, day: date) -> date | None:
    return next((visit for visit in visits(day) if visit >= since), None)


def memberships(world: World, firm: Firm, day: date) -> Iterator[Membership]:
    for year, classes in firm.lists.items():
        published = listed_on(world.seed, firm.city, year, year in firm.supplement)
        seen = first_visit(published, day)
        if seen is not None:
            for cls in sorted(classes):
                yield Membership(cls, year, published, None, None, None, None, seen)
    for version in firm.permit.versions if firm.permit else ():
        seen = first_visit(version.start, day)
        if seen is not None and firm.permit is not None:
            yield Membership(firm.permit.cls, None, None, None, None, version.start, version.end, seen)


def carried(firm: Firm) -> dict[str, frozenset[str]]:
    """Site → kinds that it carries of this enterprise."""
    sites = {"eid": frozenset({"annual_report"}), "permit": frozenset({"permit", "permit_report"})}
    if firm.region != DIRECT_CODE:
        platform = PLATFORMS[firm.city]
        extra = {"monitoring", "annual_report"} if platform == "platform" else {"monitoring"}
        sites[platform] = O31 | extra
    return sites


def channel_name(site: str, kind: str) -> str:
    return CHANNEL_OF.get(site) or ("self_monitoring" if kind == "monitoring" else "city_bureau")


def covered_classes(site: str, kind: str) -> frozenset[str]:
    """The classes for which a site carries a kind, as its source file says."""
    if kind == "annual_report":
        return frozenset({"EL"})
    return frozenset({"PK", "PS"}) if site == "permit" or kind == "monitoring" else frozenset({"KPU"})


def items(firm: Firm) -> tuple[Item, ...]:
    """Its items, and the permit itself as the national platform shows it."""
    return (*firm.items, Item("permit", "permit", firm.permit.versions[0].start)) if firm.permit else tuple(firm.items)


def channels(firm: Firm, day: date) -> Iterator[Channel]:
    for site, kinds in carried(firm).items():
        first = next((visit for visit in visits(day) if site_good(site, visit)), None)
        covers = tuple(
            Covers(frozenset({kind}), covered_classes(site, kind), ("99",), channel_name(site, kind))
            for kind in sorted(kinds)
        )
        yield Channel(site, covers, None, None, first)


def everything(obligation_kinds: frozenset[str]) -> frozenset[str]:
    """Every key that any judged obligation asks of these kinds."""
    rows = [row for row in default().active if set(row.kinds) & obligation_kinds and row.required]
    return frozenset(key for row in rows if row.required for unit in row.required.units for key in unit.keys)


def found(firm: Firm, day: date) -> Iterator[Found]:
    for number, item in enumerate(items(firm)):
        kinds = carried(firm).get(item.site, frozenset())
        seen = tuple(v for v in visits(day) if item.visible(v) and good(item.site, firm, item.kind, v))
        if item.kind in kinds and seen:
            yield Found(
                f"d-{number}", item.site, channel_name(item.site, item.kind), item.kind, item.period, item.stated,
                seen[0], seen[-1], seen, everything(frozenset({item.kind})) - item.blank | {"read"},
                item.not_produced, {}, absent=absent(firm, item, seen, day),
            )  # fmt: skip


def absent(firm: Firm, item: Item, seen: tuple[date, ...], day: date) -> tuple[date, ...]:
    """The first three good visits without it since it was last seen; pages of results show only the newest."""
    if item.kind == "monitoring":
        return ()
    return tuple(v for v in visits(day) if v > seen[-1] and good(item.site, firm, item.kind, v))[:3]


def is_shown(item: Item, site: str, kind: str, visit: date) -> bool:
    return item.site == site and item.kind == kind and item.visible(visit)


def looks(firm: Firm, day: date) -> Iterator[Look]:
    for site, kinds in carried(firm).items():
        for visit in visits(day):
            for kind in sorted(kinds):
                outcome = "failed"
                if good(site, firm, kind, visit):
                    outcome = "found" if any(is_shown(item, site, kind, visit) for item in items(firm)) else "absent"
                yield Look(site, kind, visit, outcome, None, f"v-{site}-{kind}-{visit}")


def subject(world: World, firm: Firm, day: date) -> Subject:
    return Subject(
        firm.key, firm.name, (firm.region,), firm.industry, tuple(memberships(world, firm, day)),
        tuple(found(firm, day)), tuple(looks(firm, day)), tuple(channels(firm, day)),
    )  # fmt: skip


@pytest.mark.parametrize("day", AS_OF_DAYS)
def test_every_planted_state_is_judged(world: World, day: date) -> None:
    planted = {(row["enterprise"], f"{row['obligation']}:{row['period']}"): row for row in truth(world, day)}
    judged = {
        (firm.key, row.duty.key): row
        for firm in world.firms
        for row in survey(subject(world, firm, day), day, default()).judged
        if row.duty.obligation.id in PLANTED
    }
    assert sorted(judged.keys() ^ planted.keys()) == []
    wrong = []
    for key, row in planted.items():
        mine = judged[key]
        same_day = mine.duty.due.provisional or str(mine.duty.due.latest) == row["due"]
        same_reason = row["base"] != "not_observable" or mine.reason == row["reason"]
        if mine.state != row["base"] or not same_day or not same_reason:
            wrong.append((key, row["role"], row["base"], row["reason"], row["due"], mine.state, mine.reason))
    assert wrong == []
    assert len(planted) > 500


def test_transitions_of_the_last_day_hold_what_each_day_says_of_itself(world: World) -> None:
    wrong, compared = [], 0
    for firm in world.firms:
        changes = survey(subject(world, firm, AS_OF_DAYS[-1]), AS_OF_DAYS[-1], default()).transitions
        for day in AS_OF_DAYS:
            then = {key: [t for t in rows if t.day <= day] for key, rows in changes.items()}
            told = {key: rows[-1].standing for key, rows in then.items() if rows and rows[-1].after != VOID}
            judged = {row.duty.id: stands(row) for row in survey(subject(world, firm, day), day, default()).judged}
            compared += len(judged)
            wrong += [(day, key, told.get(key), judged.get(key)) for key in told.keys() | judged.keys()
                      if told.get(key) != judged.get(key)]  # fmt: skip
    assert wrong == [] and compared > 2_000
