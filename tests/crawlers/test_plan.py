"""What a crawl takes: from finished runs, else from the sizes that the file states, else not known."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawlers.plan import behind, interval, period, plan
from crawlers.source import Source, effective
from tests.crawlers.scripted import DIRECTORY, directory_walk, write_source
from tests.crawlers.sites import NOTICES

TODAY = date(2026, 11, 20)
POLITE = {"delay": 2.0, "concurrency": 1, "autothrottle": True, "timeout": 5, "retries": 0}
TWELVE_HOURS = 12 * 3600.0


def _source(folder: Path, **facts: Any) -> Source:
    write_source(folder, "some", "http://127.0.0.1:9", **{**DIRECTORY, "pace": POLITE, **facts})
    return effective("some")


def _run(var: Path, name: str, requests: int, size: int, **facts: Any) -> None:
    folder = var / "runs" / "some" / name
    folder.mkdir(parents=True)
    told = {"kind": "crawl", "status": "finished", "counts": {"requests": requests, "bytes": size}, **facts}
    (folder / "run.json").write_text(json.dumps({**told, "started_at": "2026-11-01T00:00:00Z"}), encoding="utf-8")


def test_sizes_of_the_file_before_the_first_run(tmp_path: Path, sources: Path) -> None:
    found = plan(_source(sources, sizes={"listing": 40_000}), tmp_path, TODAY, TWELVE_HOURS)
    # 2,000 pages of the list; an enterprise's page and one module for each of its rows.
    assert found.requests == 82_000 and found.basis == "40,000 rows (listing) of sizes, 2 requests behind each"
    assert found.days == pytest.approx(82_000 * 2 / 86_400) and found.runs == 4
    assert found.share is not None and found.share > 1 and found.cadence == "daily"


def test_a_floor_is_the_least(tmp_path: Path, sources: Path) -> None:
    found = plan(_source(sources, floors={"rows": {"listing": 900}, "fill": {}}), tmp_path, TODAY, TWELVE_HOURS)
    assert found.requests == 45 + 1800 and found.basis.startswith("at least 900 rows (listing) of floors.rows")


def test_without_a_size_nothing_is_guessed(tmp_path: Path, sources: Path) -> None:
    token = {"rows": {"listing": 1}, "fill": {}}
    found = plan(_source(sources, floors=token), tmp_path, TODAY, TWELVE_HOURS)
    assert (found.requests, found.bytes, found.days, found.runs, found.share) == (None,) * 5
    assert found.basis.startswith("nothing: no finished run")


def test_finished_runs_of_the_whole_walk_speak_first(tmp_path: Path, sources: Path) -> None:
    source = _source(sources, sizes={"listing": 40_000})
    for number, requests in enumerate((100, 300, 200)):
        _run(tmp_path, f"2026110{number + 1}T000000Z-00000{number}", requests, requests * 1000)
    _run(tmp_path, "20261104T000000Z-000004", 9, 9, status="stopped")
    _run(tmp_path, "20261105T000000Z-000005", 8, 8, period="2026-01-01/2026-02-01")
    _run(tmp_path, "20261106T000000Z-000006", 7, 7, taken_over=90)
    _run(tmp_path, "20261107T000000Z-000007", 6, 6, kind="import")
    found = plan(source, tmp_path, TODAY, TWELVE_HOURS)
    assert (found.requests, found.bytes, found.runs) == (200, 200_000, 1)
    assert found.basis == "3 finished runs, the last of 2026-11-01"


def test_windows_and_yearly_reports_count(sources: Path) -> None:
    feeds = directory_walk(windows={"back": 30, "span": 7})["feeds"]
    walk = {"info": {"url": "/i"}, "detail": None, "feeds": feeds, "reports": {"from_year": 2021}}
    assert behind(walk, TODAY) == 1 + 5 + 6


def test_notices_are_at_most_one_for_each_row(tmp_path: Path, sources: Path) -> None:
    write_source(sources, "lists", "http://127.0.0.1:9", **{**NOTICES, "floors": {"rows": {"listing": 60}, "fill": {}}})
    found = plan(effective("lists"), tmp_path, TODAY, TWELVE_HOURS)
    assert found.requests == 63 and found.basis == "at most a notice for each of 60 rows (listing) of floors.rows"


def test_paces_and_cadences(sources: Path) -> None:
    assert interval(_source(sources)) == 2.0
    quick = {**POLITE, "delay": 0, "concurrency": 4}
    assert interval(_source(sources, pace=quick)) == 0.25
    assert interval(_source(sources, pace={**quick, "autothrottle": False})) == 0.0
    assert period("weekly").days == 7 and period("6h").total_seconds() == 21_600
