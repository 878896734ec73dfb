"""Database migrations (Alembic): accounts, decisions, jobs; for SQLite and PostgreSQL."""

from webapp.migrations.upgrade import upgrade

__all__ = ["upgrade"]
