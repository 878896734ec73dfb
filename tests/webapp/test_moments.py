"""A past day on every read: what was known by its end, what was public on it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.webapp.samples import ID


def test_an_enterprise_not_yet_known_is_not_there(client: FlaskClient) -> None:
    assert client.get(f"/enterprise/{ID}?known_at=2020-04-01").status_code == 404
    assert client.get(f"/enterprise/{ID}?known_at=2020-04-02").status_code == 200
    assert client.get("/search?q=金山化工&known_at=2020-04-01").text.count('<h3><a href="/enterprise/') == 0
    assert client.get("/search?q=金山化工&known_at=2020-04-02").text.count('<h3><a href="/enterprise/') == 1


def test_the_page_says_which_day_it_shows_and_its_links_keep_it(client: FlaskClient) -> None:
    page = client.get(f"/enterprise/{ID}?known_at=2020-06-01").text
    assert "截至 2020-06-01 所知" in page and "回到今天" in page
    assert f"/enterprise/{ID}/disclosures?kind=profile&amp;known_at=2020-06-01" in page
    today = client.get(f"/enterprise/{ID}").text
    assert "不是今天的情况" not in today and "known_at=2020" not in today


def test_versions_are_those_seen_by_then_and_those_public_then(client: FlaskClient) -> None:
    path = f"/enterprise/{ID}/disclosures?kind=profile"
    assert "年产 5 万吨" not in client.get(f"{path}&known_at=2020-06-01").text
    both = client.get(f"{path}&known_at=2020-09-01").text
    assert "年产 5 万吨" in both and "年产 3 万吨" in both
    later = client.get(f"{path}&public_on=2020-09-01").text
    assert "年产 5 万吨" in later and "年产 3 万吨" not in later
    before = client.get(f"{path}&public_on=2020-06-01").text
    assert "年产 5 万吨" not in before and "年产 3 万吨" in before


def test_the_control_s_form_becomes_a_lasting_address(client: FlaskClient) -> None:
    answer = client.get("/search?q=金山&day=2020-06-01&how=public_on")
    assert answer.status_code == 302 and "public_on=2020-06-01" in answer.headers["Location"]
    assert "day=" not in answer.headers["Location"]


@pytest.mark.parametrize("query", ["known_at=x", "known_at=2031-01-01", "known_at=2020-06-01&state=late", "year=abc"])
def test_what_cannot_be_answered_is_said(client: FlaskClient, query: str) -> None:
    assert client.get(f"/search?{query}").status_code == 400


def test_duties_of_a_past_day_are_judged_from_what_was_known_then(client: FlaskClient) -> None:
    now = client.get(f"/api/v1/enterprises/{ID}/duties").get_json()["rows"]
    then = client.get(f"/api/v1/enterprises/{ID}/duties?known_at=2020-05-01").get_json()["rows"]
    assert {row["as_of"] for row in now} == {"2021-03-01"} and {row["as_of"] for row in then} == {"2020-05-01"}
    assert {row["state"] for row in then if row["obligation"] == "O31-2"} == {"not_due"}


def test_files_and_the_api_take_the_day_too(client: FlaskClient) -> None:
    assert "金山" not in client.get("/search.csv?known_at=2020-04-01").text
    assert "金山" in client.get("/search.jsonl?known_at=2020-04-02").text
    rows = client.get(f"/api/v1/enterprises/{ID}/disclosures?public_on=2020-06-01").get_json()["rows"]
    assert [row["id"] for row in rows] == ["d-0000000000000001"]
    assert client.get(f"/api/v1/enterprises/{ID}?known_at=2020-04-01").status_code == 404
