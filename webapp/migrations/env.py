"""Alembic's environment: the metadata of every table on the one base."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Engine, MetaData

import indexer.register.readings
import schedules.models
import webapp.accounts.models
from indexer.register.decisions import Base

TABLES = (schedules.models.JobRun, webapp.accounts.models.Account, indexer.register.readings.LawText)
"""Imported so that their tables stand in the metadata."""


def mine(item: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
    """Leaves tables alone that others keep in this database (APScheduler's own job store)."""
    return not (kind == "table" and reflected and other is None)


def run(engine: Engine, metadata: MetaData) -> None:
    """Apply the migrations over one connection; SQLite alters tables by copying them (batch)."""
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            include_object=mine,
            render_as_batch=engine.dialect.name == "sqlite",
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run(context.config.attributes["engine"], Base.metadata)
