"""Damage to real run folders is found, whatever was done to them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.clock import Clock
from crawlers.runs import Run
from crawlers.source import effective
from tests.webapp.cli.conftest import Tool


def written(var: Path, day: int) -> Path:
    """A closed run folder as a crawl leaves it."""
    clock = Clock("real", lambda: datetime(2026, 5, day, tzinfo=UTC))
    run = Run(var, effective("shanghai-eic"), clock)
    run.issues.add({"code": "test", "day": day})
    run.finish("finished")
    return run.folder


@pytest.fixture
def runs(var: Path) -> list[Path]:
    """Three runs of one source, each naming the one before it."""
    return [written(var, day) for day in (1, 2, 3)]


def test_whole_folders_pass(qingce: Tool, runs: list[Path]) -> None:
    result = qingce("verify")
    assert result.exit_code == 0, result.output
    assert "3 runs" in result.output and "0 damages" in result.output


def test_a_changed_byte_is_found(qingce: Tool, runs: list[Path]) -> None:
    segment = next(runs[1].glob("issues-*.gz"))
    data = bytearray(segment.read_bytes())
    data[-1] ^= 1
    segment.write_bytes(data)
    result = qingce("verify")
    assert result.exit_code == 1
    assert f"{runs[1].name}: {segment.name} has other bytes than were written" in result.output


def test_a_cut_and_a_lost_file_are_found(qingce: Tool, runs: list[Path]) -> None:
    segment = next(runs[0].glob("issues-*.gz"))
    segment.write_bytes(segment.read_bytes()[:-1])
    (runs[1] / "source.json").unlink()
    result = qingce("verify", "--json")
    damages = {damage["run"]: damage["what"] for damage in json.loads(result.stdout)["damages"]}
    assert "bytes, " in damages[runs[0].name] and damages[runs[1].name] == "source.json is missing"


def test_a_file_put_in_later_is_found(qingce: Tool, runs: list[Path]) -> None:
    (runs[0] / "records-00009.jsonl.gz").write_bytes(b"")
    assert "records-00009.jsonl.gz is not listed" in qingce("verify").output


def test_a_rewritten_run_breaks_the_chain(qingce: Tool, runs: list[Path]) -> None:
    path = runs[0] / "run.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"finished"', '"stopped"'), encoding="utf-8")
    result = qingce("verify")
    assert result.exit_code == 1 and f"the run before it, {runs[0].name}, was changed since" in result.output


def test_a_lost_run_breaks_the_chain(qingce: Tool, runs: list[Path]) -> None:
    runs[1].rename(runs[1].parent.parent.parent / "elsewhere")
    assert f"the run before it, {runs[1].name}, is gone" in qingce("verify").output


def test_one_run_can_be_asked_for(qingce: Tool, runs: list[Path]) -> None:
    assert "1 runs" in qingce("verify", runs[2].name).output
    assert "1 runs" in qingce("verify", f"shanghai-eic/{runs[2].name}").output


def test_a_run_that_is_not_there_is_one_line(qingce: Tool, runs: list[Path]) -> None:
    result = qingce("verify", "20990101T000000Z-aaaaaa")
    assert result.exit_code == 2 and "no run '20990101T000000Z-aaaaaa'" in result.stderr
