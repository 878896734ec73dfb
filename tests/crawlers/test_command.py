"""``python -m crawlers.run`` and ``crawlers.extract``: exit codes, the simulated clock, kill -9, reading again."""

from __future__ import annotations

import gzip
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crawlers.errors import CrawlError
from crawlers.extract import extract
from crawlers.run import crawl
from tests.crawlers.scripted import DIRECTORY, Answer, Asked, Told, read_run, serving, write_source
from tests.crawlers.sites import good


def ran(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True, check=False)


def test_an_unknown_source_is_exit_code_2_and_one_line(tmp_path: Path, sources: Path) -> None:
    done = ran("crawlers.run", "shanghai-eci", "--var", str(tmp_path))
    assert done.returncode == 2 and done.stderr.count("\n") == 1
    words, _, near = done.stderr.partition("; did you mean ")
    assert words == "error: unknown source 'shanghai-eci'" and "shanghai-eic" in near
    with pytest.raises(CrawlError, match=r"^unknown source 'shanghai-eci'"):
        crawl(["shanghai-eci"], tmp_path)


def test_a_simulated_clock_is_refused_for_real_sites(
    tmp_path: Path, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QINGCE_CLOCK", "2021-03-01")
    with pytest.raises(CrawlError, match="shanghai-eic lies outside loopback: a simulated date is refused"):
        crawl(["shanghai-eic"], tmp_path)
    monkeypatch.setenv("QINGCE_CLOCK", "yesterday")
    with pytest.raises(CrawlError, match="QINGCE_CLOCK: not an ISO 8601 date or time: 'yesterday'"):
        crawl(["shanghai-eic"], tmp_path)
    assert not (tmp_path / "runs").exists()


def test_a_simulated_clock_dates_everything_and_is_on_record(
    tmp_path: Path, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QINGCE_CLOCK", "2021-03-01")
    with serving(good) as site:
        write_source(sources, "mine", site.url, **DIRECTORY)
        (result,) = crawl(["mine"], tmp_path)
    run = read_run(result.folder)
    assert run.facts["clock"] == "simulated" and run.facts["started_at"] == "2021-03-01T04:00:00Z"
    assert {r["captured_at"] for r in run.records} == {v["at"] for v in run.visits} == {"2021-03-01T04:00:00Z"}


def test_the_user_agent_is_honest_and_robots_are_asked_first(tmp_path: Path, sources: Path) -> None:
    with serving(good) as site:
        write_source(sources, "mine", site.url, **DIRECTORY)
        done = ran("crawlers.run", "mine", "--var", str(tmp_path))
    assert done.returncode == 0 and "mine: finished" in done.stdout
    assert site.asked[0].path == "/robots.txt"
    assert all(asked.headers["User-Agent"].startswith("Qingce/") for asked in site.asked)


def test_kill_9_in_the_middle_loses_no_synced_row_and_the_next_crawl_begins_anew(
    tmp_path: Path, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QINGCE_CRAWL_FLUSH_SECONDS", "0.1")

    def slow(asked: Asked) -> Answer:
        if asked.path == "/jcdw.do":
            time.sleep(60 if len([a for a in site.asked if a.path == "/jcdw.do"]) > 2 else 0)
        return good(asked)

    with serving(slow) as site:
        write_source(sources, "mine", site.url, **DIRECTORY)
        process = subprocess.Popen([sys.executable, "-m", "crawlers.run", "mine", "--var", str(tmp_path)])
        folder = _until_rows(tmp_path)
        process.send_signal(signal.SIGKILL)
        process.wait()
    dead = read_run(folder)
    assert dead.facts["status"] == "running" and dead.records and not dead.facts["files"]
    with serving(good) as site:
        write_source(sources, "mine", site.url, **DIRECTORY)
        (result,) = crawl(["mine"], tmp_path)
    assert read_run(folder).facts["status"] == "aborted" and result.status == "finished"
    assert read_run(folder).records == dead.records and result.folder != folder
    again = extract(folder, tmp_path)
    kinds = {(r["kind"], r["subject"]["name"]) for r in read_run(again.folder).records}
    assert kinds >= {(r["kind"], r["subject"]["name"]) for r in dead.records}


def _until_rows(var: Path) -> Path:
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        for path in var.glob("runs/mine/2*/records-*.jsonl.gz"):
            if path.stat().st_size > 0:
                return path.parent
        time.sleep(0.05)
    raise AssertionError("no rows were made durable within a minute")


def test_a_run_read_again_gives_the_same_rows_without_the_site(
    told: dict[str, Told], tmp_path: Path, sources: Path
) -> None:
    first = told["good"]
    result = extract(first.folder, tmp_path)
    again = read_run(result.folder)
    assert (again.facts["kind"], again.facts["of"]) == ("extract", first.folder.name)
    assert again.facts["counts"]["captures"] == 0

    def rows(found: list[dict[str, object]]) -> list[str]:
        return sorted(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in found)

    assert rows(again.records) == rows(first.records)
    pages = [[v for v in run.visits if v["scope"] == "page"] for run in (again, first)]
    assert rows(pages[0]) == rows(pages[1])
    assert again.walk("listing") | {"at": ""} == first.walk("listing") | {"at": ""}


def test_what_was_never_captured_is_a_failed_look_when_read_again(told: dict[str, Told], tmp_path: Path) -> None:
    result = extract(told["digest-only"].folder, tmp_path)
    assert result.status == "stopped" and "its bytes were not kept" in str(result.reason)


def test_a_folder_that_is_no_run_cannot_be_read_again(tmp_path: Path) -> None:
    with pytest.raises(CrawlError, match=r"run.json: cannot be read"):
        extract(tmp_path, tmp_path)


def test_answers_larger_than_allowed_are_unreadable_packed_or_not(
    tmp_path: Path, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QINGCE_CRAWL_MAX_MB", "1")

    def huge(asked: Asked) -> Answer:
        if asked.values.get("wryCode") == "code11":
            return Answer(gzip.compress(b" " * 3_000_000), headers={"Content-Encoding": "gzip"})
        return Answer(b" " * 2_000_000) if asked.values.get("wryCode") == "code12" else good(asked)

    with serving(huge) as site:
        write_source(sources, "mine", site.url, **DIRECTORY)
        (result,) = crawl(["mine"], tmp_path)
    run = read_run(result.folder)
    assert run.looks("emission") == {
        "甲钢铁有限公司": "unreadable", "乙水泥有限公司": "unreadable", "丙水务有限公司": "failed",
    }  # fmt: skip
    assert run.facts["status"] == "finished"


def test_a_crawl_asked_to_end_closes_its_run_in_good_order(tmp_path: Path, sources: Path) -> None:
    def slow(asked: Asked) -> Answer:
        time.sleep(2 if asked.path == "/jcdw.do" else 0)
        return good(asked)

    with serving(slow) as site:
        write_source(sources, "mine", site.url, **DIRECTORY)
        process = subprocess.Popen([sys.executable, "-m", "crawlers.run", "mine", "--var", str(tmp_path)])
        while not any(asked.path == "/jcdw.do" for asked in site.asked) and process.poll() is None:
            time.sleep(0.05)
        process.terminate()
        assert process.wait(timeout=60) == 3
    (path,) = tmp_path.glob("runs/mine/2*/run.json")
    run = read_run(path.parent)
    assert run.facts["status"] == "stopped" and str(run.facts["reason"]).startswith("interrupted")
    assert run.facts["files"] and not run.walk("listing")["complete"]
    assert set(run.looks("profile")) == {"甲钢铁有限公司", "乙水泥有限公司", "丙水务有限公司"}


def test_material_supplied_by_a_person_is_not_crawled(tmp_path: Path, sources: Path) -> None:
    write_source(sources, "mine", "http://127.0.0.1:9", **{**DIRECTORY, "family": "supplied", "walk": {}})
    with pytest.raises(CrawlError, match="mine: its material is supplied by a person"):
        crawl(["mine"], tmp_path)
