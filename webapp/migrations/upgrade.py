"""Brings the database to its latest migration; safe to call at every start and from several programs at once."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

from indexer.engine.filelock import held
from indexer.register.decisions import open_engine
from indexer.settings import Settings

FOLDER = Path(__file__).parent
LOCK_KEY = 7_160_418_226
"""Number of PostgreSQL's advisory lock; any constant that nothing else in that database uses."""


def config(engine: Engine) -> Config:
    """Alembic's configuration; the environment script takes the engine's connection from ``attributes``."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.attributes["engine"] = engine
    return made


def upgrade(settings: Settings) -> None:
    """Apply what is missing; the data folder is made where it is absent. Raises sqlalchemy.exc.OperationalError."""
    settings.var.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database)
    try:
        # Two programs that start together would both find no table and both make it.
        with held(settings.var / "migrations.lock", wait=True), engine.connect() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": LOCK_KEY})
            command.upgrade(config(engine), "head")
    finally:
        engine.dispose()
