"""Run folders: torn segments, broken lines, live and dead runs."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.register.records import RecordSchema, record_error, visit_error
from indexer.register.runs import RunError, is_live, open_run
from tests.indexer.register.folder import Folder, member

AT = "2021-03-01T02:00:00Z"
FIRM = {"name": "甲厂", "external_id": "1"}


def _folder(tmp_path: Path, count: int = 4) -> Folder:
    folder = Folder(tmp_path, AT)
    for n in range(count):
        folder.record("profile", FIRM, {"单位名称": f"甲厂{n}"})
    return folder


def test_records_come_in_order_over_segments(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    path = folder.write(members=1)
    (path / "records-00002.jsonl.gz").write_bytes(member(folder.records[:1]))
    assert [r["fields"]["单位名称"] for r in open_run(path).records()] == ["甲厂0", "甲厂1", "甲厂2", "甲厂3", "甲厂0"]


@pytest.mark.parametrize("damage", ["torn", "flipped", "zeroed"])
def test_a_bad_member_ends_its_segment_and_the_next_goes_on(tmp_path: Path, damage: str) -> None:
    folder = _folder(tmp_path)
    path = folder.write(members=1)
    good, bad = member(folder.records[:2]), bytearray(member(folder.records[2:]))
    match damage:
        case "torn":
            bad = bad[:-10]
        case "flipped":
            bad[30] ^= 0xFF
        case _:
            bad[:] = bytes(len(bad))
    (path / "records-00001.jsonl.gz").write_bytes(good + bytes(bad) + good)
    (path / "records-00002.jsonl.gz").write_bytes(member(folder.records[3:]))
    run = open_run(path)
    assert [r["fields"]["单位名称"] for r in run.records()] == ["甲厂0", "甲厂1", "甲厂3"]
    assert [row["code"] for row in run.issues.rows()] == ["torn-segment"]
    assert f"byte {len(good)}" in run.issues.rows()[0]["message"]


def test_a_record_that_breaks_the_contract_is_one_issue_and_stops_nothing(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    folder.records[1]["kind"] = "nonsense"
    folder.records[2]["capture"]["digest"] = "md5:0"
    del folder.records[3]["place"]
    run = open_run(folder.write())
    assert len(list(run.records())) == 1
    messages = " ".join(row["message"] for row in run.issues.rows())
    assert "kind: Must be one of" in messages and "capture.digest: Not sha256" in messages
    assert "place: Missing data" in messages
    assert all(row["place"].startswith("records-00001.jsonl.gz line ") for row in run.issues.rows())


def test_a_folder_without_its_files_says_what_to_do(tmp_path: Path) -> None:
    path = _folder(tmp_path).write()
    (path / "source.json").unlink()
    with pytest.raises(RunError, match=r"source\.json: No such file.*check or remove"):
        open_run(path)
    (path / "run.json").write_text("{", encoding="utf-8")
    with pytest.raises(RunError, match=r"run\.json: not JSON"):
        open_run(path)


def test_only_a_running_run_with_a_live_lease_is_left_alone() -> None:
    now = datetime(2021, 3, 1, tzinfo=UTC)
    assert is_live({"status": "running", "lease": {"until": "2021-03-01T00:00:01Z"}}, now)
    assert not is_live({"status": "running", "lease": {"until": "2021-02-28T23:59:59Z"}}, now)
    assert not is_live({"status": "finished", "lease": {"until": "2021-03-02T00:00:00Z"}}, now)


WRONG = st.sampled_from([None, 0, -1, "", "x", [], {}, 1.5, {"a": 1}, True])


@given(st.data())
def test_the_fast_check_never_passes_what_the_schema_refuses(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    record = json.loads(json.dumps(_folder(tmp_path_factory.getbasetemp(), 1).records[0]))
    assert record_error(record) is None
    name = data.draw(st.sampled_from(sorted(record)))
    target = record
    if name in ("capture", "subject", "fields") and data.draw(st.booleans()):
        target, name = record[name], data.draw(st.sampled_from(sorted(record[name])))
    target[name] = data.draw(WRONG)
    assert (record_error(record) is None) == (not RecordSchema().validate(record))


def test_a_page_visit_names_its_subject() -> None:
    visit = {"scope": "page", "source": "s", "kind": "profile", "at": AT, "outcome": "found", "subject": None}
    assert visit_error(visit) == "subject: a page visit names the subject it looked at"
    assert visit_error({**visit, "scope": "walk", "complete": True}) is None
    assert visit_error({**visit, "outcome": "perhaps"}) == (
        "outcome: Must be one of: found, absent, unreadable, blocked, failed."
    )


def test_records_and_looks_of_a_doubtful_kind_are_held_back(tmp_path: Path) -> None:
    folder = _folder(tmp_path, 1)
    folder.record("emission", FIRM, {"浓度": ""})
    for kind, outcome in (("profile", "found"), ("emission", "absent"), ("emission", "failed")):
        folder.page(kind, FIRM, outcome)
    path = folder.write(members=1)
    meta = json.loads((path / "run.json").read_text(encoding="utf-8"))
    reason = "layout changed: 浓度 of emission is filled in 0 of 30 rows"
    (path / "run.json").write_text(json.dumps({**meta, "doubtful": {"emission": reason}}), encoding="utf-8")
    run = open_run(path)
    assert [record["kind"] for record in run.records()] == ["profile"]
    assert run.issues.rows()[0]["message"] == f"records held: {reason}"
    assert [record["kind"] for record in run.records_with("浓度".encode())] == []
    looks = [(visit["kind"], visit["outcome"], visit["reason"]) for visit in run.visits()]
    assert looks == [("profile", "found", None), ("emission", "unreadable", reason), ("emission", "failed", None)]
