"""Accounts in the database: made, refused, found again; and the database itself at its latest migration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect
from sqlalchemy.orm import Session

import schedules.models  # noqa: F401  its table belongs to the metadata
from indexer import settings as indexer_settings
from indexer.register.decisions import Base, open_engine
from indexer.settings import Settings
from webapp.accounts import store
from webapp.accounts.store import AccountError, create_account
from webapp.migrations import upgrade
from webapp.migrations.upgrade import config

GOOD = "a long enough password"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a database of its own, at the latest migration."""
    made = replace(indexer_settings.load(), var=tmp_path / "var", database_url="")
    upgrade(made)
    return made


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    """An engine on it."""
    made = open_engine(settings.database)
    yield made
    made.dispose()


def test_the_migrations_make_exactly_the_tables_of_the_code(engine: Engine) -> None:
    with engine.connect() as connection:
        differences = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata
        )
    assert differences == []


def test_a_second_upgrade_changes_nothing_and_the_way_back_is_clean(settings: Settings, engine: Engine) -> None:
    upgrade(settings)
    command.downgrade(config(engine), "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}


def test_tables_of_others_are_left_alone(settings: Settings, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE apscheduler_jobs (id TEXT)")
    upgrade(settings)
    assert "apscheduler_jobs" in inspect(engine).get_table_names()


def test_an_account_opens_by_its_password_alone(engine: Engine) -> None:
    with Session(engine) as session:
        made = create_account(session, "officer", GOOD, region="31")
        assert GOOD not in made.password_hash and made.password_hash.startswith("scrypt:")
        assert store.authenticate(session, "officer", GOOD) is made
        assert store.authenticate(session, "officer", GOOD + "x") is None
        assert store.authenticate(session, "nobody", GOOD) is None
        store.set_active(session, "officer", False)
        assert store.authenticate(session, "officer", GOOD) is None


@pytest.mark.parametrize(
    ("name", "password", "more", "words"),
    [
        ("a", GOOD, {}, "user name"),
        ("a b", GOOD, {}, "user name"),
        ("officer", "short", {}, "too short"),
        ("officer", GOOD, {"role": "king"}, "role 'king'"),
        ("officer", GOOD, {"region": "上海"}, "GB/T 2260"),
    ],
)
def test_unfit_accounts_are_refused_with_one_line(
    engine: Engine, name: str, password: str, more: dict[str, str], words: str
) -> None:
    with Session(engine) as session, pytest.raises(AccountError, match=words):
        create_account(session, name, password, **more)


def test_a_name_is_taken_once(engine: Engine) -> None:
    with Session(engine) as session:
        create_account(session, "officer", GOOD)
        with pytest.raises(AccountError, match="exists already"):
            create_account(session, "officer", GOOD)
        create_account(session, "other", GOOD)
        session.commit()


@pytest.mark.parametrize(
    ("role", "region", "path", "allowed"),
    [
        ("officer", "31", ["31", "310116"], True),
        ("officer", "3303", ["33", "3301", "330102"], False),
        ("officer", None, ["33"], True),
        ("admin", "31", ["33"], True),
        ("officer", "31", [], False),
    ],
)
def test_an_officer_answers_for_a_region(
    engine: Engine, role: str, region: str | None, path: list[str], allowed: bool
) -> None:
    with Session(engine) as session:
        assert create_account(session, "officer", GOOD, role=role, region=region).answers_for(path) is allowed
