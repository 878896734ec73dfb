"""What the doctor asks beside the engine's own checks."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.engine.checks import Check
from indexer.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

LEAST_FREE = 2 * 1024**3


def checkup(settings: Settings) -> Iterator[Check]:
    """All answers; nothing is started or changed."""
    yield _check("python", sys.version_info >= (3, 11), platform.python_version(), "install Python 3.11 or newer")
    if settings.elasticsearch_url:
        # Of the embedded node's disk the engine tells itself.
        yield _disk(settings.var)
    yield from _sources(settings)
    yield from _database(settings)
    yield from _mappings(settings)


def _check(name: str, ok: bool, detail: str, remedy: str) -> Check:
    return {"name": name, "ok": ok, "detail": detail, "remedy": "" if ok else remedy}


def _disk(folder: Path) -> Check:
    existing = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(existing).free
    return _check("disk", free >= LEAST_FREE, f"{free / 1024**3:.1f} GiB free at {existing}", "free at least 2 GiB")


def _sources(settings: Settings) -> Iterator[Check]:
    """Every enabled definition can be used by the crawls, not only read by the schedule."""
    from crawlers.errors import SourceError
    from crawlers.source import from_export

    paths = sorted(settings.sources.glob("*.json"))
    bad = []
    for path in paths:
        try:
            from_export(path)
        except SourceError as error:
            bad.append(str(error))
    yield _check(
        "sources", bool(paths), f"{len(paths)} enabled in {settings.sources}", "enable some with `qingce init`"
    )
    for words in bad:
        yield _check("source", False, words, "write it anew: `qingce sources enable`")


def _database(settings: Settings) -> Iterator[Check]:
    from sqlalchemy.exc import ArgumentError, OperationalError

    from indexer.register.decisions import open_engine

    if settings.database.startswith("sqlite") and not (settings.var / "qingce.sqlite").exists():
        yield _check("database", False, "not made yet", "run `qingce migrate`, or just `qingce up`")
        return
    try:
        engine = open_engine(settings.database)
        current = _revision(engine)
    except (ArgumentError, OperationalError) as error:
        yield _check("database", False, str(getattr(error, "orig", error)), "correct QINGCE_DATABASE_URL, or start it")
        return
    yield _check("database", True, engine.url.render_as_string(), "")
    latest = _latest(engine)
    yield _check("migrations", current == latest, f"at {current}, latest {latest}", "run `qingce migrate`")
    if current == latest:
        yield _schedule(engine)
    engine.dispose()


def _revision(engine: Engine) -> str | None:
    from alembic.migration import MigrationContext

    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _latest(engine: Engine) -> str | None:
    from alembic.script import ScriptDirectory

    from webapp.migrations.upgrade import config

    return ScriptDirectory.from_config(config(engine)).get_current_head()


def _schedule(engine: Engine) -> Check:
    from schedules.alive import scheduler
    from schedules.history import History

    row = scheduler(History(engine, timedelta(0)), datetime.now(UTC))
    if row is None:
        return _check("schedule", True, "no scheduler works now; `qingce up` starts one", "")
    return _check(
        "schedule", True, f"works on {row.host}, process {row.pid}, since {row.started_at:%Y-%m-%d %H:%MZ}", ""
    )


def _mappings(settings: Settings) -> Iterator[Check]:
    """Only where Elasticsearch runs already: the doctor starts nothing."""
    from indexer.engine import state
    from indexer.engine.connect import client
    from indexer.engine.errors import EngineError
    from indexer.engine.node import NodeOptions
    from indexer.engine.store import Store

    running = state.read(NodeOptions.of(settings).state)
    url = settings.elasticsearch_url or (running.url if running else None)
    if url is None:
        yield _check("mappings", True, "not asked: no Elasticsearch runs", "")
        return
    try:
        with client(url) as made:
            stale = Store(made, settings.index_prefix).stale()
    except EngineError:
        # The engine's own check has said it.
        return
    detail = f"stale: {', '.join(stale)}" if stale else "as this version wants them"
    yield _check("mappings", not stale, detail, "run `qingce rebuild`")
