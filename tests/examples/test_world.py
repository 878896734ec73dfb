"""The world: the same from the same seed, real-shaped identifiers, the planted dirt, any size."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from stdnum.cn import uscc

from examples.province.model import Firm, World
from examples.province.pages.http import Request
from examples.province.places import sizes
from examples.province.script import AS_OF_DAYS, VISIT_DAYS
from examples.province.sites import answer
from examples.province.truth import truth
from examples.province.world import build_world

PATHS = {
    "platform": "/jsp/view/list.jsp", "eid": "/jsp/view/list.jsp", "list-a": "/hbj/zwgk/tzgg/index.html",
    "permit": "/perxxgkinfo/errorinfo.jsp",
}  # fmt: skip


def fresh(enterprises: int, seed: int) -> World:
    """A world built anew, past the cache."""
    return build_world.__wrapped__(enterprises, seed)


def test_the_same_seed_gives_the_same_bytes() -> None:
    one, two, other = fresh(30, 7), fresh(30, 7), fresh(30, 8)
    day = date(2023, 4, 17)
    for site, path in PATHS.items():
        request = Request("GET", path)
        assert answer(one, site, day, request).body == answer(two, site, day, request).body
    assert list(truth(one, AS_OF_DAYS[1])) == list(truth(two, AS_OF_DAYS[1])) != list(truth(other, AS_OF_DAYS[1]))


@pytest.mark.parametrize("letter", "bc")
def test_attachments_are_the_same_bytes(letter: str) -> None:
    from examples.province.pages import bureau, pdf, xlsx

    world = fresh(30, 7)
    notice = next(n for n in bureau.notices(world, letter.upper()) if n.what == "main" and n.year == 2021)
    bodies = set()
    for _ in range(2):
        pdf.ruled.cache_clear()
        xlsx.workbook.cache_clear()
        bodies.add(bureau._attachment(world, letter.upper(), notice).body)
    assert len(bodies) == 1


def test_sizes_follow_the_shares() -> None:
    assert sizes(120) == {"A": 36, "B": 28, "C": 24, "D": 12, "E": 10, "F": 10}
    assert sum(sizes(24).values()) == 24 and min(sizes(6).values()) == 1
    with pytest.raises(ValueError, match="at least 6"):
        sizes(5)


@pytest.mark.parametrize("enterprises", [6, 24, 48, 400])
def test_other_sizes_work(enterprises: int) -> None:
    world = build_world(enterprises, 3)
    assert len(world.firms) == enterprises
    for day in AS_OF_DAYS:
        assert {row["state"] for row in truth(world, day)} >= {"met", "not_due"}


def test_no_list_is_published_that_names_nobody() -> None:
    from examples.province.pages.bureau import members, notices

    small = build_world(12, 7)
    lists = [(city, n) for city in "ABCDEF" for n in notices(small, city) if n.what != "other"]
    assert lists and all(members(small, city, notice) for city, notice in lists)


def test_credit_codes_pass_their_check_digit_but_one(world: World) -> None:
    bad = [firm.role for firm in world.firms if not _passes(firm.uscc)]
    assert bad == ["wrong-check-digit"]
    assert all(firm.region.startswith("99") for firm in world.firms)


def _passes(code: str) -> bool:
    return uscc.calc_check_digit(code[:17]) == code[17]


def test_identities_are_dirty_but_can_be_told_apart(world: World, by_role: dict[str, Firm]) -> None:
    one, two = by_role["shared-code-1"], by_role["shared-code-2"]
    assert one.uscc == two.uscc and one.wry_code != two.wry_code and one.name != two.name
    same = [by_role["same-name-1"], by_role["same-name-2"]]
    assert same[0].name == same[1].name and same[0].city != same[1].city and same[0].uscc != same[1].uscc
    renamed = by_role["renamed"]
    assert renamed.name_on(VISIT_DAYS[0]) == renamed.former != renamed.name_on(VISIT_DAYS[-1])
    names = Counter((firm.name, firm.city) for firm in world.firms)
    assert max(names.values()) == 1 and any("（" in firm.name for firm in world.firms)
    for attribute in ("platform_id", "eid_id", "dataid", "wry_code"):
        assert len({getattr(firm, attribute) for firm in world.firms}) == len(world.firms)


def test_every_permit_version_is_seen_by_some_visit(world: World) -> None:
    for firm in world.firms:
        for version, following in (
            zip(firm.permit.versions, firm.permit.versions[1:], strict=False) if firm.permit else ()
        ):
            assert any(version.start <= visit < following.start for visit in VISIT_DAYS), (firm.key, version)
