"""Damage to real run folders is found, whatever was done to them."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers import segments
from crawlers.captures import Exchange
from crawlers.clock import Clock
from crawlers.runs import Run
from crawlers.source import effective
from tests.crawlers.scripted import DIRECTORY, serving, write_source
from tests.crawlers.sites import good
from tests.crawlers.tsa import Authority, stamping
from tests.webapp.cli.conftest import Tool

STAMP = "2026-05-01T00:00:00Z"


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
    damages = [(damage["run"], damage["what"]) for damage in json.loads(result.stdout)["damages"]]
    assert any(run == runs[0].name and "bytes, " in what for run, what in damages)
    assert (runs[0].name, "issues: 0 rows can be read, 1 were written") in damages
    assert (runs[1].name, "source.json is missing") in damages


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
    assert qingce("verify", runs[0].name, "--all").exit_code == 2


def test_the_chain_is_told_from_its_first_run_to_its_last(qingce: Tool, runs: list[Path]) -> None:
    result = qingce("verify", "--all")
    assert f"shanghai-eic: 3 runs from {runs[0].name} to {runs[2].name}; no time stamp" in result.output
    (told,) = json.loads(qingce("verify", runs[0].name, "--json").stdout)["chains"]
    assert told == {"source": "shanghai-eic", "runs": 3, "head": runs[2].name, "stamps": {}}


def test_a_changed_run_shows_whichever_run_is_asked_for(qingce: Tool, runs: list[Path]) -> None:
    path = runs[0] / "run.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"finished"', '"stopped"'), encoding="utf-8")
    assert (
        f"{runs[1].name}: the run before it, {runs[0].name}, was changed since" in qingce("verify", runs[2].name).output
    )


def test_a_run_put_in_beside_another_is_a_fork(qingce: Tool, runs: list[Path]) -> None:
    facts = json.loads((runs[1] / "run.json").read_text(encoding="utf-8"))
    other = runs[1].parent / "20260502T000000Z-ffffff"
    shutil.copytree(runs[1], other)
    (other / "run.json").write_text(json.dumps({**facts, "run": other.name}), encoding="utf-8")
    result = qingce("verify")
    assert result.exit_code == 1 and "forks the chain" in result.output
    (other / "run.json").write_text(json.dumps({**facts, "run": other.name, "previous": None}), encoding="utf-8")
    assert "begins a chain of its own" in qingce("verify").output


def test_a_lost_beginning_shows(qingce: Tool, runs: list[Path]) -> None:
    shutil.rmtree(runs[0])
    output = qingce("verify").output
    assert f"the run before it, {runs[0].name}, is gone" in output and "the first run of the chain is gone" in output


def captured(var: Path, day: int, body: bytes) -> Path:
    """A run with one archived answer."""
    run = Run(var, effective("shanghai-eic"), Clock("real", lambda: datetime(2026, 5, day, tzinfo=UTC)))
    sent = Exchange("GET", "http://site.example/", [], b"", 200, "OK", [("Content-Type", "text/html")], body, STAMP)
    run.captures.write(sent)
    run.finish("finished")
    return run.folder


def rewritten(folder: Path, data: bytes) -> None:
    """The archive replaced, and its hash in run.json with it: only the records themselves can tell."""
    path = next(folder.glob("captures-*.gz"))
    path.write_bytes(data)
    facts = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    facts["files"][path.name] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    (folder / "run.json").write_text(json.dumps(facts), encoding="utf-8")


def members(folder: Path) -> list[bytes]:
    """The records of a run's archive, inflated."""
    return list(segments.members(next(folder.glob("captures-*.gz")).read_bytes()))


def test_a_record_altered_with_the_manifest_is_found_by_its_own_digest(qingce: Tool, var: Path) -> None:
    folder = captured(var, 1, b"<p>35.2 mg/L</p>" * 60)
    assert "3 records" in qingce("verify").output
    altered = [one.replace(b"35.2", b"15.2") for one in members(folder)]
    rewritten(folder, b"".join(gzip.compress(one) for one in altered))
    result = qingce("verify")
    assert result.exit_code == 1 and "payload digest failed" in result.output and "block digest failed" in result.output


def test_a_revisit_whose_bytes_are_gone_is_found(qingce: Tool, var: Path) -> None:
    first, second = (captured(var, day, b"<p>35.2 mg/L</p>" * 60) for day in (1, 2))
    assert qingce("verify").exit_code == 0
    rewritten(first, gzip.compress(members(first)[0]))
    output = qingce("verify", second.name).output
    assert "a revisit of bytes that are no longer there" in output
    assert "captures: 0 answers can be read, 1 were written" in qingce("verify", first.name).output


def test_heads_are_stamped_verified_and_a_lost_head_is_missed(
    qingce: Tool, runs: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "QINGCE_TIMESTAMP_URL" in qingce("stamp").stderr
    authority = Authority()
    monkeypatch.setenv("QINGCE_TIMESTAMP_CA", str(authority.write(tmp_path / "ca.pem")))
    with stamping(authority, 500) as url:
        monkeypatch.setenv("QINGCE_TIMESTAMP_URL", url)
        failed = qingce("stamp")
    assert failed.exit_code == 3 and "the next crawl, or `qingce stamp`, tries again" in failed.output
    assert qingce("verify").exit_code == 0
    with stamping(authority) as url:
        monkeypatch.setenv("QINGCE_TIMESTAMP_URL", url)
        assert f"shanghai-eic {runs[2].name}: stamped 2" in qingce("stamp").output
        assert "(before)" in qingce("stamp", "shanghai-eic").output
    assert f"stamped up to {runs[2].name} on 2" in qingce("verify").output
    shutil.rmtree(runs[2])
    assert f"{runs[2].name}.tsr stamps it, and it is gone" in qingce("verify").output


def test_a_service_that_is_down_costs_no_run(
    qingce: Tool, var: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QINGCE_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("QINGCE_TIMESTAMP_URL", "http://127.0.0.1:9/tsa")
    with serving(good) as site:
        write_source(tmp_path / "sources", "good", site.url, **DIRECTORY)
        result = qingce("crawl", "good")
    assert result.exit_code == 0 and "warning: not stamped: good" in result.stderr
    assert not list((var / "runs" / "good").glob("*.tsr")) and "0 damages" in qingce("verify").output
