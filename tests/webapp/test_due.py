"""What falls due soon: by window and region, for the public no more than public duties on law that was read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from indexer.register.documents import Duty
from tests.webapp.conftest import TODAY, Site, logged_in
from tests.webapp.filling import REGION
from tests.webapp.samples import duty

DAYS = {
    "2021-03-01": "a",
    "2021-03-08": "b",
    "2021-03-09": "c",
    "2021-05-30": "d",
    "2021-05-31": "e",
    "2021-02-28": "f",
}
"""Today, seven days on, eight, ninety, ninety-one, yesterday."""


@pytest.fixture
def soon(fresh: Site) -> Iterator[Site]:
    """A site with a duty on each of these days, one for staff alone, one on unread law, one already late."""
    seventh = "2021-03-08"
    rows = [
        *(due(f"due-{mark}", day) for day, mark in DAYS.items()),
        due("due-staff", seventh, audience="staff"),
        due("due-unread", seventh, law_seen=False),
        due("due-missing", seventh, state="missing", public_state="missing"),
        due("due-elsewhere", seventh, region_path=REGION["region_path"], due_provisional=True),
    ]
    fresh.store.bulk("duties", rows)
    fresh.store.refresh("duties")
    yield fresh


def due(obligation: str, day: str, state: str = "not_due", **more: Any) -> Duty:
    return duty(obligation, state, due=day, **more)


def names(site: Site, address: str) -> list[str]:
    answer = site.app.test_client().get(address)
    assert answer.status_code == 200, answer.text
    return [row["id"].split(":")[1].removeprefix("due-") for row in answer.json["rows"]]


def test_the_window_includes_both_ends_and_nothing_for_staff(soon: Site) -> None:
    assert names(soon, "/api/v1/due?days=0") == ["a"]
    assert names(soon, "/api/v1/due?days=7") == ["a", "b", "elsewhere"]
    assert names(soon, "/api/v1/due?days=90") == ["a", "b", "elsewhere", "c", "d"]
    assert names(soon, f"/api/v1/due?days=7&region={REGION['region_path'][0]}") == ["elsewhere"]
    assert soon.app.test_client().get("/api/v1/due?days=9999").status_code == 422


def test_the_list_goes_on_where_it_ended(soon: Site) -> None:
    client = soon.app.test_client()
    first = client.get("/api/v1/due?days=90&size=2").json
    second = client.get(f"/api/v1/due?days=90&size=4&after={first['next']}").json
    assert (first["total"], len(first["rows"]), len(second["rows"]), second["next"]) == (5, 2, 3, None)
    assert first["until"] == "2021-05-30" and TODAY == "2021-03-01"


def test_staff_see_what_the_public_does_not(soon: Site) -> None:
    public = soon.app.test_client().get("/due?days=7").text
    staff = logged_in(soon.app, "legal-eye", role="admin").get("/review/due?days=7").text
    assert "3 项到期" in public and "待核对" not in public and "暂定" in public
    assert "5 项到期" in staff and "待核对" in staff and "仅工作人员可见" in staff
    assert 'href="/due?days=90">今后 90 天 <span class="note">5</span>' in public
    assert soon.app.test_client().get("/review/due").status_code == 302


def test_nonsense_in_the_address_is_the_usual_window(soon: Site) -> None:
    assert "4 项到期" in soon.app.test_client().get("/due?days=x").text
