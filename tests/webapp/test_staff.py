"""Who may do what: guards, form tokens, limits, accounts, decisions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from indexer.register.decisions import Decision
from tests.webapp.conftest import PASSWORD, Site, logged_in, token
from tests.webapp.samples import ID, OTHER
from webapp import create_app
from webapp.accounts import store
from webapp.services import EXTENSION, Services

DUTY = f"/review/enterprise/{ID}/duty/O31-2/once:2020"
GUARDED = [
    "/review/",
    "/review/search",
    "/review/gaps.csv",
    f"/review/enterprise/{ID}",
    f"/review/enterprise/{ID}/disclosures",
    DUTY,
    "/operations",
]


def services(site: Site) -> Services:
    found: Services = site.app.extensions[EXTENSION]
    return found


@pytest.mark.parametrize("path", GUARDED)
def test_the_public_is_sent_to_the_log_in(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302 and answer.headers["Location"].startswith("/login?next=")


@pytest.mark.parametrize("path", GUARDED)
def test_staff_see_these_pages_and_no_cache_keeps_them(officer: FlaskClient, path: str) -> None:
    answer = officer.get(path)
    assert answer.status_code == 200
    assert path == "/operations" or answer.headers["Cache-Control"] == "no-store"


def test_the_desk_shows_the_officers_region_with_rows_for_staff(officer: FlaskClient) -> None:
    page = officer.get("/review/").text
    assert "其他应当公开的环境信息" in page and "仅工作人员可见" in page and "没写的运行情况" in page
    assert "苏州精细铸造" not in page and "苏州精细铸造" in officer.get("/review/?region=all").text


def test_the_enterprise_page_for_staff_shows_full_states_and_contacts(officer: FlaskClient) -> None:
    page = officer.get(f"/review/enterprise/{ID}").text
    assert "内容不全" in page and "欧阳保密" in page and "待核对" in officer.get(DUTY.replace("O31-2", "O31-5")).text
    assert "13800138000" in officer.get(f"/review/enterprise/{ID}/disclosures").text


def test_only_staff_find_an_enterprise_by_a_persons_whole_name(client: FlaskClient, officer: FlaskClient) -> None:
    for path in ("/search?q=欧阳保密", "/review/search?q=欧阳保", "/search/disclosures?q=欧阳保密"):
        assert "上海金山化工有限公司</a>" not in officer.get(path).text, path
    assert "0 家企业" in client.get("/search?q=欧阳保密").text
    assert "2 家企业" in officer.get("/review/search?q=欧阳保密").text


@pytest.mark.parametrize("path", ["/login", "/logout", DUTY])
def test_no_form_is_taken_without_its_token(officer: FlaskClient, path: str) -> None:
    answer = officer.post(
        path, data={"username": "officer", "password": PASSWORD, "kind": "note", "text": "没有令牌的备注"}
    )
    assert answer.status_code == 400


def test_a_wrong_password_says_no_more_than_that(site: Site) -> None:
    client = site.app.test_client()
    logged_in(site.app, "known")
    answers = [
        client.post(
            "/login", data={"username": name, "password": "wrong password", "csrf_token": token(client, "/login")}
        )
        for name in ("known", "unknown")
    ]
    bodies = [answer.text.split("<main")[1].split("value=")[0] for answer in answers]
    assert [answer.status_code for answer in answers] == [401, 401] and bodies[0] == bodies[1]


def test_attempts_to_log_in_are_limited(site: Site) -> None:
    client = create_app(replace(site.settings, login_limit="3 per minute"), site.store).test_client()
    codes = [client.post("/login", data={"csrf_token": token(client, "/login")}).status_code for _ in range(4)]
    assert codes == [401, 401, 401, 429]


def test_requests_are_limited_with_a_page_that_says_what_to_do(site: Site) -> None:
    client = create_app(replace(site.settings, rate_limit="2 per minute"), site.store).test_client()
    answers = [client.get("/about") for _ in range(3)]
    assert [a.status_code for a in answers] == [200, 200, 429] and "稍候一分钟" in answers[2].text
    assert client.get("/healthz").status_code == 200 and client.get("/static/site.css").status_code == 200


def test_a_switched_off_account_is_out_at_once(site: Site) -> None:
    client = logged_in(site.app, "leaving")
    with services(site).session() as session:
        store.set_active(session, "leaving", False)
        session.commit()
    assert client.get("/review/").status_code == 302


def test_logging_out_ends_the_session(site: Site) -> None:
    client = logged_in(site.app, "gone")
    assert client.post("/logout", data={"csrf_token": token(client, DUTY)}).status_code == 302
    assert client.get("/review/").status_code == 302


@pytest.mark.parametrize(
    "data, words",
    [
        ({"kind": "confirmed", "text": ""}, "请写明理由"),
        ({"kind": "confirmed", "text": "短"}, "5 至 2000"),
        ({"kind": "exempt", "text": "停产一年，已核实"}, "须填写今天或以后的截止日"),
        ({"kind": "exempt", "text": "停产一年，已核实", "until": "2020-01-01"}, "须填写今天或以后的截止日"),
        ({"kind": "note", "text": "电话核实过", "until": "2030-01-01"}, "只有认定免于公开才有截止日"),
    ],
)
def test_a_decision_needs_its_reason_and_an_exemption_its_end(
    site: Site, officer: FlaskClient, data: dict[str, str], words: str
) -> None:
    answer = officer.post(DUTY, data={**data, "csrf_token": token(officer, DUTY)})
    assert answer.status_code == 422 and words in answer.text
    with services(site).session() as session:
        assert session.scalars(select(Decision)).all() == []


def test_an_officer_decides_only_in_the_own_region(site: Site, officer: FlaskClient) -> None:
    path = f"/review/enterprise/{OTHER}/duty/O31-2/once:2019"
    form = {"kind": "confirmed", "text": "现场核实过", "csrf_token": token(officer, DUTY)}
    assert "不在您的区域内" in officer.get(path).text
    assert officer.post(path, data=form).status_code == 403


def test_a_decision_is_kept_signed_and_shown_as_a_dated_note(fresh: Site) -> None:
    officer = logged_in(fresh.app, "officer", region="31")
    form = {"kind": "exempt", "text": "停产一年，已现场核实", "until": "2021-12-31", "csrf_token": token(officer, DUTY)}
    assert officer.post(DUTY, data=form).status_code == 303
    with services(fresh).session() as session:
        kept = session.scalars(select(Decision)).one()
    assert (kept.kind, kept.duty, kept.author, kept.identity_key) == (
        "exempt",
        "O31-2|once:2020",
        "officer",
        "sample-platform|7",
    )


def test_notes_and_names_stay_with_the_staff(site: Site, today: None, fresh: Site) -> None:
    from indexer.register.decisions import record

    with services(fresh).session() as session:
        for kind, text in (("confirmed", "现场核实属实 13800138000"), ("note", "内部备注一则")):
            record(session, kind, "sample-platform", "7", author="officer-x", text=text, duty="O31-2|once:2020")
        session.commit()
    public = fresh.app.test_client().get(f"/enterprise/{ID}").text
    assert (
        "现场核实属实" in public
        and "2021-03-01" in public
        and "13800138000" not in public
        and "内部备注一则" not in public
        and "officer-x" not in public
    )
    staff = logged_in(fresh.app, "other").get(f"/review/enterprise/{ID}").text
    assert "内部备注一则" in staff and "officer-x" in staff
