"""A small province crawled on two days: counts as its sites state them, bad sites named, rows as in the contract."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawlers.run import crawl
from crawlers.sourceschema import walk_kinds
from indexer.register import captures
from indexer.register import records as records_contract
from tests.crawlers.scripted import Told, read_run

DAYS = ("2021-03-01", "2021-07-05")
SITES = ("platform", "platform-d", "platform-e", "platform-f", "permit", "eid", *(f"list-{c}" for c in "abcdef"))
Days = dict[str, dict[str, Told]]


def moved_to(control: str, day: str) -> None:
    body = json.dumps({"date": day}).encode()
    request = urllib.request.Request(f"{control}/clock", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.status == 200


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Days]:
    """Day → source → run."""
    folder = tmp_path_factory.mktemp("province")
    command = [
        sys.executable, "-m", "examples.province", "serve", "--port-base", "0", "--enterprises", "60",
        "--sources", str(folder / "sources"), "--ready", str(folder / "ready.json"),
    ]  # fmt: skip
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    patch = pytest.MonkeyPatch()
    patch.setenv("QINGCE_SOURCES", str(folder / "sources"))
    try:
        control = _ready(folder / "ready.json")
        found: Days = {}
        for day in DAYS:
            moved_to(control, day)
            patch.setenv("QINGCE_CLOCK", day)
            results = crawl([f"province-{site}" for site in SITES], folder / "var")
            found[day] = {result.source.removeprefix("province-"): read_run(result.folder) for result in results}
        yield found
    finally:
        patch.undo()
        server.terminate()
        server.wait()


def _ready(path: Path) -> str:
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        if path.is_file() and path.read_text(encoding="utf-8").strip().endswith("}"):
            return str(json.loads(path.read_text(encoding="utf-8"))["control"])
        time.sleep(0.1)
    raise AssertionError("the province does not serve")


def test_sites_that_are_well_finish_with_complete_walks(days: Days) -> None:
    bad = {DAYS[0]: {"platform-d"}, DAYS[1]: {"platform-d", "platform-e", "platform-f"}}
    for day, runs in days.items():
        assert {name for name, run in runs.items() if run.facts["status"] != "finished"} == bad[day]
        for name in set(SITES) - bad[day]:
            walks = [v for v in runs[name].visits if v["scope"] == "walk"]
            assert walks and all(v["complete"] and v["rows_seen"] == v["stated_total"] for v in walks), name


def test_sites_that_are_ill_say_of_what(days: Days) -> None:
    reasons = {name: str(run.facts["reason"]) for name, run in days[DAYS[1]].items()}
    assert reasons["platform-d"].startswith("site down: ")
    assert reasons["platform-e"] == "blocked: 瑞数 challenge"
    assert reasons["platform-f"] == "layout changed: table.Llist.limit finds no table"


@pytest.mark.parametrize("name", ["platform", "permit", "eid", "list-a", "list-b", "list-c"])
def test_records_of_a_list_are_as_many_as_stated(days: Days, name: str) -> None:
    for runs in days.values():
        kind = "permit" if name == "permit" else "listing"
        walk = runs[name].walk(kind)
        listed = [
            r for r in runs[name].records if (r["kind"] == kind and "管理类别" in r["fields"]) or kind == "listing"
        ]
        rows = sum(r["rows"] for r in listed if r["kind"] == kind)
        assert rows == walk["stated_total"]


def test_every_listed_subject_has_one_look_a_kind_of_the_platform(days: Days) -> None:
    for runs in days.values():
        run = runs["platform"]
        kinds = {
            kind for cover in json.loads((run.folder / "source.json").read_text())["covers"] for kind in cover["kinds"]
        }
        looks = [(v["subject"]["external_id"], v["kind"]) for v in run.visits if v["scope"] == "page"]
        assert len(looks) == len(set(looks)) == run.walk("listing")["rows_seen"] * len(kinds)


OUTCOMES = {"found", "absent", "unreadable", "blocked", "failed"}


@pytest.mark.parametrize("name", SITES)
def test_every_covered_kind_has_its_outcome_and_every_subject_one_a_kind_that_is_asked_for_it(
    days: Days, name: str
) -> None:
    """Whatever befell the site: no subject is left without a look, and no look without an outcome and a reason."""
    for runs in days.values():
        run = runs[name]
        source = json.loads((run.folder / "source.json").read_text(encoding="utf-8"))
        covered = {kind for cover in source["covers"] for kind in cover["kinds"]}
        walks = [v for v in run.visits if v["scope"] == "walk"]
        assert {v["kind"] for v in walks} == covered
        pages = [v for v in run.visits if v["scope"] == "page"]
        looks = [(v["subject"]["external_id"], v["kind"], v["period"]) for v in pages]
        assert len(looks) == len(set(looks))
        listed = {r["subject"]["external_id"] for r in run.records if r["kind"] == source["walk"]["list"].get("kind")}
        behind = {part: source["walk"].get(part) for part in ("info", "detail", "feeds", "reports")}
        asked = walk_kinds(behind) if listed - {None} else set()
        missing = {(whom, kind) for whom in listed for kind in asked} - {look[:2] for look in looks}
        assert missing == set()
        bad = [v for v in run.visits if v["outcome"] not in ("found", "absent")]
        assert {v["outcome"] for v in run.visits} <= OUTCOMES and all(v["reason"] for v in bad)


def test_every_row_fits_the_contract_and_leads_to_a_capture_of_its_own_run(days: Days) -> None:
    for runs in days.values():
        for run in runs.values():
            assert [error for r in run.records if (error := records_contract.record_error(r))] == []
            assert [error for v in run.visits if (error := records_contract.visit_error(v))] == []
            assert {r["capture"]["run"] for r in run.records} <= {run.folder.name}


def test_the_indexer_opens_what_was_captured_revisits_too(days: Days) -> None:
    run = days[DAYS[1]]["platform"]
    kinds = set()
    for record in run.records[::7]:
        opened = captures.open_capture(run.folder.parents[1], "province-platform", record["capture"])
        assert opened.digest == record["capture"]["digest"] and opened.body
        kinds.add(opened.warc_type)
    assert kinds == {"response", "revisit"}
