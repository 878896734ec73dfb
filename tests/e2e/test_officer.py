"""An officer: logs in, sees the desk, records a decision; the public sees it as a dated note."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.webapp.conftest import PASSWORD
from tests.webapp.samples import ID

pytestmark = pytest.mark.browser


def log_in(page: Page) -> None:
    page.goto("/review/")
    page.get_by_label("用户名").fill("officer")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.locator("h1")).to_have_text("核查")


def test_a_decision_is_recorded_and_shown(wide: Page, scriptless: Page) -> None:
    log_in(wide)
    expect(wide.locator("main")).to_contain_text("仅工作人员可见")
    wide.goto(f"/review/enterprise/{ID}/duty/O31-2/once:2020")
    wide.get_by_role("button", name="记录").click()
    expect(wide.get_by_role("alert").first).to_be_visible()
    wide.get_by_label("确认").check()
    wide.get_by_label("理由").fill("现场核实，确未公开")
    wide.get_by_role("button", name="记录").click()
    expect(wide.get_by_role("status")).to_contain_text("认定已记录")


def test_the_desk_fits_a_phone(phone: Page) -> None:
    log_in(phone)
    for path in ("/review/", f"/review/enterprise/{ID}", "/operations"):
        phone.goto(path)
        assert phone.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path


def test_logging_out_closes_the_desk(wide: Page) -> None:
    log_in(wide)
    wide.get_by_role("button", name="退出").click()
    wide.goto("/review/")
    expect(wide.get_by_label("密码")).to_be_visible()
