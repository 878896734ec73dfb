"""Scores on pages and in the API: traced to duties, never alone, nothing of what only staff may see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from indexer import scoring
from indexer.engine.node import Node
from tests.indexer.scoring.rows import duty, finding
from tests.webapp.conftest import TODAY, Site, logged_in, opened, token
from tests.webapp.samples import ID, OTHER

MONTH = "2021-03"
SECRETS = ("CON-07", "f-secret", "O31-6", "O31-5", "其他应当公开", "应急预案")
"""Of a finding that needs a person's confirmation, a row for staff, a row on law from memory."""
PATHS = (
    "/scores", "/scores?kind=city", "/scores/enterprises", "/scores/enterprises?region=31", "/scores/province/31",
    f"/enterprise/{ID}/score", "/scores?rubric=yardsticks",
)  # fmt: skip
API = (f"/enterprises/{ID}/score", f"/enterprises/{ID}/score/months", "/scores", "/scores?kind=city",
       "/scores/province/31", "/scores/province/31/months")  # fmt: skip


@pytest.fixture(scope="module")
def scored(es_node: Node, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose duties of two months are scored, an authority beside the enterprises."""
    with opened(es_node, tmp_path_factory.mktemp("scores")) as site, pytest.MonkeyPatch.context() as patch:
        office = {"enterprise_name": "某市生态环境局", "region_path": ["31"], "due": "2020-03-31"}
        secret = {"audience": "confirmed_only", "severity": "S4", "words": "连续二十四小时数值相同。线索,非结论"}
        site.store.bulk("duties", [
            *(duty(ID, "PR-3", "met", f"2020Q{n}", due=f"2020-0{3 * n + 1}-15", region_path=["31", "310116"],
                   delay_days=delay) for n, delay in ((1, -3), (2, -1))),
            duty("a-31", "GOV-1", "met", "2020", **office), duty("a-31", "GOV-2", "missing", "2020", **office),
        ])  # fmt: skip
        site.store.bulk("findings", [
            finding(ID, id="f-public", severity="S2"), finding(ID, "CON-07", id="f-secret", **secret),
        ])  # fmt: skip
        site.store.refresh()
        for day in ("2021-02-28", TODAY):
            patch.setenv("QINGCE_CLOCK", day)
            scoring.score(site.store, site.settings.indexer)
        yield site


@pytest.fixture
def visitor(scored: Site, today: None) -> FlaskClient:
    """Somebody of the public."""
    return scored.app.test_client()


@pytest.fixture
def clerk(scored: Site, today: None) -> FlaskClient:
    """An officer of 上海."""
    return logged_in(scored.app, f"clerk-{uuid4().hex}", region="31")


def text(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.mark.parametrize("path", PATHS)
def test_nothing_for_staff_is_on_a_page(visitor: FlaskClient, path: str) -> None:
    page = text(visitor, path)
    assert not [secret for secret in SECRETS if secret in page]
    assert "可观察 V" in page and "线索，非结论" in page and "权数（版本 1，文件摘要" in page


@pytest.mark.parametrize("path", API)
def test_nothing_for_staff_is_in_the_api(visitor: FlaskClient, path: str) -> None:
    body = text(visitor, f"/api/v1{path}")
    assert not [secret for secret in (*SECRETS, "staff") if secret in body]


def test_every_point_leads_to_its_duty(visitor: FlaskClient) -> None:
    page = text(visitor, f"/enterprise/{ID}/score")
    for path in (f"/enterprise/{ID}/duty/O31-2/once:2020", f"/enterprise/{ID}/duty/PR-3/2020Q1"):
        assert f'href="{path}"' in page
    assert visitor.get(f"/enterprise/{ID}/duty/O31-2/once:2020").status_code == 200
    assert "2020-06-29前公开，未见，得0" in page and "f-public" in page
    # Two months with a total make a line.
    assert "<polyline" in page and "2021-02" in page and "2021-03" in page


def test_the_lines_in_the_api_add_up(visitor: FlaskClient) -> None:
    score = visitor.get(f"/api/v1/enterprises/{ID}/score").get_json()
    assert sum(line["earned"] for line in score["lines"]) == pytest.approx(score["total"], abs=0.02)
    assert (score["due"], score["observed"], score["observable"], score["month"]) == (5, 5, 1.0, MONTH)
    assert {head["key"] for head in score["heads"]} == {"T", "P", "C", "A"}
    # .95 of one S2; the S4 that nobody confirmed is for staff.
    assert score["heads"][3]["value"] == 95
    months = visitor.get(f"/api/v1/enterprises/{ID}/score/months").get_json()["rows"]
    assert [row["month"] for row in months] == ["2021-03", "2021-02"] and "lines" not in months[0]


def test_a_ranking_goes_on_where_it_ended(visitor: FlaskClient) -> None:
    first = visitor.get("/api/v1/scores?size=1").get_json()
    assert first["total"] == 1 and first["rows"][0]["subject"] == ID and first["month"] == MONTH
    second = visitor.get(f"/api/v1/scores?size=1&after={first['next']}").get_json()
    assert second["rows"] == [] and second["next"] is None
    assert visitor.get("/api/v1/scores?kind=authority").get_json()["rows"][0]["rubric"] == "authority"
    assert visitor.get("/api/v1/scores?kind=authority&rubric=ours").status_code == 404
    assert visitor.get("/api/v1/scores?month=21").status_code == 422


def test_the_authority_stands_beside_its_region(visitor: FlaskClient) -> None:
    page = text(visitor, "/scores")
    assert "/scores/authority/a-31" in page and "主管部门 G（另列）" in page
    # T (1 + 0) / 2 of 50; C fields 1, periods 1/2: (.5 + .15) / .8 = 81.25: 65.6.
    assert re.search(r"/scores/authority/a-31[^>]*>65\.6<", page)
    alone = text(visitor, "/scores/authority/a-31")
    assert "某市生态环境局" in alone and "65.6" in alone and "GOV-2" in alone


def test_what_cannot_be_ranked_says_why(visitor: FlaskClient, scored: Site) -> None:
    page = text(visitor, "/scores?rubric=yardsticks")
    assert "数据不足：有数据的项目权数不足 70%" in page
    nobody = text(visitor, f"/enterprise/{OTHER}/score")
    assert "近一年没有到期的可评事项" in nobody


def test_staff_see_both(clerk: FlaskClient) -> None:
    page = text(clerk, f"/review/enterprise/{ID}/score")
    assert "f-secret" in page and "O31-5" in page and "公众看到的总分" in page
    public = text(clerk, f"/enterprise/{ID}/score")
    assert "f-secret" not in public and "O31-5" not in public
    assert "工作人员评分" in text(clerk, "/review/scores") and ID in text(clerk, "/review/scores/enterprises?region=31")


def test_an_objection_is_recorded_and_takes_effect(clerk: FlaskClient, scored: Site) -> None:
    path = f"/review/enterprise/{ID}/score"
    short = clerk.post(path, data={"csrf_token": token(clerk, path), "text": "不"})
    assert short.status_code == 422 and "异议内容须 5 至 2000 字" in short.text
    sent = clerk.post(path, data={"csrf_token": token(clerk, path), "text": "事项所用期限有误"})
    assert sent.status_code == 303 and "异议已记录" in text(clerk, path)
    scoring.score(scored.store, scored.settings.indexer)
    assert "2021-03-01 提出异议：2021-03-16 前公开名次暂停变动" in text(clerk, f"/enterprise/{ID}/score")
    place = "/review/scores/province/31"
    assert clerk.post(place, data={"csrf_token": token(clerk, place), "text": "统计口径有误"}).status_code == 303


def test_an_officer_of_another_region_records_none(scored: Site, today: None) -> None:
    other = logged_in(scored.app, "elsewhere", region="32")
    path = f"/review/enterprise/{ID}/score"
    assert "不能登记异议" in text(other, path)
    own = re.search(r'name="csrf_token" value="([^"]+)"', text(other, path))
    assert own is not None
    assert other.post(path, data={"csrf_token": own[1], "text": "统计口径有误"}).status_code == 403


@pytest.mark.parametrize(
    "path",
    [f"/enterprise/{ID}/score?rubric=eval", f"/enterprise/{ID}/score?month=1999-01", "/scores/province/99",
     "/enterprise/e-none/score", "/scores?month=x", "/scores/authority/none", "/api/v1/scores/city/none"],
)  # fmt: skip
def test_what_is_not_there_is_said(visitor: FlaskClient, path: str) -> None:
    assert visitor.get(path).status_code == 404


def test_pages_without_scores_say_so(client: FlaskClient) -> None:
    for path in ("/scores", "/scores/enterprises", f"/enterprise/{ID}/score"):
        assert "评分" in text(client, path)
    assert client.get("/api/v1/scores").get_json() == {"total": 0, "rows": [], "next": None, "month": None}


def test_english_pages_have_no_chinese_of_the_site(visitor: FlaskClient) -> None:
    visitor.get("/language/en?next=/scores")
    page: Any = text(visitor, "/scores")
    assert "Observable, V" in page and "Authority G (apart)" in page
