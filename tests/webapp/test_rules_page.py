"""The pages on the rules: which can fire where, and the rows that nobody has read."""

from __future__ import annotations

import json

from flask.testing import FlaskClient

from tests.webapp.conftest import Site


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
