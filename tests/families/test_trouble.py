"""Interfaces and own sites that misbehave: nothing is called complete or absent that was not seen whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from crawlers.run import crawl
from tests.crawlers.scripted import Answer, Asked, Told, read_run, serving, write_source

ROWS = [{"id": str(number), "name": f"{number}号有限公司", "type": "甲"} for number in range(5)]
Site = dict[str, Told]


def answer(value: Any) -> Answer:
    return Answer(json.dumps(value, ensure_ascii=False), content_type="application/json")


def rows_of(asked: Asked) -> list[dict[str, str]]:
    page = int(asked.values.get("page", "1"))
    return ROWS[(page - 1) * 2 : page * 2]


def last_again(asked: Asked) -> list[dict[str, str]]:
    return rows_of(asked) or ROWS[4:]


def respond(asked: Asked) -> Answer:
    name = asked.path.strip("/").split("/")[0]
    page = int(asked.values.get("page", "1"))
    match name:
        case "repeats" | "clamps":
            return answer({"rows": last_again(asked)})
        case "hole":
            return answer({"rows": [] if page == 2 else rows_of(asked), "total": 5})
        case "moves":
            return answer({"rows": rows_of(asked), "total": 5 + (page == 3)})
        case "short":
            return answer({"rows": rows_of(asked)[:1], "total": 5})
        case "login":
            return answer({"code": 401, "message": "请登录"})
        case "fails":
            return answer({"code": 500, "message": "系统繁忙"})
        case "nothing" | "silent":
            return Answer(b"", content_type="application/json")
        case "strange":
            return answer([{**ROWS[0], "type": "乙"}, ROWS[1], ROWS[1]])
        case "behind":
            return behind(asked)
        case "own":
            return own(asked.path)
        case "files":
            return files(asked.path)
    return Answer("", status=404)


def behind(asked: Asked) -> Answer:
    match asked.path.rpartition("/")[2]:
        case "list":
            return answer([*ROWS[:2], ROWS[1]])
        case "feed":
            return answer({"rows": [{"v": "1"}], "total": 3})
        case "wide":
            return answer({"rows": [{"v": "1"}], "total": 1}) if asked.values["day"] != "2026-11-20" else Answer(b"")
    return (
        answer({"data": {"name": "0号有限公司", "code": "9"}}) if asked.path.endswith("/0") else answer({"data": None})
    )


def own(path: str) -> Answer:
    sentence = "本公司重视环境管理工作，持续改进。" * 5
    pages = {
        "/own/": "<h2>首页</h2><a href=/own/a>环境信息公开</a><a href=http://other.example/x>自行监测</a>",
        "/own/a": f"<h2>排污信息</h2><p>达标。</p><h2>排污信息与应急预案</h2><p>甲</p><h2>综述</h2><p>{sentence}</p>"
        "<a href=/own/b>应急预案</a><a href=/own/f.pdf>排污.pdf</a>",
        "/own/b": "<h2>应急预案</h2><p>已备案。</p><a href=/own/c>环境影响评价</a>",
    }
    return Answer(f"<html><body>{pages[path]}</body></html>") if path in pages else Answer("", status=404)


def files(path: str) -> Answer:
    if path.endswith(".csv"):
        return Answer("排放口,污染物\nDW001,COD\nDW002,氨氮\n", content_type="text/csv;charset=utf-8")
    if path.endswith(".xlsx"):
        return Answer(b"PK\x03\x04 broken", content_type="application/octet-stream")
    links = "<a href=/files/a.csv>排放口</a><a href=/files/b.xlsx>监测</a><a href=/files/a.csv>再见</a>"
    return Answer(f"<html><body><h2>排污信息</h2><p>见附件。{links}</p></body></html>")


LIST = {"page_param": "page", "rows": "rows", "kind": "listing", "required": ["id"], "method": "GET",
        "subject": {"name": "name", "external_id": "id"}}  # fmt: skip
SPECS: dict[str, dict[str, Any]] = {
    "repeats": {"total": None},
    "clamps": {"total": None, "beyond": "repeats"},
    "hole": {"page_size": 2},
    "moves": {},
    "short": {"page_size": 2},
    "login": {"answer": {"refused": {"code": ["401"]}}},
    "fails": {"form": {"kind": "all"}, "answer": {"success": {"code": ["200"]}}},
    "nothing": {"empty": "absent"},
    "silent": {},
    "strange": {"page_param": None, "kind": None, "kind_by": {"column": "type", "map": {"甲": "listing"}}},
}
BEHIND: dict[str, Any] = {
    "list": {**LIST, "url": "/behind/list", "page_param": None},
    "detail": {"url": "/behind/{id}", "rows": "data", "kind": "profile", "required": ["code"]},
    "feeds": [
        {"name": "排放", "url": "/behind/feed", "form": {"id": "{id}"}, "kind": "emission"},
        {"name": "在线", "url": "/behind/wide", "form": {"day": "{first_day}"}, "windows": {"back": 2},
         "kind": "monitoring", "empty": "absent"},
        {"name": "缺", "url": "/behind/feed", "form": {"id": "{nowhere}"}, "kind": "facility"},
    ],
}  # fmt: skip
OWN: dict[str, Any] = {
    "start": ["/own/"], "subject": {"name": "某有限公司"}, "follow": "环境|排污|应急|监测", "depth": 2,
    "kinds": [{"kind": "emission", "words": "排污信息"}, {"kind": "emergency_plan", "words": "应急预案"}],
    "ignore": "首页", "files": "fetch",
}  # fmt: skip
READ = {**OWN, "start": ["/files/"], "files": "read"}


def covers(*kinds: str) -> list[dict[str, Any]]:
    return [{"kinds": list(kinds), "classes": ["KPU"], "regions": ["31"]}]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Source → run."""
    folder = tmp_path_factory.mktemp("trouble")
    with serving(respond) as site, pytest.MonkeyPatch.context() as patch:
        patch.setenv("QINGCE_SOURCES", str(folder / "sources"))
        patch.setenv("QINGCE_CLOCK", "2026-11-20")
        for name, over in SPECS.items():
            walk = {"list": {**LIST, "url": f"/{name}/list", **over}}
            write_source(folder / "sources", name, site.url, family="json_api", covers=covers("listing"), walk=walk)
        kinds = ("listing", "profile", "emission", "monitoring", "facility")
        write_source(folder / "sources", "behind", site.url, family="json_api", covers=covers(*kinds), walk=BEHIND)
        for name, walk in (("own", OWN), ("files", READ)):
            write_source(folder / "sources", name, site.url, family="own_site", channel="own_site", walk=walk,
                         covers=covers("emission", "emergency_plan"))  # fmt: skip
        results = crawl([*SPECS, "behind", "own", "files"], folder / "var")
        yield {result.source: read_run(result.folder) for result in results}


COMPLETE = {"clamps": 5, "nothing": 0}
INCOMPLETE = {
    "repeats": "page 4 repeats the one before",
    "hole": "1 pages bad: a page of the list without rows before its end",
    "moves": "0 pages bad: the stated total changed during the walk",
    "short": "the site states 5 items, 3 were read",
    "strange": "0 pages bad: the list: type '乙' is in no map",
}
STOPPED = {
    "login": "blocked: code is 401",
    "fails": "the site says that its answer is no good one: code '500'",
    "silent": "empty answer where a page is due",
}


@pytest.mark.parametrize("name", COMPLETE)
def test_lists_that_state_nothing_end_where_the_site_shows_nothing_more(told: Site, name: str) -> None:
    walk = told[name].walk("listing")
    assert (walk["complete"], walk["rows_seen"], len(told[name].records)) == (True, COMPLETE[name], COMPLETE[name])


@pytest.mark.parametrize("name", INCOMPLETE)
def test_lists_that_do_not_hold_what_they_say_are_incomplete(told: Site, name: str) -> None:
    walk = told[name].walk("listing")
    assert not walk["complete"] and INCOMPLETE[name] in walk["reason"], walk
    assert told[name].facts["status"] == "finished" and told[name].records
    assert name in ("moves", "short") or [row for row in told[name].issues if row["severity"] == "error"]


@pytest.mark.parametrize("name", STOPPED)
def test_answers_that_say_no_stop_the_run(told: Site, name: str) -> None:
    assert told[name].facts["status"] == "stopped" and STOPPED[name] in told[name].facts["reason"]
    assert told[name].walk("listing")["outcome"] == ("blocked" if name == "login" else "unreadable")


def test_rows_read_twice_are_one_record_and_asked_behind_once(told: Site) -> None:
    assert [row["rows"] for row in told["strange"].records] == [2]
    assert [row["code"] for row in told["behind"].issues].count("listed-twice") == 1


def test_a_bad_page_behind_a_row_leaves_its_modules_and_says_so(told: Site) -> None:
    run = told["behind"]
    assert run.looks("profile") == {"0号有限公司": "found", "1号有限公司": "unreadable"}
    assert run.looks("emission") == {"0号有限公司": "found", "1号有限公司": "found"}
    assert {row["code"] for row in run.issues} >= {"page-bad", "rows-missing"}
    assert run.looks("facility") == {"0号有限公司": "unreadable", "1号有限公司": "unreadable"}


def test_windows_of_days_are_one_look(told: Site) -> None:
    assert told["behind"].looks("monitoring") == {"0号有限公司": "found", "1号有限公司": "found"}
    assert len([row for row in told["behind"].records if row["kind"] == "monitoring"]) == 2


def test_an_own_site_stores_only_what_its_headings_tell(told: Site) -> None:
    run = told["own"]
    assert [(row["kind"], row["title"], row["text"]) for row in run.records] == [
        ("emission", "排污信息", "达标。"), ("emergency_plan", "应急预案", "已备案。"),
    ]  # fmt: skip
    codes = [row["code"] for row in run.issues]
    assert sorted(codes) == ["kind-ambiguous", "kind-unknown", "link-elsewhere", "site-too-large"]
    assert run.looks("emission") == {"某有限公司": "found"}
    assert (
        not run.walk("emission")["complete"]
        and "has words of emission, emergency_plan" in run.walk("emission")["reason"]
    )


def test_files_of_an_own_site_are_read_where_the_source_says_so(told: Site) -> None:
    run = told["files"]
    assert [(row["fields"], row["title"]) for row in run.records] == [
        ({"附件": "排放口；监测"}, "排污信息"),
        ({"排放口": "DW001", "污染物": "COD"}, "排污信息"),
        ({"排放口": "DW002", "污染物": "氨氮"}, "排污信息"),
    ]
    assert [row["code"] for row in run.issues].count("attachment-bad") == 1
    assert run.walk("emission")["complete"]
