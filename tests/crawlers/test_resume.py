"""A crawl that is killed is closed as aborted, and the next takes over what it had read instead of asking again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawlers.clock import Clock
from crawlers.completed import Earlier, cut_short
from crawlers.run import crawl
from crawlers.segments import read_lines
from tests.crawlers.scripted import (
    DIRECTORY,
    Answer,
    Asked,
    Site,
    Told,
    info_page,
    list_page,
    read_run,
    rows_answer,
    serving,
    write_source,
)

FIRMS = [(str(number), f"企业{number}有限公司") for number in range(1, 31)]
LAST = "30"
"""The firm whose page does not come before the crawl is killed."""


@dataclass
class Gate:
    """A directory of three pages; the page of one firm waits until it is opened."""

    open: threading.Event = field(default_factory=threading.Event)
    reached: threading.Event = field(default_factory=threading.Event)

    def __call__(self, asked: Asked) -> Answer:
        if asked.path == "/robots.txt":
            return Answer("", content_type="text/plain")
        if asked.path == "/list.jsp":
            page = int(asked.values["currentPage"])
            return Answer(list_page(FIRMS[10 * page - 10 : 10 * page], page, 3, 30))
        if asked.path == "/info.jsp":
            if asked.values["id"] == LAST and not self.open.is_set():
                self.reached.set()
                self.open.wait(30)
            return Answer(info_page(dict(FIRMS)[asked.values["id"]], f"code{asked.values['id']}"))
        return rows_answer([{"stProject": "化学需氧量", "stPfxz": asked.values["wryCode"]}])


@dataclass
class Resumed:
    """What the killed run and the one after it left, and what each asked."""

    killed: Told
    after: Told
    asked_first: list[str]
    asked_then: list[str]


def _paths(site: Site, since: int = 0) -> list[str]:
    return [f"{asked.path} {sorted(asked.values.values())}" for asked in site.asked[since:]]


@pytest.fixture(scope="module")
def resumed(tmp_path_factory: pytest.TempPathFactory) -> Resumed:
    folder = tmp_path_factory.mktemp("resume")
    environment = {**os.environ, "QINGCE_SOURCES": str(folder / "sources"), "QINGCE_CRAWL_FLUSH_SECONDS": "0.2"}
    gate = Gate()
    with serving(gate) as site, pytest.MonkeyPatch.context() as patch:
        patch.setenv("QINGCE_SOURCES", environment["QINGCE_SOURCES"])
        write_source(folder / "sources", "cut", site.url, **DIRECTORY)
        command = [sys.executable, "-m", "crawlers.run", "cut", "--var", str(folder / "var")]
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
            assert gate.reached.wait(60)
            run = next((folder / "var" / "runs" / "cut").glob("2*"))
            _until(lambda: sum(1 for _ in read_lines(run, "requests")) >= 60)
            process.kill()
        asked = len(site.asked)
        gate.open.set()
        (result,) = crawl(["cut"], folder / "var")
        return Resumed(read_run(run), read_run(result.folder), _paths(site)[:asked], _paths(site, asked))


def _until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline, "the killed run never wrote its completed requests"
        time.sleep(0.05)


def test_the_killed_run_is_closed_and_its_successor_says_whom_it_continues(resumed: Resumed) -> None:
    assert resumed.killed.facts["status"] == "aborted"
    facts = resumed.after.facts
    assert facts["status"] == "finished" and facts["continues"] == resumed.killed.folder.name
    assert facts["taken_over"] >= 60


def test_pages_that_were_read_are_not_asked_again(resumed: Resumed) -> None:
    again = set(resumed.asked_first) & set(resumed.asked_then) - {"/robots.txt []"}
    # What was under way when the process died may have been answered without having been read.
    assert len(again) <= 4 and f"/info.jsp ['{LAST}']" in again
    assert len(resumed.asked_then) <= 6


def test_records_and_walk_are_whole_and_lead_to_captures_of_either_run(resumed: Resumed) -> None:
    after = resumed.after
    kinds = [record["kind"] for record in after.records]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {"listing": 30, "profile": 30, "emission": 30}
    walk = after.walk("emission")
    assert walk["complete"] and walk["rows_seen"] == walk["stated_total"] == 30
    assert set(after.looks("emission").values()) == {"found"} and len(after.looks("emission")) == 30
    runs = {record["capture"]["run"] for record in after.records}
    assert runs == {resumed.killed.folder.name, after.folder.name}


def test_a_run_too_old_finished_or_of_another_sort_is_not_continued(resumed: Resumed) -> None:
    killed, facts = resumed.killed.folder, resumed.killed.facts
    later = Clock("real", lambda: datetime.now(UTC) + timedelta(hours=3))
    assert isinstance(cut_short((killed, facts), later, 4), Earlier)
    assert cut_short((killed, facts), later, 2) is None and cut_short((killed, facts), later, 0) is None
    assert cut_short((killed, {**facts, "status": "finished"}), later, 4) is None
    assert cut_short((killed, {**facts, "kind": "extract"}), later, 4) is None
    stopped = {**facts, "status": "stopped"}
    assert cut_short((killed, {**stopped, "reason": "layout changed: no table"}), later, 4) is None
    assert cut_short((killed, {**stopped, "reason": "blocked: status 403"}), later, 4) is not None
    assert cut_short(None, later, 4) is None


def test_a_page_that_was_bad_is_asked_again(tmp_path: Path, sources: Path) -> None:
    """Of a blocked run its good pages are taken over; the list's bad page and the blocked one are not."""
    state = {"well": False}

    def script(asked: Asked) -> Answer:
        if asked.path == "/jcdw.do" and asked.values["wryCode"] == "code2" and not state["well"]:
            return Answer("no", 403)
        return rows_answer([]) if asked.path == "/jcdw.do" else Gate(_set(), _set())(asked)

    with serving(script) as site:
        write_source(sources, "ill", site.url, **{**DIRECTORY, "pace": {**_PACE, "concurrency": 1}})
        (first,) = crawl(["ill"], tmp_path / "var")
        assert first.status == "stopped" and first.reason == "blocked: status 403"
        state["well"], before = True, len(site.asked)
        (second,) = crawl(["ill"], tmp_path / "var")
        asked = _paths(site, before)
    told = json.loads((second.folder / "run.json").read_text(encoding="utf-8"))
    assert second.status == "finished" and told["continues"] == first.run and told["taken_over"] >= 4
    assert any(path.startswith("/jcdw.do") and "code2" in path for path in asked)
    assert not any(path.startswith("/list.jsp") for path in asked)


_PACE = {"delay": 0, "autothrottle": False, "timeout": 5, "retries": 0}


def _set() -> threading.Event:
    event = threading.Event()
    event.set()
    return event
