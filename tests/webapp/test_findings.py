"""Findings on pages, in the API and as a file: who sees which, what stands behind them, and decisions on them."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from indexer.register.decisions import Decision
from indexer.register.documents import Finding
from tests.webapp import samples
from tests.webapp.conftest import Site, logged_in, token
from tests.webapp.sample_findings import a_finding
from tests.webapp.samples import ID
from tests.webapp.test_staff import services
from webapp.findingview import is_public, key

LIST = "/review/findings"
ONE = f"{LIST}/f-STA-02"
DUTY = f"/enterprise/{ID}/duty/O31-2/once:2020"


def told(rule: str) -> str:
    """The words of a sample."""
    return f"{rule}的算式"


@pytest.mark.parametrize("path", [LIST, f"{LIST}.csv", ONE])
def test_only_staff_open_the_list(client: FlaskClient, officer: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Location"].startswith("/login?next=")
    answer = officer.get(path)
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"


def test_the_public_sees_open_findings_that_are_for_it(client: FlaskClient) -> None:
    for path in (f"/enterprise/{ID}", f"/api/v1/enterprises/{ID}/findings"):
        text = client.get(path).text
        assert told("MIS-01") in text, path
        for rule in ("INC-02", "STA-02", "LAT-01", "STA-06", "CON-14"):
            assert told(rule) not in text, (path, rule)
    (row,) = client.get(f"/api/v1/enterprises/{ID}/findings").get_json()["rows"]
    assert (row["rule"], row["severity"], row["since"]) == ("MIS-01", "S4", "2021-02-01")
    assert row["captures"][0]["digest"].startswith("sha256:") and "audience" not in row


def test_staff_see_all_that_is_open_on_the_enterprise(officer: FlaskClient) -> None:
    page = officer.get(f"/review/enterprise/{ID}").text
    assert all(told(rule) in page for rule in ("MIS-01", "INC-02", "STA-02", "LAT-01")) and told("STA-06") not in page
    assert "确认后公开" in page and "认定为误报" in page


def test_a_duty_page_tells_what_its_own_row_does_not(client: FlaskClient, officer: FlaskClient) -> None:
    page = officer.get(f"/review{DUTY}").text
    assert told("STA-02") in page and "关于这一事项的其他线索" in page
    assert told("MIS-01") not in page, "that one comes with the state"
    assert told("STA-02") not in client.get(DUTY).text


@pytest.mark.parametrize(("asked", "rules"), [
    ("", {"MIS-01", "INC-02", "STA-02", "LAT-01"}), ("?state=closed", {"STA-06"}), ("?rule=STA-02", {"STA-02"}),
    ("?state=all", {"MIS-01", "INC-02", "STA-02", "LAT-01", "STA-06"}), ("?group=late", {"LAT-01"}),
    ("?severity=S4", {"MIS-01"}), ("?decision=false_alarm", {"LAT-01"}), ("?region=32", {"CON-14"}),
    ("?region=all&rule=CON-14", {"CON-14"}), ("?confidence=low", set()),
])  # fmt: skip
def test_the_list_is_narrowed(officer: FlaskClient, asked: str, rules: set[str]) -> None:
    page, file = officer.get(LIST + asked).text, officer.get(f"{LIST}.csv{asked}").text
    everything = {"MIS-01", "INC-02", "STA-02", "LAT-01", "STA-06", "CON-14"}
    assert {rule for rule in everything if told(rule) in page} == rules
    assert {rule for rule in everything if told(rule) in file} == rules


def test_a_finding_s_page_leads_to_the_captures_of_both_sides(officer: FlaskClient) -> None:
    page = officer.get(ONE).text
    assert page.count("/review/evidence/") >= 2 and "2021-02-01 – 至今" in page and "STA-02" in page
    assert officer.get(f"{LIST}/f-none").status_code == 404


def test_a_decision_on_a_finding_is_kept_under_its_own_name(fresh: Site) -> None:
    client = logged_in(fresh.app, "officer", region="31")
    form = {"kind": "confirmed", "text": "已核对两年报告原件。", "csrf_token": token(client, ONE)}
    assert client.post(ONE, data={**form, "kind": "exempt"}).status_code == 422
    assert client.post(ONE, data={**form, "text": ""}).status_code == 422
    assert client.post(ONE, data=form).status_code == 303
    with services(fresh).session() as session:
        (row,) = session.scalars(select(Decision))
    assert (row.kind, row.duty, row.source) == ("confirmed", "STA-02@O31-2|once:2020", samples.SOURCE)


def test_nobody_decides_outside_the_own_region(officer: FlaskClient) -> None:
    path = f"{LIST}/f-other"
    assert "不在您的区域内" in officer.get(path).text
    form = {"kind": "note", "text": "不是本区域的企业", "csrf_token": token(officer, ONE)}
    assert officer.post(path, data=form).status_code == 403


@pytest.mark.parametrize(("more", "public"), [
    ({"audience": "public"}, True), ({"audience": "public", "confidence": "medium"}, False),
    ({"audience": "public", "law_seen": False}, False), ({"audience": "public", "decision_kind": "false_alarm"}, False),
    ({"audience": "public", "state": "closed"}, False), ({"audience": "staff", "decision_kind": "confirmed"}, False),
    ({}, False), ({"decision_kind": "confirmed", "confidence": "medium"}, True),
    ({"decision_kind": "confirmed", "law_seen": False}, False),
])  # fmt: skip
def test_one_document_and_the_index_are_asked_alike(site: Site, more: dict[str, str], public: bool) -> None:
    finding: Finding = a_finding(**more)  # type: ignore[arg-type]
    assert is_public(finding) == public and key(finding) == "STA-02@O31-2|once:2020"
