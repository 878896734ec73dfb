"""JSON as grids: lists wherever they lie, numbers as written, callbacks, lines, and what is none."""

from __future__ import annotations

import json

import pytest

from crawlers.readers import read
from crawlers.tables import records


def test_a_list_inside_an_answer_with_its_total() -> None:
    body = '{"code":0,"data":{"total":251,"rows":[{"id":1,"v":1.50,"n":null,"x":"null"},{"id":2,"more":{"a":[1]}}]}}'
    found = read(body.encode(), content_type="text/html; charset=utf-8")
    (grid,) = found.grids
    assert (found.kind, grid.place, grid.stated_count) == ("json", "data.rows", 251)
    first, second = records(grid).records
    assert first.fields == {"id": "1", "v": "1.50", "n": "", "x": "", "more": ""}
    assert second.fields["more"] == '{"a": ["1"]}'
    assert [row.place for row in (first, second)] == ["data.rows[0]", "data.rows[1]"]


@pytest.mark.parametrize(
    "body",
    [
        'callback({"rows":[{"企业":"甲"}]});',
        '[{"企业":"甲"}]',
        '{"企业":"甲"}',
        '\ufeff{"list":[{"企业":"甲"}]}',
        '[["企业"],["甲"]]',
    ],
)
def test_its_shapes(body: str) -> None:
    (grid,) = read(body.encode(), filename="a.json").grids
    assert grid.rows == [["企业"], ["甲"]]


def test_one_object_a_line() -> None:
    lines = "\n".join(json.dumps({"n": n}) for n in range(3))
    assert read(lines.encode(), filename="a.json").grids[0].rows == [["n"], ["0"], ["1"], ["2"]]


def test_rows_that_are_no_objects_are_issues() -> None:
    found = read(b'{"rows":[{"a":"1"},"lost",{"a":"2"}]}')
    assert len(found.grids[0].rows) == 3
    assert [(issue.code, issue.place) for issue in found.issues] == [("row-unreadable", "rows[1]")]


@pytest.mark.parametrize("body", ['{"rows":[{"a":1}', "[" * 100_000, '{"a":1,}'])
def test_broken_json_says_so(body: str) -> None:
    found = read(body.encode(), filename="a.json", content_type="application/json")
    assert not found.readable and "not JSON" in found.issues[0].message
