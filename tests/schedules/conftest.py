"""A data folder and a real SQLite database for each test; crawls are small real processes in place of Scrapy."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from indexer.register.decisions import Base, open_engine
from schedules import database, models  # noqa: F401  the models add their tables to the base
from schedules.history import History
from schedules.runner import Command
from schedules.settings import Settings, load


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings over a data folder of the test's own, with the database's tables made."""
    for name, value in {
        "VAR": tmp_path,
        "SCHEDULE_LEASE_SECONDS": 3,
        "SCHEDULE_JITTER_MINUTES": 0,
        "SCHEDULE_WORKERS": 2,
    }.items():
        monkeypatch.setenv(f"QINGCE_{name}", str(value))
    # Nothing listens there: what is tested here is that crawling goes on while the search engine is down.
    monkeypatch.setenv("QINGCE_ELASTICSEARCH_URL", "http://127.0.0.1:9")
    monkeypatch.delenv("QINGCE_CLOCK", raising=False)
    monkeypatch.delenv("QINGCE_DATABASE_URL", raising=False)
    made = load()
    Base.metadata.create_all(open_engine(made.indexer.database))
    return made


@pytest.fixture
def engine(settings: Settings) -> Engine:
    """The database of the test."""
    return database.engine(settings)


@pytest.fixture
def history(engine: Engine, settings: Settings) -> History:
    """The history with the leases of the settings."""
    return History(engine, timedelta(seconds=3))


def enable(settings: Settings, name: str, cadence: str = "weekly", kinds: Sequence[str] = ("profile",)) -> Path:
    """Enable a source as the command line does, with the fields the schedule reads."""
    settings.indexer.sources.mkdir(parents=True, exist_ok=True)
    path = settings.indexer.sources / f"{name}.json"
    covers = [{"kinds": list(kinds), "classes": ["KPU"], "regions": ["31"]}]
    path.write_text(json.dumps({"name": name, "title": name, "cadence": cadence, "covers": covers}), encoding="utf-8")
    return path


def crawl_that(status: str = "finished", reason: str | None = None, seconds: float = 0, records: int = 1) -> Command:
    """A process that writes a run folder as a crawl does, sleeps while it is ``running``, then closes it."""
    program = textwrap.dedent(f"""
        import json, os, pathlib, sys, time
        source, var = sys.argv[1:]
        folder = pathlib.Path(var, "runs", source, f"20260101T000000Z-{{os.getpid():06x}}")
        folder.mkdir(parents=True)
        facts = {{"source": source, "status": "running", "reason": None, "lease": {{"pid": os.getpid()}},
                  "counts": {{"records": {records}}}}}
        (folder / "run.json").write_text(json.dumps(facts))
        time.sleep({seconds})
        facts |= {{"status": {status!r}, "reason": {reason!r}}}
        (folder / "run.json").write_text(json.dumps(facts))
    """)
    return lambda source, var: [sys.executable, "-c", program, source, str(var)]
