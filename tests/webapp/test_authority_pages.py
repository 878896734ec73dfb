"""Pages of authorities: a list, a checklist by year, the page of each duty, and a decision on one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from indexer.register.decisions import Decision
from tests.webapp.conftest import Site, logged_in, token
from tests.webapp.samples import duty
from webapp.services import EXTENSION, Services

ID = "a-31"


@pytest.fixture
def city(fresh: Site) -> Iterator[Site]:
    """上海 with a missing list for the public, and a complaint list that only staff may see."""
    more = {"enterprise": ID, "enterprise_name": "上海市生态环境局", "region_path": ["31"]}
    rows = [
        duty("GOV-1", "missing", period="2020", item="重点排污单位名录", due="2020-03-31", **more),
        duty("GOV-1", "not_due", period="2021", item="重点排污单位名录", due="2021-03-31", **more),
        duty(
            "GOV-7",
            "missing",
            period="2020-11",
            item="投诉举报办理情况（月）",
            audience="staff",
            law_seen=False,
            **more,
        ),
    ]
    fresh.store.bulk("duties", rows)
    fresh.store.refresh("duties")
    yield fresh


def test_the_public_sees_public_duties_alone(city: Site) -> None:
    client = city.app.test_client()
    listed = client.get("/authorities").text
    assert "上海市生态环境局" in listed and f'href="/authority/{ID}"' in listed
    page = client.get(f"/authority/{ID}").text
    assert "重点排污单位名录" in page and "投诉举报" not in page and "在已查渠道未见" in page
    assert page.index("2021年</th>") < page.index("2020年</th>")
    assert client.get("/authority/a-99").status_code == 404


def test_an_authoritys_duty_has_its_page_and_leads_back(city: Site) -> None:
    client = city.app.test_client()
    page = client.get(f"/enterprise/{ID}/duty/GOV-1/2020")
    assert page.status_code == 200 and "上海市生态环境局" in page.text
    assert client.get(f"/enterprise/{ID}/duty/GOV-7/2020-11").status_code == 404
    assert client.get(f"/enterprise/{ID}").headers["Location"] == f"/authority/{ID}"


def test_staff_see_all_and_decide(city: Site) -> None:
    staff = logged_in(city.app, "reviewer", role="admin")
    page = staff.get(f"/review/authority/{ID}").text
    assert "投诉举报办理情况（月）" in page and "待核对</span>" in page and "仅工作人员可见" in page
    assert "上海市生态环境局" in staff.get("/review/authorities").text
    assert staff.get(f"/review/enterprise/{ID}").headers["Location"] == f"/review/authority/{ID}"
    path = f"/review/enterprise/{ID}/duty/GOV-1/2020"
    shown = staff.get(path).text
    assert "下载公开版证据包" not in shown and "记录认定" in shown
    given = {"kind": "false_alarm", "text": "名录已在另一栏目公布", "csrf_token": token(staff, path)}
    assert staff.post(path, data=given).status_code == 303
    services: Services = city.app.extensions[EXTENSION]
    with services.session() as session:
        (row,) = session.scalars(select(Decision)).all()
    assert (row.source, row.external_id, row.duty) == ("authority", ID, "GOV-1|2020")
