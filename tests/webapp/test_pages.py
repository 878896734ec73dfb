"""Every public page over a filled store: what it says, and what it must not say."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.webapp import samples
from tests.webapp.conftest import Site
from tests.webapp.samples import ID, OTHER, PAGES
from webapp import create_app


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_and_without_inline_script_or_style(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.text.count("<main") == answer.text.count("</main>") == 1
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", answer.text)
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", PAGES)
def test_no_public_page_shows_what_only_staff_may_see(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    for secret in (
        "欧阳保密",
        "13800138000",
        "王小明",
        "其他应当公开的环境信息",
        "把握不高的线索",
        "没写的运行情况",
        "应急预案</th>",
    ):
        assert secret not in page


def test_an_enterprise_shows_duties_with_state_in_words_due_day_and_proof(client: FlaskClient) -> None:
    page = client.get(f"/enterprise/{ID}").text
    assert "在已查渠道未见" in page and "2020-06-29" in page and "线索，非结论" in page
    assert "未公开" not in page
    assert f"/enterprise/{ID}/duty/O31-2/once:2020" in page
    assert "年产 5 万吨" not in page and "全部内容与各个版本" in page
    assert "水环境重点排污单位" in page and "上海金山石化厂" in page


def test_a_duty_shows_who_looked_when_and_how_the_day_came_about(client: FlaskClient) -> None:
    page = client.get(f"/enterprise/{ID}/duty/O31-2/once:2020").text
    assert "名录 2020-03-31 公布，次日起九十日。" in page and "2020-07-10、2020-08-11、2020-09-12" in page
    assert "被对方拦截" in page and "blocked: challenge page" in page
    assert "整个清单：1,101 行" in page.replace("1101", "1,101")


def test_with_every_lawful_channel_watched_missing_is_said_plainly(fresh: Site) -> None:
    fresh.store.bulk("duties", [samples.duty(all_lawful_watched=True)])
    fresh.store.refresh("duties")
    page = fresh.app.test_client().get(f"/enterprise/{ID}/duty/O31-2/once:2020").text
    assert "未公开" in page and "在已查渠道未见" not in page


@pytest.mark.parametrize(
    "path",
    [
        f"/enterprise/{ID}/duty/O31-6/once:2020",
        f"/enterprise/{ID}/duty/O31-5/once:2020",
        "/enterprise/e-none",
        "/sources/none",
        "/none",
    ],
)
def test_what_is_not_there_or_not_public_is_a_404_page(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404 and "没有这个页面" in answer.text


def test_an_old_id_leads_to_the_present_enterprise_for_ever(client: FlaskClient) -> None:
    answer = client.get("/enterprise/e-00000000000000ff")
    assert answer.status_code == 301 and answer.headers["Location"] == f"/enterprise/{OTHER}"


def test_versions_of_a_disclosure_stand_together_newest_first(client: FlaskClient) -> None:
    page = client.get(f"/enterprise/{ID}/disclosures?kind=profile").text
    assert page.index("年产 5 万吨") != page.index("年产 3 万吨") and page.count('<article class="thing">') == 1
    assert "第 2 版" in page and "第 1 版" in page


def test_values_are_drawn_against_the_limit_with_the_same_numbers_in_a_table(client: FlaskClient) -> None:
    page = client.get(f"/enterprise/{ID}/monitoring?pollutant=化学需氧量&outlet=DW001&averaging=1h&unit=mg/L").text
    assert page.count('class="over" d=') == 1 and 'polyline class="limit"' in page
    assert "71.2" in page and "&lt;4" in page and page.count("<tr") == 6


def test_an_error_below_suggest_is_json_of_one_shape(client: FlaskClient) -> None:
    answer = client.get("/none.json")
    assert answer.status_code == 404 and set(answer.get_json()["error"]) == {"status", "title", "detail", "todo"}


@pytest.mark.parametrize("path", PAGES)
def test_the_demonstration_says_on_each_page_that_its_data_are_examples(site: Site, path: str) -> None:
    inner = replace(site.settings.indexer, demo=True)
    demo = create_app(replace(site.settings, indexer=inner), site.store).test_client()
    assert "示例数据" in demo.get(path).text and '<p class="demo"' not in site.app.test_client().get(path).text
    assert demo.get("/gaps.csv").text.splitlines()[1].startswith("示例数据,")
