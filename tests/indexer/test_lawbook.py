"""What officers add to the law: the newest notice of a year holds, texts lie under their hash, two people sign."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from indexer import lawbook, reading
from indexer.law.calendar import LAST_YEAR
from indexer.law.errors import RulesError
from indexer.law.holidays import FIXED, Notice
from indexer.law.rules import default
from indexer.register.decisions import Base, open_engine
from indexer.settings import Settings, load

YEAR = LAST_YEAR + 1
NOTICE = Notice(
    YEAR,
    frozenset(date(YEAR, month, day) for month, day in FIXED),
    frozenset(),
    "关于节假日安排的通知",
    date(2026, 11, 20),
)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Settings]:
    """A data folder with the database's tables."""
    made = replace(load(), var=tmp_path, database_url="")
    engine = open_engine(made.database)
    Base.metadata.create_all(engine)
    engine.dispose()
    yield made


def attached(own: Settings, row: str, data: bytes) -> str:
    engine = open_engine(own.database)
    with Session(engine) as session, session.begin():
        digest = reading.attach(own, session, row, data, "text.pdf", "某公报", "zhang")
    engine.dispose()
    return digest


def test_nothing_added_gives_the_rules_of_the_project(tmp_path: Path) -> None:
    bare = replace(load(), var=tmp_path / "none", database_url="")
    assert lawbook.current(bare).version == default().version and lawbook.editions(bare) == []


def test_the_newest_notice_of_a_year_holds_and_the_older_stays(own: Settings) -> None:
    first = lawbook.keep_notice(own, NOTICE, b"one")
    with_day = replace(NOTICE, off=NOTICE.off | {date(YEAR, 3, 15)})
    second = lawbook.keep_notice(own, with_day, b"two")
    assert [path.name for path in (first, second)] == [f"{YEAR}-0001.yaml", f"{YEAR}-0002.yaml"]
    assert lawbook.notices(own) == (with_day,) and first.exists()
    assert lawbook.text_path(own, hashlib.sha256(b"one").hexdigest()).read_bytes() == b"one"
    assert lawbook.current(own).calendar.notices == (with_day,) and lawbook.current(own).version != default().version


def test_a_file_that_is_no_notice_is_named(own: Settings) -> None:
    lawbook.keep_notice(own, NOTICE, b"one").with_name("notes.yaml").write_text("x", encoding="utf-8")
    with pytest.raises(RulesError, match=r"notes\.yaml: unknown file"):
        lawbook.notices(own)


def test_two_different_people_must_sign_by_the_same_text(own: Settings) -> None:
    with pytest.raises(RulesError, match="no official text is attached"):
        reading.sign(own, "O31-7", "zhang", "legal")
    attached(own, "O31-7", b"first text")
    assert reading.sign(own, "O31-7", "zhang", "legal") == ["zhang"]
    with pytest.raises(RulesError, match="has signed already"):
        reading.sign(own, "O31-7", "zhang", "legal")
    attached(own, "O31-7", b"another text")
    assert reading.sign(own, "O31-7", "li", "admin") == ["li"], "that was another text"
    assert lawbook.current(own).version == default().version
    assert reading.sign(own, "O31-7", "zhang", "legal") == ["li", "zhang"]
    assert lawbook.current(own).version != default().version
    with pytest.raises(RulesError, match="no row from memory"):
        reading.wanted(own, "O31-7")


@pytest.mark.parametrize(
    ("row", "data", "words"), [("O99", b"x", "no row from memory"), ("O31-7", b"", "0 bytes; expected a text")]
)
def test_what_cannot_be_attached_is_said(own: Settings, row: str, data: bytes, words: str) -> None:
    with pytest.raises(RulesError, match=words):
        attached(own, row, data)
    assert not (own.law / "texts").exists()
