"""The site over a real database, without a search engine: operations pages must work while search is down."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from indexer.register.decisions import open_engine
from schedules.history import History
from webapp import create_app, settings
from webapp.accounts.store import create_account
from webapp.migrations import upgrade


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The site with one enabled source and one officer."""
    monkeypatch.setenv("QINGCE_VAR", str(tmp_path))
    monkeypatch.setenv("QINGCE_ELASTICSEARCH_URL", "http://127.0.0.1:9")
    chosen = settings.load()
    upgrade(chosen.indexer)
    (tmp_path / "sources").mkdir()
    definition = {"name": "shanghai", "title": "上海平台", "channel": "city_bureau", "covers": []}
    (tmp_path / "sources" / "shanghai.json").write_text(json.dumps(definition), encoding="utf-8")
    with Session(open_engine(chosen.indexer.database)) as session, session.begin():
        create_account(session, "officer", "a long password")
    made = create_app(chosen)
    made.config["WTF_CSRF_ENABLED"] = False
    return made


@pytest.fixture
def history(app: Flask, tmp_path: Path) -> History:
    """The history of the same database."""
    return History(open_engine(settings.load().indexer.database), timedelta(seconds=60))


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    """Nobody in particular."""
    return app.test_client()


@pytest.fixture
def officer(app: Flask) -> FlaskClient:
    """A visitor who has logged in."""
    client = app.test_client()
    answer = client.post("/login", data={"username": "officer", "password": "a long password"})
    assert answer.status_code == 302
    return client
