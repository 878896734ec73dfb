"""Decisions: append-only, keyed by source and external id, the later one counts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from indexer.register import decisions
from indexer.register.resolution import Pair


@pytest.fixture
def session(tmp_path: Path) -> Session:
    engine = decisions.open_engine(f"sqlite:///{tmp_path / 'q.sqlite'}")
    decisions.Base.metadata.create_all(engine)
    return Session(engine)


def test_sqlite_is_in_wal_mode(session: Session) -> None:
    assert session.execute(text("PRAGMA journal_mode")).scalar() == "wal"


def test_decisions_are_found_by_identity_and_cut_by_day(session: Session) -> None:
    late = datetime(2021, 5, 31, 17, tzinfo=UTC)  # the first of June in Shanghai
    decisions.record(session, "exempt", "s", "1", author="a", duty="O31-1|once:2020", until=date(2021, 12, 31), at=late)
    session.commit()
    assert decisions.decisions_for(session, ["s|1"], date(2021, 5, 31)) == []
    (row,) = decisions.decisions_for(session, ["s|1", "s|2"], date(2021, 6, 1))
    assert (row.kind, row.duty, row.day, row.until) == (
        "exempt",
        "O31-1|once:2020",
        date(2021, 6, 1),
        date(2021, 12, 31),
    )
    assert decisions.decisions_for(session, ["other|1"]) == []


def test_the_later_decision_on_a_pair_counts(session: Session) -> None:
    for kind in ("merge", "keep_apart"):
        decisions.record(session, kind, "s", "1", author="a", other=("t", "2"))
    assert decisions.pairs(session) == [Pair("keep_apart", "s|1", "t|2")]
    decisions.record(session, "split", "s", "3", author="a")
    decisions.record(session, "merge", "t", "4", author="a", other=("s", "3"))
    assert decisions.pairs(session) == [Pair("keep_apart", "s|1", "t|2"), Pair("merge", "t|4", "s|3")]


@pytest.mark.parametrize("wrong", [
    {"kind": "perhaps"}, {"kind": "exempt"}, {"kind": "exempt", "duty": "O31-1"}, {"kind": "merge"},
    {"kind": "merge", "other": ("s", "1")},
])  # fmt: skip
def test_a_decision_that_says_too_little_is_refused(session: Session, wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="decision"):
        decisions.record(session, source="s", external_id="1", author="a", **wrong)  # type: ignore[arg-type]


def test_nobody_has_decided_anything_yet(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'none.sqlite'}"
    assert decisions.read(url, decisions.pairs, []) == []
    assert not (tmp_path / "none.sqlite").exists()
