"""The API: what it answers, what it never tells, how it goes wrong."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.webapp.conftest import Site
from tests.webapp.samples import ID, OTHER
from webapp import create_app

API = "/api/v1"
PATHS = [
    "/enterprises?facets=true",
    "/enterprises?q=金山&sort=name",
    f"/enterprises/{ID}",
    f"/enterprises/{ID}/disclosures",
    f"/enterprises/{ID}/duties",
    f"/enterprises/{ID}/findings",
    f"/enterprises/{ID}/measurements?pollutant=化学需氧量&outlet=DW001&averaging=1h&unit=mg/L",
    "/disclosures?q=基础信息",
    "/suggest?q=上海金",
    "/openapi.json",
]


def get(client: FlaskClient, path: str) -> Any:
    answer = client.get(API + path)
    assert answer.status_code == 200, answer.text
    return answer.get_json()


@pytest.mark.parametrize("path", PATHS)
def test_nothing_for_staff_leaves(client: FlaskClient, path: str) -> None:
    text = client.get(API + path).text
    assert client.get(API + path).status_code == 200, text
    for secret in ("欧阳保密", "legal_rep", "13800138000", "王小明", "staff", "把握不高的线索", "其他应当公开"):
        assert secret not in text, secret


def test_a_search_answers_rows_total_and_facets(client: FlaskClient) -> None:
    body = get(client, "/enterprises?q=金山&facets=true")
    assert body["total"] == 1 and body["rows"][0]["id"] == ID and not body["near"] and body["next"] is None
    assert {"value": "31", "count": 1} in body["facets"]["region"]
    assert get(client, "/enterprises?q=上海金三化工有限公司")["near"] is True


def test_a_list_goes_on_where_it_ended(client: FlaskClient) -> None:
    first = get(client, "/enterprises?size=1&sort=name")
    second = get(client, f"/enterprises?size=1&sort=name&after={first['next']}")
    assert {first["rows"][0]["id"], second["rows"][0]["id"]} == {ID, OTHER}
    third = get(client, f"/enterprises?size=1&sort=name&after={second['next']}")
    assert third["rows"] == [] and third["next"] is None


def test_duties_are_those_of_the_public(client: FlaskClient) -> None:
    rows = {row["obligation"]: row for row in get(client, f"/enterprises/{ID}/duties")["rows"]}
    assert set(rows) == {"O31-1", "O31-2", "O31-3"} and rows["O31-2"]["words"] == "在已查渠道未见"
    assert rows["O31-3"]["state"] == "disclosed" and rows["O31-3"]["missing_fields"] == []


def test_versions_and_values_come_with_their_proof(client: FlaskClient) -> None:
    body = get(client, f"/enterprises/{ID}/disclosures")
    assert body["total"] == 2 and body["rows"][0]["capture"]["digest"].startswith("sha256:")
    assert body["rows"][0]["fields"]["企业名称"] and body["rows"][0]["seen"][0]["from"]
    values = get(client, f"/enterprises/{ID}/measurements?pollutant=化学需氧量&outlet=DW001&averaging=1h&unit=mg/L")
    assert values["total"] == 5 and {row["revision"] for row in values["rows"]} == {1}


def test_a_list_is_looked_up(client: FlaskClient) -> None:
    answer = client.post(f"{API}/lookup", json={"lines": ["上海金山化工有限公司", "", "没有这样的单位名称啊"]})
    assert [(row["line"], row["doubt"]) for row in answer.get_json()["rows"]] == [(1, "none"), (3, "not_found")]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/enterprises/e-none", 404),
        ("/enterprises/e-none/duties", 404),
        ("/enterprises?size=100000", 422),
        ("/enterprises?sort=x", 422),
        ("/enterprises?after=nonsense", 400),
        ("/enterprises?after=WzFd", 400),
        ("/enterprises?known_at=2021-02-30", 400),
        ("/enterprises?known_at=2031-02-03", 400),
        ("/enterprises?known_at=2020-06-01&public_on=2020-06-01", 400),
        ("/enterprises?known_at=2020-06-01&state=late", 400),
        (f"/enterprises/{ID}/measurements", 422),
        ("/nothing", 404),
    ],
)
def test_what_is_wrong_is_said_in_one_shape(client: FlaskClient, path: str, status: int) -> None:
    answer = client.get(API + path)
    assert answer.status_code == status, answer.text
    error = answer.get_json()["error"]
    assert set(error) == {"status", "title", "detail", "todo"} and error["status"] == status and error["detail"]


def test_wrong_arguments_are_named(client: FlaskClient) -> None:
    assert "size" in client.get(f"{API}/enterprises?size=0").get_json()["error"]["detail"]
    answer = client.post(f"{API}/lookup", json={})
    assert answer.status_code == 422 and "lines" in answer.get_json()["error"]["detail"]


def test_the_document_names_every_path_and_no_field_of_the_staff(client: FlaskClient) -> None:
    document = get(client, "/openapi.json")
    paths = set(document["paths"])
    rules = client.application.url_map.iter_rules()
    served = {re.sub(r"<(?:.*?:)?(\w+)>", r"{\1}", rule.rule) for rule in rules if rule.rule.startswith(f"{API}/")}
    assert served - {f"{API}/openapi.json"} == paths
    assert "name" in document["components"]["schemas"]["RowOut"]["properties"]


def test_look_ups_are_limited(site: Site) -> None:
    app = create_app(replace(site.settings, lookup_limit="2 per minute"), site.store)
    client = app.test_client()
    codes = [client.post(f"{API}/lookup", json={"lines": ["甲厂"]}).status_code for _ in range(3)]
    assert codes == [200, 200, 429]


def test_an_old_id_leads_to_the_present_one(client: FlaskClient) -> None:
    answer = client.get(f"{API}/enterprises/e-00000000000000ff")
    assert answer.status_code == 301 and answer.headers["Location"].endswith(f"/enterprises/{OTHER}")
