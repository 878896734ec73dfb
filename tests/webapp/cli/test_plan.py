"""``qingce plan`` for people and programs, and crawls of certain days refused where a source knows none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.crawlers.scripted import DIRECTORY, write_source
from tests.webapp.cli.conftest import Tool

PACE = {"delay": 2.0, "concurrency": 1, "autothrottle": True, "timeout": 5, "retries": 0}


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A source of forty thousand enterprises that was never crawled."""
    facts = {**DIRECTORY, "pace": PACE, "sizes": {"listing": 40_000}}
    write_source(tmp_path / "sources", "large", "http://127.0.0.1:9", **facts)
    monkeypatch.setenv("QINGCE_SOURCES", str(tmp_path / "sources"))
    return "large"


def test_a_plan_for_people(qingce: Tool, var: Path, large: str) -> None:
    result = qingce("plan", large)
    assert result.exit_code == 0, result.output
    head, row = result.stdout.splitlines()
    assert head.split("\t")[:4] == ["source", "requests", "time", "size"]
    assert row.split("\t")[:5] == ["large", "82,000", "1.9 days", "2.5 GB", "one every 2 s"]
    assert "takes longer than its cadence (daily)" in result.stderr


def test_a_plan_for_programs_and_of_every_source(qingce: Tool, var: Path, large: str) -> None:
    (told,) = json.loads(qingce("plan", large, "--json").stdout)
    assert (told["requests"], told["runs"]) == (82_000, 4) and told["basis"].startswith("40,000 rows")
    every = json.loads(qingce("plan", "--json").stdout)
    assert {"large", "permit-mee"} <= {one["source"] for one in every}
    assert not (var / "runs").exists()


def test_an_unknown_source_is_one_line(qingce: Tool, var: Path, large: str) -> None:
    result = qingce("plan", "larg")
    assert result.exit_code == 2 and "did you mean large" in result.stderr


def test_days_that_a_source_does_not_know_are_refused(qingce: Tool, var: Path, large: str) -> None:
    result = qingce("crawl", large, "--from", "2026-01-01")
    assert result.exit_code == 1 and "its walk has neither {from} and {to}" in result.stderr
