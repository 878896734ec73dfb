"""Strategy: pages are asked for through Flask's test client, against a real Elasticsearch node and a real database.

The documents are samples by the typed contract; the archived pages lie in a run folder as the crawlers write it.
Making indices takes longest, so one filled site serves all tests that only read; ``fresh`` is for those that write.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer import settings as indexer_settings
from indexer.engine import connect
from indexer.engine.node import Node
from indexer.engine.store import Store
from indexer.register.documents import CaptureRef
from tests.webapp import filling
from tests.webapp.archived import Archive
from webapp import create_app
from webapp.accounts.store import create_account
from webapp.migrations import upgrade
from webapp.services import EXTENSION, Services
from webapp.settings import Settings, load

PASSWORD = "a long enough password"
TODAY = "2021-03-01"


@dataclass(frozen=True)
class Site:
    """A site over a filled store, with what lies behind it."""

    app: Flask
    store: Store
    settings: Settings
    archive: Archive
    captures: dict[str, CaptureRef]


def settings_in(folder: Path) -> Settings:
    """Settings of a site of its own: a data folder with a migrated database, no limits on requests."""
    inner = replace(indexer_settings.load(), var=folder / "var", database_url="", demo=False)
    upgrade(inner)
    return replace(load(), indexer=inner, rate_limit="", login_limit="", secret_key="k" * 40, page_size=20)


@contextmanager
def opened(node: Node, folder: Path) -> Iterator[Site]:
    """A filled site; its indices and connections go at the end."""
    settings = settings_in(folder)
    archive = Archive(settings.indexer.runs)
    captures = filling.captures(archive)
    with connect.client(node.url) as client:
        store = Store(client, f"test-{uuid.uuid4().hex[:8]}")
        store.ensure()
        filling.fill(store, captures)
        app = create_app(settings, store)
        yield Site(app, store, settings, archive, captures)
        services: Services = app.extensions[EXTENSION]
        services.engine.dispose()
        store.drop()


@pytest.fixture(scope="session")
def shared_site(es_node: Node, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for all tests that only read."""
    with opened(es_node, tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day that the sample documents are of."""
    monkeypatch.setenv("QINGCE_CLOCK", TODAY)


@pytest.fixture
def site(shared_site: Site, today: None) -> Site:
    """The shared site on the samples' day: do not write to it."""
    return shared_site


@pytest.fixture
def fresh(es_node: Node, tmp_path: Path, today: None) -> Iterator[Site]:
    """A site of its own, for a test that writes."""
    with opened(es_node, tmp_path) as site:
        yield site


@pytest.fixture
def client(site: Site) -> FlaskClient:
    """A visitor of the shared site."""
    return site.app.test_client()


@pytest.fixture
def officer(site: Site) -> FlaskClient:
    """An officer of 上海, logged in to the shared site."""
    return logged_in(site.app, f"officer-{os.urandom(4).hex()}", region="31")


def logged_in(app: Flask, name: str, role: str = "officer", region: str | None = None) -> FlaskClient:
    """A client with an account of its own, logged in through the form."""
    services: Services = app.extensions[EXTENSION]
    with services.session() as session:
        create_account(session, name, PASSWORD, role=role, region=region)
        session.commit()
    client = app.test_client()
    answer = client.post("/login", data={"username": name, "password": PASSWORD, "csrf_token": token(client, "/login")})
    assert answer.status_code == 302, answer.text
    return client


def token(client: FlaskClient, path: str) -> str:
    """The form token of a page."""
    page = client.get(path)
    assert page.status_code == 200, page.text
    return page.text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]


@pytest.fixture
def app_context(site: Site) -> Iterator[None]:
    """A request's context, for functions that speak the visitor's language."""
    with site.app.test_request_context("/"):
        yield
