"""Everybody is scored once a day, after its first scan; then those who were judged anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest

from schedules import indexing
from schedules.settings import Settings


class Shelf:
    """A store that only needs to be there."""

    def __init__(self, *_args: Any) -> None: ...

    def ensure(self) -> None: ...


@contextmanager
def nothing(_settings: Any) -> Iterator[None]:
    yield None


def test_scores_follow_the_first_scan_of_a_day(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    scored: set[date] = set()
    monkeypatch.setattr(indexing, "connected", nothing)
    monkeypatch.setattr(indexing, "Store", Shelf)
    monkeypatch.setattr(indexing.pipeline, "index_pending", lambda *_args: iter(()))
    monkeypatch.setattr(indexing, "_judge", lambda *_args: ["e-1"])
    monkeypatch.setattr(indexing.frontier, "write", lambda *_args: None)
    monkeypatch.setattr(indexing.scoring, "due", lambda _store, day: day not in scored)

    def score(_store: Any, _settings: Any, enterprises: tuple[str, ...] = ()) -> None:
        done.append(f"score {' '.join(enterprises) or 'all'}")
        scored.add(indexing.today())

    monkeypatch.setattr(indexing.scoring, "score", score)
    for day in ("2026-11-24", "2026-11-24", "2026-11-25"):
        monkeypatch.setenv("QINGCE_CLOCK", day)
        assert indexing.run(settings).state == "ok"
    assert done == ["score all", "score e-1", "score all"]
