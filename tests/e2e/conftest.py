"""Strategy: the filled sample site is served on a free port, a real browser walks through it as people do."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from indexer.engine.node import Node
from tests.e2e.browser import chromium
from tests.webapp.conftest import PASSWORD, TODAY, Site, opened
from webapp.accounts.store import create_account
from webapp.services import EXTENSION, Services


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with chromium() as made:
        yield made


@pytest.fixture(scope="module")
def served(es_node: Node, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    """The sample site with an officer's account, its address; made anew for each module, as decisions judge anew."""
    before = os.environ.get("QINGCE_CLOCK")
    os.environ["QINGCE_CLOCK"] = TODAY
    with opened(es_node, tmp_path_factory.mktemp("e2e")) as site:
        services: Services = site.app.extensions[EXTENSION]
        with services.session() as session:
            create_account(session, "officer", PASSWORD, region="31")
            session.commit()
        server = make_server("127.0.0.1", 0, site.app, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield site, f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
            if before is None:
                del os.environ["QINGCE_CLOCK"]
            else:
                os.environ["QINGCE_CLOCK"] = before


@pytest.fixture
def address(served: tuple[Site, str]) -> str:
    """The address of the site."""
    return served[1]


@pytest.fixture
def wide(browser: Browser, address: str) -> Iterator[Page]:
    """A page of a desk's width."""
    yield from _page(browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address, locale="zh-CN"))


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    """A page of a phone's width."""
    size = {"width": 390, "height": 844}
    yield from _page(browser.new_context(viewport=size, base_url=address, is_mobile=True, has_touch=True))


@pytest.fixture
def scriptless(browser: Browser, address: str) -> Iterator[Page]:
    """A page in which no script runs."""
    yield from _page(browser.new_context(java_script_enabled=False, base_url=address))


def _page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    page.set_default_timeout(15_000)
    try:
        yield page
    finally:
        context.close()
