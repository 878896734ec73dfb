"""Crawls of sentences, sub-pages and registers that are ill, each in one way."""

from __future__ import annotations

from indexer.register import records
from tests.crawlers.scripted import Told

Runs = dict[str, Told]


def test_a_firm_is_the_subject_of_its_decision_and_a_person_of_none(told: Runs) -> None:
    run = told["decisions"]
    firm, person = sorted(run.records, key=lambda r: r["url"])
    assert firm["subject"]["name"] == "甲川宏泰化工有限公司" and firm["fields"]["罚款金额"] == "叁万元整"
    assert person["subject"] == {"name": None, "uscc": None, "external_id": None, "region": None}
    assert not any("甄示甲" in value or "1101011990" in value for value in person["fields"].values())
    codes = {issue["code"] for issue in run.issues}
    assert {"party-natural-person", "no-firm-named"} <= codes


def test_what_cannot_be_read_leaves_the_walk_open_by_name(told: Runs) -> None:
    run = told["decisions"]
    walk = run.walk("penalty")
    assert run.facts["status"] == "finished" and not walk["complete"]
    assert (walk["rows_seen"], walk["pages_failed"]) == (2, 2)
    bad = {issue["code"]: issue["message"] for issue in run.issues if issue["severity"] == "error"}
    assert "notice-incomplete" in bad
    assert any(issue["code"] == "attachment-bad" and "决定书.pdf" in issue["message"] for issue in run.issues)


def test_sub_pages_are_parts_of_one_look_and_never_stop_the_run(told: Runs) -> None:
    run = told["permits"]
    assert run.facts["status"] == "finished"
    looks = [visit for visit in run.visits if visit["scope"] == "page" and visit["kind"] == "permit"]
    assert {look["outcome"] for look in looks} == {"found"} and len(looks) == 2
    assert all("2 of 4 pages bad" in str(look["reason"]) for look in looks)
    disclosed = [r for r in run.records if r["title"] == "信息公开"]
    assert [(r["subject"]["name"], r["fields"]["公开内容"], r["key"]) for r in disclosed] == [
        ("甲厂", "监测数据", "信息公开||监测数据")
    ]


def test_encrypted_content_is_an_issue_of_its_own(told: Runs) -> None:
    hidden = [issue["message"] for issue in told["permits"].issues if issue["code"] == "encrypted"]
    assert len(hidden) == 2 and all("not worked around" in words for words in hidden)
    assert [i["code"] for i in told["permits"].issues].count("page-bad") == 2


def test_registers_are_counted_and_a_bad_one_says_nothing_of_the_main_list(told: Runs) -> None:
    run = told["permits"]
    lines = [r for r in run.records if r["title"] == "注销公告"]
    assert [(r["subject"]["name"], r["key"]) for r in lines] == [
        ("丙厂1", "注销公告|91|2026-01-01"), ("丙厂2", "注销公告|92|2026-01-02"),
    ]  # fmt: skip
    words = " ".join(issue["message"] for issue in run.issues if issue["code"] == "register-incomplete")
    assert "注销公告 states 3 lines, 2 were read" in words and "撤销公告: status 500" in words
    walk = run.walk("permit")
    assert walk["complete"] and (walk["stated_total"], walk["rows_seen"]) == (2, 2)


def test_rows_fit_the_contract(told: Runs) -> None:
    for name in ("decisions", "permits"):
        assert [error for r in told[name].records if (error := records.record_error(r))] == []
        assert [error for v in told[name].visits if (error := records.visit_error(v))] == []
