"""The pages on the rules: which can fire where, and the rows that nobody has read."""

from __future__ import annotations

import hashlib
import io
import json

from flask.testing import FlaskClient

from indexer import lawbook
from tests.webapp.conftest import Site, logged_in, token


def test_the_public_page_tells_public_rules_alone(site: Site, client: FlaskClient) -> None:
    page = client.get("/rules").text
    assert "规则能否判断" in page and "O24-Y" in page and "待核对</span>" not in page and "O31-7" not in page
    assert "没有启用的来源" in page


def test_staff_see_rules_on_unread_law_so_marked(site: Site, officer: FlaskClient) -> None:
    page = officer.get("/review/rules?region=all").text
    assert "O31-7" in page and "待核对</span>" in page and "仅工作人员可见" in page


def test_a_source_that_is_enabled_stands_beside_what_it_yields(fresh: Site) -> None:
    definition = {
        "name": "eid", "title": "某市披露系统", "channel": "eid_system",
        "covers": [{"kinds": ["annual_report"], "classes": ["EL"], "regions": ["31"]}], "fields": {},
    }  # fmt: skip
    folder = fresh.settings.indexer.sources
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "eid.json").write_text(json.dumps(definition, ensure_ascii=False), encoding="utf-8")
    page = fresh.app.test_client().get("/rules?region=31").text
    row = page[page.index("O24-Y") :][:2500]
    assert "某市披露系统" in row and "尚无有效查看" in row
    assert "某市披露系统" not in fresh.app.test_client().get("/rules?region=33").text


def test_rows_that_nobody_has_read_are_for_staff(client: FlaskClient, officer: FlaskClient) -> None:
    assert client.get("/review/rules/unread").status_code == 302
    page = officer.get("/review/rules/unread").text
    assert "O31-7" in page and "尚未附上" in page and "与随程序提供的规则相同" in page


def test_two_people_read_a_row_on_its_page(fresh: Site) -> None:
    one, other = (logged_in(fresh.app, name, role="legal") for name in ("zhang", "li"))
    officer = logged_in(fresh.app, "wang", region="31")
    path = "/review/rules/unread/O31-7"
    assert "先附上正式文本" in one.get(path).text and one.get(f"{path}/text").status_code == 404
    nothing = one.post(f"{path}/text", data={"cite": "公报", "csrf_token": token(one, path)})
    assert nothing.status_code == 422 and "请选择文件" in nothing.text and "出处须" in nothing.text
    text = "第九条".encode()
    given = {"file": (io.BytesIO(text), "办法.txt"), "cite": "环境保护部令第31号", "csrf_token": token(one, path)}
    assert one.post(f"{path}/text", data=given).status_code == 303
    assert hashlib.sha256(text).hexdigest() in one.get(path).text and one.get(f"{path}/text").data == text
    assert officer.post(f"{path}/sign", data={"same": "y", "csrf_token": token(officer, path)}).status_code == 403
    assert one.post(f"{path}/sign", data={"csrf_token": token(one, path)}).status_code == 422
    assert one.post(f"{path}/sign", data={"same": "y", "csrf_token": token(one, path)}).status_code == 303
    assert "您已签署" in one.get(path).text
    again = {"same": "y", "csrf_token": one.get(path).text.split('value="')[1].split('"')[0]}
    assert one.post(f"{path}/sign", data=again).status_code in (400, 409)
    before = lawbook.current(fresh.settings.indexer).version
    assert other.post(f"{path}/sign", data={"same": "y", "csrf_token": token(other, path)}).status_code == 303
    assert lawbook.current(fresh.settings.indexer).version != before
    page = other.get("/review/rules/unread").text
    assert "O31-7 由 zhang、li 核对" in page and other.get(path).status_code == 404
