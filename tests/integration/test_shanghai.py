"""The real Shanghai platform of August 2020, served again: eight known numbers and no accusation."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from indexer import coverage, pipeline, scan
from indexer.engine.store import Store
from indexer.settings import Settings
from indexer.settings import load as load_settings
from tests.integration import province
from tests.replay.shanghai import sources
from tests.replay.shanghai.data import load
from tests.replay.shanghai.server import ShanghaiServer
from tests.replay.shanghai.site import Site

NAME = "shanghai-eic-replay"
DAYS = ("2020-08-27", "2020-12-01", "2020-12-08", "2020-12-15")
"""The list's day is only assumed, so it may be as late as the first visit: items are due by 2020-11-25 at the latest.

The first visit opens the window, the three after the due day and its grace prove what is not there.
"""
KNOWN = {
    "outlets": 870, "emergency_plan": 815, "monitored_items": 796, "permits": 620,
    "eia": 344, "monitoring_plan": 207, "treatment_plant": 196, "social_report": 62,
}  # fmt: skip


@pytest.fixture(scope="module")
def replayed(realdata: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one crawl a day of DAYS; ``sources`` beside it."""
    folder = tmp_path_factory.mktemp("shanghai")
    with ShanghaiServer(Site(load(realdata / "shanghai-eic"))) as server:
        sources.write(server.url, folder / "sources")
        province.export_sources(folder)
        assert province.crawl(folder, DAYS[0], NAME) == 0
        _only_plans(folder / "sources" / f"{NAME}.yaml")
        for day in DAYS[1:]:
            assert province.crawl(folder, day, NAME) == 0
    return folder


def _only_plans(path: Path) -> None:
    """Later visits look at the emergency plans alone: twenty thousand requests a day would prove nothing more."""
    real = yaml.safe_load((province.ROOT / "crawlers" / "sources" / "shanghai-eic.yaml").read_text(encoding="utf-8"))
    feeds = [feed for feed in real["walk"]["feeds"] if feed.get("kind") == "emergency_plan"]
    narrowed = {**yaml.safe_load(path.read_text(encoding="utf-8")), "walk": {"feeds": feeds}}
    path.write_text(yaml.safe_dump(narrowed, allow_unicode=True), encoding="utf-8")


def _settings(folder: Path, runs: int, tmp: Path) -> Settings:
    """The data folder as it was after ``runs`` visit days."""
    source = tmp / "var" / "runs" / NAME
    source.mkdir(parents=True)
    for run in province.run_folders(folder / "var" / "runs", NAME)[:runs]:
        (source / run.name).symlink_to(run)
    (tmp / "var" / "sources").symlink_to(folder / "var" / "sources")
    return replace(load_settings(), var=tmp / "var")


def _states(store: Store, settings: Settings, as_of: str) -> Counter[tuple[str, str]]:
    return Counter((d["obligation"], d["state"]) for d in scan.judge_all(store, settings, date.fromisoformat(as_of)))


@pytest.mark.slow
@pytest.mark.timeout(2400)
def test_one_visit_shows_the_known_numbers_and_accuses_nobody(replayed: Path, store: Store, tmp_path: Path) -> None:
    settings = _settings(replayed, 1, tmp_path)
    list(pipeline.index_pending(store, settings))
    told: dict[str, Any] = coverage.coverage(store, NAME)
    assert told["listed"] == 1101
    assert {key: told["disclosing"][key] for key in KNOWN} == KNOWN
    assert (told["codes_valid"], told["shared_codes"], told["sites_sharing"]) == (1100, 26, 62)
    assert told["names_differing"] == 77
    assert store.count("enterprises") == 1101
    states = _states(store, settings, "2021-01-01")
    assert not [key for key in states if key[1] == "missing"]


@pytest.mark.slow
@pytest.mark.timeout(2400)
def test_three_visit_days_prove_who_shows_no_emergency_plan(replayed: Path, store: Store, tmp_path: Path) -> None:
    settings = _settings(replayed, len(DAYS), tmp_path)
    list(pipeline.index_pending(store, settings))
    states = _states(store, settings, "2020-12-20")
    assert states["O31-5", "missing"] == 286


def test_the_replay_serves_another_dated_set(realdata: Path) -> None:
    command = [
        sys.executable, "-m", "tests.replay.shanghai", "--data", str(realdata / "shanghai-eic"),
        "--enterprises", str(realdata / "shanghai-eic" / "Enterprises_2020-08-27_contacts-masked.xlsx"), "--port", "0",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=province.ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        assert process.stdout.readline().startswith("http://127.0.0.1:")
    finally:
        process.terminate()
        process.wait(timeout=20)
