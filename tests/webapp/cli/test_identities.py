"""What the vocabulary lacks, and doubtful matches decided, by commands over a real Elasticsearch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.webapp.cli.conftest import Tool

FACTS = ["--region", "350300", "--year", "2021", "--url", "http://127.0.0.1/list.csv", "--retrieved-at", "2021-04-02"]
ONE = """企业名称,统一社会信用代码,区县,神秘栏目
莆田丰泰纸业有限公司,91350300MA2XYKJN6A,城厢区,甲
莆田安泰纸业有限公司,,城厢区,乙
"""
OTHER = "企业名称,区县,行业类别\n莆田丰泰纸业有限责任公司,荔城区,捉妖业\n"


def indexed(qingce: Tool, folder: Path) -> None:
    """Two lists of two sources, imported and indexed."""
    for source, text in (("putian-a", ONE), ("putian-b", OTHER)):
        path = folder / f"{source}.csv"
        path.write_text(text, encoding="utf-8")
        made = qingce("import", "list", str(path), "--source", source, *FACTS, "--class", "KPU")
        assert made.exit_code == 0, made.output
    result = qingce("index")
    assert result.exit_code == 0, result.output


def asked(qingce: Tool) -> list[dict[str, Any]]:
    result = qingce("enterprises", "queue", "--json")
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def test_unknown_words_are_counted_and_outlast_a_rebuild(qingce: Tool, tmp_path: Path, engine: None) -> None:
    indexed(qingce, tmp_path)
    found = json.loads(qingce("unknown", "--json").stdout)
    told = [(one["part"], one["word"], one["count"], one["source"]) for one in found]
    assert told == [("header", "神秘栏目", 2, "putian-a"), ("industry", "捉妖业", 1, "putian-b")]
    assert found[0]["place"] and found[0]["run"]
    assert [one["word"] for one in json.loads(qingce("unknown", "--kind", "industry", "--json").stdout)] == ["捉妖业"]
    assert "神秘栏目" in qingce("unknown").stdout
    assert qingce("rebuild").exit_code == 0
    assert json.loads(qingce("unknown", "--json").stdout) == found


def test_a_doubtful_pair_is_decided_and_stays_decided(qingce: Tool, tmp_path: Path, engine: None) -> None:
    indexed(qingce, tmp_path)
    assert qingce("migrate").exit_code == 0
    (doubt,) = asked(qingce)
    assert doubt["evidence"] == {"core_same": 3.0, "city_same": 0.5, "county_differs": -1.0}
    one, other = (found["id"] for found in doubt["enterprises"])
    merged = qingce("enterprises", "merge", one, other, "--author", "officer", "--text", "电话核实为同一家")
    assert merged.exit_code == 0 and len(merged.stdout.split()) == 1, merged.output
    assert asked(qingce) == []
    assert qingce("rebuild").exit_code == 0
    assert asked(qingce) == []
    shown = json.loads(qingce("enterprises", "show", one, "--json").stdout)
    assert len(shown["identities"]) == 2 and [row["kind"] for row in shown["decisions"]] == ["merge"]
    moved = shown["identities"][1]
    split = qingce("enterprises", "split", shown["id"], moved, "--text", "实为两家，现场查明")
    assert split.exit_code == 0 and len(split.stdout.split()) == 2, split.output
    assert asked(qingce) == []
    history = json.loads(qingce("enterprises", "show", one, "--json").stdout)["decisions"]
    assert [row["kind"] for row in history] == ["merge", "keep_apart"]


def test_what_cannot_be_decided_is_said_in_one_line(qingce: Tool, tmp_path: Path, engine: None) -> None:
    indexed(qingce, tmp_path)
    assert qingce("migrate").exit_code == 0
    one = asked(qingce)[0]["enterprises"][0]["id"]
    itself = qingce("enterprises", "merge", one, one, "--text", "自己与自己")
    assert itself.exit_code == 2 and "one enterprise already" in itself.output
    nobody = qingce("enterprises", "apart", one, "e-0000000000000000", "--text", "没有这一家")
    assert nobody.exit_code == 2 and "no enterprise e-0000000000000000" in nobody.output
    strange = qingce("enterprises", "split", one, "x|y", "--text", "不是它的")
    assert strange.exit_code == 2 and "none of its identities" in strange.output
