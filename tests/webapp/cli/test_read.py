"""``qingce read``: unknown files and pages, what they are said to be, and the source proposed for each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from crawlers import peek
from crawlers.source import checked
from tests.docs import bureau
from tests.webapp.cli.conftest import Tool

SITE = "http://127.0.0.1:8080"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> str:
    """The bureau's pages as if they had been asked for; tests/docs asks them indeed."""

    def look(url: str, *, loopback: bool) -> peek.Peeked:
        kind, body = bureau.pages()[url.removeprefix(SITE)]
        assert loopback
        return peek.Peeked(url, kind, body)

    monkeypatch.setattr(peek, "look", look)
    return SITE


def told(qingce: Tool, *words: str) -> dict[str, Any]:
    result = qingce("read", *words, "--json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def proposed(found: dict[str, Any]) -> dict[str, Any]:
    """The proposed source, its regions filled in as a person would, accepted by the schema."""
    text = found["source"]["yaml"].replace("regions: [CHECK]", 'regions: ["3503"]')
    raw: dict[str, Any] = yaml.safe_load(text)
    checked({**raw, "name": "proposed"}, Path("proposed.yaml"))
    return raw


def test_a_list_of_notices(qingce: Tool, site: str) -> None:
    found = told(qingce, f"{site}/xxgk/zdpwdw/index.html", "--loopback")
    raw = proposed(found)
    assert raw["family"] == "notices" and raw["covers"][0]["kinds"] == ["listing"] and raw["loopback"] is True
    assert raw["walk"]["list"]["items"] == ".news_list li a"
    assert raw["walk"]["list"]["next"] == "index_{n}.html"
    assert found["links"]["links"][0]["title"] == "某某市2022年水环境重点排污单位名录"


def test_a_notice_with_a_table(qingce: Tool, site: str) -> None:
    found = told(qingce, f"{site}/xxgk/zdpwdw/t20220315_1.html", "--loopback")
    (part,) = found["found"]
    assert (part["kind"], part["sureness"], part["rows"], part["stated"]) == ("listing", "high", 2, 2)
    assert part["headers"]["统一社会信用代码"]["key"] == "uscc"
    assert part["records"][0]["facts"]["region"] == "东城区"
    assert "名录" in part["reasons"][0]
    proposed(found)


def test_a_json_interface(qingce: Tool, site: str) -> None:
    raw = proposed(told(qingce, f"{site}{bureau.API}", "--loopback"))
    assert raw["family"] == "json_api"
    listed = raw["walk"]["list"]
    assert (listed["url"], listed["method"], listed["page_param"], listed["first_page"]) == (
        "/api/units",
        "GET",
        "page",
        1,
    )
    assert (listed["rows"], listed["total"], listed["form"]) == ("data.list", "total", {"size": "6"})
    assert listed["subject"] == {"name": "企业名称", "uscc": "统一社会信用代码", "region": "所在区县"}


def test_an_enterprises_own_page(qingce: Tool, site: str) -> None:
    found = told(qingce, f"{site}{bureau.OWN}", "--loopback")
    (part,) = found["found"]
    assert (part["shape"], part["kind"]) == ("prose", "profile")
    raw = proposed(found)
    assert raw["family"] == "own_site" and raw["walk"]["subject"] == {"name": "示例第九化工有限公司"}


def test_a_file_with_what_could_not_be_interpreted(qingce: Tool, tmp_path: Path) -> None:
    file = tmp_path / "监测.csv"
    rows = "监测点位,监测时间,监测项目,监测结果,是否超标,甲乙丙\n" + "DW001,2021-03-04,化学需氧量,35.2,否,一\n" * 2
    file.write_text(rows + "DW001,2021-03-05,化学需氧量,三十,也许,二\n", encoding="gb18030")
    (part,) = told(qingce, str(file))["found"]
    assert part["kind"] == "monitoring" and part["unknown_headers"] == ["甲乙丙"]
    assert part["headers"]["是否超标"] == {"key": "over", "type": "verdict", "remark": "是 means over the limit"}
    assert {problem["header"] for problem in part["records"][1]["problems"]} == {"监测结果", "是否超标"}
    words = qingce("read", str(file)).stdout
    assert "not in the vocabulary: 甲乙丙" in words and "#     甲乙丙: CHECK" in words


def test_what_a_person_knows_better(qingce: Tool, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("企业名称,区县\n甲,乙\n丙,丁\n")
    assert told(qingce, str(file))["found"][0]["kind"] == "listing"
    assert told(qingce, str(file), "--kind", "profile")["found"][0]["kind"] == "profile"
    assert qingce("read", str(file), "--kind", "nothing").exit_code == 2


def test_a_form_and_a_shifted_sheet(qingce: Tool, tmp_path: Path) -> None:
    form = tmp_path / "form.csv"
    form.write_text("企业名称,甲厂,法定代表人,某\n地址,东城区,行业类别,化工\n")
    (part,) = told(qingce, str(form))["found"]
    assert (part["shape"], part["records"][0]["facts"]["name"]) == ("form", "甲厂")
    moved = tmp_path / "moved.csv"
    lines = (f",第{n}厂,9135000000000000{n:02},2021-03-{n:02}" for n in range(10, 20))
    moved.write_text("\n".join(["许可证编号,企业名称,统一社会信用代码,发证日期,备注", *(f",{line}" for line in lines)]))
    (part,) = told(qingce, str(moved))["found"]
    assert [issue["code"] for issue in part["issues"]] == ["table-shifted"]


def test_the_real_shifted_sheet_shows_no_record(qingce: Tool, realdata: Path) -> None:
    found = told(qingce, str(realdata / "shanghai-eic" / "EnvironmentalReport_manual.xlsx"))
    assert all(not part["records"] for part in found["found"])
    assert {issue["code"] for part in found["found"] for issue in part["issues"]} == {"row-holds-headers"}


def test_what_cannot_be_read_is_one_line(qingce: Tool, tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    with bureau.standing() as real:
        for words, said in (
            ((str(picture),), "character recognition"),
            ((str(tmp_path / "none.csv"),), "cannot be read"),
            ((f"{real}/xxgk/zdpwdw/index.html",), "say --loopback where that is meant"),
            ((f"{real}/admin/x.html", "--loopback"), "robots.txt"),
            (("ftp://example.cn/a",), "no address of a page"),
        ):
            result = qingce("read", *words)
            assert result.exit_code == 1 and said in result.stderr and result.stderr.count("\n") == 1


def test_a_file_is_never_written_over(qingce: Tool, tmp_path: Path) -> None:
    file, out = tmp_path / "a.csv", tmp_path / "a.yaml"
    file.write_text("企业名称,区县\n甲,乙\n")
    assert qingce("read", str(file), "--out", str(out)).exit_code == 0
    assert yaml.safe_load(out.read_text())["family"] == "supplied"
    assert "there is such a file already" in qingce("read", str(file), "--out", str(out)).stderr
