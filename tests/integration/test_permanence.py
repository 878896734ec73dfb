"""Nothing is lost and nothing is doubled: indexing again, rebuilding, being killed in the middle, torn folders."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from indexer import pipeline, scan
from indexer.engine.store import Store
from indexer.register import decisions
from tests.integration import province
from tests.integration.conftest import Crawled

pytestmark = pytest.mark.timeout(2400)
"""The first test to ask for it waits for the whole province to be crawled."""
FAMILIES = ("enterprises", "disclosures", "measurements", "visits", "runs", "duties", "duty_events")


def everything(store: Store) -> dict[str, dict[str, Any]]:
    """Every document by index and id."""
    store.refresh(*FAMILIES)
    return {name: {str(doc["id"]): doc for doc in store.scan(name, {"match_all": {}})} for name in FAMILIES}


def differences(before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]) -> list[str]:
    """What differs, named by index and id."""
    rows = []
    for name in FAMILIES:
        keys = before[name].keys() | after[name].keys()
        rows += [f"{name} {key}" for key in sorted(keys) if before[name].get(key) != after[name].get(key)]
    return rows


@pytest.mark.slow
def test_indexing_and_scanning_again_changes_nothing(crawled: Crawled) -> None:
    scan.scan(crawled.store, crawled.settings)
    before = everything(crawled.store)
    for run in province.run_folders(crawled.settings.runs):
        pipeline.index_run(run, crawled.store, crawled.settings)
    scan.scan(crawled.store, crawled.settings)
    assert differences(before, everything(crawled.store)) == []


@pytest.mark.slow
def test_rebuild_gives_the_same_documents_with_their_decisions(crawled: Crawled, tmp_path: Path) -> None:
    # A database of its own: the decision must not reach the other tests of this province.
    settings = replace(crawled.settings, database_url=f"sqlite:///{tmp_path / 'decisions.sqlite'}")
    scan.scan(crawled.store, settings)
    duty = next(d for d in crawled.store.scan("duties", {"term": {"state": "missing"}}))
    enterprise = crawled.store.get("enterprises", duty["enterprise"])
    assert enterprise is not None
    identity = enterprise["identities"][0]
    engine = decisions.open_engine(settings.database)
    decisions.Base.metadata.create_all(engine)
    with Session(engine) as session:
        decisions.record(
            session, "exempt", identity["source"], identity["external_id"], author="officer",
            text="停产证明已核", duty=f"{duty['obligation']}|{duty['period']}",
        )  # fmt: skip
        session.commit()
    scan.scan(crawled.store, settings)
    before = everything(crawled.store)
    assert before["duties"][duty["id"]]["state"] == "exempt"
    pipeline.rebuild(crawled.store, settings)
    scan.scan(crawled.store, settings)
    assert differences(before, everything(crawled.store)) == []


@pytest.fixture
def killed_index(crawled: Crawled, tmp_path: Path, store: Store) -> Iterator[tuple[Store, Path]]:
    """An empty store and a copy of two sources' run folders."""
    for source in sorted((crawled.folder / "var" / "runs").iterdir())[:4]:
        shutil.copytree(source, tmp_path / "var" / "runs" / source.name)
    shutil.copytree(crawled.folder / "var" / "sources", tmp_path / "var" / "sources")
    yield store, tmp_path / "var"


@pytest.mark.slow
def test_an_indexer_killed_in_the_middle_loses_and_doubles_nothing(
    crawled: Crawled, killed_index: tuple[Store, Path], es_node: Any
) -> None:
    store, var = killed_index
    settings = replace(crawled.settings, var=var)
    code = (
        "from pathlib import Path; from indexer import pipeline; from indexer.settings import load;"
        "from indexer.engine.connect import client; from indexer.engine.store import Store\n"
        f"with client({es_node.url!r}) as made: list(pipeline.index_pending(Store(made, {store.prefix!r}), load()))"
    )
    environment = {**os.environ, "QINGCE_VAR": str(var)}
    for wait in (2.0, 3.0):
        process = subprocess.Popen([sys.executable, "-c", code], cwd=province.ROOT, env=environment)
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=20)
    list(pipeline.index_pending(store, settings))
    once = everything(store)
    pipeline.rebuild(store, settings)
    assert differences(once, everything(store)) == []


@pytest.mark.slow
def test_a_crawl_killed_in_the_middle_is_closed_and_made_again(tmp_path: Path) -> None:
    with province.serving(tmp_path) as served:
        province.set_clock(served["control"], "2021-07-05")
        name = next(path.stem for path in (tmp_path / "sources").glob("*platform.yaml"))
        environment = {**os.environ, "QINGCE_CLOCK": "2021-07-05", "QINGCE_SOURCES": str(tmp_path / "sources"),
                       "QINGCE_CRAWL_FLUSH_SECONDS": "0.1"}  # fmt: skip
        arguments = [sys.executable, "-m", "crawlers.run", name, "--var", str(tmp_path / "var")]
        process = subprocess.Popen(arguments, cwd=province.ROOT, env=environment)
        runs = tmp_path / "var" / "runs" / name
        for _ in range(200):
            if list(runs.glob("*/records-*.jsonl.gz")):
                break
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=20)
        assert province.crawl(tmp_path, "2021-07-05", name) == 0
    statuses = sorted(json.loads((run / "run.json").read_text())["status"] for run in province.run_folders(runs.parent))
    assert statuses == ["aborted", "finished"]


@pytest.mark.slow
def test_a_torn_segment_costs_its_tail_alone(crawled: Crawled, tmp_path: Path, store: Store) -> None:
    source = next(p for p in sorted((crawled.folder / "var" / "runs").iterdir()) if p.name.endswith("platform"))
    run = province.run_folders(source.parent, source.name)[-1]
    copy = tmp_path / "var" / "runs" / source.name / run.name
    shutil.copytree(run, copy)
    shutil.copytree(crawled.folder / "var" / "sources", tmp_path / "var" / "sources")
    segment = sorted(copy.glob("records-*.jsonl.gz"))[0]
    lines = gzip.decompress(segment.read_bytes()).count(b"\n")
    segment.write_bytes(segment.read_bytes()[:-20])
    result = pipeline.index_run(copy, store, replace(crawled.settings, var=tmp_path / "var"))
    document = store.get("runs", copy.name)
    assert document is not None and lines > 1, result
    assert any("records-" in str(row) for row in document["issue_rows"]), document["issue_rows"]
