"""What a crawl leaves of a good site and of sites that are ill, each in one way."""

from __future__ import annotations

import gzip

import pytest

from crawlers.opencapture import open_capture, read_captures
from indexer.register import records
from tests.crawlers.scripted import Told

Runs = dict[str, Told]


def test_a_good_site_gives_records_with_subject_place_and_capture(told: Runs) -> None:
    run = told["good"]
    assert run.facts["status"] == "finished" and run.facts["reason"] is None
    kinds = [record["kind"] for record in run.records]
    assert (kinds.count("listing"), kinds.count("profile"), kinds.count("emission")) == (3, 3, 2)
    profile = next(r for r in run.records if r["kind"] == "profile" and r["subject"]["external_id"] == "11")
    assert profile["subject"] == {
        "name": "甲钢铁有限公司", "uscc": "91310000607220405X", "external_id": "11", "region": "徐汇区",
    }  # fmt: skip
    assert profile["fields"]["主管部门"] == "" and profile["place"] == "table 1"


def test_equal_rows_merge_and_keep_their_number(told: Runs) -> None:
    items = {r["fields"]["stProject"]: r for r in told["good"].records if r["kind"] == "emission"}
    assert items["化学需氧量"]["rows"] == 2 and items["化学需氧量"]["place"] == "rows[0]"
    assert items["氨氮"]["rows"] == 1 and items["氨氮"]["fields"]["stPfxz"] == ""


def test_every_subject_and_kind_has_one_look(told: Runs) -> None:
    run = told["good"]
    expected = {"甲钢铁有限公司": "found", "乙水泥有限公司": "absent", "丙水务有限公司": "failed"}
    assert run.looks("emission") == expected
    pages = [(v["subject"]["external_id"], v["kind"]) for v in run.visits if v["scope"] == "page"]
    assert len(pages) == len(set(pages)) == 9


def test_a_walk_is_complete_where_every_page_was_good_and_the_counts_agree(told: Runs) -> None:
    walk = told["good"].walk("emission")
    assert walk["complete"] and walk["outcome"] == "found"
    assert (walk["stated_total"], walk["rows_seen"], walk["distinct_keys"], walk["pages_ok"]) == (3, 3, 3, 2)


def test_bytes_are_kept_as_sent_and_the_digest_is_theirs(told: Runs) -> None:
    run = told["good"]
    capture = next(r for r in run.records if r["kind"] == "listing")["capture"]
    kept = open_capture(run.folder, capture["file"], capture["offset"])
    assert kept.body is not None and kept.digest == capture["digest"]
    assert "钢铁" in gzip.decompress(kept.body).decode() and ("Content-Encoding", "gzip") in kept.headers


def test_redirects_and_errors_are_archived_as_they_came(told: Runs) -> None:
    redirected = [(c.status, c.url.rsplit("/", 1)[1]) for c in read_captures(told["soft-block"].folder)]
    assert (302, "list.jsp") in redirected and (200, "errorinfo.jsp") in redirected
    assert 500 in {c.status for c in read_captures(told["good"].folder)}
    assert 503 in {c.status for c in read_captures(told["down"].folder)}


STOPPED = {
    "refused": ("failed", "site down: no answer"),
    "down": ("failed", "site down: status 503"),
    "challenge": ("blocked", "blocked: 瑞数 challenge"),
    "challenge-later": ("blocked", "blocked: 瑞数 challenge"),
    "soft-block": ("blocked", "blocked: WebShield errorinfo"),
    "changed": ("unreadable", "layout changed: table.Llist finds no table"),
    "changed-feed": ("unreadable", "layout changed: JSON without a list rows"),
    "empty-list": ("unreadable", "empty answer"),
    "below-floor": ("unreadable", "floor: 3 rows of listing, at least 900"),
    "unfilled": ("unreadable", "floor: 主管部门 of profile is filled in 0 of 3 rows"),
}


@pytest.mark.parametrize("name", STOPPED)
def test_an_ill_site_stops_its_run_with_a_named_reason(told: Runs, name: str) -> None:
    run, (outcome, reason) = told[name], STOPPED[name]
    assert run.facts["status"] == "stopped" and reason in run.facts["reason"]
    walks = [v for v in run.visits if v["scope"] == "walk"]
    assert {v["kind"] for v in walks} == {"listing", "profile", "emission", "social_report"}
    assert all(not v["complete"] and v["outcome"] == outcome and reason in v["reason"] for v in walks)


@pytest.mark.parametrize("name", ["refused", "down", "challenge", "soft-block", "changed", "empty-list"])
def test_a_list_that_cannot_be_read_says_nothing_of_anyone(told: Runs, name: str) -> None:
    assert told[name].records == [] and not [v for v in told[name].visits if v["scope"] == "page"]


def test_a_block_in_the_middle_leaves_bad_looks_for_all_who_were_not_looked_at(told: Runs) -> None:
    looks = told["challenge-later"].looks("emission")
    assert set(looks.values()) == {"blocked"} and len(looks) == 3


def test_redirects_and_refusals_are_captured_too(told: Runs) -> None:
    assert told["soft-block"].facts["counts"]["captures"] >= 2
    assert told["challenge"].facts["counts"]["captures"] >= 1


def test_fewer_rows_than_stated_are_no_complete_walk(told: Runs) -> None:
    run = told["short"]
    assert run.facts["status"] == "finished"
    walk = run.walk("listing")
    assert not walk["complete"] and walk["reason"] == "the site states 9 items, 3 were read"


def test_digits_in_a_font_of_their_own_are_unreadable_not_text(told: Runs) -> None:
    run = told["glyphs"]
    values = {r["fields"]["stPfxz"] for r in run.records if r["kind"] == "emission"}
    assert values == {"[无法读取]"} and set(run.looks("emission").values()) == {"unreadable"}
    assert {i["code"] for i in run.issues} == {"enciphered"}


def test_an_unknown_value_of_the_deciding_column_is_an_issue_and_no_absence(told: Runs) -> None:
    run = told["by-type"]
    assert set(run.looks("permit").values()) == {"found"} and set(run.looks("eia").values()) == {"unreadable"}
    unknown = [i for i in run.issues if i["code"] == "kind-unknown"]
    assert len(unknown) == 3 and "新设的类别" in unknown[0]["message"] and '"stId": "2"' in unknown[0]["value"]


def test_files_outside_the_declared_hosts_and_forbidden_by_robots_are_not_asked(told: Runs) -> None:
    run = told["files"]
    words = " ".join(i["message"] for i in run.issues if i["code"] == "file-missing")
    assert "192.168.7.7 is not among the source's hosts" in words and "elsewhere.example is not among" in words
    assert "robots.txt" in words and run.facts["status"] == "finished"
    assert set(run.looks("emission").values()) == {"found"}


def test_notices_are_chosen_by_title_decoded_from_gbk_and_counted(told: Runs) -> None:
    run = told["notices"]
    assert {r["title"] for r in run.records} == {
        "名录 水环境重点排污单位（2家）", "名录 水环境重点排污单位（5家）",
    }  # fmt: skip
    assert {r["published_at"] for r in run.records} == {"2021-03-20", "2021-03-21"}
    walk = run.walk("listing")
    assert not walk["complete"] and "states 5 rows, 2 were read" in walk["reason"]
    assert (walk["stated_total"], walk["rows_seen"], walk["pages_ok"], walk["pages_failed"]) == (7, 4, 2, 1)


def test_a_source_may_keep_digests_alone(told: Runs) -> None:
    run = told["digest-only"]
    capture = run.records[0]["capture"]
    kept = open_capture(run.folder, capture["file"], capture["offset"])
    assert kept.body is None and kept.digest == capture["digest"] and kept.status == 200


def test_records_and_visits_fit_the_contract(told: Runs) -> None:
    for run in told.values():
        assert [error for r in run.records if (error := records.record_error(r))] == []
        assert [error for v in run.visits if (error := records.visit_error(v))] == []


def test_a_good_run_says_nothing_of_a_kind_that_its_walk_never_asks_for(told: Runs) -> None:
    walks = {name: {v["kind"]: v["complete"] for v in told[name].visits if v["scope"] == "walk"} for name in told}
    assert "social_report" not in walks["good"] and walks["good"]["emission"]
    assert walks["down"]["social_report"] is False
