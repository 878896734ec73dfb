"""What a run changed, in words and JSON, and the decisions on a run that is held: by commands over a real index."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.indexer.register.folder import Folder
from tests.indexer.test_holding import run as of_thirty
from tests.webapp.cli.conftest import Tool

FIRM = {"name": "甲化工有限公司", "external_id": "a", "region": "甲一区"}
OTHER = {"name": "乙化工有限公司", "external_id": "b", "region": "甲一区"}


def told(root: Path, at: str, scale: str | None, plan: str | None = "预案") -> str:
    """A run: the first firm's profile with its scale, the second firm's plan; None is a good look at nothing."""
    folder = Folder(root, at)
    for firm in (FIRM, OTHER):
        folder.record("listing", firm, {"单位名称": firm["name"]}, title="2021年名录", published_at="2020-12-20")
    if scale:
        folder.record("profile", FIRM, {"单位名称": FIRM["name"], "生产规模": scale, "生产周期": "全年"}, key="profile")
    if plan:
        folder.record("emergency_plan", OTHER, {"预案名称": plan}, key="plan")
    folder.page("profile", FIRM, "found" if scale else "absent")
    folder.page("emergency_plan", OTHER, "found" if plan else "absent")
    folder.walk("listing")
    return folder.write().name


@pytest.fixture
def story(var: Path, engine: None, qingce: Tool) -> list[str]:
    """A → B → A for the profile; the plan is there twice and then gone on three days."""
    days = [("2021-03-01", "A", "预案"), ("2021-04-01", "B", "预案"), ("2021-05-01", "A", None),
            ("2021-05-02", "A", None), ("2021-05-03", "A", None)]  # fmt: skip
    names = [told(var, f"{day}T02:00:00Z", scale, plan) for day, scale, plan in days]
    assert qingce("index").exit_code == 0
    return names


def report(qingce: Tool, *words: str) -> dict[str, Any]:
    result = qingce("runs", "report", *words, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_each_change_is_named_with_its_difference(qingce: Tool, story: list[str]) -> None:
    first, second, third, fourth = (report(qingce, name) for name in story[:4])
    assert first["counts"] == {"added": 2, "changed": 0, "returned": 0, "gone": 0, "withheld": 0}
    assert first["against"] is None and second["against"] == story[0]
    (changed,) = second["changed"]
    assert changed["difference"] == [{"header": "生产规模", "before": "A", "after": "B"}]
    (returned,), (gone,) = third["returned"], third["gone"]
    assert returned["difference"] == [{"header": "生产规模", "before": "B", "after": "A"}]
    assert (gone["kind"], gone["subject"]) == ("emergency_plan", OTHER["name"])
    assert fourth["counts"] == dict.fromkeys(fourth["counts"], 0)
    assert second["visits"] == {"page": {"found": 2}, "walk": {"found": 1}}
    assert second["list_change"]["now"] == 2 and second["list_change"]["gone_count"] == 0


def test_the_report_reads_as_words(qingce: Tool, story: list[str]) -> None:
    words = qingce("runs", "report", f"demo/{story[2]}").output
    assert f"against {story[1]}" in words and "returned to an earlier state: 1" in words
    assert "    生产规模: B → A" in words and "gone: 1" in words and "page visits: absent 1, found 1" in words
    assert story[-1] in qingce("runs", "report", "--last").output


def test_what_is_gone_on_three_days_is_withdrawn_and_a_return_takes_that_back(
    qingce: Tool, var: Path, story: list[str]
) -> None:
    def plan() -> dict[str, Any]:
        from webapp.cli.opened import opened

        with opened() as (store, _):
            store.refresh("disclosures")
            (found,) = store.scan("disclosures", {"term": {"kind": "emergency_plan"}})
        return found

    before = plan()
    assert (before["missed"], before["withdrawn"]) == (["2021-05-01", "2021-05-02", "2021-05-03"], "2021-05-03")
    assert qingce("rebuild").exit_code == 0 and plan() == before
    told(var, "2021-06-01T02:00:00Z", "A")
    assert qingce("index").exit_code == 0
    after = plan()
    assert "withdrawn" not in after and "missed" not in after and len(after["seen"]) == 2
    assert qingce("index", story[4]).exit_code == 0 and plan() == after


def test_a_held_run_is_shown_and_released_or_rejected(qingce: Tool, var: Path, engine: None) -> None:
    paths = [of_thirty(var, 0, 30), of_thirty(var, 1, 5)]
    qingce("index")
    assert json.loads(qingce("runs", "list", "--held", "--json").stdout)[0]["id"] == paths[1].name
    assert "25 of 30 disclosures would disappear" in qingce("runs", "list", "--source", "demo").output
    words = qingce("runs", "report", paths[1].name).output
    assert "held: 25 of 30" in words and "not seen, not called gone (the run is held): 25" in words
    rejected = qingce("runs", "reject", paths[1].name, "--reason", "页面坏了", "--by", "officer")
    assert rejected.exit_code == 0 and "rejected" in rejected.output
    released = qingce("runs", "release", paths[1].name, "--reason", "确已撤下", "--by", "officer")
    assert released.exit_code == 0, released.output
    found = report(qingce, paths[1].name)
    assert found["hold"] == "released" and found["counts"]["gone"] == 25 and "确已撤下" in found["hold_words"]
    again = qingce("runs", "release", paths[1].name, "--reason", "再次", "--by", "officer")
    assert again.exit_code == 1 and "it counts already" in again.stderr


@pytest.mark.parametrize("words", [["report"], ["report", "20990101T000000Z-aaaaaa"], ["report", "x", "--last"],
                                   ["reject", "x", "--reason", "r", "--by", "b"]])  # fmt: skip
def test_what_is_not_there_is_one_line(qingce: Tool, engine: None, words: list[str]) -> None:
    result = qingce("runs", *words)
    assert result.exit_code == 2 and "Traceback" not in result.stderr
