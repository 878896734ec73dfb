"""Run folders: lease, lock, death, manifest, the chain from run to run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from crawlers.clock import Clock, simulated
from crawlers.errors import RunError
from crawlers.runs import Run, read_facts, sha256
from crawlers.segments import read_lines
from crawlers.source import Source, effective

CLOCK = simulated("2021-03-01")


@pytest.fixture
def source(sources: Path) -> Source:
    return effective("shanghai-eic")


def begun(var: Path, source: Source, clock: Clock = CLOCK) -> Run:
    return Run(var, source, clock)


def test_a_run_begins_as_running_with_source_and_lease(tmp_path: Path, source: Source) -> None:
    run = begun(tmp_path, source)
    facts = read_facts(run.folder)
    assert facts["status"] == "running" and facts["clock"] == "simulated" and facts["lease"]["pid"] > 0
    assert run.name.startswith("20210301T040000Z-") and (run.folder / "source.json").is_file()
    assert facts["counts"] == dict.fromkeys(("captures", "records", "visits", "issues", "requests", "bytes"), 0)
    run.finish("finished")


def test_the_manifest_names_every_file_with_its_hash(tmp_path: Path, source: Source) -> None:
    run = begun(tmp_path, source)
    run.records.add({"kind": "listing"})
    facts = run.finish("finished")
    files = {path.name for path in run.folder.iterdir()} - {"run.json"}
    assert set(facts["files"]) == files == {"source.json", "records-00001.jsonl.gz"}
    assert all(facts["files"][name]["sha256"] == sha256(run.folder / name) for name in files)


def test_each_run_holds_the_hash_of_the_one_before_even_within_a_second(tmp_path: Path, source: Source) -> None:
    runs = []
    for _ in range(4):
        run = begun(tmp_path, source)
        run.finish("finished")
        runs.append(run)
    chain = [read_facts(run.folder)["previous"] for run in runs]
    assert chain[0] is None
    for before, link in zip(runs, chain[1:], strict=False):
        assert link == {"run": before.name, "sha256": sha256(before.folder / "run.json")}


def test_a_second_crawl_of_the_same_source_is_refused(tmp_path: Path, source: Source) -> None:
    run = begun(tmp_path, source)
    with pytest.raises(RunError, match="shanghai-eic: another process on this machine is crawling it"):
        begun(tmp_path, source)
    run.finish("finished")


def died(var: Path, rows: int) -> Path:
    """A run whose process was killed after ``rows`` rows were made durable and one more was not."""
    code = (
        "import os, signal, sys; from pathlib import Path; from crawlers.clock import simulated\n"
        "from crawlers.runs import Run; from crawlers.source import effective\n"
        f"run = Run(Path({str(var)!r}), effective('shanghai-eic'), simulated('2021-03-01'))\n"
        f"[run.records.add({{'n': n}}) for n in range({rows})]; run.commit(); run.records.add({{'n': 'lost'}})\n"
        "print(run.folder, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == -9, done.stderr
    return Path(done.stdout.strip())


def test_a_killed_run_keeps_what_was_synced_and_the_next_closes_it(tmp_path: Path, source: Source) -> None:
    dead = died(tmp_path, 3)
    assert read_facts(dead)["status"] == "running"
    with (dead / "records-00001.jsonl.gz").open("ab") as torn:
        torn.write(b"\x1f\x8b\x08\x00torn")
    run = begun(tmp_path, source)
    facts = read_facts(dead)
    assert (facts["status"], facts["reason"], facts["counts"]["records"]) == ("aborted", "the process died", 3)
    assert facts["files"]["records-00001.jsonl.gz"]["sha256"] == sha256(dead / "records-00001.jsonl.gz")
    assert [row["n"] for row in read_lines(dead, "records")] == [0, 1, 2]
    assert read_facts(run.folder)["previous"]["sha256"] == sha256(dead / "run.json")
    run.finish("finished")


def test_a_run_on_another_machine_lives_until_its_lease_ends(tmp_path: Path, source: Source) -> None:
    dead = died(tmp_path, 1)
    facts = read_facts(dead)
    facts["lease"] |= {"host": "elsewhere", "until": "2999-01-01T00:00:00Z"}
    (dead / "run.json").write_text(json.dumps(facts), encoding="utf-8")
    with pytest.raises(RunError, match=r"process .* on elsewhere is crawling it"):
        begun(tmp_path, source)
    facts["lease"]["until"] = "2020-01-01T00:00:00Z"
    (dead / "run.json").write_text(json.dumps(facts), encoding="utf-8")
    begun(tmp_path, source).finish("finished")
    assert read_facts(dead)["status"] == "aborted"


def test_a_folder_that_is_no_run_is_said_in_one_line(tmp_path: Path, source: Source) -> None:
    folder = tmp_path / "runs/shanghai-eic/20200101T000000Z-aaaaaa"
    folder.mkdir(parents=True)
    (folder / "run.json").write_text("{", encoding="utf-8")
    with pytest.raises(RunError, match=r"run.json: cannot be read: .*; restore the folder or move it away"):
        begun(tmp_path, source)
