"""A visitor: from the search box to the archived page; on a phone; without scripts; with the keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.webapp.samples import PAGES

BOX = "企业名称、曾用名、信用代码、许可证编号、地区或污染物"
pytestmark = pytest.mark.browser


def walk_to_the_evidence(page: Page) -> None:
    """Search → enterprise → proof, then back → disclosure → archived page."""
    page.goto("/")
    page.get_by_label(BOX).fill("金山化工")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name="上海金山化工有限公司").click()
    expect(page.locator("#duties")).to_contain_text("在已查渠道未见")
    page.get_by_role("link", name=re.compile("由来与查看经过.*排污信息")).click()
    expect(page.locator("main")).to_contain_text("2020-07-10、2020-08-11、2020-09-12")
    expect(page.locator("main")).to_contain_text("线索，非结论")
    page.get_by_role("link", name="← 上海金山化工有限公司").click()
    page.locator("#disclosed").get_by_role("link", name="原件").first.click()
    expect(page.locator("main")).to_contain_text("未被改动")
    frame = page.frame_locator("iframe.archived")
    expect(frame.locator("tr.hit")).to_contain_text("上海金山化工有限公司")
    expect(frame.locator("body")).not_to_contain_text("13800138000")


def test_from_the_search_box_to_the_archived_page(wide: Page) -> None:
    asked: list[str] = []
    wide.on("request", lambda request: asked.append(request.url))
    wide.on("dialog", lambda dialog: pytest.fail(f"a script of the archived page ran: {dialog.message}"))
    walk_to_the_evidence(wide)
    assert [url for url in asked if not url.startswith(("http://127.0.0.1:", "data:"))] == []


def test_the_same_without_any_script(scriptless: Page) -> None:
    walk_to_the_evidence(scriptless)


def test_the_same_on_a_phone(phone: Page) -> None:
    walk_to_the_evidence(phone)


@pytest.mark.parametrize("path", [*PAGES, "/nothing"])
def test_no_page_scrolls_sideways_on_a_phone(phone: Page, path: str) -> None:
    phone.goto(path)
    width = phone.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width[0] <= width[1]


@pytest.mark.parametrize("path", [*PAGES, "/nothing"])
def test_no_page_breaks_its_own_policy(wide: Page, path: str) -> None:
    said: list[str] = []
    wide.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    wide.goto(path)
    wide.wait_for_load_state("networkidle")
    assert [text for text in said if "404" not in text] == []


def test_the_keyboard_alone_reaches_the_content_and_the_search(wide: Page) -> None:
    wide.goto("/search")
    wide.keyboard.press("Tab")
    expect(wide.locator(".skip")).to_be_focused()
    wide.keyboard.press("Enter")
    expect(wide.locator("#content")).to_be_focused()
    wide.keyboard.press("Tab")
    wide.keyboard.type("苏州")
    wide.keyboard.press("Enter")
    expect(wide.get_by_role("link", name="苏州精细铸造有限公司")).to_be_visible()


def test_typing_offers_names(wide: Page) -> None:
    wide.goto("/")
    wide.get_by_label(BOX).press_sequentially("上海金")
    expect(wide.locator("#suggestions option")).to_have_attribute("value", "上海金山化工有限公司")


def test_the_gaps_are_filtered_and_taken_away(wide: Page) -> None:
    wide.goto("/gaps")
    wide.locator("aside").get_by_role("link", name="江苏省").click()
    expect(wide.locator("#found")).to_contain_text("1 项")
    with wide.expect_download() as download:
        wide.get_by_role("link", name="导出 CSV").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert "苏州精细铸造" in text and "上海金山" not in text


def test_every_control_and_every_frame_has_a_name(wide: Page) -> None:
    for path in PAGES:
        wide.goto(path)
        nameless = wide.evaluate(
            """() => [...document.querySelectorAll('a,button,input:not([type=hidden]),select,textarea,iframe,nav,svg')]
            .filter(e => !(e.textContent.trim() || e.getAttribute('aria-label') || e.getAttribute('title')
                || e.getAttribute('aria-labelledby') || (e.labels && e.labels.length))).map(e => e.outerHTML)"""
        )
        assert nameless == [], path
        assert wide.locator("h1").count() == 1, path
