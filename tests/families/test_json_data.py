"""Data of every writing, wide rows, lists inside rows; the real Beijing rows with the platform's own flags."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers import jsondata
from crawlers.pages.jsonrows import JsonRowsPage
from crawlers.pages.modules import TableRowsPage
from crawlers.readers.scriptdata import parse, unescaped
from crawlers.settings import BUILT_IN
from crawlers.source import effective
from crawlers.subjects import choose, subject
from tests.families.pages import data_page, item, list_params, page

PSEUDO = "{isSuccess:'1',content:'[{name:\\'%u4F01%u4E1A\\',n:1,}]',}"
PAIRS = [(1, "json"), (2, "jsonp"), (3, "json5")]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


def test_the_real_beijing_rows_are_read_with_the_platforms_own_flags(realdata: Path) -> None:
    body = (realdata / "beijing/monitor-pub_industries_sample.json").read_bytes()
    source = effective("beijing-self-monitoring", (BUILT_IN,))
    found = page(JsonRowsPage, body, "application/json", **list_params(source))
    assert found.problem is None and found.total == found.seen == len(found.rows) == 37
    flags = [(row["fields"]["mstate"], row["fields"]["notreason"]) for row in found.rows]
    raw = json.loads(body)
    assert flags == [("" if r["mstate"] == "null" else r["mstate"] or "", r["notreason"] or "") for r in raw]
    assert {state for state, _ in flags} <= {"", "0", "1", "2", "4"} and len({state for state, _ in flags}) > 1
    assert any("重点排污单位" in reason for _, reason in flags)
    spec = source.walk["list"]
    whom = [subject(row["fields"], spec["subject"]) for row in found.rows]
    assert all(w["name"] and w["region"] and len(w["external_id"] or "") == 36 for w in whom)
    assert [choose(row["fields"], spec["id"]) for row in found.rows] == [w["external_id"] for w in whom]


@settings(max_examples=300, deadline=None)
@given(VALUES)
def test_what_scripts_write_reads_back(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False)
    assert parse(text) == parse(f"/**/ cb.x1({text});", "jsonp") == value
    # Surrogate halves alone are no text that either library must agree on.
    assert parse(text, "json5") == value


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="{}[]()'\":,abc01.\\%u4F \n", max_size=40), st.sampled_from(["json", "jsonp", "json5"]))
def test_what_is_of_no_syntax_raises_value_errors_alone(text: str, syntax: Any) -> None:
    try:
        parse(text, syntax)
    except ValueError as error:
        assert str(error)


@pytest.mark.parametrize("text", ["", " ", "{a:undefined}", "{a:1} x", "{a:'1}", "[" * 5000, "{a:new Date(1)}"])
def test_looser_than_json5_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(text, "json5")


def test_json_nested_without_bound_and_a_call_without_end_are_refused() -> None:
    for text, syntax in (("[" * 200_000, "json"), ("cb({}", "jsonp"), ("{}", "jsonp")):
        with pytest.raises(ValueError, match=r"."):
            parse(text, syntax)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("%u4F01%u4E1A%20A", "企业 A"),
        ("50%", "50%"),
        ("%uD83D%uDE00", "😀"),
        ("%uD83D", "�"),
        ("%E9", "é"),
        ("%zz", "%zz"),
    ],
)
def test_texts_of_escape_are_read_as_scripts_do(written: str, said: str) -> None:
    assert unescaped({"a": [written]}) == {"a": [said]}


def test_numbers_keep_their_digits_and_null_is_empty() -> None:
    body = '{"rows":[{"v":35.20,"n":12,"x":null,"y":"null","b":true,"l":[1.50],"e":1e3}],"total":1}'
    (row,) = page(JsonRowsPage, body, "application/json", rows="rows", total="total").rows
    assert row["fields"] == {"v": "35.20", "n": "12", "x": "", "y": "", "b": "true", "l": "[1.5]", "e": "1e3"}


def test_pseudo_json_inside_pseudo_json() -> None:
    answer = {"syntax": "json5", "holds": "json", "escaped": True, "unwrap": "content"}
    found = page(JsonRowsPage, PSEUDO, "text/plain", rows=None, total=None, answer=answer)
    assert found.problem is None and found.rows[0]["fields"] == {"name": "企业", "n": "1"}


def test_a_refusal_is_told_before_what_it_lacks() -> None:
    answer = {"syntax": "json5", "unwrap": "content", "holds": "json", "success": {"isSuccess": ["1"]},
              "refused": {"isSuccess": ["201"]}}  # fmt: skip
    found = page(JsonRowsPage, "{isSuccess:'201',content:'请登录'}", "text/plain", rows=None, total=None, answer=answer)
    assert found.refused == "isSuccess is 201"
    assert found.problem == "the site says that its answer is no good one: isSuccess '201'"


HIDDEN = """<form><input id=gis type=hidden value='[{&quot;a&quot;:&quot;1&quot;}]'></form><p>总页数 ：<b>3</b></p>
<script>var points = [{"a":"2"}];</script>"""


def test_data_in_a_field_or_a_script_of_a_page() -> None:
    field = page(JsonRowsPage, HIDDEN, rows=None, total=None, pages_text=r"总页数\s*[:：]\s*(\d+)",
                 answer={"syntax": "json", "holds": "json", "element": "#gis"})  # fmt: skip
    assert (field.problem, field.rows[0]["fields"], field.pages) == (None, {"a": "1"}, 3)
    script = page(JsonRowsPage, HIDDEN, rows=None, total=None,
                  answer={"syntax": "json", "holds": "json", "pattern": r"points = (\[.*?\]);"})  # fmt: skip
    assert script.rows[0]["fields"] == {"a": "2"}
    gone = page(JsonRowsPage, HIDDEN, answer={"syntax": "json", "holds": "json", "element": "#other"})
    assert gone.problem == "layout changed: the answer is no JSON: #other finds nothing"


LAYOUTS = {
    '{"rows":{}}': "layout changed: JSON without a list rows",
    '{"rows":[1],"total":1}': "layout changed: JSON without a list rows",
    '{"rows":[{"a":1}]}': "layout changed: JSON without a number total",
    '{"rows":[{"a":1}],"total":"many"}': "layout changed: JSON without a number total",
    '{"rows":[{"b":1}],"total":1}': "layout changed: rows without a",
    "<html></html>": "layout changed: the answer is no JSON: Expecting value: line 1 column 1 (char 0)",
}


@pytest.mark.parametrize("body", LAYOUTS)
def test_another_layout_says_what_is_amiss(body: str) -> None:
    found = page(JsonRowsPage, body, "application/json", rows="rows", total="total", required=["a"])
    assert found.problem == LAYOUTS[body]


WIDE = {
    "T": "2026-01-01 00:00",
    "val_316": "-9999",
    "stand_316": "50",
    "state_316": "D",
    "val_311": "",
    "stand_311": None,
}


def test_wide_rows_become_a_row_a_code_with_raw_values() -> None:
    spec = {"match": r"^(val|stand|state)_(\w+)$", "code": "code"}
    found = data_page(JsonRowsPage, {"rows": [WIDE, {"T": "x"}], "total": 2}, rows="rows", total="total", unfold=spec)
    assert found.seen == 2
    assert [(row["fields"], row["place"]) for row in found.rows] == [
        ({"T": "2026-01-01 00:00", "code": "316", "val": "-9999", "stand": "50", "state": "D"}, "rows[0] 316"),
        ({"T": "x"}, "rows[1]"),
    ]


def test_lists_inside_rows_are_rows_of_their_own() -> None:
    row = {
        "id": 7,
        "ports": [{"port": "A", "items": [{"v": 1}, {"v": 2}]}, {"port": "B", "items": None}, {"port": "C"}],
    }
    nested = [{"rows": "ports.items", "keep": ["id", "port"], "required": ["v"]}]
    found = data_page(JsonRowsPage, [row], rows=None, total=None, nested=nested)
    assert found.rows[0]["fields"] == {"id": "7"}
    assert [(one["row"]["fields"], one["row"]["place"]) for one in item(found)["inner"]] == [
        ({"id": "7", "port": "A", "v": "1"}, "rows[0].ports[0].items[0]"),
        ({"id": "7", "port": "A", "v": "2"}, "rows[0].ports[0].items[1]"),
    ]
    broken = data_page(JsonRowsPage, [{"ports": "x"}], rows=None, total=None, nested=nested)
    assert broken.problem == "layout changed: ports is no list of rows"


@pytest.mark.parametrize(
    ("value", "count"), [(3, 3), ("12", 12), (" 7 ", 7), (True, None), (1.5, None), ("1,000", None)]
)
def test_counts_are_whole_numbers_or_their_digits(value: Any, count: int | None) -> None:
    assert jsondata.whole(value) == count


def test_a_row_that_says_nothing_in_one_cell_stays_and_a_sentence_over_all_goes() -> None:
    params = {"required": ["原因"], "nothing": "暂无数据|无附件"}
    table = "<table><tr><th>原因</th><th>附件</th></tr>{}</table><p>1/3页</p>"
    kept = page(
        TableRowsPage, table.format("<tr><td>停产</td><td>无附件</td></tr>"), **params, pages_text=r"\d+/(\d+)页"
    )
    assert [row["fields"] for row in kept.rows] == [{"原因": "停产", "附件": "无附件"}] and kept.pages == 3
    none = page(TableRowsPage, table.format("<tr><td colspan=2>暂无数据</td></tr>"), **params)
    assert none.rows == [] and none.problem is None and none.seen == 0


def test_a_file_linked_to_no_address_is_an_issue_of_its_row() -> None:
    table = "<table><tr><th>文件名称</th></tr><tr><td><a href='http://[::1/x.pdf'>甲</a></td></tr></table>"
    found = page(TableRowsPage, table, required=["文件名称"], nothing="暂无数据")
    assert [row["fields"] for row in found.rows] == [{"文件名称": "甲"}] and found.rows[0]["links"] == []
    assert [(row["code"], row["place"]) for row in found.issues] == [("link-broken", "table 1, row 2")]
