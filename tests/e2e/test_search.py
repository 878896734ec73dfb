"""The search in a browser: a mistyped name, facets in the address, a past day, a list; with and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

BOX = "企业名称、曾用名、信用代码、许可证编号、地区或污染物"
pytestmark = pytest.mark.browser


def search(page: Page, text: str) -> None:
    page.goto("/")
    page.get_by_label(BOX).fill(text)
    page.get_by_role("button", name="查找").click()


def past_day(page: Page) -> None:
    """From today's page to a day before the second version was seen, and back."""
    page.goto("/search?q=金山")
    page.get_by_text("看过去某一天").click()
    page.get_by_label("日期").fill("2020-06-01")
    page.get_by_role("button", name="查看这一天").click()
    expect(page).to_have_url(re.compile("q=.*known_at=2020-06-01"))
    expect(page.get_by_role("status")).to_contain_text("截至 2020-06-01 所知")
    page.get_by_role("link", name="上海金山化工有限公司").click()
    expect(page).to_have_url(re.compile("known_at=2020-06-01"))
    page.get_by_role("link", name=re.compile("全部内容与各个版本.*基础信息")).click()
    expect(page.locator("main")).to_contain_text("年产 3 万吨")
    expect(page.locator("main")).not_to_contain_text("年产 5 万吨")
    page.get_by_role("link", name="回到今天").click()
    expect(page.locator("main")).to_contain_text("年产 5 万吨")


def look_up(page: Page) -> None:
    """A list pasted, answered in a table, its first line followed."""
    page.goto("/")
    page.get_by_role("link", name="有一份名单？批量查对").click()
    page.get_by_label(re.compile("^名单，每行一家")).fill(
        "上海金山化工有限公司\n上海金三化工有限公司\n没有这样的单位名称啊"
    )
    page.get_by_role("button", name="查对", exact=True).click()
    expect(page.locator("#answers")).to_contain_text("3 行的结果")
    expect(page.locator("tbody tr").nth(1)).to_contain_text("只是相近，请核对")
    page.locator("tbody").get_by_role("link", name="上海金山化工有限公司").first.click()
    expect(page.locator("h1")).to_contain_text("上海金山化工有限公司")


def test_a_mistyped_name_is_offered_as_it_is_written(wide: Page) -> None:
    search(wide, "上海金三化工有限公司")
    expect(wide.get_by_role("status")).to_contain_text("您是不是要找")
    wide.get_by_role("status").get_by_role("link", name="上海金山化工有限公司").click()
    expect(wide.locator("h1")).to_contain_text("上海金山化工有限公司")


def test_facets_and_order_are_in_the_address(wide: Page) -> None:
    wide.goto("/search")
    wide.locator("aside").get_by_role("link", name="江苏省").click()
    wide.get_by_role("link", name="名称", exact=True).click()
    expect(wide).to_have_url(re.compile("region=32.*sort=name|sort=name.*region=32"))
    expect(wide.locator("#found")).to_contain_text("1 家企业")
    with wide.expect_download() as download:
        wide.get_by_role("link", name="CSV").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert "苏州精细铸造" in text and "上海金山" not in text


def test_a_past_day_is_carried_along(wide: Page) -> None:
    past_day(wide)


def test_a_past_day_without_any_script(scriptless: Page) -> None:
    past_day(scriptless)


def test_a_list_is_looked_up(wide: Page) -> None:
    look_up(wide)


def test_a_list_is_looked_up_on_a_phone(phone: Page) -> None:
    look_up(phone)


def test_what_was_disclosed_is_searched(scriptless: Page) -> None:
    scriptless.goto("/search?q=基础信息")
    scriptless.get_by_label("查什么").get_by_role("link", name="公开内容").click()
    expect(scriptless.locator("#found")).to_contain_text("2 条公开内容")


def test_the_tabs_say_where_one_is(wide: Page) -> None:
    for path, name in (("/search", "企业"), ("/search/disclosures", "公开内容"), ("/lookup", "批量查对")):
        wide.goto(path)
        expect(wide.get_by_label("查什么").locator("[aria-current=page]")).to_have_text(name)
